"""action.yml, and the script that it runs."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ci.projects import BEFORE, IN_BREACH, lay_out, program, read_yaml, real_coopctl, run
from tests.commands.deals import ROOT
from tests.conftest import Ended

SCRIPT = ROOT / "ci" / "github-action.sh"
ACTION = read_yaml("action.yml")
STEPS = ACTION["runs"]["steps"]


# action.yml


def test_no_expression_gets_into_a_script() -> None:
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_the_step_runs_the_script_with_every_input_but_the_version_as_a_variable() -> None:
    step = STEPS[-1]
    assert step["run"] == 'bash "$GITHUB_ACTION_PATH/ci/github-action.sh"'
    handed_over = {name: value for name, value in step["env"].items() if name.startswith("INPUT_")}
    inputs = set(ACTION["inputs"]) - {"python-version"}
    assert handed_over == {f"INPUT_{each.upper().replace('-', '_')}": f"${{{{ inputs.{each} }}}}" for each in inputs}
    script = SCRIPT.read_text("utf-8")
    assert [name for name in step["env"] if f"${{{name}:-" not in script] == []


def test_actions_of_others_are_pinned_to_a_major_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used == ["actions/setup-python@v5"]


def test_the_python_of_the_other_steps_stays_what_it_was() -> None:
    assert STEPS[0]["with"]["update-environment"] is False


def test_the_outputs_are_those_that_the_script_writes() -> None:
    written = set(re.findall(r"^ *output ([a-z-]+) ", SCRIPT.read_text("utf-8"), re.MULTILINE))
    assert set(ACTION["outputs"]) == written
    assert {each["value"] for each in ACTION["outputs"].values()} == {
        f"${{{{ steps.coopctl.outputs.{name} }}}}" for name in written
    }


def test_every_input_and_output_is_described_and_no_input_is_required() -> None:
    assert all(each["description"] for each in [*ACTION["inputs"].values(), *ACTION["outputs"].values()])
    assert all(isinstance(each["default"], str) for each in ACTION["inputs"].values())


# The script


class Runner:
    """Runs the script as GitHub would, in a folder of its own, with a coopctl that is there already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.project.mkdir()
        self._output = folder / "output"
        self._calls = folder / "calls"

    def stub(self, *, lint: int = 0, check: int = 0) -> Path:
        """Write a coopctl that notes how it was called and ends with these codes."""
        return program(
            self.folder / "bin" / "coopctl",
            f"""printf '%s\\0' "$@" >>"{self._calls}"; printf '\\n' >>"{self._calls}"
            if [ "$1" = lint ]; then exit {lint}; else exit {check}; fi""",
        )

    def calls(self) -> list[list[str]]:
        """Return the arguments of each call of the stub; none of them may hold a line break."""
        text = self._calls.read_text("utf-8") if self._calls.exists() else ""
        return [line.split("\0")[:-1] for line in text.splitlines()]

    def outputs(self) -> dict[str, str]:
        """Return what the step hands on."""
        lines = self._output.read_text("utf-8").splitlines() if self._output.exists() else []
        return dict(line.split("=", 1) for line in lines)

    def __call__(self, coopctl: Path | None, **env: str) -> Ended:
        variables = {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self._output),
            "RUNNER_TEMP": str(self.folder / "temp"),
            **({"COOPCTL_COMMAND": str(coopctl)} if coopctl else {}),
            **env,
        }
        return run(["bash", SCRIPT], self.project, variables, stdin="coopctl: 1\n")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def with_defaults(**given: str) -> dict[str, str]:
    """Return the variables that the action sets if a workflow sets only the given inputs."""
    values = {name: each["default"] for name, each in ACTION["inputs"].items() if name != "python-version"}
    values |= {name.replace("_", "-"): value for name, value in given.items()}
    return {f"INPUT_{name.upper().replace('-', '_')}": value for name, value in values.items()}


@pytest.mark.parametrize(
    ("command", "lint", "check", "worst"),
    [
        *(("lint", code, 2, code) for code in (0, 1, 2)),
        *(("check", 2, code, code) for code in (0, 1, 2)),
        *(("both", lint, check, max(lint, check)) for lint in (0, 1, 2) for check in (0, 1, 2)),
        ("lint", 3, 0, 2),
        ("both", 127, 1, 2),
    ],
)
def test_the_worse_code_counts_and_both_commands_run(
    runner: Runner, command: str, lint: int, check: int, worst: int
) -> None:
    ended = runner(runner.stub(lint=lint, check=check), **with_defaults(command=command))
    assert (ended.code, runner.outputs()) == (worst, {"exit-code": str(worst)})
    assert [call[0] for call in runner.calls()] == (["check", "lint"] if command == "both" else [command])


def test_without_settings_it_looks_at_the_current_folder(runner: Runner) -> None:
    runner(runner.stub(), **with_defaults())
    assert runner.calls() == [["check", "--", "."], ["lint", "--", "."]]


def test_it_gets_along_without_any_variable(runner: Runner) -> None:
    assert runner(runner.stub()).code == 0
    assert runner.calls() == [["check", "--", "."], ["lint", "--", "."]]


def test_every_setting_reaches_the_command_that_it_is_for(runner: Runner) -> None:
    given = with_defaults(
        paths="north harbor", as_of="2026-06-30", fail_on_lint="info", fail_on="warn", on_missing="ignore"
    )
    runner(runner.stub(), **given | {"INPUT_SARIF_FILE": "lint results.sarif"})
    assert runner.calls() == [
        ["check", "--as-of=2026-06-30", "--fail-on=warn", "--on-missing=ignore", "--", "north", "harbor"],
        [
            "lint",
            "--as-of=2026-06-30",
            "--fail-on=info",
            "--output-format=sarif=lint results.sarif",
            "--",
            "north",
            "harbor",
        ],
    ]


def test_strict_is_for_check(runner: Runner) -> None:
    runner(runner.stub(), **with_defaults(strict="true"))
    assert runner.calls() == [["check", "--strict", "--", "."], ["lint", "--", "."]]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", ["."]),
        ("  \n\n", ["."]),
        ("north  harbor\t east", ["north", "harbor", "east"]),
        ("north\nharbor\n", ["north", "harbor"]),
        ("north\r\nharbor\r\n", ["north", "harbor"]),
        ("two words\n  harbor  \n", ["two words", "harbor"]),
        ("合作 协议\n", ["合作", "协议"]),
        ("*.yaml", ["*.yaml"]),
        ("back\\slash 'quoted' \"twice\"", ["back\\slash", "'quoted'", '"twice"']),
        ("--exit-zero", ["--exit-zero"]),
        ("north\n--exit-zero\n-h\n--\n", ["north", "--exit-zero", "-h", "--"]),
        ("; touch pwned", [";", "touch", "pwned"]),
        ("; touch pwned\nnorth", ["; touch pwned", "north"]),
        ("$(touch pwned)\n`touch pwned`", ["$(touch pwned)", "`touch pwned`"]),
        ("north\n'; touch pwned #", ["north", "'; touch pwned #"]),
    ],
)
def test_paths_arrive_as_they_are_written(runner: Runner, text: str, paths: list[str]) -> None:
    (runner.project / "some.yaml").touch()
    runner(runner.stub(), **with_defaults(paths=text))
    assert runner.calls() == [["check", "--", *paths], ["lint", "--", *paths]]
    assert sorted(each.name for each in runner.project.iterdir()) == ["some.yaml"]


HOSTILE = ["; touch pwned", "$(touch pwned)", "`touch pwned`", "--exit-zero", "a\nexit-code=0", "\n", "${IFS}", "x'\"%"]
CHOICES = ("command", "as_of", "fail_on_lint", "fail_on", "on_missing", "strict")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", CHOICES)
def test_a_setting_that_is_not_one_of_those_there_are_is_refused(runner: Runner, name: str, text: str) -> None:
    ended = runner(runner.stub(), **with_defaults(**{name: text}))
    assert (ended.code, runner.outputs(), runner.calls()) == (2, {"exit-code": "2"}, [])
    assert ended.out == ""
    (line,) = ended.err.splitlines()
    assert line.startswith(f"::error title=coopctl::{name.replace('_', '-')} has to be ")
    assert list(runner.project.iterdir()) == []


@pytest.mark.parametrize(("name", "text"), [("command", "fix"), ("strict", "yes"), ("as_of", "2026-6-30")])
def test_what_is_nearly_right_is_refused_as_well(runner: Runner, name: str, text: str) -> None:
    assert runner(runner.stub(), **with_defaults(**{name: text})).code == 2
    assert runner.calls() == []


@pytest.mark.parametrize("text", ["a.sarif\nexit-code=0", "a\x1b.sarif", "agreement.yaml", "actuals/x.csv"])
def test_a_sarif_file_that_is_no_single_harmless_name_is_refused(runner: Runner, text: str) -> None:
    ended = runner(runner.stub(), **with_defaults(sarif_file=text))
    assert (ended.code, runner.outputs(), runner.calls()) == (2, {"exit-code": "2"}, [])


@pytest.mark.parametrize("text", ["$(touch pwned).sarif", "; touch pwned;.sarif", "--fix.sarif"])
def test_a_strange_sarif_file_is_only_a_name(runner: Runner, text: str) -> None:
    runner(runner.stub(), **with_defaults(command="lint", sarif_file=text))
    assert runner.calls() == [["lint", f"--output-format=sarif={text}", "--", "."]]
    assert list(runner.project.iterdir()) == []


def test_sarif_without_lint_is_refused(runner: Runner) -> None:
    ended = runner(runner.stub(), **with_defaults(command="check", sarif_file="x.sarif"))
    assert (ended.code, runner.calls()) == (2, [])


def test_standard_input_is_not_read(runner: Runner) -> None:
    assert runner(runner.stub(), **with_defaults(paths="-")).code == 2
    cat = program(runner.folder / "bin" / "cat-coopctl", "cat")
    assert "coopctl: 1" not in runner(cat, **with_defaults()).out


def test_an_older_sarif_file_is_not_taken_for_a_new_one(runner: Runner) -> None:
    (runner.project / "x.sarif").write_text("old", "utf-8")
    runner(runner.stub(lint=2), **with_defaults(sarif_file="x.sarif"))
    assert runner.outputs() == {"exit-code": "2"}


# With the real coopctl


@pytest.fixture
def real(runner: Runner) -> Callable[..., Ended]:
    """Run the script on the deal, as a workflow with these inputs would."""
    coopctl = real_coopctl(runner.folder / "bin")

    def call(*, broken: bool = False, **given: str) -> Ended:
        lay_out(runner.project, broken=broken)
        summary = runner.folder / "summary.md"
        return runner(coopctl, **with_defaults(**given), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))

    return call


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"command": "lint", "as_of": IN_BREACH}, 0),
        ({"command": "lint", "as_of": IN_BREACH, "fail_on_lint": "warning"}, 1),
        ({"command": "check", "as_of": BEFORE}, 0),
        ({"command": "check", "as_of": IN_BREACH}, 1),
        ({"as_of": BEFORE}, 0),
        ({"as_of": IN_BREACH}, 1),
        ({"command": "check", "as_of": BEFORE, "strict": "true"}, 0),
        ({"paths": "--exit-zero"}, 2),
        ({"command": "lint", "paths": "nowhere"}, 2),
    ],
)
def test_a_run_ends_as_it_should(real: Callable[..., Ended], given: dict[str, str], code: int) -> None:
    assert real(**given).code == code


@pytest.mark.parametrize("command", ["lint", "check", "both"])
def test_what_cannot_be_judged_ends_with_2(real: Callable[..., Ended], command: str) -> None:
    assert real(broken=True, command=command, as_of=IN_BREACH).code == 2


def test_annotations_and_the_summary_come_of_both_commands(real: Callable[..., Ended], runner: Runner) -> None:
    ended = real(as_of=IN_BREACH)
    titles = re.findall(r"^::\w+ .*title=([^,:]*)", ended.out, re.MULTILINE)
    assert "== coopctl lint\n" in ended.out
    assert len(titles) > 5
    headings = re.findall(r"^## (.*)$", (runner.folder / "summary.md").read_text("utf-8"), re.MULTILINE)
    assert headings == ["coopctl check", "coopctl lint"]


def test_sarif_is_written_even_if_something_cannot_be_judged(real: Callable[..., Ended], runner: Runner) -> None:
    assert real(broken=True, sarif_file="coopctl.sarif").code == 2
    assert runner.outputs() == {"exit-code": "2", "sarif-file": "coopctl.sarif"}
    document = json.loads((runner.project / "coopctl.sarif").read_text("utf-8"))
    assert document["version"] == "2.1.0"
    assert document["runs"][0]["results"] != []


# The installation


def test_it_installs_what_lies_beside_it_into_an_environment_of_its_own(runner: Runner) -> None:
    """The python here only notes what it is asked for, and makes an environment of itself and a stub."""
    (runner.folder / "temp").mkdir()
    stub = runner.stub(check=1)
    notes = runner.folder / "notes"
    python = program(
        runner.folder / "bin" / "python",
        f"""printf '%s\\n' "$*" >>"{notes}"
        if [ "$3" = venv ]; then
            mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; cp "{stub}" "$4/bin/coopctl"
        fi""",
    )
    shutil.copytree(ROOT / "ci", runner.folder / "the action" / "ci")
    action = runner.folder / "the action"
    ended = runner(None, PYTHON_PATH=str(python), GITHUB_ACTION_PATH=str(action), **with_defaults())
    assert ended.code == 1
    (environment,) = (runner.folder / "temp").iterdir()
    pip = f"-I -m pip --disable-pip-version-check install --quiet --constraint {action}/constraints.txt"
    assert notes.read_text("utf-8").splitlines() == [
        f"-I -m venv {environment}",
        f"{pip} hatchling",
        f"{pip} --no-build-isolation {action}",
    ]
    assert [call[0] for call in runner.calls()] == ["check", "lint"]
    assert list(runner.project.iterdir()) == []


@pytest.mark.parametrize("is_there", [True, False], ids=["a python that fails", "nowhere to install"])
def test_an_installation_that_fails_ends_with_2(runner: Runner, is_there: bool) -> None:
    if is_there:
        (runner.folder / "temp").mkdir()
    python = program(runner.folder / "bin" / "python", "exit 1")
    assert runner(None, PYTHON_PATH=str(python), **with_defaults()).code == 2
    assert (runner.outputs(), runner.calls()) == ({"exit-code": "2"}, [])
