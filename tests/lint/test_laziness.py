"""A run of the linter imports only what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lint.samples import put, without_source

HEAVY = {"rich", "jinja2", "concurrent", "multiprocessing", "jsonschema", "holidays"}

PROGRAM = """\
import sys
from coopctl.cli.app import run
run()
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """Return the top-level packages that a run has imported when it ends."""
    command = [sys.executable, "-c", PROGRAM, "lint", "--as-of", "2026-01-15", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("form", ["concise", "json"])
def test_a_run_loads_nothing_heavy(form: str, tmp_path: Path) -> None:
    put(tmp_path, without_source())
    assert loaded_by(tmp_path, "--output-format", form) & {*HEAVY, "pathspec"} == set()


@pytest.mark.parametrize("file", [".gitignore", "coopctl.toml"])
def test_patterns_are_loaded_where_there_are_some(file: str, tmp_path: Path) -> None:
    """For a .gitignore, and for rules that some files are spared; not for a configuration without them."""
    put(tmp_path, without_source())
    if file == "coopctl.toml":
        (tmp_path / file).write_text('[lint]\nignore = ["LAW"]\n', "utf-8")
        assert "pathspec" not in loaded_by(tmp_path, "--output-format", "json")
    text = "old/\n" if file == ".gitignore" else '[lint]\nper-file-ignores = {"old/*" = ["LAW"]}\n'
    (tmp_path / file).write_text(text, "utf-8")
    used = loaded_by(tmp_path, "--output-format", "json")
    assert "pathspec" in used
    assert used & HEAVY == set()
