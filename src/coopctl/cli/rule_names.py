"""Rules as they are named on the command line."""

from coopctl.errors import CoopctlError
from coopctl.lint.selection import Selector, UnknownSelectorError


def read_selectors(option: str, given: list[str] | None) -> tuple[Selector, ...]:
    """Read codes, names and prefixes with commas between; raises `CoopctlError` for one that does not exist."""
    names = [name for each in given or () for name in each.split(",") if name.strip()]
    if given and not names:
        raise CoopctlError(f"{option}: names no rule; write codes, names or prefixes with commas between")
    try:
        return tuple(Selector.read(name) for name in names)
    except UnknownSelectorError as error:
        raise CoopctlError(f"{option}: {error}") from None
