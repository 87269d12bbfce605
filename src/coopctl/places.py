"""How places inside a user's files are named, without saying where on a line they stand."""

from typing import NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in a file's data: keys of mappings and indexes of sequences, from the top."""


class Place(NamedTuple):
    """A value in one of several files."""

    file: str
    path: Path

    def within(self, step: str | int) -> "Place":
        """Place of something inside the value."""
        return Place(self.file, (*self.path, step))


def dotted(path: Path) -> str:
    """Write a path as people do: `plan.milestones.pilot`, `goals.growth.kpis[0]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
