"""JUnit XML, which CI servers show as test results."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from coopctl.output.terminal import clean

END: Final = "</testsuites>\n"


def begin(name: str) -> str:
    """Return what comes before the first suite."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name={_attribute(name)}>\n'


class Case(NamedTuple):
    """One test case and how it ended."""

    tag: str
    """Element that says so; empty for a pass without a word."""
    name: str
    kind: str
    lines: tuple[str, ...]

    def xml(self, file: str) -> str:
        """Write it."""
        start = f"    <testcase classname={_attribute(file)} name={_attribute(self.name)}"
        if not self.tag:
            return f"{start}/>\n"
        text = escape("\n".join(clean(line) for line in self.lines if line))
        if self.tag == "system-out":
            return f"{start}><system-out>{text}</system-out></testcase>\n"
        kind = f" type={_attribute(self.kind)}" if self.tag != "skipped" else ""
        said = f"{kind} message={_attribute(self.lines[0])}"
        return f"{start}><{self.tag}{said}>{text}</{self.tag}></testcase>\n"


def suite(name: str, file: str, cases: Sequence[Case]) -> str:
    """Write a test suite; the names of its cases are unique."""
    tags = Counter(case.tag for case in cases)
    ended = f'failures="{tags["failure"]}" errors="{tags["error"]}" skipped="{tags["skipped"]}"'
    return (
        f'  <testsuite name={_attribute(name)} tests="{len(cases)}" {ended}>\n'
        + "".join(case.xml(file) for case in cases)
        + "  </testsuite>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
