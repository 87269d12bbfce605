"""`coopctl fmt`: what it does to files, says and returns."""

from pathlib import Path

import pytest

from tests.conftest import Coopctl

UNTIDY = "id:   pact\ncoopctl: 1   # version\n"
TIDY = "coopctl: 1   # version\nid: pact\n"
LEDGER = "coopctl: actuals/1\nkpis: { }\n"
TIDY_LEDGER = "coopctl: actuals/1\nkpis: {}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An agreement with two ledger files and one of approvals, of which none is laid out well but the second."""
    (tmp_path / "deal" / "actuals").mkdir(parents=True)
    (tmp_path / "deal" / "approvals").mkdir()
    for name, text in {
        "agreement.yaml": UNTIDY,
        "actuals/a.yaml": LEDGER,
        "actuals/b.yml": TIDY_LEDGER,
        "actuals/c.csv": "kpi , period,value\n",
        "approvals/p.yaml": "agreement:   pact\ncoopctl: approvals/1\n",
    }.items():
        (tmp_path / "deal" / name).write_text(text, "utf-8")
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*") if path.is_file()
    }


def test_an_agreement_and_its_ledger_are_laid_out(coopctl: Coopctl, project: Path) -> None:
    before = texts(project)
    assert coopctl("fmt") == (
        0,
        "",
        (
            "deal/agreement.yaml: laid out anew\ndeal/actuals/a.yaml: laid out anew\n"
            "2 files laid out anew, 1 file laid out well already\n"
        ),
    )
    assert texts(project) == before | {"deal/agreement.yaml": TIDY, "deal/actuals/a.yaml": TIDY_LEDGER}
    assert coopctl("fmt", "deal/agreement.yaml") == (0, "", "3 files laid out well already\n")


def test_check_names_the_files_that_would_change_and_changes_none(coopctl: Coopctl, project: Path) -> None:
    before = texts(project)
    assert coopctl("fmt", "--check", "deal") == (
        1,
        "deal/agreement.yaml\ndeal/actuals/a.yaml\n",
        "2 files would be laid out anew, 1 file laid out well already\n",
    )
    assert texts(project) == before
    assert coopctl("fmt", "--check", "deal/actuals/b.yml") == (0, "", "1 file laid out well already\n")


def test_diff_shows_a_patch_and_changes_nothing(coopctl: Coopctl, project: Path) -> None:
    before = texts(project)
    ended = coopctl("fmt", "--diff", "deal/actuals/a.yaml")
    assert ended == (
        1,
        (
            "--- a/deal/actuals/a.yaml\n+++ b/deal/actuals/a.yaml\n@@ -1,2 +1,2 @@\n"
            " coopctl: actuals/1\n-kpis: { }\n+kpis: {}\n"
        ),
        "1 file would be laid out anew\n",
    )
    assert texts(project) == before
    assert coopctl("fmt", "--check", "--diff").code == 2


def test_a_file_named_by_itself_is_laid_out(coopctl: Coopctl, project: Path) -> None:
    assert coopctl("fmt", "deal/approvals/p.yaml").code == 0
    assert (project / "deal/approvals/p.yaml").read_text("utf-8") == "coopctl: approvals/1\nagreement: pact\n"
    ended = coopctl("fmt", "deal/actuals/c.csv")
    assert (ended.code, ended.err) == (2, "error: deal/actuals/c.csv: is CSV; only YAML files are worked on\n")


def test_files_that_cannot_be_read_are_told_and_the_others_laid_out(coopctl: Coopctl, project: Path) -> None:
    (project / "deal/actuals/a.yaml").write_text("kpis: [\n", "utf-8")
    (project / "deal/old.coop.yaml").write_text("coopctl: 0\n", "utf-8")
    ended = coopctl("fmt")
    assert (ended.code, ended.out) == (2, "")
    assert "error[YML001 broken-yaml]" in ended.err
    assert "help: run `coopctl migrate deal/old.coop.yaml`" in ended.err
    assert ended.err.endswith(
        "1 file laid out anew, 1 file laid out well already, 2 files left alone for what is told above\n"
    )
    assert (project / "deal/agreement.yaml").read_text("utf-8") == TIDY


def test_a_broken_agreement_does_not_keep_its_ledger_from_it(coopctl: Coopctl, project: Path) -> None:
    (project / "deal/agreement.yaml").write_text("a: [\n", "utf-8")
    assert coopctl("fmt").code == 2
    assert (project / "deal/actuals/a.yaml").read_text("utf-8") == TIDY_LEDGER


def test_a_file_that_cannot_be_taken_apart_is_left_as_it_is(coopctl: Coopctl, project: Path) -> None:
    text = f'{UNTIDY}? "x-a\n  b"\n: 1\n'
    (project / "deal/agreement.yaml").write_text(text, "utf-8")
    ended = coopctl("fmt")
    assert ended.code == 2
    assert ended.err.startswith("error: deal/agreement.yaml:3: is written in a way that cannot be laid out;")
    assert (project / "deal/agreement.yaml").read_text("utf-8") == text


def test_the_ledger_that_the_agreement_names(coopctl: Coopctl, project: Path) -> None:
    (project / "deal/agreement.yaml").write_text("coopctl: 1\nactuals: [figures/*.yaml]\n", "utf-8")
    (project / "deal/figures").mkdir()
    (project / "deal/figures/x.yaml").write_text(LEDGER, "utf-8")
    assert coopctl("fmt", "--check").out == "deal/figures/x.yaml\n"


def test_without_an_agreement_there_is_nothing_to_do(coopctl: Coopctl) -> None:
    ended = coopctl("fmt")
    assert (ended.code, ended.out) == (2, "")
    assert "no agreement found" in ended.err


@pytest.mark.parametrize(
    ("options", "text", "code", "out"),
    [
        ([], UNTIDY, 0, TIDY),
        ([], TIDY, 0, TIDY),
        ([], LEDGER, 0, TIDY_LEDGER),
        (["--check"], UNTIDY, 1, "x.yaml\n"),
        (["--check"], TIDY, 0, ""),
        ([], "a: [\n", 2, ""),
    ],
)
def test_standard_input(process: Coopctl, options: list[str], text: str, code: int, out: str) -> None:
    ended = process(["fmt", "-", "--stdin-filename", "x.yaml", *options], stdin=text.encode())
    assert (ended.code, ended.out) == (code, out)


def test_line_ends_and_links_stay(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(UNTIDY.replace("\n", "\r\n").encode())
    (tmp_path / "agreement.yaml").symlink_to("real.yaml")
    assert coopctl("fmt").code == 0
    assert (tmp_path / "agreement.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == TIDY.replace("\n", "\r\n").encode()
