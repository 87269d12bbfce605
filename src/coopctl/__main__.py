"""Entry point: `coopctl`, or `python -m coopctl`."""

import os
import sys


def main() -> None:
    """Run the command line; `--version` alone answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from coopctl.cli.streams import print_version

        sys.exit(print_version())
    # Plugins of other packages have no business in a verdict, and looking for them takes longer than a check.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from coopctl.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()
