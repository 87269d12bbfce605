"""Every documented limit, at N, which is accepted, and at N + 1, which is refused with a place."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coopctl import limits
from coopctl.ledger.csv_ledger import read_csv_ledger
from coopctl.model.names import Names
from coopctl.parsing import read_source
from tests.bad_input.samples import (
    AGREEMENT,
    AS_OF,
    CSV_LEDGER,
    LEDGER,
    as_json,
    changed,
    concise,
    findings,
    lines,
    not_judged,
    places,
    put,
    run,
)
from tests.conftest import Coopctl

ACCEPTED: tuple[int, list[object]] = (0, [])
"""Exit code and findings of an agreement that is read and judged."""


def test_the_limits_are_those_that_are_documented() -> None:
    """The numbers that users were told; a change is a change for them."""
    told = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert told == {
        "FILE_BYTES": 4 * 1024 * 1024,
        "NESTING": 64,
        "NODES": 100_000,
        "EXPANDED_CHARACTERS": 8 * 1024 * 1024,
        "SCALAR_BYTES": 64 * 1024,
        "INTEGER_DIGITS": 18,
        "DECIMAL_DIGITS": 12,
        "CSV_ROWS": 200_000,
        "COLUMNS": 256,
        "XLSX_BYTES": 64 * 1024 * 1024,
        "XLSX_PARTS": 1_000,
        "XLSX_ELEMENTS": 2_500_000,
        "XLSX_CELLS": 500_000,
        "REVISION_AGREEMENTS": 2_000,
        "REVISION_BYTES": 64 * 1024 * 1024,
        "REVISION_FILES": 10_000,
        "REVISION_PATTERNS": 500,
        "PURE_PARSER_BYTES": 256 * 1024,
        "FINDINGS": 1_000,
        "PERIODS": 30_000,
        "LEDGER_BYTES": 8 * 1024 * 1024,
        "LEDGER_FILES": 500,
        "LEDGER_NODES": 250_000,
        "FIGURES": 200_000,
        "TEMPLATE_BYTES": 1024 * 1024,
        "TEMPLATES": 200,
        "TEMPLATES_BYTES": 4 * 1024 * 1024,
        "RENDERED_BYTES": 1024 * 1024,
        "DOCUMENT_SIZES": {"pdf": 28_000, "docx": 110_000, "html": 500_000},
        "TEMPLATE_SECONDS": 5,
        "TEMPLATE_CLOCK_SECONDS": 8,
        "TEMPLATE_MEMORY": 256 * 1024 * 1024,
    }


# --- size of a file -------------------------------------------------------------------------------------------


def _padded(text: str, size: int) -> str:
    """Bring text to a size in bytes, with comment lines after it."""
    comment = "#" * 99 + "\n"
    missing = size - len(text.encode())
    return text + comment * (missing // 100) + "#" * (missing % 100)


@pytest.mark.parametrize(
    ("name", "text"), [("agreement.yaml", AGREEMENT), ("actuals/2026.yaml", LEDGER), ("actuals/2026.yml", LEDGER)]
)
def test_a_file_has_four_mebibytes_at_most(name: str, text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """4,194,304 bytes are read; one more is not, and nothing of the file is."""
    put(tmp_path / "pact", AGREEMENT, {name: _padded(text, limits.FILE_BYTES)})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", AGREEMENT, {name: _padded(text, limits.FILE_BYTES + 1)})
    ended = concise(coopctl, "pact")
    assert ended.out == not_judged("pact", [f"{name}:1:1: FIL004 larger than 4,194,304 bytes"])
    assert ended.code == 2


def test_the_size_of_a_csv_ledger_is_counted_in_bytes(coopctl: Coopctl, tmp_path: Path) -> None:
    """A note in Chinese takes three bytes a character; the limit is one of bytes, not of characters."""
    text = "kpi,period,value,note\ncsat,2026-01,91,文\n"
    missing = limits.FILE_BYTES - len(text.encode())
    blank = (" " * 99 + "\n") * (missing // 100) + " " * (missing % 100)
    for end, expected in (("", ACCEPTED), (" ", (2, [("FIL004", "pact/actuals/2026.csv", 1, 1)]))):
        put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": text + blank + end})
        code, report = as_json(coopctl, "pact")
        assert (code, places(report)) == expected


def test_standard_input_has_four_mebibytes_at_most(tmp_path: Path) -> None:
    """The same limit holds for what is piped in, and reading stops there."""
    arguments = ("check", "-", "--output-format", "concise", *AS_OF)
    accepted = run(tmp_path, *arguments, stdin=_padded(AGREEMENT, limits.FILE_BYTES).encode())
    assert (accepted.code, accepted.err) == (0, "")
    refused = run(tmp_path, *arguments, stdin=_padded(AGREEMENT, limits.FILE_BYTES + 1).encode())
    assert refused.out == lines("agreement.yaml:1:1: FIL004 larger than 4,194,304 bytes", "agreement.yaml: not judged")
    assert (refused.code, refused.err) == (2, "")


def test_a_ledger_has_eight_mebibytes_at_most(coopctl: Coopctl, tmp_path: Path) -> None:
    """Two files of 4 MiB are read; with one byte more the file that brings it is named."""
    half = _padded("coopctl: actuals/1\n", limits.LEDGER_BYTES // 2)
    pact = put(tmp_path / "pact", AGREEMENT, {"actuals/a.yaml": half, "actuals/b.yaml": half})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(pact, AGREEMENT, {"actuals/c.csv": "\n"})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("LED009", "pact/actuals/c.csv", 1, 1)])


def test_the_size_of_a_ledger_is_counted_in_bytes(coopctl: Coopctl, tmp_path: Path) -> None:
    """Three files of 3 MiB are more than 8 MiB, though a Chinese comment has a third as many characters."""
    comment = "#" + "文" * 33 + "\n"
    text = "coopctl: actuals/1\n" + comment * (3 * 1024 * 1024 // len(comment.encode()))
    names = [f"actuals/{letter}.yaml" for letter in "abc"]
    put(tmp_path / "pact", AGREEMENT, dict.fromkeys(names, text))
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("LED009", "pact/actuals/c.yaml", 1, 1)])


def test_a_ledger_has_five_hundred_files_at_most(coopctl: Coopctl, tmp_path: Path) -> None:
    """500 files are read, the 501st is named."""
    empty = "kpi,period,value\n"
    names = [f"actuals/{number:03}.csv" for number in range(limits.LEDGER_FILES + 1)]
    pact = put(tmp_path / "pact", AGREEMENT, dict.fromkeys(names[:-1], empty))
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(pact, AGREEMENT, {names[-1]: empty})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("LED009", "pact/actuals/500.csv", 1, 1)])


# --- shape of the YAML ----------------------------------------------------------------------------------------


def _brackets(depth: int) -> str:
    return f"x-deep: {'[' * depth}{']' * depth}\n"


def _braces(depth: int) -> str:
    return f"x-deep: {'{a: ' * depth}1{'}' * depth}\n"


def _block(depth: int) -> str:
    return "x-deep:\n" + "".join(f"{' ' * (level + 1)}a:\n" for level in range(depth))


@pytest.mark.parametrize("nested", [_brackets, _braces, _block])
@pytest.mark.parametrize(("name", "text"), [("agreement.yaml", AGREEMENT), ("actuals/2026.yaml", LEDGER)])
def test_nesting_goes_64_levels_deep(
    nested: Callable[[int], str], name: str, text: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The top of the file is the first level: 63 more are read, and the 65th is where reading stops."""
    put(tmp_path / "pact", AGREEMENT, {name: text + nested(limits.NESTING - 1)})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", AGREEMENT, {name: text + nested(limits.NESTING)})
    code, report = as_json(coopctl, "pact")
    assert (code, [place[:2] for place in places(report)]) == (2, [("YML009", f"pact/{name}")])


def test_the_65th_level_is_the_place_that_is_shown(coopctl: Coopctl, tmp_path: Path) -> None:
    """The column is that of the bracket that goes too far."""
    put(tmp_path / "pact", AGREEMENT + _brackets(limits.NESTING))
    ended = concise(coopctl, "pact")
    assert ended.out == not_judged("pact", ["agreement.yaml:16:72: YML009 nested more than 64 levels deep"])


def _values(text: str) -> int:
    """Count mappings, sequences and scalars without coopctl's own walk."""
    from ruamel.yaml import YAML

    counted = ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent")
    return sum(type(event).__name__ in counted for event in YAML(typ="safe", pure=True).parse(text))


def _with_values(text: str, number: int) -> str:
    """Bring a file to a number of values; the key and the list count too."""
    return f"{text}x-pad: [{','.join('1' * (number - _values(text) - 2))}]\n"


@pytest.mark.parametrize(("name", "text"), [("agreement.yaml", AGREEMENT), ("actuals/2026.yaml", LEDGER)])
def test_a_file_has_a_hundred_thousand_values_at_most(name: str, text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Keys, values, lists and mappings count; the place is that of the value which is one too many."""
    put(tmp_path / "pact", AGREEMENT, {name: _with_values(text, limits.NODES)})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", AGREEMENT, {name: _with_values(text, limits.NODES + 1)})
    line = text.count("\n") + 1
    column = len("x-pad: [") + 2 * (limits.NODES - _values(text) - 2) + 1
    message = "more than 100,000 values up to here, aliases counted each time they are used"
    assert concise(coopctl, "pact").out == not_judged("pact", [f"{name}:{line}:{column}: YML010 {message}"])


def test_an_alias_counts_for_all_it_stands_for_each_time_it_is_used(coopctl: Coopctl, tmp_path: Path) -> None:
    """99 uses of a list of a thousand are 99,000 values, and the anchor itself another thousand."""
    thousand = f"x-thousand: &thousand [{','.join('1' * 999)}]\n"  # the key is one more
    uses = f"x-uses: [{','.join(['*thousand'] * 98)}]\n"  # the key and the list are two more
    missing = limits.NODES - _values(AGREEMENT) - 1_001 - 2 - 98 * 1_000
    filled = f"x-fill: [{','.join('1' * (missing - 2))}]\n"
    put(tmp_path / "pact", AGREEMENT + filled + thousand + uses)
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", AGREEMENT + filled + thousand + uses.replace("[", "[1,"))
    code, report = as_json(coopctl, "pact")
    last = len("x-uses: [1,") + len("*thousand,") * 97 + 1
    assert (code, places(report)) == (2, [("YML010", "pact/agreement.yaml", 18, last)])


@pytest.mark.parametrize("style", ["{}", '"{}"', "'{}'", "|-\n  {}"], ids=["plain", "double", "single", "block"])
@pytest.mark.parametrize("letter", ["a", "文"])
def test_a_value_has_64_kibibytes_at_most(style: str, letter: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """65,536 bytes are read, in whatever style and script they are written; one more is refused."""
    most = letter * (limits.SCALAR_BYTES // len(letter.encode()))
    most += "b" * (limits.SCALAR_BYTES - len(most.encode()))
    put(tmp_path / "pact", AGREEMENT + f"purpose: {style.format(most)}\n")
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", AGREEMENT + f"purpose: {style.format(most + 'b')}\n")
    ended = concise(coopctl, "pact")
    message = "agreement.yaml:16:10: YML011 one value of 65,537 bytes; the limit is 65,536"
    assert (ended.code, ended.out) == (2, not_judged("pact", [message]))


def test_a_key_has_64_kibibytes_at_most(coopctl: Coopctl, tmp_path: Path) -> None:
    """A key is held to the limit too, that of the user's own notes included."""
    key = "x-" + "k" * (limits.SCALAR_BYTES - 2)
    put(tmp_path / "pact", f"{AGREEMENT}? {key}\n: 1\n")
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", f"{AGREEMENT}? {key}k\n: 1\n")
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("YML011", "pact/agreement.yaml", 16, 3)])


@pytest.mark.parametrize("column", ["by", "note"])
def test_a_cell_has_64_kibibytes_at_most(column: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """A cell that nothing evaluates is held to the limit like any other value."""
    for size, expected in (
        (limits.SCALAR_BYTES, ACCEPTED),
        (limits.SCALAR_BYTES + 1, (2, [("SCH003", "pact/actuals/2026.csv", 2, 17)])),
    ):
        text = f"kpi,period,value,{column}\ncsat,2026-01,91,{'n' * size}\n"
        put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": text})
        code, report = as_json(coopctl, "pact")
        assert (code, places(report)) == expected


def test_a_colon_that_libyaml_refuses_is_read_up_to_256_kibibytes(coopctl: Coopctl, tmp_path: Path) -> None:
    """The slower parser takes a file over, but not a large one; then the place and the remedy are libyaml's."""
    text = AGREEMENT + "x-link: {digest: sha256:1f}\n"
    put(tmp_path / "pact", _padded(text, limits.PURE_PARSER_BYTES))
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", _padded(text, limits.PURE_PARSER_BYTES + 1))
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("YML001", "pact/agreement.yaml", 16, 24)])


# --- numbers --------------------------------------------------------------------------------------------------

LARGEST = "123456789012345678.123456789012"


@pytest.mark.parametrize("number", [LARGEST, f"-{LARGEST}", "0." + "0" * 11 + "1", "9" * 18, "000000000000000001"])
def test_numbers_have_18_digits_and_12_decimals(number: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """All of them survive exactly, from the agreement and from both kinds of ledger."""
    weights = "kpi,period,value\ncsat,2026-02," + number + "\n"
    files = {"actuals/a.yaml": LEDGER.replace("91", number), "actuals/b.csv": weights}
    put(tmp_path / "pact", changed("target: 90", f"target: {number}"), files)
    code, report = as_json(coopctl, "pact")
    exact = str(int(number)) if "." not in number else number
    assert (code, findings(report)) == ACCEPTED
    verdicts = {each["period"]: each for each in report["agreements"][0]["verdicts"]}
    assert [verdicts[period]["actual"] for period in ("2026-01", "2026-02")] == [exact, exact]
    assert verdicts["2026-01"]["target"] == exact


@pytest.mark.parametrize("number", ["1" + LARGEST, LARGEST + "1", "1" * 19, "0." + "1" * 13, "0" * 19])
def test_one_digit_more_is_refused(number: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Nothing is rounded in silence: the number is shown where it stands, in agreement and ledgers alike."""
    threshold = f"    thresholds: {{warn: {{off_by_more_than: {number}%}}}}\n"
    files = {
        "actuals/a.yaml": LEDGER.replace("91", number),
        "actuals/b.csv": f"kpi,period,value\ncsat,2026-02,{number}\n",
    }
    put(tmp_path / "pact", changed("target: 90", f"target: {number}") + threshold, files)
    assert concise(coopctl, "pact").out == not_judged(
        "pact",
        [
            f'agreement.yaml:15:13: SCH003 expected a number, found "{number}"',
            f'agreement.yaml:16:43: SCH003 expected a percentage, found "{number}%"',
            f'actuals/a.yaml:4:14: SCH003 expected a number, found "{number}"',
            f'actuals/b.csv:2:14: SCH003 expected a number, found "{number}"',
        ],
    )


def test_an_id_has_a_hundred_characters_at_most(coopctl: Coopctl, tmp_path: Path) -> None:
    """Characters of any script count as one."""
    put(tmp_path / "pact", changed("  csat:", f"  {'文' * 100}:"))
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", changed("  csat:", f"  {'文' * 101}:"))
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("SCH003", "pact/agreement.yaml", 10, 3)])


# --- how much of it -------------------------------------------------------------------------------------------


def _rows(number: int) -> str:
    first = date(1400, 1, 1)
    days = (first + timedelta(day) for day in range(number))
    return "kpi,period,value\n" + "".join(f"csat,{day},1\n" for day in days)


def test_a_csv_ledger_has_two_hundred_thousand_rows_at_most() -> None:
    """Row 200,000 is a figure; the next is a finding with its line. Blank lines are no rows."""
    names = Names.of(read_source("agreement.yaml", AGREEMENT).data)
    read = read_csv_ledger("a.csv", _rows(limits.CSV_ROWS) + "\n\ncsat,2026-01,1\n", names)
    assert len(read.figures) == limits.CSV_ROWS
    (finding,) = read.findings
    assert (finding.kind.code, finding.location.line, finding.location.column) == ("LED007", 200_004, 1)
    assert finding.message == "more than 200,000 rows"


def test_the_figures_of_all_ledger_files_are_counted_together(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that brings the figure which is one too many is named, be it the first or the last."""
    monkeypatch.setattr(limits, "FIGURES", 3)
    second = "kpi,period,value\ncsat,2026-02,91\ncsat,2026-03,91\n"
    pact = put(tmp_path / "pact", AGREEMENT, {"actuals/a.yaml": LEDGER, "actuals/b.csv": second})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(pact, AGREEMENT, {"actuals/b.csv": second + "csat,2026-04,91\n"})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("LED009", "pact/actuals/b.csv", 1, 1)])


def _many_unknown_keys(number: int) -> dict[str, str]:
    return {"agreement.yaml": AGREEMENT + "".join(f"key{each}: 1\n" for each in range(number))}


def _many_unknown_kpis(number: int) -> dict[str, str]:
    return {"actuals/a.csv": "kpi,period,value\n" + "scat,2026-01,1\n" * number}


def _many_figures_of_coarse_periods(number: int) -> dict[str, str]:
    rows = "".join(f"csat,{year:04},1\n" for year in range(1001, number + 1001))
    return {"actuals/a.csv": "kpi,period,value\n" + rows}


def _many_double_keys(number: int) -> dict[str, str]:
    return {"agreement.yaml": AGREEMENT + "title: again\n" * number}


def _many_patterns_that_leave(number: int) -> dict[str, str]:
    return {"agreement.yaml": f"{AGREEMENT}actuals: [{', '.join(['../x'] * number)}]\n"}


def _many_unknown_columns(number: int) -> dict[str, str]:
    return {"actuals/a.csv": "kpi,period,value" + "".join(f",column{each}" for each in range(number)) + "\n"}


MANY = [
    (_many_unknown_keys, "SCH001"),
    (_many_unknown_kpis, "SCH004"),
    (_many_figures_of_coarse_periods, "LED001"),
    (_many_double_keys, "YML002"),
    (_many_patterns_that_leave, "FIL003"),
    (_many_unknown_columns, "LED007"),
]


@pytest.mark.parametrize(("many", "fault"), MANY)
def test_a_thousand_problems_of_a_file_are_shown_one_by_one(
    many: Callable[[int], dict[str, str]], fault: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The thousandth is shown; what comes after it is counted in one last line, so that no log overflows."""
    put(tmp_path / "pact", AGREEMENT, many(limits.FINDINGS))
    code, report = as_json(coopctl, "pact")
    assert (code, [each["code"] for each in findings(report)]) == (2, [fault] * limits.FINDINGS)
    put(tmp_path / "pact", AGREEMENT, many(limits.FINDINGS + 2))
    code, report = as_json(coopctl, "pact")
    assert (code, [each["code"] for each in findings(report)]) == (2, [*[fault] * limits.FINDINGS, "FIL009"])
    assert findings(report)[-1]["message"] == "2 more problems like these in the file"


def test_thirty_thousand_periods_are_judged_at_most(coopctl: Coopctl, tmp_path: Path) -> None:
    """A daily KPI over 30,000 days is judged; with one day more the end of the term is pointed at."""
    start = date(2026, 1, 1)
    daily = changed("frequency: monthly", "frequency: daily")
    last = start + timedelta(limits.PERIODS - 1)
    put(tmp_path / "pact", changed("2026-12-31", last.isoformat(), daily))
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(tmp_path / "pact", changed("2026-12-31", (last + timedelta(1)).isoformat(), daily))
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("SCH007", "pact/agreement.yaml", 8, 32)])


def test_a_csv_ledger_is_read_as_far_as_the_limits_go(coopctl: Coopctl, tmp_path: Path) -> None:
    """The sample that the tests above vary is itself judged."""
    put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": CSV_LEDGER})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED


def test_the_values_of_all_ledger_files_are_counted_together(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of six values and one of five fit into eleven; one more value does not."""
    monkeypatch.setattr(limits, "LEDGER_NODES", 11)
    one = "coopctl: actuals/1\nx-a: [1, 2]\n"  # the mapping, two keys, a text, a list, two numbers: seven
    other = "coopctl: actuals/1\nx-a:\n"  # the mapping, two keys, a text, nothing: five
    pact = put(tmp_path / "pact", AGREEMENT, {"actuals/a.yaml": one.replace(", 2", ""), "actuals/b.yaml": other})
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == ACCEPTED
    put(pact, AGREEMENT, {"actuals/a.yaml": one})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("LED009", "pact/actuals/b.yaml", 1, 1)])
