"""Entry point: `coopctl`, or `python -m coopctl`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from coopctl.errors import ExitCode


def main() -> None:
    """Run the command line; `--version` alone answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from coopctl.cli.streams import print_version

        sys.exit(print_version())
    # Plugins of other packages have no business in a verdict, and looking for them takes longer than a check.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        _end(_run())
    except KeyboardInterrupt:  # while modules were being imported
        _end(ExitCode.INTERRUPTED)


def _run() -> int:
    gc.disable()  # models and functions come to stay; looking for garbage among them is a tenth of a short run
    from coopctl.cli.app import run

    return run()


def _end(code: int) -> NoReturn:
    """End at once: everything has been written, and taking thousands of objects apart takes longer than a check."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
