"""Options and arguments that several commands share."""

import os
import shutil
import sys
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from coopctl.errors import CoopctlError
from coopctl.output.terminal import Paper

DEFAULT_WIDTH = 100
"""Columns where output does not go to a terminal, so that the same input gives the same bytes."""


class Colour(StrEnum):
    """When output is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Agreement files, folders to search, or - for standard input; the current folder if none is given.",
        show_default=False,
    ),
]
OneAgreement = Annotated[
    str | None,
    typer.Argument(
        metavar="AGREEMENT",
        help="The agreement's file or folder; the current folder if not given.",
        show_default=False,
    ),
]
AgreementOption = Annotated[
    str | None,
    typer.Option("--agreement", metavar="PATH", help="The agreement's file or folder.", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Judge as of this date; today in the agreement's time zone if not given.",
        show_default=False,
    ),
]
ColourOption = Annotated[
    Colour,
    typer.Option("--color", help="Colour the output. NO_COLOR and FORCE_COLOR are honoured."),
]
StdinName = Annotated[
    str,
    typer.Option("--stdin-filename", metavar="NAME", help="File name for an agreement read from standard input."),
]
DEFAULT_STDIN_NAME = "agreement.yaml"
Config = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Use this configuration instead of the nearest coopctl.toml or pyproject.toml.",
        show_default=False,
    ),
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="Use no configuration file.")]


def refuse_together(given: dict[str, bool]) -> None:
    """Refuse options of which only one makes sense."""
    named = [option for option, is_given in given.items() if is_given]
    if len(named) > 1:
        raise CoopctlError(f"{' and '.join(named)} exclude each other; give one of them")


def parse_as_of(text: str | None, option: str = "--as-of") -> date | None:
    """Read the `--as-of` option, or another one that takes a date."""
    if text is None:
        return None
    if not is_date(text):
        raise CoopctlError(f"{option}: {text!r} is not a date; write year, month and day: 2026-06-30")
    return date.fromisoformat(text)


def is_date(text: str) -> bool:
    """Whether a text is a date as it is written everywhere here: 2026-06-30."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def today_in(timezone: str) -> date:
    """Return the current date in a time zone; the only look at the clock."""
    return datetime.now(ZoneInfo(timezone)).date()


def paper_for(colour: Colour) -> Paper:
    """Return how wide standard output is and whether it takes colour: --color, NO_COLOR, FORCE_COLOR, a terminal."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if colour is not Colour.AUTO:
        coloured = colour is Colour.ALWAYS
    elif os.environ.get("NO_COLOR"):
        coloured = False
    else:
        coloured = bool(os.environ.get("FORCE_COLOR")) or is_terminal
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if is_terminal else DEFAULT_WIDTH
    if not is_terminal and os.environ.get("COLUMNS", "").isdigit():
        columns = int(os.environ["COLUMNS"])
    return Paper(max(40, columns), coloured)
