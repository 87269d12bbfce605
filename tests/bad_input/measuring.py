"""Runs of coopctl whose time and memory are watched.

A process that has loaded coopctl, and has done nothing else, makes a copy of itself for each run: what is measured is
what the run takes, on top of what every run has loaded, and it does not begin with half a second of loading.
"""

import atexit
import json
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

from tests.bad_input.samples import HANG, environment, put

PEAK = 290
"""Mebibytes that a run may take at the most. The limit is 300; of what is loaded a copy counts only what it touches."""

_COPIED = """\
import json, os, resource, signal, sys
from coopctl.cli.app import run

def copied(order):
    # a run that goes wrong must not take the machine with it
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 20, 256 << 20))
    signal.alarm(order["seconds"])
    os.chdir(order["folder"])
    for number, name in enumerate((os.devnull, ".out", ".err")):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.argv = ["coopctl", *order["arguments"]]
    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    with open(".peak", "w", encoding="ascii") as file:
        file.write(peak)
    os._exit(code)

for name in ("check", "lint"):
    sys.argv = ["coopctl", name, "pact"]
    run()
print("ready", file=sys.stderr, flush=True)
for line in sys.stdin:
    process = os.fork()
    if not process:
        copied(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), file=sys.stderr, flush=True)
"""


class Measured(NamedTuple):
    """How a process ended, and the most memory it took."""

    code: int
    out: str
    err: str
    peak: int
    """In mebibytes."""


def measured(folder: Path, *arguments: str, seconds: int = HANG) -> Measured:
    """Run coopctl as a process whose memory is watched; output goes to a file, of which the first part is read."""
    orders, answers = _copying()
    orders.write(json.dumps({"folder": str(folder), "arguments": arguments, "seconds": seconds}) + "\n")
    orders.flush()
    code = int(answers.readline())
    assert code != -signal.SIGALRM, f"it took longer than {seconds} seconds"
    peak = int((folder / ".peak").read_text("ascii")) // 1024
    with (folder / ".out").open("rb") as written:
        head = written.read(10_000).decode("utf-8", "replace")
    return Measured(code, head, (folder / ".err").read_text("utf-8"), peak)


@cache
def _copying() -> tuple[IO[str], IO[str]]:
    """Start the process that makes copies of itself; return where orders go to, and where exit codes come from.

    It judges a small agreement first, for coopctl loads much of itself only when it is needed.
    """
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder) / "pact")
        process = subprocess.Popen(
            [sys.executable, "-c", _COPIED],
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdin is not None and process.stderr is not None
        assert process.stderr.readline() == "ready\n"
    atexit.register(_end, process)
    return process.stdin, process.stderr


def _end(process: "subprocess.Popen[str]") -> None:
    """End the process that makes copies of itself: it has no more orders."""
    process.communicate()
