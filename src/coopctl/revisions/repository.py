"""A git repository: its revisions by the names that people give them, and what to do where one is not there."""

import os
import re
from functools import cached_property
from typing import Final, NamedTuple

from coopctl.errors import CoopctlError
from coopctl.model.names import nearest
from coopctl.revisions.git import Git

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DEFAULT_BRANCHES: Final = ("origin/main", "origin/master", "main", "master")
_SHORT: Final = 7


class Revision(NamedTuple):
    """A commit, as it was named."""

    name: str
    """As people are shown it before the colon of a path; git takes it too."""
    commit: str
    label: str = ""
    """In words, where the name alone does not say it."""

    @property
    def short(self) -> str:
        """The first digits of the commit."""
        return self.commit[:_SHORT]


class Repository:
    """The git repository around a folder."""

    def __init__(self, folder: str = ".") -> None:
        self.git = Git(folder)
        answer = self.git.ask("rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
        if answer.code:
            raise CoopctlError(_no_repository(answer.complaint))
        has_tree, is_shallow = answer.line.split("\n")
        self.has_work_tree = has_tree == "true"
        self.is_shallow = is_shallow == "true"

    @cached_property
    def top(self) -> str:
        """The work tree's own folder."""
        answer = self.git.ask("rev-parse", "--show-toplevel")
        if answer.code:
            raise CoopctlError(
                "this repository has no work tree here; name both versions, as in `coopctl diff v1.1 HEAD`"
            )
        return answer.line

    @property
    def prefix(self) -> str:
        """The current folder within the work tree, with a slash at its end; empty at the top."""
        return self.git.ask("rev-parse", "--show-prefix").line

    def find(self, name: str) -> Revision | None:
        """Return the revision of a name; None where there is none."""
        _refuse_unsafe(name)
        answer = self.git.ask("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        if "is ambiguous" in answer.complaint:
            raise CoopctlError(_ambiguous(self, name, answer.complaint))
        if answer.code or not _COMMIT.fullmatch(answer.line):
            return None
        shown = name[:_SHORT] if _COMMIT.fullmatch(name) else name
        return Revision(shown, answer.line)

    def revision(self, name: str) -> Revision:
        """Return the revision of a name; raises `CoopctlError` with what to do where there is none."""
        found = self.find(name)
        if found is None:
            raise CoopctlError(f"{name}: no such revision in this repository{self.remedy_for(name)}")
        return found

    def remedy_for(self, name: str) -> str:
        """Say what may be meant by a name that stands for no revision, or how to get what it stands for."""
        if name == "HEAD":
            return ": it has no commit yet"
        known = self._names()
        ending = [each for each in sorted(known) if each.endswith(f"/{name}")]
        close = ending or nearest(name, known)
        if close:
            return "; did you mean " + " or ".join(f"`{each}`" for each in close[:3]) + "?"
        if self.is_shallow:
            return f"; this clone is shallow and may lack it: run `{self._fetching('--unshallow', '--tags')}`"
        shown = ", ".join(f"`{each}`" for each in sorted(known)[:8])
        return f"; known here: {shown}{' …' if len(known) > 8 else ''}" if known else "; it has no branch and no tag"

    def default_branch(self) -> Revision:
        """Return the branch that others build on; raises `CoopctlError` where none can be told."""
        answer = self.git.ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        for name in (*((answer.line,) if not answer.code else ()), *_DEFAULT_BRANCHES):
            full = f"refs/remotes/{name}" if name.startswith("origin/") else f"refs/heads/{name}"
            found = self.find(full)
            if found is not None:
                return Revision(name, found.commit)
        self.revision("HEAD")
        told = "name the version to compare with, as in `coopctl diff v1.1`"
        if self._remote():
            told += f"; if it is main, run `{self._fetching(branch='main')}` first"
        raise CoopctlError(
            f"no default branch is known here: neither origin/HEAD nor {', '.join(_DEFAULT_BRANCHES)}; {told}"
        )

    def merge_base(self, one: Revision, other: Revision) -> Revision:
        """Return the last commit that two revisions have in common."""
        answer = self.git.ask("merge-base", one.commit, other.commit)
        if not answer.code and _COMMIT.fullmatch(answer.line):
            short = answer.line[:_SHORT]
            return Revision(short, answer.line, f"{one.name} (merge-base {short})")
        between = f"{one.name} and {other.name} have no commit in common"
        if self.is_shallow:
            branch = one.name.removeprefix("origin/") if one.name.startswith("origin/") else ""
            whole, deeper = self._fetching("--unshallow", branch=branch), self._fetching("--deepen=100", branch=branch)
            raise CoopctlError(
                f"{between} in this shallow clone; run `{whole}`, or where history is long `{deeper}` until it is found"
            )
        raise CoopctlError(f"{between}; name the version to compare with, as in `coopctl diff {one.name}`")

    def place_of(self, path: str) -> str:
        """Return where a path in the work tree lies in the repository; raises `CoopctlError` for one outside."""
        place = self._relative(path)
        if _leads_out(place):
            raise CoopctlError(f"{path}: lies outside of this git repository, so no revision has it")
        return "" if place == "." else place

    def holds(self, path: str) -> bool:
        """Whether a path lies in the work tree."""
        return self.has_work_tree and not _leads_out(self._relative(path))

    def _relative(self, path: str) -> str:
        """Return a path from the top of the work tree; a link is where it lies, not what it leads to."""
        folder, name = os.path.split(os.path.abspath(path))
        real = os.path.realpath(path) if os.path.isdir(path) else os.path.join(os.path.realpath(folder), name)
        return os.path.relpath(real, os.path.realpath(self.top)).replace(os.sep, "/")

    def _names(self) -> list[str]:
        answer = self.git.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
        return [each for each in answer.line.split("\n") if each]

    def _remote(self) -> str | None:
        """Return the remote that the clone came from."""
        remotes = self.git.ask("remote").line.split("\n")
        return "origin" if "origin" in remotes else remotes[0] or None

    def _fetching(self, *options: str, branch: str = "") -> str:
        """Return the command that fetches what is missing, a branch to where others look for it."""
        remote = self._remote() or "origin"
        more = [f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"] if branch else []
        depth = ["--unshallow"] if branch and self.is_shallow and not options else []
        return " ".join(["git", "fetch", *depth, *options, remote, *more])


def _leads_out(place: str) -> bool:
    return place == ".." or place.startswith("../")


def _refuse_unsafe(name: str) -> None:
    """Refuse what git might take for something else than the name of a revision."""
    if not name or name.startswith("-") or re.search(r"[\x00-\x1f\x7f]", name):
        raise CoopctlError(f"{name!r}: not the name of a revision; write a branch, a tag or a commit, such as v1.1")


def _ambiguous(repository: Repository, name: str, complaint: str) -> str:
    found = re.search(r"refname '(.+?)' is ambiguous", complaint)
    if found is None:
        return f"{name}: several commits begin like this; give more digits"
    places = (f"refs/{kind}/{found[1]}" for kind in ("tags", "heads", "remotes"))
    answer = repository.git.ask("for-each-ref", "--format=%(refname)", *places)
    full = [each for each in answer.line.split("\n") if each]
    return f"{name}: more than one revision is called {found[1]}; write {' or '.join(full)}"


def _no_repository(complaint: str) -> str:
    if "dubious ownership" in complaint:
        folder = re.search(r"repository at '(.+?)'", complaint)
        place = folder[1] if folder else os.getcwd()
        return (
            f"git does not trust the repository at {place}, which belongs to somebody else; if you do, run "
            f"`git config --global --add safe.directory {place}`"
        )
    if "not a git repository" in complaint:
        return (
            "this folder is in no git repository, so there are no earlier versions here; "
            "name two files or folders, as in `coopctl diff old/agreement.yaml new/agreement.yaml`"
        )
    return f"git cannot read this repository: {complaint}"
