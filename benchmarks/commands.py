"""Whole-process time of the other commands, side by side with `coopctl check` on the same agreement."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import agreements
import check

ACTION = ("Act", "--about", "kpis.kpi-01@2026-05", "--cause", "other", "--owner", "north", "--due", "2026-12-31")


def main() -> None:
    """Make the data, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs of each command")
    runs = parser.parse_args().runs
    coopctl = str(Path(sys.executable).parent / "coopctl")
    with tempfile.TemporaryDirectory(prefix="coopctl-benchmark-") as folder:
        agreements.write(Path(folder), 1)
        (old,) = Path(folder).iterdir()
        new, empty, figures = Path(folder, "new"), Path(folder, "empty"), str(Path(folder, "figures.csv"))
        shutil.copytree(old, new)
        loosen(new / "agreement.yaml")
        empty.mkdir()
        shutil.copy(old / "agreement.yaml", empty)
        subprocess.run([coopctl, "export", str(old), "-o", figures], check=True)
        peer = [coopctl, "check", str(old), "--as-of", check.AS_OF, "--exit-zero"]
        commands = {
            "record": ("record", "action", *ACTION, "--agreement", str(old), "--dry-run", "--yes"),
            "import, all figures": ("import", figures, str(empty), "--dry-run"),
            "export": ("export", str(old), "-o", "/dev/null"),
            "fmt --check": ("fmt", "--check", str(old)),
            "migrate --check": ("migrate", "--check", str(old)),
            "lint": ("lint", str(old), "--exit-zero"),
            "diff, all targets changed": ("diff", str(old), str(new), "--exit-zero"),
            "diff --replay": ("diff", str(old), str(new), "--replay", "--as-of", check.AS_OF, "--exit-zero"),
            "report": ("report", str(old), "--as-of", check.AS_OF, "--charts", "none"),
        }
        print(f"{'':28}{'command':>10}{'check':>10}{'ratio':>8}{'command MiB':>13}{'check MiB':>14}")
        for name, arguments in commands.items():
            done = subprocess.run([coopctl, *arguments], capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name}: exit code {done.returncode}: {done.stderr}")
            check.compare(name, [coopctl, *arguments], peer, runs)


def loosen(file: Path) -> None:
    """Give every KPI another target."""
    text, count = re.subn(r"(?m)^(    target: [+-]?[0-9]+)(%?)$", r"\1.5\2", file.read_text("utf-8"))
    if count != agreements.KPIS:
        sys.exit(f"{count} targets instead of {agreements.KPIS}")
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
