"""The template for GitLab CI: its scripts are run as a runner would run them."""

import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.ci.projects import BEFORE, DEAL, IN_BREACH, lay_out, program, read_yaml, real_coopctl, run
from tests.commands.deals import ROOT
from tests.conftest import Ended

TEMPLATE = read_yaml("ci/gitlab-ci.yml")
JOBS = ("coopctl-lint", "coopctl-check")
SHELLS = [name for name in ("bash", "dash", "busybox") if shutil.which(name)]


def job(name: str) -> dict[str, Any]:
    """Return a job with what it extends: GitLab merges mappings and replaces everything else."""

    def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
        both = {**below, **above}
        return {
            key: merged(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict) else value
            for key, value in both.items()
        }

    return merged(TEMPLATE[TEMPLATE[name]["extends"]], TEMPLATE[name])


def run_job(name: str, project: Path, *, shell: str = "bash", path: str = "", **variables: str) -> Ended:
    """Run a job's scripts in one shell, as a runner does."""
    lines = [*job(name)["before_script"], *job(name)["script"]]
    script = "\n".join(["set -e", *(["set -o pipefail"] if shell == "bash" else []), *lines])
    command = ["busybox", "sh"] if shell == "busybox" else [shell]
    env = {key: str(value) for key, value in TEMPLATE["variables"].items()} | variables
    return run([*command, "-c", script], project, env | {"PATH": f"{path}:{os.environ['PATH']}"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


@pytest.fixture
def coopctl(tmp_path: Path) -> str:
    """The folder of a coopctl that is on the path already."""
    return str(real_coopctl(tmp_path / "bin").parent)


def test_there_are_two_jobs_and_a_hidden_one() -> None:
    assert set(TEMPLATE) == {"variables", ".coopctl", *JOBS}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_for_merge_requests_the_default_branch_and_schedules(name: str) -> None:
    conditions = [rule["if"] for rule in job(name)["rules"]]
    assert conditions == [
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
        '$CI_PIPELINE_SOURCE == "schedule"',
    ]


@pytest.mark.parametrize("name", JOBS)
def test_artifacts_are_kept_however_the_job_ends_and_are_those_that_it_writes(name: str) -> None:
    artifacts = job(name)["artifacts"]
    written = re.findall(r"--output-format \w+=(\S+)", "\n".join(job(name)["script"]))
    assert artifacts["when"] == "always"
    assert artifacts["paths"] == written
    assert list(artifacts["reports"].values()) == written


def test_the_two_jobs_write_different_files() -> None:
    written = [path for name in JOBS for path in job(name)["artifacts"]["paths"]]
    assert len(set(written)) == len(written)


def test_every_variable_is_used() -> None:
    text = (ROOT / "ci" / "gitlab-ci.yml").read_text("utf-8").partition(".coopctl:")[2]
    assert [name for name in TEMPLATE["variables"] if name not in text] == []


@pytest.mark.parametrize(
    ("name", "variables", "code"),
    [
        ("coopctl-lint", {"COOPCTL_AS_OF": IN_BREACH}, 0),
        ("coopctl-lint", {"COOPCTL_AS_OF": IN_BREACH, "COOPCTL_LINT_FAIL_ON": "warning"}, 1),
        ("coopctl-lint", {"COOPCTL_PATHS": f"{DEAL} nowhere"}, 2),
        ("coopctl-check", {"COOPCTL_AS_OF": BEFORE}, 0),
        ("coopctl-check", {"COOPCTL_AS_OF": IN_BREACH}, 1),
        ("coopctl-check", {"COOPCTL_AS_OF": IN_BREACH, "COOPCTL_CHECK_FAIL_ON": ""}, 1),
        ("coopctl-check", {"COOPCTL_AS_OF": BEFORE, "COOPCTL_CHECK_FAIL_ON": "warn"}, 0),
        ("coopctl-check", {"COOPCTL_PATHS": "--exit-zero"}, 2),
        ("coopctl-check", {"COOPCTL_AS_OF": BEFORE, "COOPCTL_STRICT": "true"}, 0),
        ("coopctl-check", {"COOPCTL_PATHS": "*"}, 2),
        ("coopctl-check", {"COOPCTL_PATHS": "$(touch pwned); touch pwned"}, 2),
        ("coopctl-check", {"COOPCTL_AS_OF": f"{IN_BREACH} --exit-zero"}, 2),
    ],
)
def test_a_job_ends_as_it_should(project: Path, coopctl: str, name: str, variables: dict[str, str], code: int) -> None:
    lay_out(project)
    ended = run_job(name, project, path=coopctl, **variables)
    assert ended.code == code, ended
    assert not (project / "pwned").exists()


@pytest.mark.parametrize(("strict", "is_strict"), [("true", True), ("false", False), ("", False)])
def test_strict_is_for_check(project: Path, tmp_path: Path, strict: str, is_strict: bool) -> None:
    stub = program(tmp_path / "bin" / "coopctl", 'echo "$*"')
    ended = run_job("coopctl-check", project, path=str(stub.parent), COOPCTL_STRICT=strict)
    assert ("--strict" in ended.out) == is_strict


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("broken", [False, True], ids=["in breach", "broken"])
def test_the_reports_are_there_and_can_be_read(project: Path, coopctl: str, shell: str, broken: bool) -> None:
    lay_out(project, broken=broken)
    settings = {"COOPCTL_AS_OF": IN_BREACH, "COOPCTL_LINT_FAIL_ON": "warning", "COOPCTL_PATHS": DEAL}
    for name in JOBS:
        ended = run_job(name, project, shell=shell, path=coopctl, **settings)
        assert ended.code == (2 if broken else 1), ended
        assert DEAL in ended.out
        for kind, path in job(name)["artifacts"]["reports"].items():
            report = (project / path).read_text("utf-8")
            if kind == "codequality":
                entries = json.loads(report)
                assert {each["location"]["path"].partition("/")[0] for each in entries} == {DEAL}
                assert all(each["fingerprint"] and each["description"] and each["severity"] for each in entries)
            else:
                suites = ET.fromstring(report)
                assert suites.tag == "testsuites"
                assert len(list(suites.iter("testcase"))) > 0
                assert len([*suites.iter("failure"), *suites.iter("error")]) > 0


@pytest.mark.parametrize("shell", SHELLS)
def test_where_there_is_no_coopctl_it_is_installed_from_its_repository(
    project: Path, tmp_path: Path, shell: str
) -> None:
    """Git and python only note what they are asked for; the environment that python makes holds the real coopctl."""
    lay_out(project)
    notes = tmp_path / "notes"
    real = real_coopctl(tmp_path / "elsewhere")
    folder = tmp_path / "bin"
    program(folder / "git", f'echo "git $*" >>"{notes}"')
    program(
        folder / "python3",
        f"""echo "python $*" >>"{notes}"
        if [ "$3" = venv ]; then
            mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; cp "{real}" "$4/bin/coopctl"
        fi""",
    )
    tools = ("bash", "sh", "env", "mktemp", "mkdir", "cp", shell)
    for tool in tools:
        found = shutil.which(tool)
        assert found
        if not (folder / tool).exists():
            (folder / tool).symlink_to(found)
    lines = [*job("coopctl-check")["before_script"], *job("coopctl-check")["script"]]
    command = ["busybox", "sh"] if shell == "busybox" else [shell]
    env = {key: str(value) for key, value in TEMPLATE["variables"].items()}
    env |= {"COOPCTL_AS_OF": BEFORE, "COOPCTL_VERSION": "v1", "PATH": str(folder), "TMPDIR": str(tmp_path)}
    ended = run([*command, "-c", "\n".join(["set -e", *lines])], project, env)
    assert ended.code == 0, ended
    noted = notes.read_text("utf-8").splitlines()
    home = noted[1].removeprefix("python -I -m venv ").removesuffix("/venv")
    pip = "python -I -m pip --disable-pip-version-check install --quiet --no-build-isolation"
    assert noted == [
        f"git clone --quiet --depth 1 --branch v1 -- {env['COOPCTL_REPOSITORY']} {home}/source",
        f"python -I -m venv {home}/venv",
        f"{pip} --constraint {home}/source/constraints.txt hatchling",
        f"{pip} --constraint {home}/source/constraints.txt {home}/source",
    ]
