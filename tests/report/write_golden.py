"""Writes the golden reports anew: `python -m tests.report.write_golden`."""

import subprocess
import sys

from tests.report.test_golden import CASES, arguments, golden


def main() -> None:
    """Run every report in a process of its own."""
    for case in CASES:
        path = golden(*case)
        path.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([sys.executable, "-m", "coopctl", *arguments(*case)], capture_output=True, check=True)
        path.write_bytes(done.stdout)


if __name__ == "__main__":
    main()
