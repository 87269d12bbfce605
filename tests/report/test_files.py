"""The files that a report is written to: their formats, and the charts beside them or inside."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from coopctl.limits import DOCUMENT_SIZES
from coopctl.report.cutting import LARGEST, fitting
from tests.commands.deals import AS_OF, EXAMPLES, kpi, ledger, terms, write
from tests.conftest import Coopctl

ALLIANCE = str(EXAMPLES / "delivery-alliance")
DATED = ("--as-of", "2026-07-15")
SIGNATURES = {"q2.html": b"<!doctype html>", "q2.HTM": b"<!doctype html>", "q2.pdf": b"%PDF-", "q2.docx": b"PK\x03\x04"}


@pytest.mark.parametrize(("name", "begin"), SIGNATURES.items())
def test_the_ending_of_the_file_decides(name: str, begin: bytes, coopctl: Coopctl, tmp_path: Path) -> None:
    ended = coopctl("report", ALLIANCE, *DATED, "--kind", "scorecard", "-o", tmp_path / name)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().lower().startswith(begin.lower())


def test_the_format_that_is_asked_for_goes_before_the_ending(coopctl: Coopctl, tmp_path: Path) -> None:
    shown = coopctl("report", ALLIANCE, *DATED).out
    coopctl("report", ALLIANCE, *DATED, "--format", "markdown", "-o", tmp_path / "q2.html")
    assert (tmp_path / "q2.html").read_text("utf-8") == shown


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("q2.md", "delivery-alliance"),
        ("q2.html", "carrier-in-breach"),
        ("q2.pdf", "carrier-in-breach"),
        ("q2.docx", "carrier-in-breach"),
    ],
)
def test_the_same_report_gives_the_same_bytes(name: str, example: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """The larger example has charts of all kinds, each a file of its own; the other has two, for the other formats."""
    written = []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        coopctl("report", EXAMPLES / example, *DATED, "--charts", "svg", "-o", tmp_path / folder / name)
        files = sorted(path for path in (tmp_path / folder).rglob("*") if path.is_file())
        written.append([(path.relative_to(tmp_path / folder), path.read_bytes()) for path in files])
    assert written[0] == written[1]


def test_charts_are_files_beside_a_markdown_report(coopctl: Coopctl, tmp_path: Path) -> None:
    """Those that the report shows, and no others; each is a picture of its own."""
    ended = coopctl("report", ALLIANCE, *DATED, "--charts", "svg", "--lang", "en,zh-Hans", "-o", tmp_path / "q2.md")
    assert ended.code == 0
    text = (tmp_path / "q2.md").read_text("utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "q2-charts").iterdir())
    assert sorted(shown) == found
    assert {"q2-charts/delivery-days.en.svg", "q2-charts/timetable.zh-Hans.svg"} <= set(found)
    assert "```mermaid" not in text
    for name in found:
        assert (tmp_path / name).read_text("utf-8").startswith('<?xml version="1.0" encoding="utf-8"?>\n<svg ')


def test_without_charts_there_are_none(coopctl: Coopctl, tmp_path: Path) -> None:
    text = coopctl("report", ALLIANCE, *DATED, "--charts", "none").out
    assert "mermaid" not in text and "![" not in text and "blue line" not in text
    coopctl("report", ALLIANCE, *DATED, "--charts", "none", "-o", tmp_path / "q2.html")
    assert "<svg" not in (tmp_path / "q2.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["q2.html"]


def test_a_web_page_has_its_charts_inside(coopctl: Coopctl) -> None:
    page = coopctl("report", ALLIANCE, *DATED, "--format", "html").out
    assert page.count("<figure") == page.count("<svg") == 8
    assert not re.findall(r"(?:src|href)=[\"']?(?!#|mailto:)[a-z]+:", page)


def test_ids_that_differ_only_in_case_get_files_of_their_own(coopctl: Coopctl, tmp_path: Path) -> None:
    figures = {"2026-01": "10", "2026-02": "11", "2026-03": "9"}
    write(
        tmp_path, terms(kpi("Days"), kpi("days"), kpi("DAYS")), ledger(dict.fromkeys(("Days", "days", "DAYS"), figures))
    )
    coopctl("report", "--as-of", "2026-04-20", "--charts", "svg", "-o", "q.md")
    names = {path.name for path in (tmp_path / "q-charts").iterdir()}
    assert len({name.casefold() for name in names}) == 3


def test_a_link_in_the_charts_folder_is_not_written_through(coopctl: Coopctl, tmp_path: Path) -> None:
    """Whoever can put a link there must not make coopctl write anywhere else."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "q2-charts").symlink_to(tmp_path / "elsewhere")
    ended = coopctl("report", ALLIANCE, *DATED, "--charts", "svg", "-o", tmp_path / "q2.md")
    assert ended.code == 2
    assert "is a link, or lies behind one" in ended.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "htm"], "--format: there is no 'htm'; did you mean `html`?"),
        (["--charts", "sgv"], "--charts: there is no 'sgv'; did you mean `svg`?"),
        (["--charts", "svg"], "the charts are files beside the report; name its file with -o"),
        (["--charts", "mermaid", "-o", "q2.pdf"], "only Markdown has charts as text; pdf has --charts svg or none"),
        (["--format", "docx"], "--format docx is no text; name a file with -o"),
        (["--for-comment", "-o", "q2.html"], "--for-comment: a comment is Markdown, not html"),
        (["--empty"], "--empty: only the data-sheet is a form to fill in, not quarterly"),
        (["--kind", "charter", "--period", "2026"], "--period: charter sets out the agreement itself, and no time"),
        (["--template", "none.md.j2"], "none.md.j2"),
        (["-o", "q2.doc"], "no reports are written as .doc; there are .md, .html, .pdf and .docx"),
        (["--list", "--context"], "--list and --context exclude each other; give one of them"),
        (["--context", "--for-comment"], "--context and --for-comment exclude each other"),
        (["-o", "no/such/folder/q2.md"], "no/such/folder/q2.md: cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_written_is_refused(options: list[str], told: str, coopctl: Coopctl, tmp_path: Path) -> None:
    ended = coopctl("report", ALLIANCE, *DATED, *options)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("library", "options", "told"),
    [
        ("matplotlib", ["--format", "html", "-o", "q2.html"], "pip install '.[charts]' in the folder of coopctl"),
        ("weasyprint", ["--charts", "none", "-o", "q2.pdf"], "pip install '.[pdf]' in the folder of coopctl"),
        ("docx", ["--charts", "none", "-o", "q2.docx"], "pip install '.[docx]' in the folder of coopctl"),
    ],
)
def test_what_is_not_installed_is_named(library: str, options: list[str], told: str, tmp_path: Path) -> None:
    program = f"import sys; sys.modules[{library!r}] = None; from coopctl.__main__ import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "report", ALLIANCE, *DATED, *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_template_of_one_s_own_is_used(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    (tmp_path / "short.md.j2").write_text("# {{ report.title }}\n", "utf-8")
    ended = coopctl("report", "--as-of", AS_OF, "--template", "short.md.j2")
    assert (ended.code, ended.out, ended.err) == (0, "# A sample deal\n", "")


def test_the_configured_folder_overrides_one_block(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    (tmp_path / "coopctl.toml").write_text('[report]\ntemplates = "ours"\n', "utf-8")
    (tmp_path / "ours").mkdir()
    own = '{% extends "standard/monthly.md.j2" %}\n{% block overview %}\n## In our words\n{% endblock %}\n'
    (tmp_path / "ours" / "monthly.md.j2").write_text(own, "utf-8")
    text = coopctl("report", "--as-of", AS_OF, "--kind", "monthly").out
    assert "## In our words" in text and "## Overview" not in text and "## KPIs" in text
    assert "## Overview" in coopctl("report", "--as-of", AS_OF, "--kind", "monthly", "--no-config").out


def test_a_link_is_no_template(coopctl: Coopctl, tmp_path: Path) -> None:
    """Whoever proposes a template could have any file of the machine that renders it shown in a comment."""
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    (tmp_path / "secret").write_text("The key is 42.\n", "utf-8")
    (tmp_path / "short.md.j2").symlink_to(tmp_path / "secret")
    (tmp_path / "folder").symlink_to("/etc")
    for name, told in (("short.md.j2", "is a link; name the file itself"), ("folder/passwd", "folder/passwd")):
        ended = coopctl("report", "--as-of", AS_OF, "--template", name)
        assert (ended.code, ended.out) == (2, "")
        assert told in ended.err and "root" not in ended.err


def test_what_a_report_is_made_from_is_not_written_over(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    (tmp_path / "coopctl.toml").write_text("[report]\n", "utf-8")
    (tmp_path / "short.md.j2").write_text("# Short\n", "utf-8")
    for name in ("coopctl.toml", "short.md.j2"):
        ended = coopctl("report", "--as-of", AS_OF, "--template", "short.md.j2", "-o", name)
        assert ended.code == 2
        assert f"{name} is what the result is made from; name another file" in ended.err


def test_a_report_is_not_written_through_a_link(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("Mine.\n", "utf-8")
    (tmp_path / "q2.md").symlink_to(tmp_path / "other.md")
    ended = coopctl("report", ALLIANCE, *DATED, "-o", "q2.md")
    assert ended.code == 2
    assert "-o q2.md: is a link; name the file that it leads to" in ended.err
    assert (tmp_path / "other.md").read_text("utf-8") == "Mine.\n"


def test_what_a_template_sees_goes_into_a_file_too(coopctl: Coopctl, tmp_path: Path) -> None:
    shown = coopctl("report", ALLIANCE, *DATED, "--context").out
    ended = coopctl("report", ALLIANCE, *DATED, "--context", "-o", "view.json")
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / "view.json").read_text("utf-8") == shown


def test_a_dash_is_standard_output(coopctl: Coopctl, tmp_path: Path) -> None:
    assert coopctl("report", ALLIANCE, *DATED, "-o", "-").out == coopctl("report", ALLIANCE, *DATED).out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_what_is_too_long_to_be_laid_out_is_refused(
    form: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a library works on it for minutes."""
    monkeypatch.setitem(DOCUMENT_SIZES, form, 300)
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    (tmp_path / "long.md.j2").write_text("# T\n\n| a |\n| --- |\n" + "| b |\n" * 100, "utf-8")
    ended = coopctl("report", "--as-of", AS_OF, "--template", "long.md.j2", "-o", f"q.{form}")
    assert ended.code == 2
    assert f"the report is too long to be laid out as {form}; write it as Markdown" in ended.err


@pytest.mark.parametrize(("language", "told"), [("fr", True), ("en-GB", False), ("zh-CN", False), ("zh_tw", None)])
def test_english_stands_in_for_a_language_without_reports(
    language: str, told: bool | None, coopctl: Coopctl, tmp_path: Path
) -> None:
    """And says so; None: the agreement's tag is not valid at all."""
    write(tmp_path, terms(kpi(), more=f"language: {language}\n"))
    ended = coopctl("report", "--as-of", AS_OF)
    if told is None:
        assert ended.code == 2
        return
    assert ("there are no reports in fr, so this one is in English" in ended.err) is told
    assert ended.code == 0


def test_a_report_for_a_comment_is_cut_between_two_blocks(coopctl: Coopctl, tmp_path: Path) -> None:
    many = [kpi(f"days{number}", name=f"Delivery time in the region of warehouse {number}") for number in range(70)]
    figures = {f"days{number}": {"2026-01": "13", "2026-02": "12", "2026-03": "11"} for number in range(70)}
    write(tmp_path, terms(*many), ledger(figures))
    whole = coopctl("report", "--as-of", "2026-04-20").out
    assert len(whole) > LARGEST
    for tags in ("en", "en,zh-Hans"):
        cut = coopctl("report", "--as-of", "2026-04-20", "--for-comment", "--lang", tags).out
        assert len(cut) <= LARGEST + 10
        assert "> The rest is left out here, to keep within the size of a comment." in cut
        assert cut.count("```") % 2 == 0


def test_what_fits_is_left_as_it_is(coopctl: Coopctl) -> None:
    assert coopctl("report", ALLIANCE, *DATED, "--for-comment").out == coopctl("report", ALLIANCE, *DATED).out


TEXT = "# A\n\nOne.[^1]\n\n## B\n\nTwo.[^2]\n\n```mermaid\nx\n\ny\n```\n\n[^1]: First.\n[^2]: Second.\n"


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (len(TEXT), TEXT),
        (len(TEXT) - 1, "# A\n\nOne.[^1]\n\n## B\n\nTwo.[^2]\n\n> Cut.\n\n[^1]: First.\n[^2]: Second.\n"),
        (60, "# A\n\nOne.[^1]\n\n> Cut.\n\n[^1]: First.\n"),
        (10, "> Cut.\n"),
    ],
)
def test_cut_reports_keep_the_footnotes_that_they_refer_to(room: int, kept: str) -> None:
    """No heading is left alone, no fence open, no mark without its footnote."""
    assert fitting(TEXT, "Cut.", room) == kept
    assert len(kept) <= max(room, len("> Cut.\n"))


def test_names_that_are_paths_stay_in_the_folder(coopctl: Coopctl, tmp_path: Path) -> None:
    """An id has no slash, and a name never makes a file."""
    figures = ledger({"days": {"2026-01": "10", "2026-02": "11", "2026-03": "9"}})
    write(tmp_path, terms(kpi(name="../../up"), title="../x"), figures)
    coopctl("report", "--as-of", "2026-04-20", "--charts", "svg", "-o", "q.md")
    assert [path.name for path in (tmp_path / "q-charts").iterdir()] == ["days.en.svg"]
