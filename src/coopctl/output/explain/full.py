"""Numbered steps for people: inputs with file:line, formula, result."""

from collections.abc import Iterator

from coopctl.explain.steps import Explanation, Input
from coopctl.output.terminal import Paper, wrapped


def full(explanation: Explanation, paper: Paper) -> Iterator[str]:
    """Yield the derivation line by line."""
    heading = f"{explanation.subject}  {explanation.heading}"
    yield from (f"{paper.paint(line, 'bold')}\n" for line in wrapped(heading, paper.width, "  "))
    for number, step in enumerate(explanation.steps, 1):
        margin = " " * (len(str(number)) + 2)
        yield f"\n{paper.paint(f'{number}. {step.title}', 'bold')}\n"
        for each in step.inputs:
            yield from _input(each, margin, paper)
        if step.formula and step.result:
            yield from _text(f"{step.formula} → {step.result}", margin, paper)
        elif step.formula or step.result:
            yield from _text(step.formula or step.result, margin, paper)


def _input(given: Input, margin: str, paper: Paper) -> Iterator[str]:
    yield from _text(f"- {given.text}", margin, paper, "  ")
    if given.location is not None:
        where = f"{given.location.path}:{given.location.line}:{given.location.column}"
        yield f"{margin}  {paper.paint(where, 'place')}\n"


def _text(text: str, margin: str, paper: Paper, indent: str = "  ") -> Iterator[str]:
    for line in wrapped(text, paper.width - len(margin), indent):
        yield f"{margin}{line}\n"
