"""Writes one result in every format that was asked for."""

from importlib import import_module
from typing import Any

from coopctl.cli.sinks import Target
from coopctl.output.terminal import Paper


def write_result(command: str, result: Any, targets: list[Target], paper: Paper) -> None:
    """Write what a command found out. Each format is a function of its own name in `coopctl.output.COMMAND.FORMAT`."""
    for target in targets:
        write = getattr(import_module(f"coopctl.output.{command}.{target.format}"), target.format)
        with target.open() as sink:
            for text in write(result, paper if target.path is None else Paper()):
                sink.write(text)
            sink.close()
