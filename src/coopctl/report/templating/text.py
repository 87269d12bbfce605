"""Text from an agreement in a template: escaped where it is written out, whatever was done with it before."""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Undefined
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import TemplateReference
from markupsafe import Markup

from coopctl.output.markdown import escaped
from coopctl.output.markdown import row as table_row
from coopctl.output.terminal import clean

_UNFIT_FOR_MERMAID = re.compile(r"[\x00-\x1f\"'`;:#%{}\[\]()<>|\\,]+")


class Text(Markup):
    """Text that is no Markdown yet.

    What is made of it (`upper`, a slice, one added to the other) is such text too. Jinja and `Markup` ask a value for
    its `__html__` before they join it with finished text; here that is its Markdown, not its HTML.
    """

    __slots__ = ()

    def __new__(cls, value: Any = "") -> "Text":
        """Take any text as it is; one that is finished Markdown is no longer."""
        return str.__new__(cls, str(value))

    def __html__(self) -> str:  # type: ignore[override]  # Markup returns itself
        """Return it as Markdown that shows it as it is, with a space at either end if it has one."""
        before = " " if self[:1] == " " else ""
        after = " " if self[-1:] == " " and self.strip() else ""
        return f"{before}{escaped(str(self))}{after}"

    def __repr__(self) -> str:
        """Show it within a list; nothing of it becomes Markdown there either."""
        return f'"{self.__html__()}"'

    def __iter__(self) -> Iterator[str]:
        """Give its characters, which are such text."""
        return map(Text, str.__iter__(self))

    def __add__(self, other: Any) -> Markup:  # type: ignore[override]  # finished text keeps what it is
        """Add text, or put it before finished text."""
        if isinstance(other, Markup) and not isinstance(other, Text):
            return Markup(self.__html__()) + other
        return super().__add__(other)

    @classmethod
    def escape(cls, value: Any, /) -> "Text":
        """Take what is to be joined with this text; it is all escaped in the end."""
        return cls(value)


def as_text(data: Any) -> Any:
    """Return plain data with every text in it as `Text`."""
    if isinstance(data, str):
        return Text(data.strip())
    if isinstance(data, dict):
        return {as_text(key): as_text(value) for key, value in data.items()}
    return [as_text(each) for each in data] if isinstance(data, list) else data


def kept(value: Any) -> Any:
    """Return what a filter or function gave; text stays text that is to be escaped."""
    return Text(value) if type(value) is str else value


def written(value: Any) -> Any:
    """Return what an expression writes: finished Markdown as it is, text escaped, nothing for nothing."""
    if isinstance(value, str) and (isinstance(value, Text) or not isinstance(value, Markup)):
        return Markup(Text(value).__html__())  # not left to Jinja: a template can switch its escaping off
    if hasattr(value, "__html__"):
        return value
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Undefined):
        return str(value)  # says what is missing
    raise TemplateRuntimeError(f"only text and numbers can be written out, and this is {thing(value)}{way_into(value)}")


def thing(value: Any) -> str:
    """Say what sort of thing a value is."""
    names: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", dict: "a group of fields"}
    if value is None:
        return "null"
    if isinstance(value, str):
        return "text"
    if _is_list(value):
        return "a list"
    if isinstance(value, TemplateReference):
        return "the template itself"
    return names.get(type(value), "a function or macro" if callable(value) else "nothing of the kind")


def way_into(value: Any) -> str:
    """Say how to come to what is in a value."""
    return "; go through it with `for`" if _is_list(value) else ""


def _is_list(value: Any) -> bool:
    """Whether it is a list, or what a filter such as `map` makes of one."""
    return hasattr(value, "__iter__") and not isinstance(value, str | dict) and not callable(value)


def row(cells: Any) -> Markup:
    """Write a list as the row of a table."""
    return Markup(table_row([str(Markup.escape(written(cell))) for cell in cells]))


def for_mermaid(text: Any) -> Markup:
    """Write a name so that a chart shows it as it is, as far as the chart's language allows."""
    name = " ".join(str(text).split())  # a line's end is shown as a space, and not by its number
    return Markup(_UNFIT_FOR_MERMAID.sub(" ", clean(name)).strip() or "-")


_CHART_WORDS: Final = re.compile(
    r"(?:gantt|section|title|dateformat|axisformat|tickinterval|includes|excludes|todaymarker|inclusiveenddates|topaxis"
    r"|weekday|weekend|click|call|href|acctitle|accdescr|vert|milestone|done|active|crit|end)",
    re.IGNORECASE,
)
"""What begins something else than a task, at the start of a line of a timetable."""


def for_task(text: Any) -> Markup:
    """Write a name so that a Mermaid timetable takes it for that of a task, whatever word it begins with."""
    name = for_mermaid(text)
    return Markup(f"· {name}") if _CHART_WORDS.match(name) else name


def address(path: Any) -> Markup:
    """Write a path as the target of a link."""
    return Markup(quote(str(path)))


def plain(value: Any) -> Any:
    """Write a number as text, to join it with other text."""
    return value if isinstance(value, str) else Text(written(value))
