"""One line for each agreement: its digest, and its file."""

from collections.abc import Iterable, Iterator

from coopctl.output.digest.view import DigestedAgreement
from coopctl.output.terminal import Paper


def full(agreements: Iterable[DigestedAgreement], paper: Paper) -> Iterator[str]:
    """Yield the lines, as `sha256sum` has them."""
    for each in agreements:
        yield f"{each.digest}  {paper.paint(each.path)}\n"
