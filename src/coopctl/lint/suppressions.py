"""Comments that suppress findings: `# coopctl: ignore[KPI003] agreed by both, until=2026-06-30`."""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coopctl import faults
from coopctl.findings import Edit, Finding, Location
from coopctl.lint import suppression_kinds
from coopctl.lint.selection import is_optional, kinds_by_name
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import read_date, shortened
from coopctl.source import Source

MODEL = "# coopctl: ignore[KPI003] agreed by both, until=2026-06-30"
"""What a suppression looks like."""

_ATTEMPT = re.compile(
    r"(?:^|(?<=\s))#\s*coopctl\s*(?:[:：]\s*(?:ignore\b|\w+\s*[\[【［])|\s*ignore\s*[\[【［])", re.IGNORECASE
)
_FORM = re.compile(r"#\s*coopctl:\s*ignore\[([^\[\]]*)\](.*)")
_UNTIL = re.compile(r"(?<![A-Za-z])until\s{0,3}=\s{0,3}([^\s,，;；。()（）]*)", re.IGNORECASE)
_NOT_UNTIL = re.compile(
    r"(?<![A-Za-z])(?:until\s{0,3}(?:[＝:：]|[0-9]{4}-)|(?:till|expires?)\s{0,3}[=＝:：])", re.IGNORECASE
)
_MOST_SUGGESTED = 20
"""Unknown names of a file for which near ones are looked for."""
_WIDE_COMMAS = re.compile("[，、；;]")


@dataclass(slots=True)
class Suppression:
    """One comment, and which findings it stands for."""

    location: Location
    """The comment, from its # to its end."""
    codes: dict[str, Location]
    """Codes of known rules, each with its place between the brackets."""
    unknown: dict[str, Location]
    covers: int
    """The line whose findings are suppressed."""
    reason: str
    until: date | None
    whole_line: bool
    """Nothing but the comment is on its line."""
    used: set[str] = field(default_factory=set)

    def holds(self, as_of: date) -> bool:
        """Whether it hides anything: it says why, and its last day has not passed."""
        return bool(self.reason) and (self.until is None or as_of <= self.until)


def suppressions_in(source: Source) -> tuple[list[Suppression], list[Finding]]:
    """Return the suppressions of a file in order, and what is wrong with those that cannot be read."""
    found: list[Suppression] = []
    broken: list[Finding] = []
    if "coopctl" not in source.text or "#" not in source.text:
        return found, broken
    code_after = _lines_after_comments(source.lines)
    for number, line in enumerate(source.lines, 1):
        starts = (attempt.start() for attempt in _ATTEMPT.finditer(line)) if "#" in line else ()
        start = next((start for start in starts if not source.holds_scalar_at(number, start + 1)), None)
        if start is None:
            continue
        covers = code_after.get(number, number)
        read = _read(source.path, number, line, start, covers)
        if isinstance(read, Finding):
            broken.append(read)
        else:
            found.append(read)
    return found, broken


def _read(path: str, number: int, line: str, start: int, covers: int) -> Suppression | Finding:
    comment = line[start:].rstrip()
    location = Location(path, number, start + 1, number, start + 1 + len(comment))
    form = _FORM.fullmatch(comment)
    if form is None:
        return _broken(location, _complaint(comment))
    if _WIDE_COMMAS.search(form[1]) or _NOT_UNTIL.search(form[2]):
        return _broken(location, "commas and the last day of this suppression are not written as they have to be")
    codes: dict[str, Location] = {}
    unknown: dict[str, Location] = {}
    column = start + 1 + form.start(1)
    for part in form[1].split(","):
        name = part.strip()
        first = column + len(part) - len(part.lstrip())
        place = Location(path, number, first, number, first + max(1, len(name)))
        column += len(part) + 1
        if not name:
            return _broken(location, "a name of a rule is missing between the brackets")
        kind = kinds_by_name().get(name)
        if kind is not None:
            codes.setdefault(kind.code, place)
        else:
            unknown[name] = place
    days = _UNTIL.findall(form[2])
    if len(days) > 1:
        return _broken(location, "this suppression has more than one last day")
    try:
        last_day = read_date(days[0].rstrip(".")) if days else None
    except ValueError:
        return _broken(location, f"until={days[0]} is not a date")
    reason = _UNTIL.sub("", form[2]).strip(" \t,，;；.。:：()（）-–—")
    return Suppression(location, codes, unknown, covers, reason, last_day, not line[:start].strip())


def _lines_after_comments(lines: Sequence[str]) -> dict[int, int]:
    """Return, for every line that is a comment, the number of the first line below it that is none."""
    found: dict[int, int] = {}
    below = len(lines) + 1
    for number in range(len(lines), 0, -1):
        if lines[number - 1].lstrip().startswith("#"):
            found[number] = below
        else:
            below = number
    return found


def _complaint(comment: str) -> str:
    if _FORM.match(unicodedata.normalize("NFKC", comment).replace("【", "[").replace("】", "]")):
        return "the signs of this suppression have to be half-width ones"
    if not re.match(r"#\s*coopctl:\s*ignore\b", comment):
        return f"`{comment.split('[')[0].strip()}` is not something that coopctl knows"
    return "this suppression does not name its rules in brackets"


def _broken(location: Location, message: str) -> Finding:
    return Finding(faults.BROKEN_SUPPRESSION, location, message, f"write it as {MODEL}")


def complaints(source: Source, found: Sequence[Suppression], as_of: date, heard: Container[str]) -> Iterator[Finding]:
    """Yield what is wrong with a file's suppressions themselves, once it is known what they hid.

    `heard` has the codes of the rules that were asked and came to their end.
    """
    suggested = 0
    for each in found:
        for name, place in each.unknown.items():
            suggested += 1
            many = len(name) <= 2 or suggested > _MOST_SUGGESTED
            help_text = "`coopctl rule --all` lists them" if many else did_you_mean(name, kinds_by_name())
            if any(code.startswith(name) for code in kinds_by_name()):
                help_text = f"name the rules one by one, as `coopctl rule {name}` lists them"
            yield Finding(suppression_kinds.UNKNOWN, place, f"no rule is called {shortened(name)}", help_text, name)
        subject = ",".join([*each.codes, *each.unknown])
        if not each.reason:
            message = "the suppression does not say why, and hides nothing until it does"
            help_text = f"write the reason after the bracket, as in {MODEL}"
            yield Finding(suppression_kinds.WITHOUT_REASON, each.location, message, help_text, subject)
        elif each.until is not None and as_of > each.until:
            message = f"the suppression ended on {each.until}"
            help_text = "mend what it hid, or agree on a new date; --fix deletes the comment"
            edits = (_without_comment(source, each),)
            yield Finding(suppression_kinds.EXPIRED, each.location, message, help_text, subject, edits=edits)
        else:
            yield from _unused(source, each, heard)


def _unused(source: Source, suppression: Suppression, heard: Container[str]) -> Iterator[Finding]:
    unused = [code for code in suppression.codes if code not in suppression.used and _is_known(code, heard)]
    for code in unused:
        only = len(unused) == len(suppression.codes) and not suppression.unknown
        edit = _without_comment(source, suppression) if only else _without_code(source, suppression, code)
        kind = kinds_by_name()[code]
        refuses = not is_optional(kind)
        message = f"{code} {kind.name} " + ("cannot be suppressed" if refuses else "has nothing to hide here")
        help_text = "delete the comment" if only else f"delete {code} from the comment"
        place = suppression.codes[code]
        yield Finding(suppression_kinds.UNUSED, place, message, f"{help_text}, or let --fix do it", code, edits=(edit,))


def _is_known(code: str, heard: Container[str]) -> bool:
    """Whether it is certain that a rule had nothing to say: it came to its end, or it cannot be suppressed at all."""
    return code in heard or not is_optional(kinds_by_name()[code])


def _without_comment(source: Source, suppression: Suppression) -> Edit:
    """Delete a comment: its line where it stands alone, else with the space before it."""
    place = suppression.location
    start, end = source.offset_at(place.line, 1), source.offset_at(place.end_line, place.end_column)
    if suppression.whole_line:
        is_last = place.line == len(source.lines)
        return Edit(start, len(source.text) if is_last else source.offset_at(place.line + 1, 1), "")
    before = source.lines[place.line - 1][: place.column - 1].rstrip(" \t")
    return Edit(start + len(before), end, "")


def _without_code(source: Source, suppression: Suppression, code: str) -> Edit:
    """Delete one code and the comma that goes with it."""
    place = suppression.codes[code]
    line, start = source.lines[place.line - 1], source.offset_at(place.line, 1)
    first, last = place.column - 1, place.end_column - 1
    after = re.match(r"\s*,\s*", line[last:])
    if after:
        return Edit(start + first, start + last + after.end(), "")
    before = line[:first].rstrip()
    return Edit(start + (len(before[:-1].rstrip()) if before.endswith(",") else first), start + last, "")


def by_line(found: Mapping[str, Sequence[Suppression]], as_of: date) -> dict[tuple[str, int], list[Suppression]]:
    """Return the suppressions that hide something, by file and the line they cover."""
    table: dict[tuple[str, int], list[Suppression]] = {}
    for path, of_file in found.items():
        for each in of_file:
            if each.holds(as_of):
                table.setdefault((path, each.covers), []).append(each)
    return table
