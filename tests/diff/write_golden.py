"""Write what the formats say now as what is expected: `python -m tests.diff.write_golden`, then read what changed."""

import os
import subprocess
import sys

from tests.diff.golden import goldens


def main() -> None:
    """Write every expected file anew."""
    for golden in goldens():
        done = subprocess.run(
            [sys.executable, "-m", "coopctl", *golden.arguments],
            cwd=golden.pair,
            env={**os.environ, "COLUMNS": golden.columns},
            capture_output=True,
            check=False,
        )
        golden.expected.parent.mkdir(exist_ok=True)
        golden.expected.write_bytes(done.stdout)


if __name__ == "__main__":
    main()
