"""The colours of charts: one set for light pages, one for dark ones."""

from typing import Final, Literal, NamedTuple

Role = Literal["paper", "ink", "muted", "grid", "band", "actual", "target", "warn", "breach"]
"""What a colour is for; nothing is told apart by colour alone."""


class Colour(NamedTuple):
    """One colour of charts."""

    light: str
    dark: str


COLOURS: Final[dict[Role, Colour]] = {
    "paper": Colour("#ffffff", "#14181d"),
    "ink": Colour("#1f2328", "#e6e9ed"),
    "muted": Colour("#59636e", "#a3adb8"),
    "grid": Colour("#dfe3e8", "#343b44"),
    "band": Colour("#e3f1ee", "#1b3532"),
    "actual": Colour("#1d5fb4", "#7db4ff"),
    "target": Colour("#0f766e", "#5cc9ba"),
    "warn": Colour("#8f5f00", "#e5ae4f"),
    "breach": Colour("#b4143c", "#ff8a9a"),
}
"""No two light values are the same: a colour in a drawing tells what it is for."""


def variable(role: Role) -> str:
    """Return the CSS variable of a colour."""
    return f"--chart-{role}"


VARIABLES: Final[dict[str, Colour]] = {variable(role): colour for role, colour in COLOURS.items()}
"""CSS variables that `inline-svg` takes its colours from: what a page sets them to, light and dark."""
