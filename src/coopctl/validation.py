"""Plain data → frozen models; whatever does not fit becomes findings with a place and a remedy."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from coopctl import faults, limits
from coopctl.findings import Finding, Kind, Location
from coopctl.model.names import Names, did_you_mean
from coopctl.model.scalars import ID_PATTERN, described, shortened
from coopctl.model.shape import fields_at
from coopctl.places import Path, dotted
from coopctl.source import Node, Source
from coopctl.versions import other_version

Model = TypeVar("Model", bound=BaseModel)


class Validated(NamedTuple, Generic[Model]):
    """Data that fits its model, or what keeps it from fitting."""

    model: Model | None
    findings: list[Finding]
    unshown: int = 0
    """How many more findings there are."""


def validated(model: type[Model], source: Source, names: Names | None) -> Validated[Model]:
    """Check a file's data against a model; every problem is a finding, in the order of the file.

    Without names, nobody looks whether what is referred to exists.
    """
    if not isinstance(source.data, dict):
        finding = Finding(
            faults.NOT_A_MAPPING,
            source.value_at(()),
            f"expected keys and values at the top of the file, found {described(source.data)}",
            "begin with coopctl: 1 for an agreement, coopctl: actuals/1 for a ledger",
        )
        return Validated(None, [finding])
    other = other_version(source)
    if other is not None:
        return Validated(None, [other])
    try:
        return Validated(model.model_validate(source.data, context=names), [])
    except ValidationError as error:
        total = error.error_count()
        details = error.errors(include_url=False, include_input=False)[: limits.FINDINGS]
        findings = sorted((_finding(model, source, each) for each in details), key=lambda each: each.location)
    return Validated(None, findings, total - len(findings))


class _Violation(NamedTuple):
    """Something in a file's data that its model does not allow."""

    model: type[BaseModel]
    source: Source
    path: Path
    context: dict[str, Any]

    @property
    def found(self) -> object:
        """The value there; None where there is none."""
        data = self.source.data
        for step in self.path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def finding(self, kind: Kind, message: str, help_text: str, *, at_key: bool = False) -> Finding:
        """Make it a finding about its path, placed at the value or at the key."""
        place = self.source.key_at if at_key else self.source.value_at
        return Finding(kind, place(self.path), message, help_text, dotted(self.path))


def _finding(model: type[BaseModel], source: Source, detail: Any) -> Finding:
    kind, context = detail["type"], detail.get("ctx", {})
    is_key = "[key]" in detail["loc"]
    violation = _Violation(model, source, path_in(source, detail["loc"]), context)
    if is_key and kind.startswith("string_"):
        return _bad_id(violation)
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](violation)
    if kind in faults.BY_NAME:
        return violation.finding(faults.BY_NAME[kind], detail["msg"], remedy_for(context), at_key=is_key)
    return violation.finding(faults.WRONG_VALUE, detail["msg"], "see the language reference")


def remedy_for(context: Mapping[str, Any]) -> str:
    """Return what to do about an error that the model raised, from the error's context."""
    if "known_names" in context:
        return did_you_mean(context["found"], context["known_names"])
    return str(context.get("help", ""))


_WRAPPERS = frozenset(
    {
        "[key]",
        "<number>",
        "<percent>",
        "<duration>",
        "<change>",
        "<range>",
        "<aim>",
        "<steps>",
        "<even>",
        "<anytime>",
        "<failure>",
        "<list>",
        "<entry>",
    }
)
"""What pydantic adds to a location for the alternatives of a union; the models name theirs so."""


def path_in(source: Source, loc: tuple[str | int, ...]) -> Path:
    """Translate pydantic's location into the file's path: union tags and wrappers that the file lacks are left out."""
    node: Node | None = source.root
    path: list[str | int] = []
    for step in loc:
        child = node.children.get(step) if node is not None else None
        if child is None and step in _WRAPPERS:
            continue
        if child is None and isinstance(step, int):
            continue
        path.append(step)
        node = child
    return tuple(path)


def _missing(violation: _Violation) -> Finding:
    key, parent = violation.path[-1], violation.path[:-1]
    where = f" in {dotted(parent)}" if parent else ""
    field = _field(violation)
    meaning = (field.description or "") if field is not None else ""
    location = violation.source.key_at(parent) if parent else _top(violation.source)
    return Finding(
        faults.MISSING_KEY,
        location,
        f"`{key}` is missing{where}",
        f"add a line `{key}: …`" + (f" ({meaning.rstrip('.')})" if meaning else ""),
        dotted(violation.path),
    )


def _top(source: Source) -> Location:
    first = source.value_at(())
    return Location(first.path, first.line, first.column, first.line, first.column + 1)


def _unknown(violation: _Violation) -> Finding:
    key, parent = str(violation.path[-1]), violation.path[:-1]
    known = list(dict.fromkeys(name for name, _ in fields_at(violation.model, parent)))
    remedy = did_you_mean(key, known)
    if key.isdigit():
        remedy = "write numbers without thousands separators, and put text that has a comma in quotes"
    remedy += "" if remedy.endswith(("?", "…")) else "."
    remedy += " Keys of your own begin with x-."
    message = f"`{key}` is not a key of {dotted(parent) or 'the file'}"
    return violation.finding(faults.UNKNOWN_KEY, message, remedy, at_key=True)


def _wrong_choice(violation: _Violation) -> Finding:
    choices = re.findall(r"'([^']*)'", violation.context["expected"])
    expected = choices[0] if len(choices) == 1 else "one of " + ", ".join(choices)
    found = violation.found
    remedy = did_you_mean(str(found), choices) if isinstance(found, str) else f"write {expected}"
    return violation.finding(faults.WRONG_VALUE, f"expected {expected}, found {described(found)}", remedy)


def _not_a_mapping(violation: _Violation) -> Finding:
    remedy = "indent `key: value` lines below it"
    if violation.path[-1:] in (("warn",), ("breach",)) and isinstance(violation.found, str):
        remedy = (
            f"write {{worse_than: {shortened(violation.found)}}}, or off_by_more_than for a distance from the target"
        )
    message = f"expected keys and values, found {described(violation.found)}"
    return violation.finding(faults.WRONG_VALUE, message, remedy)


def _wrong_type(expected: str, remedy: str) -> "Describe":
    def describe(violation: _Violation) -> Finding:
        message = f"expected {expected}, found {described(violation.found)}"
        return violation.finding(faults.WRONG_VALUE, message, remedy)

    return describe


def _too_few(violation: _Violation) -> Finding:
    least, given = violation.context["min_length"], violation.context["actual_length"]
    message = f"expected {least} or more in {dotted(violation.path)}, found {given}"
    return violation.finding(faults.WRONG_VALUE, message, "add what is missing")


def _too_many(violation: _Violation) -> Finding:
    most, given = violation.context["max_length"], violation.context["actual_length"]
    message = f"expected {most} or fewer in {dotted(violation.path)}, found {given}"
    return violation.finding(faults.WRONG_VALUE, message, "leave out what is not needed")


_ID_HELP = "use letters of any script, digits, - and _, not beginning with -; at most 100 characters"


def _bad_id(violation: _Violation) -> Finding:
    return violation.finding(
        faults.WRONG_VALUE,
        f"{described(violation.path[-1])} cannot be an id",
        _ID_HELP,
        at_key=True,
    )


def _bad_form(violation: _Violation) -> Finding:
    found = violation.found
    if isinstance(found, str) and not found.strip():
        return violation.finding(
            faults.WRONG_VALUE, "expected text, found empty text", "write some text, or leave the key out"
        )
    if violation.context.get("pattern") == ID_PATTERN:
        return violation.finding(faults.WRONG_VALUE, f"{described(found)} cannot be an id", _ID_HELP)
    field = _field(violation)
    meaning = (field.description if field is not None else "") or "see the language reference"
    return violation.finding(faults.WRONG_VALUE, f"{described(found)} does not have the form needed", meaning)


def _field(violation: _Violation) -> Any:
    fields = fields_at(violation.model, violation.path[:-1])
    return next((each for name, each in fields if name == violation.path[-1]), None)


Describe = Callable[[_Violation], Finding]

_LIST = _wrong_type("a list", "write [a, b], or lines that begin with -")
_TEXT = _wrong_type("text", "write text")

_BY_TYPE: dict[str, Describe] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _wrong_choice,
    "enum": _wrong_choice,
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "string_type": _TEXT,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_pattern_mismatch": _bad_form,
    "string_too_long": _bad_form,
    "string_too_short": _bad_form,
}
