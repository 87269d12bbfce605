"""The public door that most tests go through: the command line, in this process or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from coopctl.cli.app import run

settings.register_profile("repeatable", derandomize=True)
if os.environ.get("CI"):  # so that a run that failed fails again
    settings.load_profile("repeatable")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Coopctl = Callable[..., Ended]


@pytest.fixture
def coopctl(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ended]:
    """Run the command line in this process, in the test's own folder."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COOPCTL_OUTPUT_FORMAT", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["coopctl", *map(str, arguments)])
        capfd.readouterr()
        code = run()
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Ended]:
    """Run the command line as a process of its own; for what only a whole process shows."""

    def call(
        arguments: Sequence[str | Path],
        *,
        stdin: bytes | None = None,
        env: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "coopctl", *map(str, arguments)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **(env or {})},
            timeout=timeout,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call
