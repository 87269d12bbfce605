"""The pairs of versions in `pairs/`, and what each format has to say about them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

PAIRS: Final = Path(__file__).with_name("pairs")
AS_OF: Final = "2026-07-15"
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "full-80.txt": ("--replay",),
    "full-120.txt": ("--replay",),
    "concise.txt": ("--output-format", "concise"),
    "comment.md": ("--replay", "--output-format", "markdown"),
    "document.json": ("--replay", "--output-format", "json"),
    "annotations.txt": ("--output-format", "github"),
    "amendments.yaml": ("--changelog",),
}
"""By the name of the file with what is expected, the options that it takes."""


class Golden(NamedTuple):
    """One pair in one format."""

    pair: Path
    name: str

    @property
    def expected(self) -> Path:
        """The file with what is expected."""
        return self.pair / "expected" / self.name

    @property
    def arguments(self) -> tuple[str, ...]:
        """The command, run in the pair's folder."""
        return ("diff", "base", "head", "--as-of", AS_OF, *OPTIONS[self.name])

    @property
    def columns(self) -> str:
        """How wide the paper is."""
        return "120" if "120" in self.name else "80"

    def __str__(self) -> str:
        return f"{self.pair.name}-{self.name}"


def pairs() -> list[Path]:
    """Return the folders of all pairs."""
    return sorted(path for path in PAIRS.iterdir() if path.is_dir())


def goldens() -> Iterator[Golden]:
    """Yield every pair in every format."""
    for pair in pairs():
        yield from (Golden(pair, name) for name in OPTIONS)
