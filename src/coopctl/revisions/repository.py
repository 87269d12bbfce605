"""A git repository: its revisions by the names that people give them, and what to do where one is not there."""

import os
import re
import shlex
from functools import cached_property
from typing import Final, NamedTuple

from coopctl.errors import CoopctlError
from coopctl.model.names import nearest
from coopctl.revisions.git import Git

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DEFAULT_BRANCHES: Final = ("origin/main", "origin/master", "main", "master")
_ON_BRANCH: Final = re.compile(r"([^-\s~^:?*\[\\@][^\s~^:?*\[\\@]*)(?:[~^@].*)?")
"""A branch, or one of its commits, such as main~2."""
_SHORT: Final = 7


class Revision(NamedTuple):
    """A commit, as it was named."""

    name: str
    """As people are shown it before the colon of a path; git takes it too."""
    commit: str
    label: str = ""
    """`main@3f2a1bc`, where the name alone does not say which one it is."""
    why: str = ""
    """In words, where nobody named it: `where this branch left it`."""

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
        meant = "did you mean " + " or ".join(f"`{each}`" for each in close[:3]) + "?" if close else ""
        lacking = "" if ending else self._bringing(name, known)
        if meant and (not lacking or self._is_whole):
            return f"; {meant}"
        if lacking:
            return f"; {lacking}" + (f"; or {meant}" if meant else "")
        shown = ", ".join(f"`{each}`" for each in sorted(known)[:8])
        return f"; known here: {shown}{' …' if len(known) > 8 else ''}" if known else "; it has no branch and no tag"

    def _bringing(self, name: str, known: list[str]) -> str:
        """Say how to get what a name may stand for; empty where it would be here if there were such a thing."""
        remote, _, rest = name.partition("/")
        branch = _ON_BRANCH.fullmatch(rest)
        if remote in self._remotes and branch and f"{remote}/{branch[1]}" not in known:
            fetch = self._fetching(remote=remote, branch=branch[1])
            return f"this clone does not have the branch {branch[1]} of {remote}: run `{fetch}`"
        if self._is_whole:
            return ""
        options = [*(["--unshallow"] if self.is_shallow else []), "--tags"]
        fetch = self._fetching(*options, branch="*" if self._only_branches else "")
        why = "is shallow" if self.is_shallow else f"has only {self._few_branches}"
        return f"this clone {why} and may lack it: run `{fetch}`"

    def branching_point(self) -> Revision:
        """Return where HEAD left the default branch; raises `CoopctlError` where that cannot be told."""
        default = self._default_branch()
        head = self.revision("HEAD")
        base = self.merge_base(default, head)
        if base.commit == head.commit and self._only_branches and default.name not in _DEFAULT_BRANCHES:
            # A clone of one branch takes that for the default branch, if others had it checked out just then.
            raise CoopctlError(
                f"this clone has only {self._few_branches}, and nothing was committed here since: that would be "
                f"compared with itself; if it is the default branch, run `coopctl diff {shlex.quote(default.name)}`, "
                f"and if that is main, run `{self._fetching(branch='main')}` first"
            )
        return base

    def _default_branch(self) -> Revision:
        """Return the branch that others build on; raises `CoopctlError` where none can be told."""
        answer = self.git.ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        pointed = () if answer.code else (answer.line,)
        for name in (*_DEFAULT_BRANCHES, *pointed) if self._only_branches else (*pointed, *_DEFAULT_BRANCHES):
            full = f"refs/remotes/{name}" if name.startswith("origin/") else f"refs/heads/{name}"
            found = self.find(full)
            if found is not None:
                return Revision(name, found.commit)
        self.revision("HEAD")
        told = "name the version to compare with, as in `coopctl diff v1.1`"
        if self._remote:
            told += f"; if it is main, run `{self._fetching(branch='main')}` first"
        why = f"neither origin/HEAD nor {', '.join(_DEFAULT_BRANCHES)}"
        if self._only_branches:
            why = f"this clone has only {self._few_branches}"
        raise CoopctlError(f"no default branch is known here: {why}; {told}")

    def merge_base(self, one: Revision, other: Revision) -> Revision:
        """Return the last commit that two revisions have in common."""
        answer = self.git.ask("merge-base", one.commit, other.commit)
        if not answer.code and _COMMIT.fullmatch(answer.line):
            short = answer.line[:_SHORT]
            here = other.name == "HEAD"
            why = f"where {'this branch' if here else other.name} left it"
            if answer.line == other.commit:
                why = f"the last commit {'here' if here else f'of {other.name}'}"
            return Revision(short, answer.line, f"{one.name}@{short}", why)
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
        return [each for each in answer.line.split("\n") if each and not each.endswith("/HEAD")]

    @cached_property
    def _remotes(self) -> list[str]:
        return [each for each in self.git.ask("remote").line.split("\n") if each]

    @property
    def _remote(self) -> str | None:
        """Return the remote that the clone came from."""
        return "origin" if "origin" in self._remotes else next(iter(self._remotes), None)

    @cached_property
    def _only_branches(self) -> list[str]:
        """The branches that this clone is limited to, as by `git clone --single-branch`; none where it is not."""
        if self._remote is None:
            return []
        fetched = self.git.ask("config", "--get-all", f"remote.{self._remote}.fetch").line.split("\n")
        named = [re.fullmatch(r"\+?refs/heads/([^*:]+):.+", each) for each in fetched]
        return [] if any("*" in each for each in fetched) else [each[1] for each in named if each]

    @property
    def _few_branches(self) -> str:
        branches = self._only_branches
        return f"the branch{'es' if len(branches) > 1 else ''} {', '.join(branches)} of {self._remote}"

    @property
    def _is_whole(self) -> bool:
        """Whether this clone has all that the one it came from had when it was last fetched."""
        return not self.is_shallow and not self._only_branches

    def _fetching(self, *options: str, branch: str = "", remote: str = "") -> str:
        """Return the command that fetches what is missing, a branch to where others look for it."""
        remote = remote or self._remote or "origin"
        more = [f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"] if branch else []
        depth = ["--unshallow"] if branch and self.is_shallow and not options else []
        return shlex.join(["git", "fetch", *depth, *options, remote, *more])


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
