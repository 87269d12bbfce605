"""Writes results in every format that was asked for."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any, Protocol, Self, TypeVar

from coopctl.cli.sinks import Target
from coopctl.output.format import Format
from coopctl.output.terminal import Paper


def write_result(command: str, result: Any, targets: list[Target], paper: Paper) -> None:
    """Write what a command found out. Each format is a function of its own name in `coopctl.output.COMMAND.FORMAT`."""
    for target in targets:
        write = getattr(import_module(f"coopctl.output.{command}.{target.format}"), target.format)
        with target.open() as sink:
            for text in write(result, paper if target.path is None else Paper()):
                sink.write(text)
            sink.close()


class _Total(Protocol):
    def add(self, other: Self) -> None:
        """Count another one as well."""


Total = TypeVar("Total", bound=_Total)
Total_co = TypeVar("Total_co", covariant=True)


class _Outcome(Protocol[Total_co]):
    @property
    def pieces(self) -> Sequence[str]:
        """The text of one agreement, in every format."""

    @property
    def summary(self) -> Total_co:
        """How it stands."""


def write_pieces(
    outcomes: Iterable[_Outcome[Total]], total: Total, writers: Sequence[Format[Any, Total]], targets: Sequence[Target]
) -> None:
    """Write every agreement in every format as soon as it is there, and add how it stands to the total."""
    with ExitStack() as stack:
        sinks = [stack.enter_context(target.open()) for target in targets]
        for writer, sink in zip(writers, sinks, strict=True):
            sink.write(writer.begin())
        for outcome in outcomes:
            total.add(outcome.summary)
            for writer, sink, piece in zip(writers, sinks, outcome.pieces, strict=True):
                sink.write(writer.add(piece))
        for writer, sink in zip(writers, sinks, strict=True):
            sink.write(writer.end(total))
            sink.close()
