"""How many findings there are of each weight, in words."""

from collections.abc import Mapping

from coopctl.findings import Severity

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def numbered(number: int, noun: str) -> str:
    """Write `1 finding`, `2 findings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def weights(counts: Mapping[Severity, int]) -> str:
    """Write `1 error, 2 warnings`; nothing for nothing."""
    return ", ".join(numbered(counts[each], noun) for each, noun in _NOUNS.items() if counts.get(each))


def lint_line(counts: Mapping[Severity, int]) -> str:
    """Write how many lint findings there are, and where to see them."""
    told = weights(counts)
    return f"lint: {told} (see `coopctl lint`)" if told else "lint: no findings"
