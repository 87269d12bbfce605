"""The derivation for a comment or a letter to the other party."""

from collections.abc import Iterator

from coopctl.explain.steps import Explanation
from coopctl.output.markdown import escaped
from coopctl.output.terminal import Paper


def markdown(explanation: Explanation, _paper: Paper) -> Iterator[str]:
    """Yield a numbered list."""
    yield f"### {escaped(explanation.subject)}\n\n{escaped(explanation.heading)}\n\n"
    for number, step in enumerate(explanation.steps, 1):
        margin = " " * (len(str(number)) + 2)
        yield f"{number}. **{escaped(step.title)}**\n"
        for each in step.inputs:
            where = f" ({each.location.path}:{each.location.line})" if each.location else ""
            yield f"{margin}- {escaped(each.text + where)}\n"
        told = " → ".join(each for each in (step.formula, step.result) if each)
        if told:
            yield f"\n{margin}{escaped(told)}\n"
        yield "\n"
