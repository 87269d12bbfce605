"""`coopctl git-setup`, and `coopctl textconv`, which it has git run."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from coopctl.cli.sinks import print_result
from coopctl.cli.streams import showing_after

if TYPE_CHECKING:
    from coopctl.evaluate.canonical import Canonical

EXAMPLES = """
**Examples**

    # what to put where
    coopctl git-setup

    # set it up in this clone, and see the terms that changed
    coopctl git-setup --apply
    git log -p northstar/agreement.yaml

    # undo it
    git config --unset diff.coopctl.textconv

Comments, notes, order and layout do not show then; `git diff --no-textconv` shows the lines themselves. Git runs the
Python that coopctl runs in now; where that has moved, `--apply` sets the new one.
"""

TEXTCONV_EXAMPLES = """
**Examples**

    coopctl textconv northstar/agreement.yaml

`coopctl git-setup` tells git to run this.
"""


def git_setup(
    apply: Annotated[
        bool, typer.Option("--apply", help="Set it up in this clone, and change nothing that is tracked.")
    ] = False,
) -> None:
    """Let `git diff` and `git log -p` show the terms of agreements, one to a line."""
    from coopctl.output.terminal import clean
    from coopctl.revisions import driver

    done = ""
    if not apply:
        text = (
            f"In .gitattributes, for everybody:\n\n{_indented(driver.ATTRIBUTES)}\n"
            f"In .git/config, in each clone (git takes no commands from what it clones):\n\n"
            f"{_indented(driver.configuration())}\n"
            "`coopctl git-setup --apply` sets both up in this clone only.\n"
        )
    else:
        applied = driver.apply()
        text = "".join(f"{clean(each)}\n" for each in (*applied.set_now, *applied.as_it_was))
        if applied.set_now:
            done = "set up"
        else:
            text += "nothing was changed\n"
    with showing_after(done):
        print_result(text)


def textconv(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An agreement.")],
) -> None:
    """Print an agreement's terms, one to a line, for git to compare; what is no agreement is printed as it is."""
    from coopctl.errors import CoopctlError

    try:
        with open(file, "rb") as opened:
            content = opened.read()
    except OSError as error:
        raise CoopctlError(f"{file}: cannot be read: {error.strerror}") from None
    print_result(_plain_terms(file, content))


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _plain_terms(path: str, content: bytes) -> str:
    """Return an agreement as one line for each term; the text itself where it cannot be read as one."""
    from coopctl.evaluate.canonical import canonical
    from coopctl.files import decoded
    from coopctl.findings import Finding
    from coopctl.model.agreement import Agreement
    from coopctl.model.names import Names
    from coopctl.output.terminal import clean
    from coopctl.parsing import read_source
    from coopctl.validation import validated

    text = decoded(path, content)
    if isinstance(text, Finding):
        return content.decode("utf-8", "backslashreplace")
    source = read_source(path, text)
    if source.findings:
        return text
    agreement = validated(Agreement, source, Names.of(source.data)).model
    if agreement is None:
        return text
    return "".join(f"{clean(line)}\n" for line in _lines("", canonical(agreement)))


def _lines(path: str, value: "Canonical") -> Iterator[str]:
    """Yield `path = value` for every term; a list of plain values is one of them."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _lines(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
        for index, each in enumerate(value):
            yield from _lines(f"{path}[{index}]", each)
    elif isinstance(value, list):
        yield f"{path} = [{', '.join(map(str, value))}]"
    else:
        yield f"{path} = {value}"
