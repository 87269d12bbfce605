"""What is said where there is only one task."""

from pathlib import Path

from tests.conftest import Coopctl
from tests.lint.samples import QUIET, lines, put


def test_one_task_is_not_counted(coopctl: Coopctl, tmp_path: Path) -> None:
    task = "responsibilities: {data: {task: Publish the figures, responsible: [north], accountable: north}}\n"
    put(tmp_path, QUIET + task)
    (told,) = lines(coopctl, "--select", "RSP004")
    assert told.endswith("Harbor Example Ltd. is neither responsible nor accountable for the only task")
