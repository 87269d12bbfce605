"""What people write on the command line → what is compared with what.

- Two names are the two sides. One name is the earlier side, against the work tree. Without any, the earlier side is
  where the current branch left the default branch.
- `A..B` is A against B, and `A...B` is where B left A against B; a side left out is HEAD.
- `REV:path` is a file or folder of a revision, from the repository's root; `REV:./path` is from the current folder.
- Anything else is a path or a revision, whichever there is. What is both is refused: `./name` is always the path,
  `refs/heads/name` always the revision. One path alone is compared with what it was where the current branch left the
  default branch.
- Where one side is a path and the other a whole revision, the path is looked for in that revision.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from coopctl.errors import CoopctlError
from coopctl.model.names import nearest
from coopctl.revisions.repository import Repository, Revision

WORK_TREE = "work tree"


@dataclass(frozen=True)
class Named:
    """One side as it was named."""

    label: str
    revision: Revision | None = None
    """None: files on disk."""
    path: str | None = None
    """In the repository for a revision, else on disk; None: all there is."""


def named_sides(arguments: Sequence[str]) -> tuple[Named, Named, Repository | None]:
    """Return the earlier side, the later side, and the repository where one of them needs it."""
    naming = _Naming()
    if len(arguments) > 2:
        raise CoopctlError("at most two versions are compared: the earlier one, then the later one")
    given = [naming.read(argument) for argument in arguments]
    if any(len(each) == 2 for each in given) and len(given) > 1:
        raise CoopctlError("a range such as v1.1..HEAD names both sides; leave the other name out")
    sides = [side for each in given for side in each]
    if not sides:
        sides = [naming.branching_point(), Named(WORK_TREE)]
    elif len(sides) == 1:
        sides = [*sides, Named(WORK_TREE)] if sides[0].revision else [naming.branching_point(), sides[0]]
    base, head = sides
    if base.revision is None and head.revision is None:
        return base, head, None
    repository = naming.repository
    if head.path is None and head.revision is None:
        repository.top  # noqa: B018  # raises where there is no work tree
    return naming.on_disk(base), naming.on_disk(head), repository


class _Naming:
    """Reads names, and looks for a repository no sooner than one is needed."""

    def __init__(self) -> None:
        self._repository: Repository | None = None

    @property
    def repository(self) -> Repository:
        """The repository around the current folder; raises `CoopctlError` where there is none."""
        if self._repository is None:
            self._repository = Repository()
        return self._repository

    def read(self, argument: str) -> tuple[Named, ...]:
        """Return the side that a name stands for; both sides for a range."""
        if not argument:
            raise CoopctlError("an empty name stands for no version; leave it out, or name a file, folder or revision")
        if "\0" in argument:
            raise CoopctlError(f"{argument!r}: not the name of a file or revision")
        path = Named(argument, path=argument)
        exists = os.path.lexists(argument)
        if _is_plainly_a_path(argument):
            if not exists:
                raise CoopctlError(f"{argument}: no such file or folder")
            return (path,)
        revision = self._of_git(argument, exists=exists)
        if revision and exists and self.repository.has_work_tree:
            raise CoopctlError(
                f"{argument}: both a path and a revision; write ./{argument} for the path, "
                f"{self._full_name(argument)} for the revision"
            )
        return revision or (path,)

    def branching_point(self) -> Named:
        """Return where the current branch left the default branch."""
        base = self.repository.branching_point()
        return Named(base.label, base)

    def on_disk(self, named: Named) -> Named:
        """Return a side as it is called beside a revision: files of the work tree by that name."""
        if named.revision is not None or (named.path is not None and not self.repository.holds(named.path)):
            return named
        return Named(WORK_TREE, path=named.path)

    def _of_git(self, argument: str, *, exists: bool) -> tuple[Named, ...]:
        """Return what a name is to git; nothing where it is nothing, as long as a path of that name exists."""
        if exists:
            try:
                return self._read_by_git(argument, must_exist=False)
            except CoopctlError:  # no repository, no git, or no name for a revision: then it is the path
                return ()
        return self._read_by_git(argument, must_exist=True)

    def _read_by_git(self, argument: str, *, must_exist: bool) -> tuple[Named, ...]:
        name, path = _split_at_colon(argument)
        if path is not None:
            if not name:
                raise CoopctlError(f"{argument}: what is staged is not compared; name a revision, as in HEAD{argument}")
            revision = self._revision(name, must_exist)
            return (Named(revision.label or revision.name, revision, self._path_in(path)),) if revision else ()
        dots = re.fullmatch(r"(.*?)(\.{2,3})(?!\.)(.*)", argument)
        if dots is not None and not dots[1].endswith("/"):
            return self._range(dots[1] or "HEAD", dots[2], dots[3] or "HEAD", must_exist)
        revision = self._revision(argument, must_exist)
        return (Named(revision.name, revision),) if revision else ()

    def _range(self, first: str, dots: str, last: str, must_exist: bool) -> tuple[Named, ...]:
        one, other = self._revision(first, must_exist), self._revision(last, must_exist)
        if one is None or other is None:
            return ()
        if dots == "...":
            one = self.repository.merge_base(one, other)
        return Named(one.label or one.name, one), Named(other.name, other)

    def _revision(self, name: str, must_exist: bool) -> Revision | None:
        if not must_exist:
            return self.repository.find(name)
        try:
            repository = self.repository
        except CoopctlError as error:
            raise CoopctlError(f"{name}: no such file or folder; {error}") from None
        found = repository.find(name)
        if found is None:
            raise CoopctlError(
                f"{name}: no such file, folder or revision{_near_path(name) or repository.remedy_for(name)}"
            )
        return found

    def _path_in(self, path: str) -> str | None:
        """Return a path in the repository; None for the whole of it."""
        if path in (".", "..") or path.startswith(("./", "../")):
            path = f"{self.repository.prefix}{path}"
        if path.startswith("/"):
            raise CoopctlError(
                f"{path}: write the path from the repository's root, as in HEAD:northstar/agreement.yaml"
            )
        normal = os.path.normpath(path).replace(os.sep, "/") if path else "."
        if normal == ".." or normal.startswith("../"):
            raise CoopctlError(f"{path}: leads out of the repository")
        return None if normal == "." else normal

    def _full_name(self, argument: str) -> str:
        answer = self.repository.git.ask("rev-parse", "--symbolic-full-name", "--end-of-options", argument)
        full = answer.line.split("\n")[-1]
        return full if not answer.code and full.startswith("refs/") else f"{argument}^0"


def _near_path(name: str) -> str:
    """Return the question whether a file or folder of a similar name is meant; empty where there is none."""
    folder, last = os.path.split(name)
    try:
        close = nearest(last, os.listdir(folder or "."))
    except OSError:
        return ""
    return f"; did you mean `{os.path.join(folder, close[0])}`?" if close else ""


def _is_plainly_a_path(argument: str) -> bool:
    return argument in (".", "..") or argument.startswith(("./", "../")) or os.path.isabs(argument)


def _split_at_colon(argument: str) -> tuple[str, str | None]:
    """Split `REV:path` at its colon; one in braces, as in `main@{2026-01-31 12:00}`, belongs to the revision."""
    depth = 0
    for index, sign in enumerate(argument):
        depth += (sign == "{") - (sign == "}")
        if sign == ":" and depth <= 0:
            return argument[:index], argument[index + 1 :]
    return argument, None
