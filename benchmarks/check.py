"""Whole-process time and memory of `coopctl check`, side by side with yamllint on the same files."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import agreements

AS_OF = "2027-02-01"


class Run(NamedTuple):
    """One finished process."""

    wall: float
    """Seconds."""
    memory: float
    """Peak MiB of all its processes together; 0 where it cannot be measured."""


def main() -> None:
    """Make the data, measure, print."""
    arguments = parse_arguments()
    tools = Path(sys.executable).parent
    coopctl, yamllint = str(tools / "coopctl"), str(tools / "yamllint")
    if not Path(yamllint).exists():
        sys.exit("yamllint is not installed; install the project with its dev extra")
    with tempfile.TemporaryDirectory(prefix="coopctl-benchmark-") as folder:
        data = Path(folder)
        one, half, many = data / "one", data / "half", data / "many"
        lines, figures = agreements.write(one, 1)
        agreements.write(half, arguments.agreements // 2)
        agreements.write(many, arguments.agreements)
        print(f"one agreement: {lines} lines, {figures} figures; many: {arguments.agreements} of them")
        check = [coopctl, "check", "--as-of", AS_OF, "--exit-zero"]
        lint = [yamllint]
        print(f"{'':28}{'coopctl':>10}{'yamllint':>10}{'ratio':>8}{'coopctl MiB':>13}{'yamllint MiB':>14}")
        compare("--version", [coopctl, "--version"], [yamllint, "--version"], arguments.runs)
        compare("one agreement", [*check, str(one)], [*lint, *files_in(one)], arguments.runs)
        whole = compare(
            f"{arguments.agreements} agreements",
            [*check, str(many)],
            [*lint, *files_in(many)],
            arguments.runs_of_many,
        )
        part = measure([*check, str(half)])
        print(
            f"\ngrowth: {arguments.agreements // 2} agreements {part.wall:.2f} s, all {whole:.2f} s "
            f"({whole / part.wall:.2f} times as long for twice as many)"
        )
        print_start_up([*check, str(one)])


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=1000, help="how many agreements the large run has")
    parser.add_argument("--runs", type=int, default=11, help="runs of each small command")
    parser.add_argument("--runs-of-many", type=int, default=1, help="runs of each large command")
    return parser.parse_args()


def files_in(folder: Path) -> list[str]:
    """Return the agreement files; the ledgers are coopctl's alone to read."""
    return [str(path) for path in sorted(folder.rglob("agreement.yaml"))]


def compare(name: str, ours: Sequence[str], peer: Sequence[str], runs: int) -> float:
    """Run two commands in turn and print the medians and the median of the paired ratios."""
    if runs > 1:
        measure(ours), measure(peer)
    pairs = [(measure(ours), measure(peer)) for _ in range(runs)]
    mine = statistics.median(a.wall for a, _ in pairs)
    theirs = statistics.median(b.wall for _, b in pairs)
    ratio = statistics.median(a.wall / b.wall for a, b in pairs)
    memory = max(a.memory for a, _ in pairs), max(b.memory for _, b in pairs)
    print(f"{name:28}{mine:9.3f}s{theirs:9.3f}s{ratio:8.2f}{memory[0]:13.0f}{memory[1]:14.0f}", flush=True)
    return mine


def measure(command: Sequence[str]) -> Run:
    """Run a command to its end and measure it from outside."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = [0.0]
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, ended), daemon=True)
    watcher.start()
    process.wait()
    wall = time.perf_counter() - started
    ended.set()
    watcher.join()
    return Run(wall, peak[0])


def _watch(pid: int, peak: list[float], ended: threading.Event) -> None:
    while not ended.is_set():
        peak[0] = max(peak[0], _memory_of_tree(pid))
        ended.wait(0.02)


def _memory_of_tree(pid: int) -> float:
    """Return the proportional set size of a process and its descendants, in MiB."""
    total = 0.0
    pending = [pid]
    while pending:
        each = pending.pop()
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
            pending += map(int, Path(f"/proc/{each}/task/{each}/children").read_text().split())
        except (OSError, ValueError):
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return total


def print_start_up(command: Sequence[str]) -> None:
    """Print which packages the import time of a check goes to, by Python's own account."""
    script = shutil.which(command[0]) or command[0]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", script, *command[1:]],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        check=False,
    )
    own: dict[str, float] = defaultdict(float)
    for line in done.stderr.splitlines():
        if line.startswith("import time:") and "|" in line and "self [us]" not in line:
            microseconds, _, name = line.removeprefix("import time:").split("|")
            own[_package(name.strip())] += int(microseconds) / 1000
    print("\nwhere the start-up time goes (milliseconds of imports, slower than in truth as each is being timed)")
    for package, milliseconds in sorted(own.items(), key=lambda each: -each[1])[:12]:
        print(f"  {package:28}{milliseconds:8.1f}")
    print(f"  {'all imports':28}{sum(own.values()):8.1f}")


def _package(module: str) -> str:
    first = module.split(".")[0]
    if first == "coopctl":
        return ".".join(module.split(".")[:2])
    if first in (
        "typer",
        "pydantic",
        "pydantic_core",
        "ruamel",
        "_ruamel_yaml",
        "holidays",
        "annotated_types",
    ):
        return {"_ruamel_yaml": "ruamel"}.get(first, first)
    return "standard library and others"


if __name__ == "__main__":
    main()
