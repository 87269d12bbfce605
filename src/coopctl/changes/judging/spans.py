"""Periods for people, adjacent ones as one span."""

from collections.abc import Iterable, Mapping, Sequence


def spans(keys: Sequence[str], periods: Iterable[str]) -> str:
    """Write some of all periods: `2026-01 to 2026-03 and 2026-05`."""
    return numbered_spans(keys, {key: number for number, key in enumerate(periods)})


def numbered_spans(keys: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Write the same of periods whose numbers are known."""
    found: list[list[str]] = []
    for key in keys:
        if found and numbers[key] == numbers[found[-1][-1]] + 1:
            found[-1].append(key)
        else:
            found.append([key])
    told = [each[0] if len(each) == 1 else f"{each[0]} to {each[-1]}" for each in found]
    return _few(told)


def _few(told: Iterable[str]) -> str:
    *most, last = told
    if len(most) > 3:
        most = [*most[:2], f"{len(most) - 2} more"]
    return f"{', '.join(most)} and {last}" if most else last
