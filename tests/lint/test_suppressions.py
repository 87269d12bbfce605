"""Comments that suppress findings: `# coopctl: ignore[KPI002] why, until=2026-06-30`."""

import re
from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import (
    AS_OF,
    QUIET,
    changed,
    codes,
    findings,
    lines,
    lint,
    places,
    put,
    summary,
    text_at,
    with_error,
    with_remark,
    without_source,
)

CSAT = "  csat:\n"
"""The line that KPI002 is reported on once `csat` has no source."""


def beside(comment: str, text: str | None = None) -> str:
    """Write a comment at the end of the line that is at fault."""
    return changed(CSAT, f"  csat:  {comment}\n", without_source() if text is None else text)


def above(*comments: str, indent: str = "  ") -> str:
    """Write comments on the lines above the one at fault."""
    return changed(CSAT, "".join(f"{indent}{comment}\n" for comment in comments) + CSAT, without_source())


def shown(coopctl: Coopctl, folder: Path, text: str | bytes, *options: str) -> list[str]:
    """Return the codes that are left of an agreement."""
    put(folder, text)
    return codes(coopctl, *options)


# What hides


@pytest.mark.parametrize(
    "comment",
    [
        "# coopctl: ignore[KPI002] the survey is not yet set up",
        "# coopctl: ignore[kpi-without-source] the survey is not yet set up",
        "# coopctl: ignore[ KPI002 ] spaces do no harm",
        "#coopctl:ignore[KPI002] nor does their absence",
        "# coopctl: ignore[KPI002]: the reason may follow a colon",
        "# coopctl: ignore[KPI002] - or a dash",
        "# coopctl: ignore[KPI002] 双方同意暂不填写数据来源",
        "# see annex 3  # coopctl: ignore[KPI002] another comment may come first",
    ],
)
def test_a_finding_is_hidden_on_its_line_and_from_the_line_above(
    comment: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    assert shown(coopctl, tmp_path, beside(comment)) == []
    assert shown(coopctl, tmp_path, above(comment)) == []


def test_without_a_comment_it_is_shown(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, without_source())
    assert places(coopctl) == ["agreement.yaml:13:3 KPI002"]


def test_comments_above_may_stack(coopctl: Coopctl, tmp_path: Path) -> None:
    """Each stands for the first line below all of them; other comments may stand between them."""
    text = above(
        "# coopctl: ignore[KPI002] no survey yet",
        "# The score comes from a survey.",
        "# coopctl: ignore[KPI001] nobody answers yet",
    )
    assert shown(coopctl, tmp_path, changed("    owner: north\n", "", text)) == []


def test_a_comment_above_may_be_indented_as_one_likes(coopctl: Coopctl, tmp_path: Path) -> None:
    assert shown(coopctl, tmp_path, above("# coopctl: ignore[KPI002] no survey yet", indent="")) == []
    assert shown(coopctl, tmp_path, above("# coopctl: ignore[KPI002] no survey yet", indent="       ")) == []


def test_an_empty_line_ends_what_a_comment_stands_for(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed(CSAT, "  # coopctl: ignore[KPI002] no survey yet\n\n" + CSAT, without_source())
    put(tmp_path, text)
    assert places(coopctl) == ["agreement.yaml:13:21 SUP001", "agreement.yaml:15:3 KPI002"]


def test_a_comment_beside_stands_for_its_own_line_only(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("kpis:\n", "kpis:  # coopctl: ignore[KPI002] no survey yet\n", without_source())
    assert shown(coopctl, tmp_path, text) == ["SUP001", "KPI002"]


def test_several_rules_stand_in_one_comment(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("    owner: north\n", "", beside("# coopctl: ignore[KPI001, kpi-without-source] agreed by both"))
    put(tmp_path, text)
    assert lines(coopctl) == []
    assert summary(coopctl) == "no findings in 1 agreement · 2 suppressed"


def test_only_what_is_named_is_hidden(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("    owner: north\n", "", beside("# coopctl: ignore[KPI001] agreed by both"))
    assert shown(coopctl, tmp_path, text) == ["KPI002"]


def test_an_error_of_a_rule_is_hidden_too(coopctl: Coopctl, tmp_path: Path) -> None:
    """Then it fails nothing."""
    put(tmp_path, with_error())
    assert lint(coopctl).code == 1
    (found,) = findings(coopctl)
    line = found["location"]["line"]
    text = with_error().split("\n")
    put(tmp_path, "\n".join([*text[: line - 1], "# coopctl: ignore[MNY001] the rest is a grant", *text[line - 1 :]]))
    assert lint(coopctl) == (0, "no findings in 1 agreement · 1 suppressed\n", "")


@pytest.mark.parametrize(("name", "hidden"), [("2026.yaml", True), ("2026.csv", False)])
def test_a_ledger_in_yaml_has_its_own_comments(name: str, hidden: bool, coopctl: Coopctl, tmp_path: Path) -> None:
    """CSV has none."""
    ledgers = {
        "2026.yaml": "coopctl: actuals/1\nkpis:\n  csat:\n    2025-12: 91  # coopctl: ignore[LED008] measured early\n",
        "2026.csv": "kpi,period,value,note\ncsat,2025-12,91,# coopctl: ignore[LED008] measured early\n",
    }
    put(tmp_path, QUIET, {f"actuals/{name}": ledgers[name]})
    assert codes(coopctl) == ([] if hidden else ["LED008"])


def test_a_comment_in_the_ledger_hides_nothing_in_the_agreement(coopctl: Coopctl, tmp_path: Path) -> None:
    comments = "".join("# coopctl: ignore[KPI002] no survey yet\n" for _ in range(12))
    put(tmp_path, without_source(), {"actuals/2026.yaml": f"{comments}coopctl: actuals/1\n"})
    assert codes(coopctl, "--select", "KPI") == ["KPI002"]


# What a file looks like


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str, mark: bytes, coopctl: Coopctl, tmp_path: Path) -> None:
    hidden = [
        beside("# coopctl: ignore[KPI002] 双方同意, until=2026-01-15"),
        above("# 说明", "# coopctl: ignore[KPI002] 双方同意, until=2026-01-15"),
    ]
    for text in hidden:
        assert shown(coopctl, tmp_path, mark + text.replace("\n", end).encode()) == []
    put(tmp_path, mark + beside("# coopctl: ignore[KPI002]").replace("\n", end).encode())
    assert places(coopctl) == ["agreement.yaml:13:3 KPI002", "agreement.yaml:13:10 SUP003"]


def test_the_last_line_needs_no_end(coopctl: Coopctl, tmp_path: Path) -> None:
    assert shown(coopctl, tmp_path, QUIET + "# coopctl: ignore[KPI002] nothing follows") == ["SUP001"]


@pytest.mark.parametrize(
    "text",
    [
        'faith: {title: Faith, text: "in good faith # coopctl: ignore[KPI001] no comment"}',
        "faith: {title: Faith, text: 'in good faith # coopctl: ignore[KPI001]'}",
        'faith: {title: "# coopctl: ignore KPI001", text: Faith}',
        '"# coopctl: ignore[X": {title: Faith, text: Faith}',
        "faith: {title: Faith, text: in#coopctl:ignore}",
        "faith:\n    title: Faith\n    text: |\n      one\n      # coopctl: ignore[KPI001] no comment\n      two",
        "faith:\n    title: Faith\n    text: >-\n      # coopctl: ignore KPI001\n      two",
        'faith:\n    title: Faith\n    text: "one\n      # coopctl: ignore KPI001\n      two"',
    ],
)
def test_text_in_quotes_or_blocks_is_no_comment(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET + f"clauses:\n  {text}\n")
    assert [each for each in codes(coopctl) if each.startswith("SUP")] == []


def test_a_comment_after_text_that_looks_like_one_counts(coopctl: Coopctl, tmp_path: Path) -> None:
    title = 'title: "see # coopctl: ignore[KPI003] x"'
    text = changed("title: Delivery pact", f"{title}  # coopctl: ignore[KPI003] real", QUIET)
    put(tmp_path, text)
    assert places(coopctl) == [f"agreement.yaml:3:{len(title) + 3 + len('# coopctl: ignore[')} SUP001"]


@pytest.mark.parametrize("style", ["|", ">", "|-", ">+"])
def test_comments_around_a_block_of_text_count(style: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """On the line where the block begins, and below its end where the indentation is less."""
    head = "clauses:\n  faith:\n    title: Faith\n"
    inside = f"{head}    text: {style}\n      in good faith\n"
    put(tmp_path, QUIET + inside + "  # coopctl: ignore[KPI003] below\n  other: {title: B, text: B}\n")
    assert codes(coopctl) == ["SUP001"]
    put(tmp_path, QUIET + inside.replace(style, f"{style}  # coopctl: ignore[KPI003] beside", 1))
    assert codes(coopctl) == ["SUP001"]


@pytest.mark.parametrize(
    "comment",
    [
        "# coopctl is the tool",
        "# see coopctl.toml: ignore it",
        "# the coopctl: team",
        "# https://x.example/#coopctl: ignore",
    ],
)
def test_other_comments_are_left_alone(comment: str, coopctl: Coopctl, tmp_path: Path) -> None:
    assert shown(coopctl, tmp_path, changed("id: pact", f"id: pact  {comment}", QUIET)) == []


# Until


@pytest.mark.parametrize(
    ("until", "as_of", "expected"),
    [
        ("2026-06-30", "2026-06-29", []),
        ("2026-06-30", "2026-06-30", []),
        ("2026-06-30", "2026-07-01", ["KPI002", "SUP004"]),
        ("2024-02-29", "2024-02-29", []),
    ],
)
def test_the_last_day_is_included(
    until: str, as_of: str, expected: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, beside(f"# coopctl: ignore[KPI002] no survey yet, until={until}"))
    out = lint(coopctl, "--select", "KPI002,SUP", as_of=as_of).out.splitlines()[:-1]
    assert [line.split()[1] for line in out] == expected


@pytest.mark.parametrize(
    "rest",
    [
        "agreed, until=2026-01-14",
        "until=2026-01-14 agreed",
        "agreed until=2026-01-14.",
        "agreed, until = 2026-01-14",
        "双方同意, until=2026-01-14",
        "双方同意，until=2026-01-14",
        "双方同意until=2026-01-14",
    ],
)
def test_an_end_is_seen_wherever_it_stands(rest: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """An exception that was granted for a time never becomes one for good."""
    put(tmp_path, beside(f"# coopctl: ignore[KPI002] {rest}"))
    found = findings(coopctl)
    assert [each["code"] for each in found] == ["KPI002", "SUP004"]
    assert found[1]["message"] == "the suppression ended on 2026-01-14"


def test_a_date_alone_is_no_reason(coopctl: Coopctl, tmp_path: Path) -> None:
    assert shown(coopctl, tmp_path, beside("# coopctl: ignore[KPI002] until=2026-12-31")) == ["KPI002", "SUP003"]


# What is wrong with a comment


@pytest.mark.parametrize("reason", ["", " ", " -", " .", " , until=2026-12-31", " :"])
def test_without_a_reason_nothing_is_hidden(reason: str, coopctl: Coopctl, tmp_path: Path) -> None:
    assert shown(coopctl, tmp_path, beside(f"# coopctl: ignore[KPI002]{reason}")) == ["KPI002", "SUP003"]


def test_what_hides_nothing_is_unused(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, changed(CSAT, "  csat:  # coopctl: ignore[KPI001, KPI002, KPI003] agreed\n", QUIET))
    found = findings(coopctl)
    assert [(each["code"], text_at(each["location"])) for each in found] == [
        ("SUP001", "KPI001"),
        ("SUP001", "KPI002"),
        ("SUP001", "KPI003"),
    ]
    assert found[0]["message"] == "KPI001 kpi-without-owner has nothing to hide here"
    assert all(each["fixable"] and each["severity"] == "warning" for each in found)


def test_what_is_not_looked_for_is_not_called_unused(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, changed(CSAT, "  csat:  # coopctl: ignore[KPI001] agreed\n", QUIET))
    assert codes(coopctl, "--select", "LAW,SUP") == []
    assert codes(coopctl, "--ignore", "KPI001") == []
    assert codes(coopctl, "--ignore", "KPI") == []
    assert codes(coopctl, "--select", "KPI,SUP") == ["SUP001"]


def test_of_two_comments_for_one_finding_neither_is_unused(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("  csat:  #", "  # coopctl: ignore[KPI002] one\n  csat:  #", beside("# coopctl: ignore[KPI002] two"))
    assert shown(coopctl, tmp_path, text) == []


@pytest.mark.parametrize(
    ("name", "near"),
    [("KPI999", "KPI"), ("kpi-without-sorce", "kpi-without-source"), ("KPI", ""), ("ALL", "")],
)
def test_an_unknown_rule_is_told_with_near_names(name: str, near: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Prefixes are unknown too: a comment names what it hides."""
    put(tmp_path, beside(f"# coopctl: ignore[{name}, KPI002] agreed"))
    (found,) = findings(coopctl)
    assert (found["code"], found["message"]) == ("SUP002", f"no rule is called {name}")
    assert near in found["help"]
    assert text_at(found["location"]) == name


BROKEN = [
    "# coopctl: ignore KPI002 no brackets",
    "# coopctl: ignore",
    "# coopctl: ignore[] no name",
    "# coopctl: ignore[KPI002,] no name after the comma",
    "# coopctl: ignore[KPI002 no end",
    "# coopctl: ignore (KPI002) wrong brackets",
    "# coopctl: ignore [KPI002 ][ agreed",
    "# coopctl: ignore[KPI002] agreed, until=2026-06-31",
    "# coopctl: ignore[KPI002] agreed, until=2026-6-30",
    "# coopctl: ignore[KPI002] agreed, until=June",
    "# coopctl: ignore[KPI002] agreed, until=",
    "# coopctl: ignore[KPI002] agreed, until＝2026-06-30",
    "# coopctl：ignore[KPI002] 双方同意",
    "# coopctl: ignore［KPI002］双方同意",
    "# coopctl: ignore【KPI002】双方同意",
    "# coopctl: ignore[KPI001，KPI002] 双方同意",
    "# coopctl: disable[KPI002] another tool's word",
    "# coopctl: noqa[KPI002] another tool's word",
    "# coopctl: Ignore[KPI002] capitals",
    "# Coopctl: ignore[KPI002] capitals",
]


@pytest.mark.parametrize("comment", BROKEN)
def test_what_cannot_be_read_is_an_error_with_the_right_form(comment: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """It hides nothing, and the run ends with 2: nobody is left believing that it works."""
    put(tmp_path, beside(comment))
    found = findings(coopctl)
    assert [each["code"] for each in found] == ["KPI002", "SUP005"]
    assert found[1]["severity"] == "error"
    assert re.search(r"# coopctl: ignore\[[A-Z]{3}\d{3}\] .+until=\d{4}-\d\d-\d\d", found[1]["help"])
    assert text_at(found[1]["location"]).startswith("#")
    assert lint(coopctl, "--exit-zero").code == 2


def test_the_right_form_that_is_shown_is_right(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, beside("# coopctl: ignore KPI002"))
    shown_form = findings(coopctl)[1]["help"].removeprefix("write it as ")
    put(tmp_path, beside(shown_form))
    assert "SUP005" not in codes(coopctl)


@pytest.mark.parametrize("option", ["--ignore", "--select"])
def test_a_broken_suppression_cannot_be_switched_off(option: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, beside("# coopctl: ignore KPI002"))
    ended = lint(coopctl, option, {"--ignore": "SUP005", "--select": "LAW"}[option])
    assert ended.code == 2
    assert "SUP005" in ended.out


@pytest.mark.parametrize("code", ["SCH001", "unknown-key"])
def test_an_error_at_reading_cannot_be_hidden(code: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET + f"surprise: 1  # coopctl: ignore[{code}] both know it\n")
    found = findings(coopctl)
    assert [each["code"] for each in found] == ["SCH001", "SUP001"]
    assert found[1]["message"] == "SCH001 unknown-key cannot be suppressed"
    assert lint(coopctl).code == 2


def test_a_warning_at_reading_can_be_hidden(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis:\n  # coopctl: ignore[figure-outside-the-term] kept for comparison\n"
    put(tmp_path, QUIET, {"actuals/2026.yaml": facts + "  csat: {2025-12: 91}\n"})
    assert codes(coopctl) == []


def test_comments_in_a_file_that_is_no_yaml_do_not_crash(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, "coopctl: [  # coopctl: ignore[KPI001] agreed\n")
    assert codes(coopctl)[0] == "YML001"
    assert lint(coopctl).code == 2


# What could not be looked at


def test_a_rule_that_could_not_run_leaves_its_suppression_used(coopctl: Coopctl, tmp_path: Path) -> None:
    """Whether a figure is overdue cannot be said while the ledger has an error; nothing is said of the comment."""
    text = changed(CSAT, "  csat:  # coopctl: ignore[LED012] the first survey is in March\n", QUIET)
    put(tmp_path, text)
    assert lint(coopctl, as_of="2026-02-20").out.splitlines()[0].startswith("agreement.yaml:22:3: LED012 delay")
    put(tmp_path, text, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  delay: {2026-01: many}\n"})
    ended = lint(coopctl, as_of="2026-02-20")
    assert [line.split(": ")[1][:6] for line in ended.out.splitlines()[:-1]] == ["SCH003"]
    lint(coopctl, "--fix", as_of="2026-02-20")
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == text


def test_a_suppression_for_what_could_not_be_read_is_not_called_unused(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed("target: 90\n", "target: ninety\n", beside("# coopctl: ignore[KPI002] no survey yet"))
    put(tmp_path, text)
    assert codes(coopctl) == ["SCH003"]


# Mending


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  csat:  # coopctl: ignore[KPI001] agreed\n", "  csat:\n"),
        ("  csat: # see annex  # coopctl: ignore[KPI001] agreed\n", "  csat: # see annex\n"),
        ("  # coopctl: ignore[KPI001] agreed\n  csat:\n", "  csat:\n"),
        ("  # Score\n  # coopctl: ignore[KPI001] agreed\n  # of both\n  csat:\n", "  # Score\n  # of both\n  csat:\n"),
        ("  csat:  # coopctl: ignore[KPI001,KPI003] agreed\n", "  csat:\n"),
        ("  csat:  # coopctl: ignore[KPI001] agreed, until=2026-01-14\n", "  csat:\n"),
        ("  csat:  # coopctl: ignore[KPI999, KPI001] agreed\n", "  csat:  # coopctl: ignore[KPI999] agreed\n"),
        ("  csat:  # coopctl: ignore[KPI001, KPI999] agreed\n", "  csat:  # coopctl: ignore[KPI999] agreed\n"),
        (
            "  csat:  # coopctl: ignore[KPI001, KPI999, KPI003] agreed\n",
            "  csat:  # coopctl: ignore[KPI999] agreed\n",
        ),
        ("  csat:  # coopctl: ignore[KPI001]\n", "  csat:  # coopctl: ignore[KPI001]\n"),
    ],
)
def test_comments_that_hide_nothing_are_deleted(
    before: str, after: str, end: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """One without a reason, or with a name that no rule has, is for its author to mend."""
    path = put(tmp_path, changed(CSAT, before, QUIET).replace("\n", end))
    lint(coopctl, "--fix")
    assert path.read_bytes().decode() == changed(CSAT, after, QUIET).replace("\n", end)


def test_a_comment_loses_only_the_rule_that_is_gone(coopctl: Coopctl, tmp_path: Path) -> None:
    path = put(tmp_path, beside("# coopctl: ignore[KPI001, KPI002, KPI003] agreed, until=2026-12-31"))
    lint(coopctl, "--fix")
    assert path.read_text("utf-8") == beside("# coopctl: ignore[KPI002] agreed, until=2026-12-31")
    assert codes(coopctl) == []


def test_comments_of_a_ledger_are_mended_there(coopctl: Coopctl, tmp_path: Path) -> None:
    facts = "coopctl: actuals/1\nkpis:\n  csat: {2026-01: 91}  # coopctl: ignore[LED008] early\n"
    put(tmp_path, QUIET, {"actuals/2026.yaml": facts})
    ended = lint(coopctl, "--fix")
    assert ended.err == "1 finding mended in 1 file\n"
    assert (tmp_path / "actuals" / "2026.yaml").read_text("utf-8") == facts.replace(
        "  # coopctl: ignore[LED008] early", ""
    )
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == QUIET


def test_what_is_suppressed_is_not_mended(coopctl: Coopctl, tmp_path: Path) -> None:
    text = changed(
        "  cap: 500000\n", "  cap: 500000  # coopctl: ignore[STY001] as the lawyers have it\n", with_remark()
    )
    put(tmp_path, text)
    assert codes(coopctl) == []
    assert coopctl("lint", "--fix", "--as-of", AS_OF).code == 0
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == text
