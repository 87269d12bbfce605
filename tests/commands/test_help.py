"""Help, version and completion, as the installed command shows them."""

import os
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import Coopctl, Ended

COMMANDS = ("check", "variance", "explain", "schema")


@cache
def installed(*arguments: str, **environment: str) -> Ended:
    """Run the command that an installation puts on the path; once for each question."""
    kept = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    done = subprocess.run(
        [Path(sys.executable).with_name("coopctl"), *arguments],
        env={**kept, "COLUMNS": "80", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_the_commands(option: str) -> None:
    ended = installed(option)
    assert (ended.code, ended.err) == (0, "")
    assert "Usage: coopctl" in ended.out
    assert all(f" {name} " in ended.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_shows_examples(command: str) -> None:
    ended = installed(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    usage, _, examples = ended.out.partition("Examples")
    assert f"Usage: coopctl {command}" in usage
    assert f"  coopctl {command}" in examples
    assert "# " in examples


@pytest.mark.parametrize("command", ["check", "variance", "explain"])
def test_help_of_a_command_says_what_its_exit_codes_mean(command: str) -> None:
    tail = installed(command, "--help").out.partition("Exit codes")[2]
    assert "0 " in tail and "2 " in tail


@pytest.mark.parametrize("command", ["check", "variance", "explain"])
def test_help_names_the_formats_and_the_variable(command: str) -> None:
    out = " ".join(installed(command, "--help").out.replace("│", " ").split())
    assert all(name in out for name in ("full", "json", "markdown", "COOPCTL_OUTPUT_FORMAT"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns(command: str) -> None:
    assert max(map(len, installed(command, "--help").out.splitlines())) <= 80


def test_a_misspelt_command_or_option_suggests_the_right_one() -> None:
    for arguments, meant in ((["chekc"], "check"), (["check", "--as-off", "2026-01-01"], "--as-of")):
        ended = installed(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert meant in ended.err


def test_version_is_that_of_the_package() -> None:
    ended = installed("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"coopctl {version('coopctl')}\n", "")


def test_the_package_runs_as_a_module(process: Coopctl) -> None:
    ended = process(["--version"])
    assert (ended.code, ended.out, ended.err) == (0, f"coopctl {version('coopctl')}\n", "")
    assert "Usage: " in process(["--help"]).out


@pytest.mark.parametrize(
    ("shell", "said"),
    [("bash", "complete -o default -F"), ("zsh", "#compdef coopctl"), ("fish", "complete --command coopctl")],
)
def test_completion_is_printed_for_a_shell(shell: str, said: str) -> None:
    ended = installed("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert ended.code == 0
    assert said in ended.out


def test_completion_completes_commands() -> None:
    asked = {"_COOPCTL_COMPLETE": "complete_bash", "COMP_WORDS": "coopctl che", "COMP_CWORD": "1"}
    assert installed(**asked).out.split() == ["check"]
