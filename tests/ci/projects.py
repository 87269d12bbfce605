"""What the tests of the CI files share: the files themselves, a project that uses them, and a `coopctl` to call."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.commands.deals import ROOT, kpi, ledger, terms
from tests.conftest import Ended

DEAL = "deal"
IN_BREACH = "2026-02-20"
"""A date on which the deal is in breach; `lint` has warnings about it on any."""
BEFORE = "2026-01-20"
"""A date on which `check` has nothing to say about the deal."""


def read_yaml(path: str) -> Any:
    """Read a YAML file of the repository."""
    return YAML(typ="safe").load((ROOT / path).read_text("utf-8"))


def lay_out(folder: Path, *, broken: bool = False) -> Path:
    """Lay out a project with a deal in it; broken, the agreement cannot be judged."""
    (folder / DEAL / "actuals").mkdir(parents=True)
    agreement = terms(kpi(), more="surplus: 1\n" if broken else "")
    (folder / DEAL / "agreement.yaml").write_text(agreement, "utf-8")
    (folder / DEAL / "actuals" / "2026.yaml").write_text(ledger({"days": {"2026-01": "16"}}), "utf-8")
    return folder


def program(path: Path, script: str) -> Path:
    """Write a program in bash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def real_coopctl(folder: Path) -> Path:
    """Write a program that is the coopctl of this environment."""
    return program(folder / "coopctl", f'exec "{sys.executable}" -I -m coopctl "$@"')


def run(command: Sequence[str | Path], folder: Path, env: Mapping[str, str], stdin: str = "") -> Ended:
    """Run a program in a folder with these variables, and of the surrounding ones only the path."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **env},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
