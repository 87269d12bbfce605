"""What makes `git diff` and `git log -p` show the terms of agreements: git's own diff driver, set up for one clone."""

import os
import shlex
import sys
from dataclasses import dataclass
from typing import Final

from coopctl.discovery import AGREEMENT_NAME, AGREEMENT_SUFFIX
from coopctl.errors import CoopctlError
from coopctl.files import read_text
from coopctl.findings import Finding
from coopctl.replacing import replace_text
from coopctl.revisions.git import Git
from coopctl.revisions.repository import Repository

DRIVER: Final = "coopctl"
_ARGUMENTS: Final = "-P -m coopctl textconv"
"""-P keeps Python from importing what lies in the work tree, where git runs this."""
_FORMERLY: Final = "coopctl textconv"
"""What earlier versions set, which git finds only where coopctl is on the PATH."""
ATTRIBUTES: Final = f"{AGREEMENT_NAME} diff={DRIVER}\n*{AGREEMENT_SUFFIX} diff={DRIVER}\n"
_SETTING: Final = f"diff.{DRIVER}.textconv"
_SAMPLES: Final = (AGREEMENT_NAME, f"sample{AGREEMENT_SUFFIX}")


@dataclass(frozen=True)
class Applied:
    """What was done to a clone."""

    set_now: tuple[str, ...]
    """What was changed, one sentence each."""
    as_it_was: tuple[str, ...]
    """What needed no change, or was left as somebody had set it."""


def command() -> str:
    """Return what git has its shell run, whatever the PATH is then: the Python that runs this, with coopctl."""
    return f"{shlex.quote(sys.executable)} {_ARGUMENTS}"


def configuration() -> str:
    """Return what stands in a clone's configuration then."""
    value = command().replace("\\", "\\\\").replace('"', '\\"')
    return f'[diff "{DRIVER}"]\n\ttextconv = "{value}"\n'


def apply(folder: str = ".") -> Applied:
    """Set up the diff driver in this clone, in git's own folder: nothing that is tracked, and nothing of other clones.

    What somebody has set stays, unless coopctl set it for another Python than this one. Raises `CoopctlError` where
    there is no repository, or it cannot be written to.
    """
    git = Repository(folder).git
    changed: list[str] = []
    kept: list[str] = []
    for done, text in (_set_command(git), _set_attributes(git, folder)):
        (changed if done else kept).append(text)
    return Applied(tuple(changed), tuple(kept))


def _set_command(git: Git) -> tuple[bool, str]:
    present = git.ask("config", "--local", "--get-all", _SETTING)
    found = present.line
    if not present.code and found == command():
        return False, f"{_SETTING} is {found} already"
    if not present.code and found != _FORMERLY and not found.endswith(f" {_ARGUMENTS}"):
        return False, f"{_SETTING} is {found}: left as it is"
    answer = git.ask("config", "--local", _SETTING, command())
    if answer.code:
        raise CoopctlError(f"git config: {answer.complaint}")
    return True, f"set {_SETTING} to {command()} in this clone's configuration"


def _set_attributes(git: Git, folder: str) -> tuple[bool, str]:
    if _has_attributes(git):
        return False, f"agreements have the attribute diff={DRIVER} already"
    path = os.path.join(folder, git.ask("rev-parse", "--git-path", "info/attributes").line)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a", encoding="utf-8"):
            pass
    except OSError as error:
        raise CoopctlError(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from None
    before = read_text(path, os.path.dirname(path))
    if isinstance(before, Finding):
        raise CoopctlError(f"{path}: {before.message}")
    gap = "" if before.endswith("\n") or not before else "\n"
    replace_text(path, before, f"{before}{gap}{ATTRIBUTES}")
    return True, f"gave agreements the attribute diff={DRIVER} in {path}"


def _has_attributes(git: Git) -> bool:
    answer = git.ask("check-attr", "-z", "diff", "--", *_SAMPLES)
    return answer.out.split(b"\0")[2::3] == [DRIVER.encode()] * len(_SAMPLES)
