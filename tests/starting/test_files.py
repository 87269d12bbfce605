"""Which files are written where, and that it is all of them or none."""

import os
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import Coopctl, Ended
from tests.starting.conftest import Init

OWN = ["actuals", "actuals/2026.yaml", "agreement-v1.schema.json", "agreement.yaml", "coopctl.toml"]
START = ("--as-of", "2026-06-30")


def all_below(folder: Path) -> list[str]:
    """Return files and folders, without git's own."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(path for path in paths if not path.startswith(".git/") and path != ".git")


def contents(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in all_below(folder) if (folder / name).is_file()}


def test_a_folder_is_made_and_what_comes_next_is_said(init: Init, tmp_path: Path) -> None:
    ended = init("deals/my deal", "--party", "North Example", "--party", "Harbor Example", *START)
    assert ended.err == ""
    assert ended.out.splitlines()[:13] == [
        "Written:",
        "  deals/my deal/agreement.yaml",
        "  deals/my deal/actuals/2026.yaml",
        "  deals/my deal/coopctl.toml",
        "  deals/my deal/agreement-v1.schema.json",
        "",
        "Next:",
        "  fill in what is marked TODO or stands in brackets",
        "  cd 'deals/my deal'",
        "  coopctl lint                                 see what a contract manager would still ask for",
        "  coopctl record kpi delivery-days 2026-07 30  record a figure when it is there",
        "  coopctl check                                judge what has been recorded",
        "",
    ]
    assert "The first check:\n\ndeals/my deal/agreement.yaml Alliance of North Example and Harbor Example" in ended.out
    assert "lint: no findings\n" in ended.out
    assert all_below(tmp_path / "deals" / "my deal") == OWN


def test_the_current_folder_is_the_default(init: Init, tmp_path: Path) -> None:
    ended = init(*START)
    assert all_below(tmp_path) == OWN
    assert "  agreement.yaml\n" in ended.out
    assert "  cd " not in ended.out


def test_the_settings_can_be_used_as_they_stand_and_with_every_line(
    init: Init, coopctl: Coopctl, tmp_path: Path
) -> None:
    init(*START)
    settings = tmp_path / "coopctl.toml"
    assert tomllib.loads(settings.read_text("utf-8")) == {"lint": {"fail-on": "error"}}
    lines = settings.read_text("utf-8").splitlines()
    marks = ("# ignore", "# baseline", "# [", '# "', "# templates")
    settings.write_text("\n".join(line[2:] if line.startswith(marks) else line for line in lines), "utf-8")
    assert set(tomllib.loads(settings.read_text("utf-8"))) == {"lint", "report"}
    (tmp_path / "report-templates").mkdir()
    assert coopctl("lint", "--write-baseline").code == 0
    assert coopctl("check").code == 0


@pytest.mark.parametrize(
    ("server", "path"), [("github", ".github/workflows/coopctl.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_the_file_for_ci_goes_where_the_server_looks(server: str, path: str, init: Init, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    ended = init("deals/one", "--ci", server)
    assert f"  {path}\n" in ended.out
    written = YAML(typ="safe").load((tmp_path / path).read_text("utf-8"))
    assert "jobs" in written or "include" in written


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_the_file_for_ci_is_the_one_of_the_documentation(server: str, init: Init, tmp_path: Path) -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    (tmp_path / ".git").mkdir()
    init("--ci", server)
    if server == "gitlab":
        text = (tmp_path / ".gitlab-ci.yml").read_text("utf-8")
        assert text.partition("include:")[2] in (docs / "ci.md").read_text("utf-8")
        return
    jobs = YAML(typ="safe").load((tmp_path / ".github/workflows/coopctl.yml").read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    documented = (docs / "ci.md").read_text("utf-8") + (docs / "approvals.md").read_text("utf-8")
    assert [command for command in commands if f"run: {command}\n" not in documented] == []
    assert [command.split()[1] for command in commands] == ["install", "check", "lint", "install", "diff"]


def test_settings_above_stay_the_ones_that_count(init: Init, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "coopctl.toml").write_text("[lint]\n", "utf-8")
    ended = init("one", *START)
    assert "  no coopctl.toml: the settings in coopctl.toml count here\n" in ended.out
    assert all_below(tmp_path / "one") == [name for name in OWN if name != "coopctl.toml"]


def test_settings_above_that_cannot_be_used_are_said_before_anything_is_written(init: Init, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "coopctl.toml").write_text("[lint]\nfail-on = 1\n", "utf-8")
    ended = init("one")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: coopctl.toml:2")
    assert all_below(tmp_path) == ["coopctl.toml"]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("2026.yaml", "coopctl: actuals/1\nkpis: {csat: {2026-07: 91}}\n", "no KPI is called `csat`"),
        ("2026.yaml", "coopctl: actuals/1\nspend: {service-fee: {2019-07: 9}}\n", "2019-07 lies outside the"),
        ("2025.yaml", "coopctl: actuals/1\nkpis: {csat: {2026-07: 91}}\n", "no KPI is called `csat`"),
        ("figures.csv", "kpi,period,value\ncsat,2026-07,91\n", "no KPI is called `csat`"),
        ("2026.yaml", "kpis: [\n", "this is not YAML"),
    ],
)
@pytest.mark.parametrize("replaced", [True, False])
def test_a_ledger_that_the_new_agreement_could_not_judge_is_refused(
    name: str, text: str, why: str, replaced: bool, init: Init, tmp_path: Path
) -> None:
    if replaced:
        init(*START)
    (tmp_path / "actuals").mkdir(exist_ok=True)
    (tmp_path / "actuals" / name).write_text(text, "utf-8")
    before = contents(tmp_path)
    ended = init("--force", "--from", "service", *START)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: actuals/{name}:2: ")
    assert why in ended.err
    assert ended.err.endswith(
        "; what is recorded in actuals/ cannot be judged by the new agreement, and nothing was written: "
        "move actuals/ away, or name another folder\n"
    )
    assert ended.err.count("\n") == 1
    assert contents(tmp_path) == before


def test_the_first_check_is_for_people(init: Init, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPCTL_OUTPUT_FORMAT", "json")
    assert init(*START).out.endswith("pending\n  lint: no findings\n")


@pytest.mark.parametrize("name", ["agreement.yaml", "other.coop.yaml"])
def test_a_folder_with_an_agreement_is_left_alone(name: str, init: Init, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine\n", "utf-8")
    ended = init()
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: .: {name} is already there, and nothing was written; ")
    assert contents(tmp_path) == {name: "mine\n"}


@pytest.mark.parametrize("name", ["coopctl.toml", "agreement-v1.schema.json", "actuals/2026.yaml"])
def test_nothing_is_overwritten(name: str, init: Init, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("", "utf-8")
    ended = init(*START)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {name}: already there, and nothing was written; ")
    assert contents(tmp_path) == {name: ""}


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(
    ("server", "path", "line"),
    [
        ("github", ".github/workflows/coopctl.yml", "  jobs:"),
        ("gitlab", ".gitlab-ci.yml", "      file: /ci/gitlab-ci.yml"),
    ],
)
def test_a_file_for_ci_is_kept_and_what_to_add_is_shown(
    server: str, path: str, line: str, force: tuple[str, ...], init: Init, tmp_path: Path
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("deploy: {script: [make deploy]}\n", "utf-8")
    ended = init("--ci", server, *force, *START)
    assert (ended.code, ended.err) == (0, "")
    assert f"  kept as it is: {path}\n" in ended.out
    assert line in ended.out.partition(f"\nFor CI, add to {path}:\n\n")[2].splitlines()
    assert (tmp_path / path).read_text("utf-8") == "deploy: {script: [make deploy]}\n"
    assert (tmp_path / "agreement.yaml").exists()


def test_a_file_for_ci_that_says_so_already_needs_nothing_added(init: Init) -> None:
    init("--ci", "gitlab", *START)
    ended = init("--ci", "gitlab", "--force", *START)
    assert "  kept as it is: .gitlab-ci.yml\n" in ended.out
    assert "For CI" not in ended.out


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_no_second_agreement_shares_a_ledger(more: tuple[str, ...], init: Init, tmp_path: Path) -> None:
    (tmp_path / "deal.coop.yaml").write_text("mine\n", "utf-8")
    said = "two agreements in one folder would share one ledger: name another folder"
    assert init(*more) == Ended(2, "", f"error: .: deal.coop.yaml is already there, and nothing was written; {said}\n")
    assert contents(tmp_path) == {"deal.coop.yaml": "mine\n"}


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-07-31", "1 entry is due: `coopctl record` asks for it\n"),
        ("2026-08-01", "4 entries are due: `coopctl record` asks for them\n"),
        ("2026-06-30", ""),
    ],
)
def test_of_a_term_that_has_begun_only_the_sum_is_shown(day: str, due: str, init: Init) -> None:
    shown = init("--start", "2026-07-01", "--as-of", day).out.partition("The first check:\n\n")[2]
    assert shown.startswith("agreement.yaml Alliance of ")
    assert shown.partition("  lint: ")[2].partition("\n")[2] == due


def test_force_replaces_all_but_the_ledger(init: Init, tmp_path: Path) -> None:
    init(*START)
    ledger = tmp_path / "actuals" / "2026.yaml"
    ledger.write_text("coopctl: actuals/1\nkpis: {delivery-days: {2026-07: 24}}\n", "utf-8")
    before = contents(tmp_path)
    ended = init("--title", "Another", "--force", *START)
    assert (ended.code, ended.err) == (0, "")
    assert "  kept, with what is recorded in it: actuals/2026.yaml\n" in ended.out
    after = contents(tmp_path)
    assert [name for name in before if after[name] != before[name]] == ["agreement.yaml"]
    assert "title: Another\n" in after["agreement.yaml"]


def in_the_way(path: Path, how: str) -> None:
    """Put something where a file is to be written that cannot be replaced."""
    if how == "folder":
        path.mkdir()
    elif how == "link":
        path.symlink_to(path.with_name("elsewhere"))
    elif how == "bytes":
        path.write_bytes(b"\xff\n")
    else:
        path.write_text("mine\n", "utf-8")
        path.chmod(0o444)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("folder", "is not a regular file, and is not replaced; move it away"),
        ("link", "is not a regular file, and is not replaced; move it away"),
        ("bytes", "the byte 0xff here is not UTF-8; it is not replaced: move it away"),
        ("protected", "is write-protected"),
    ],
)
def test_force_replaces_nothing_where_it_cannot_replace_all(how: str, message: str, init: Init, tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text("old\n", "utf-8")
    in_the_way(tmp_path / "coopctl.toml", how)
    before = all_below(tmp_path)
    assert init("--force", *START) == Ended(2, "", f"error: coopctl.toml: {message}\n")
    assert all_below(tmp_path) == before
    assert (tmp_path / "agreement.yaml").read_text("utf-8") == "old\n"


def test_a_failure_half_way_takes_everything_back(init: Init, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".github").write_text("a file, not a folder\n", "utf-8")
    ended = init("deals/one", "--ci", "github", *START)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: .github/workflows/coopctl.yml: cannot be written: Not a directory\n"
    assert all_below(tmp_path) == [".github"]


def test_no_link_leads_out_of_the_folder(init: Init, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "deal").mkdir()
    (tmp_path / "deal" / "actuals").symlink_to(tmp_path / "elsewhere")
    ended = init("deal", "--force", *START)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: deal/actuals/2026.yaml: a link leads out of the folder deal; remove it\n"
    assert os.listdir(tmp_path / "deal") == ["actuals"]


def test_a_file_is_no_folder(init: Init, tmp_path: Path) -> None:
    (tmp_path / "deal").write_text("", "utf-8")
    assert init("deal") == Ended(2, "", "error: deal: cannot be looked at: Not a directory\n")
