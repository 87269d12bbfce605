"""coopctl.toml and [tool.coopctl] in pyproject.toml: where they are found, what they say, and what cannot be used."""

import re
from pathlib import Path

import pytest

from tests.conftest import Coopctl
from tests.lint.samples import AS_OF, QUIET, codes, lint, places, put, with_error
from tests.lint.test_selection import ALL, FAULTY

KEYS = ("select", "extend-select", "ignore", "per-file-ignores", "fail-on", "baseline")


def configured(folder: Path, *settings: str, name: str = "coopctl.toml") -> Path:
    """Write a configuration with lines of its table `lint`."""
    table = "[lint]" if name != "pyproject.toml" else '[project]\nname = "x"\n\n[tool.coopctl.lint]'
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join([table, *settings, ""]), "utf-8")
    return path


# What it says


@pytest.mark.parametrize("name", ["coopctl.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ([], ALL),
        (['select = ["KPI"]'], ["KPI001", "KPI002", "KPI001"]),
        (['select = ["ALL"]', 'ignore = ["KPI", "STY001"]'], ["LAW007"]),
        (['select = ["kpi-without-source"]', 'extend-select = ["LAW"]'], ["KPI002", "LAW007"]),
        (['ignore = ["KPI"]', 'extend-select = ["KPI002"]'], ["KPI002", "STY001", "LAW007"]),
        (["select = []"], []),
        (["select = []", 'extend-select = ["LAW"]'], ["LAW007"]),
        (["ignore = []"], ALL),
    ],
)
def test_rules_are_chosen(settings: list[str], left: list[str], name: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    configured(tmp_path, *settings, name=name)
    assert codes(coopctl) == left
    assert codes(coopctl, "--no-config") == ALL


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ("", ["KPI001", "KPI001", "LAW007"]),
        # --select takes the place of all that the file says about rules; the others add to it.
        ("--select KPI", ["KPI001", "KPI002", "KPI001"]),
        ("--select KPI002,STY", ["KPI002", "STY001"]),
        ("--select ALL", ALL),
        ("--extend-select STY", ["KPI001", "KPI001", "STY001", "LAW007"]),
        ("--extend-select KPI002", ["KPI001", "KPI002", "KPI001", "LAW007"]),
        ("--ignore LAW", ["KPI001", "KPI001"]),
        ("--ignore LAW --extend-select LAW007", ["KPI001", "KPI001", "LAW007"]),
    ],
)
def test_the_command_line_goes_before_the_file(options: str, left: list[str], coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    configured(tmp_path, 'select = ["KPI"]', 'extend-select = ["LAW"]', 'ignore = ["KPI002"]')
    assert codes(coopctl, *options.split()) == left


@pytest.mark.parametrize(
    ("level", "option", "code"),
    [("info", None, 1), ("warning", None, 0), ("error", None, 0), ("error", "info", 1), ("info", "warning", 0)],
)
def test_what_fails_is_set(level: str, option: str | None, code: int, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    configured(tmp_path, f'fail-on = "{level}"', 'select = ["STY"]')
    assert lint(coopctl, *(["--fail-on", option] if option else [])).code == code


def test_a_baseline_is_named_from_the_file_s_folder(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "deals" / "one", FAULTY)
    configured(tmp_path / "deals", 'baseline = "accepted.json"')
    assert lint(coopctl, "--write-baseline").code == 0
    assert (tmp_path / "deals" / "accepted.json").exists()
    assert codes(coopctl) == []
    assert codes(coopctl, "--no-config") == ALL


# Files of their own


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ('"drafts/**" = ["KPI"]', {"drafts/a": ["STY001", "LAW007"], "signed/a": ALL}),
        ('"drafts/**" = ["ALL"]', {"drafts/a": [], "signed/a": ALL}),
        ('"*/a/agreement.yaml" = ["LAW007"]', {"drafts/a": ALL[:-1], "signed/a": ALL[:-1]}),
        ('"agreement.yaml" = ["no-governing-law"]', {"drafts/a": ALL[:-1], "signed/a": ALL[:-1]}),
        ('"/agreement.yaml" = ["LAW"]', {"drafts/a": ALL, "signed/a": ALL}),
        ('"other/**" = ["ALL"]', {"drafts/a": ALL, "signed/a": ALL}),
        (
            '"drafts/**" = ["KPI"]\n"**/a/*" = ["STY"]',
            {"drafts/a": ["LAW007"], "signed/a": [code for code in ALL if code != "STY001"]},
        ),
    ],
)
def test_some_files_may_do_what_others_may_not(
    patterns: str, left: dict[str, list[str]], coopctl: Coopctl, tmp_path: Path
) -> None:
    """Patterns are those of a .gitignore, relative to the configuration's folder, wherever one starts from."""
    for folder in left:
        put(tmp_path / folder, FAULTY)
    configured(tmp_path, "[lint.per-file-ignores]", patterns)
    for folder, expected in left.items():
        assert codes(coopctl, folder) == expected
        assert codes(coopctl, tmp_path / folder) == expected
        assert codes(coopctl, "--select", "ALL", folder) == expected


def test_they_hold_from_another_folder(coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "drafts" / "a", FAULTY)
    configured(tmp_path, 'per-file-ignores = {"drafts/**" = ["KPI"]}')
    for folder in (".", "drafts", "drafts/a"):
        monkeypatch.chdir(tmp_path / folder)
        assert codes(coopctl) == ["STY001", "LAW007"]


def test_a_more_specific_selection_goes_before_them(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "drafts", FAULTY)
    configured(tmp_path, 'select = ["KPI002", "KPI", "LAW"]', 'per-file-ignores = {"drafts/**" = ["KPI"]}')
    assert codes(coopctl) == ["KPI002", "LAW007"]


def test_a_ledger_is_a_file_of_its_own(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, QUIET, {"actuals/2026.yaml": "coopctl: actuals/1\nkpis:\n  csat: {2025-12: 91}\n"})
    assert codes(coopctl) == ["LED008"]
    configured(tmp_path, 'per-file-ignores = {"actuals/*" = ["LED008"]}')
    assert codes(coopctl) == []


# Where it is found


def test_the_nearest_one_counts(coopctl: Coopctl, tmp_path: Path) -> None:
    for folder in ("one", "two", "two/deep"):
        put(tmp_path / folder, FAULTY)
    configured(tmp_path, 'select = ["LAW"]')
    configured(tmp_path / "two", 'select = ["STY"]')
    assert codes(coopctl, "one") == ["LAW007"]
    assert codes(coopctl, "two") == ["STY001", "STY001"]
    assert codes(coopctl) == ["LAW007", "STY001", "STY001"]


def test_it_is_found_from_the_agreement_not_from_where_one_stands(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a", FAULTY)
    configured(tmp_path / "b", 'select = ["LAW"]')
    monkeypatch.chdir(tmp_path / "b")
    assert codes(coopctl, "../a") == ALL


def test_nothing_above_the_repository_counts(coopctl: Coopctl, tmp_path: Path) -> None:
    """Its root itself does; a work tree has a file `.git` instead of a folder."""
    for kind in ("folder", "file"):
        put(tmp_path / kind / "repo" / "deal", FAULTY)
        configured(tmp_path / kind, 'select = ["LAW"]')
        assert codes(coopctl, kind) == ["LAW007"]
        git = tmp_path / kind / "repo" / ".git"
        git.mkdir() if kind == "folder" else git.write_text("gitdir: elsewhere\n", "utf-8")
        assert codes(coopctl, kind) == ALL
        configured(tmp_path / kind / "repo", 'select = ["STY"]')
        assert codes(coopctl, kind) == ["STY001"]


def test_coopctl_toml_goes_before_pyproject_toml_of_the_same_folder(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "deal", FAULTY)
    configured(tmp_path, 'select = ["LAW"]', name="pyproject.toml")
    configured(tmp_path, 'select = ["STY"]')
    assert codes(coopctl) == ["STY001"]
    configured(tmp_path / "deal", 'select = ["KPI002"]', name="pyproject.toml")
    assert codes(coopctl) == ["KPI002"]


@pytest.mark.parametrize("text", ['[project]\nname = "x"\n', "[tool.other]\nselect = 3\n", "this is not TOML"])
def test_a_pyproject_toml_about_other_things_is_passed_over(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path / "deal", FAULTY)
    configured(tmp_path, 'select = ["LAW"]')
    (tmp_path / "deal" / "pyproject.toml").write_text(text, "utf-8")
    assert codes(coopctl) == ["LAW007"]


def test_another_file_can_be_named(coopctl: Coopctl, tmp_path: Path) -> None:
    """Then the nearest one says nothing, not even what cannot be used."""
    put(tmp_path, FAULTY)
    configured(tmp_path, "frobnicate = true")
    configured(tmp_path / "team", 'select = ["LAW"]', name="strict.toml")
    assert codes(coopctl, "--config", "team/strict.toml") == ["LAW007"]
    assert lint(coopctl).code == 2


def test_an_agreement_from_standard_input_has_the_one_of_its_name(process: Coopctl, tmp_path: Path) -> None:
    configured(tmp_path / "deal", 'select = ["LAW"]')
    arguments = [
        "lint",
        "-",
        "--stdin-filename",
        "deal/agreement.yaml",
        "--output-format",
        "concise",
        "--as-of",
        AS_OF,
    ]
    ended = process(arguments, stdin=FAULTY.encode())
    assert ended.out.splitlines()[0].startswith("deal/agreement.yaml:36:1: LAW007 ")


# What cannot be used


@pytest.mark.parametrize("name", ["coopctl.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    ("setting", "column", "told"),
    [
        ('selct = ["KPI"]', 1, "extend-select"),
        ("frobnicate = true", 1, "`frobnicate`"),
        ('select = ["KPI", "XYZ"]', 18, "'XYZ'"),
        ('ignore = ["kpi-without-ownr"]', 11, "kpi-without-owner"),
        ('extend-select = ["KPI99"]', 18, "'KPI99'"),
        ('select = "KPI"', None, "expected a list"),
        ("select = 3", None, "expected a list"),
        ('select = ["KPI", 4]', None, "expected a list"),
        ("ignore = {}", None, "expected a list"),
        ('fail-on = "fatal"', None, "error, warning, info"),
        ("fail-on = 3", None, "error, warning, info"),
        ("fail-on = []", None, "error, warning, info"),
        ("baseline = 3", None, "file"),
        ('baseline = ""', None, "file"),
        ("per-file-ignores = 3", 1, "table"),
        ('per-file-ignores = {"a" = 3}', None, "expected a list"),
        ('per-file-ignores = {"a" = ["XYZ"]}', 28, "'XYZ'"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(
    setting: str, column: int | None, told: str, name: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The line is that of the setting, wherever else its words stand."""
    put(tmp_path, FAULTY)
    path = configured(tmp_path, "# settings", setting, name=name)
    line = path.read_text("utf-8").split("\n").index(setting) + 1
    ended = lint(coopctl)
    assert (ended.code, ended.out) == (2, "")
    place = re.match(r"error: ([^:]+):(\d+):(\d+): ", ended.err)
    assert place is not None
    assert (place[1], int(place[2])) == (name, line)
    assert 1 <= int(place[3]) <= len(setting)
    assert column is None or int(place[3]) == column
    assert told in ended.err


def test_an_unknown_key_comes_with_all_that_there_are(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    configured(tmp_path, "frobnicate = true")
    told = lint(coopctl).err
    assert [key for key in KEYS if key not in told] == []
    configured(tmp_path, "selct = []")
    assert lint(coopctl).err == told.replace("frobnicate", "selct")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[lnt]\nselect = []\n", "1:2"),
        ("select = []\n", "1:1"),
        ("lint = 3\n", "1:1"),
        ("[lint]\n[check]\n", "2:2"),
        ("[lint\n", "1:6"),
        ("[lint]\nselect = [\n", "3:1"),
        ("[lint]\nignore = []\nignore = []\n", "3:12"),
    ],
)
def test_a_table_that_is_unknown_or_no_toml_is_told_with_its_place(
    text: str, place: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    put(tmp_path, FAULTY)
    (tmp_path / "coopctl.toml").write_text(text, "utf-8")
    ended = lint(coopctl)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: coopctl.toml:{place}: ")


def test_the_place_is_not_that_of_another_tool_s_setting(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    text = '[tool.other]\nselct = ["KPI99"]\n\n[tool.coopctl.lint]\n# "KPI99" and selct\nselct = ["KPI99"]\n'
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert lint(coopctl).err.startswith("error: pyproject.toml:6:1: ")
    (tmp_path / "pyproject.toml").write_text(text.replace("selct = ", "select = "), "utf-8")
    assert lint(coopctl).err.startswith("error: pyproject.toml:6:11: ")


@pytest.mark.parametrize("content", [b"\xff\xfe", None], ids=["not-utf-8", "folder"])
def test_a_file_that_cannot_be_read_is_not_passed_over(content: bytes | None, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    path = tmp_path / "coopctl.toml"
    path.mkdir() if content is None else path.write_bytes(content)
    ended = lint(coopctl)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: coopctl.toml")


def test_a_configuration_that_leads_nowhere_is_not_passed_over(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, FAULTY)
    (tmp_path / "coopctl.toml").symlink_to("gone.toml")
    assert lint(coopctl).code == 2


def test_exit_zero_does_not_hide_it(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, with_error())
    configured(tmp_path, "frobnicate = true")
    assert lint(coopctl, "--exit-zero").code == 2
    assert lint(coopctl, "--exit-zero", "--no-config").code == 0
    assert places(coopctl, "--no-config")
