"""`coopctl.toml`, or `[tool.coopctl]` in pyproject.toml: what a team has settled on for its agreements.

The nearest one counts, from an agreement's folder up to the root of its git repository. What cannot be used raises
`CoopctlError` with the place: a rule that is silently not applied is worse than none.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from coopctl.errors import CoopctlError
from coopctl.files import lies_within, read_text
from coopctl.findings import Finding, Severity
from coopctl.lint.selection import Selector, UnknownSelectorError
from coopctl.source import BYTE_ORDER_MARK

FILE_NAME: Final = "coopctl.toml"
SHARED_NAME: Final = "pyproject.toml"
SHARED_TABLE: Final = ("tool", "coopctl")
_OWN_TABLE = re.compile(r"^[ \t]*\[+\s*tool\s*\.\s*coopctl\b", re.MULTILINE)


@dataclass(frozen=True)
class Configuration:
    """What a configuration file says; where it says nothing, the defaults."""

    path: str = ""
    """The file; empty for none."""
    select: tuple[Selector, ...] | None = None
    """Rules that apply; None for all."""
    extend_select: tuple[Selector, ...] = ()
    ignore: tuple[Selector, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[Selector, ...]], ...] = ()
    """Rules not applied to the files that a pattern matches, relative to the configuration's folder."""
    fail_on: Severity | None = None
    baseline: str | None = None
    """Baseline file, as it is opened."""
    templates: str | None = None
    """Folder of templates for reports, as it is opened."""


NOTHING: Final = Configuration()


def nearest_configuration(folder: str) -> str | None:
    """Return the configuration file that counts in a folder; None where there is none."""
    here = os.path.abspath(folder or ".")
    while True:
        for name in (FILE_NAME, SHARED_NAME):
            path = os.path.join(here, name)
            if os.path.lexists(path) and (name == FILE_NAME or _has_table(path)):
                return os.path.relpath(path)
        parent = os.path.dirname(here)
        if os.path.lexists(os.path.join(here, ".git")) or parent == here:
            return None
        here = parent


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml speaks of coopctl; one that names it and cannot be read says so when it is read."""
    text = read_text(path, os.path.dirname(path))
    if not isinstance(text, str) or SHARED_TABLE[1] not in text:
        return False
    try:
        data: Any = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except (tomllib.TOMLDecodeError, RecursionError):
        return _OWN_TABLE.search(text) is not None
    tool = data.get(SHARED_TABLE[0])
    return isinstance(tool, dict) and SHARED_TABLE[1] in tool


def _home_of(path: str) -> str:
    """Return the root of the repository that a file lies in; its own folder where it lies in none."""
    own = here = os.path.dirname(os.path.abspath(path))
    while not os.path.lexists(os.path.join(here, ".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return own
        here = parent
    return here


def read_configuration(path: str) -> Configuration:
    """Read one configuration file; raises `CoopctlError` where it cannot be used."""
    text = read_text(path, os.path.dirname(path))
    if isinstance(text, Finding):
        raise CoopctlError(f"{path}: {text.message}; this is to be the configuration")
    text = text.removeprefix(BYTE_ORDER_MARK)
    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (place[1], place[2]) if place else (text.count("\n") + 1, 1)  # at the end of the file
        reason = str(error).partition(" (at")[0]
        raise CoopctlError(f"{path}:{line}:{column}: this is not TOML: {reason}") from None
    start = 0
    if os.path.basename(path) == SHARED_NAME:
        heading = _OWN_TABLE.search(text)
        start = heading.start() if heading else max(0, text.find(SHARED_TABLE[1]))
        for name in SHARED_TABLE:
            data = data.get(name, {}) if isinstance(data, dict) else {}
    return _Reading(path, text, start).configuration(data)


class _Reading:
    """One file being read."""

    def __init__(self, path: str, text: str, start: int) -> None:
        self.path = path
        self.text = text
        self.start = start
        """Where in the text coopctl's own part begins."""

    def configuration(self, data: Any) -> Configuration:
        """Read the whole file."""
        top = self._table("", data, {"lint": lambda _, value: value, "report": lambda _, value: value})
        lint = self._table(
            "lint",
            top.get("lint", {}),
            {
                "select": self._selectors,
                "extend-select": self._selectors,
                "ignore": self._selectors,
                "per-file-ignores": self._per_file,
                "fail-on": self._severity,
                "baseline": self._file,
            },
        )
        report = self._table("report", top.get("report", {}), {"templates": self._folder})
        return Configuration(
            path=self.path,
            select=lint.get("select"),
            extend_select=lint.get("extend-select", ()),
            ignore=lint.get("ignore", ()),
            per_file_ignores=lint.get("per-file-ignores", ()),
            fail_on=lint.get("fail-on"),
            baseline=lint.get("baseline"),
            templates=report.get("templates"),
        )

    def _table(self, name: str, data: Any, known: Mapping[str, Callable[[str, Any], Any]]) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self._error(self._key(name), f"expected a table, found {data!r}", f"write [{name}] and keys below it")
        for key in data:
            if key not in known:
                where = f" of [{name}]" if name else ""
                told = f"the keys are {', '.join(known)}"
                raise self._error(self._key(key), f"`{key}` is not a key{where}", told)
        return {key: known[key](key, value) for key, value in data.items()}

    def _selectors(self, key: str, value: Any) -> tuple[Selector, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._error(self._key(key), f"expected a list of rules, found {value!r}", 'write ["KPI003", "LAW"]')
        return tuple(self._selector(key, each) for each in value)

    def _selector(self, key: str, text: str) -> Selector:
        try:
            return Selector.read(text)
        except UnknownSelectorError as error:
            message, _, remedy = str(error).partition("; ")
            raise self._error(self._value(key, text), message, remedy) from None

    def _per_file(self, key: str, value: Any) -> tuple[tuple[str, tuple[Selector, ...]], ...]:
        if not isinstance(value, dict):
            raise self._error(self._key(key), f"expected a table of patterns, found {value!r}", '"drafts/**" = ["LAW"]')
        return tuple((pattern, self._selectors(pattern, each)) for pattern, each in value.items())

    def _severity(self, key: str, value: Any) -> Severity:
        if value not in list(Severity):
            choices = ", ".join(Severity)
            raise self._error(
                self._value(key, str(value)), f"no severity is called {value!r}", f"write one of {choices}"
            )
        return Severity(value)

    def _file(self, key: str, value: Any) -> str:
        return self._beside(key, value, "file", "coopctl-baseline.json")

    def _folder(self, key: str, value: Any) -> str:
        """Read a folder; it comes with the repository, so it has to lie in it."""
        path = self._beside(key, value, "folder", "templates")
        if not lies_within(path, _home_of(self.path)):
            told = "name a folder in this repository, relative to this file"
            raise self._error(self._value(key, value), f"{value} lies outside of the repository", told)
        return path

    def _beside(self, key: str, value: Any, what: str, example: str) -> str:
        if not isinstance(value, str) or not value or "\0" in value:
            told = f'write {key} = "{example}"'
            raise self._error(self._key(key), f"expected the name of a {what}, found {value!r}", told)
        return os.path.normpath(os.path.join(os.path.dirname(self.path), value))

    def _key(self, key: str) -> int:
        """Return where a key or the heading of its table stands; the parser does not tell."""
        name = rf"[\"']?{re.escape(key)}[\"']?"
        before = r"(?:^[ \t]*(?:\[+[^\]\n]*)?|[{,][ \t]*)"
        found = re.compile(rf"{before}({name})\s*[.=\]]", re.MULTILINE).search(self.text, self.start)
        return found.start(1) if found else self.start

    def _value(self, key: str, text: str) -> int:
        """Return where a text stands below a key."""
        start = self._key(key)
        found = re.compile(rf"([\"']){re.escape(text)}\1").search(self.text, start)
        return found.start() if found else start

    def _error(self, place: int, message: str, remedy: str) -> CoopctlError:
        before = self.text[:place].split("\n")
        return CoopctlError(f"{self.path}:{len(before)}:{len(before[-1]) + 1}: {message}; {remedy}")
