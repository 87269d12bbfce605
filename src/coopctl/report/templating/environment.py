"""What templates can do: the same for coopctl's own, which are rendered in this process, and for a user's.

Only what is listed here can be reached from a template: filters, functions, methods of text and of groups of fields.
Everything else is refused by name, so what a later version of Jinja or Python adds is refused too.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, TemplateReference
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from coopctl.report.templating.names import STANDARD, START
from coopctl.report.templating.text import address, for_mermaid, for_task, kept, plain, row, thing, written

FILTERS_OF_JINJA: Final = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items"),
    *("join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse"),
    *("round", "select", "selectattr", "slice", "sort", "sum", "title", "trim", "truncate", "unique", "upper"),
    "wordcount",
)
OWN_FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "address": address,
    "mermaid": for_mermaid,
    "row": row,
    "task": for_task,
    "string": plain,
}
METHODS: Final[Mapping[type, frozenset[str]]] = {
    str: frozenset(
        (
            *("capitalize", "count", "endswith", "find", "isdigit", "join", "lower", "lstrip", "removeprefix"),
            *("removesuffix", "replace", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title"),
            "upper",
        )
    ),
    dict: frozenset(("get", "items", "keys", "values")),
    list: frozenset(("count", "index")),
    tuple: frozenset(("count", "grouper", "index", "list")),  # two of them name what `groupby` gives
}
_OPEN: Final = (LoopContext, Namespace, TemplateModule, TemplateReference, BlockReference)
_LARGEST: Final = 10**30


class MissingNameError(UndefinedError):
    """A template used a name that stands for nothing."""

    def __init__(self, hint: str | None, obj: Any, name: Any, message: str | None) -> None:
        super().__init__(message)
        self.hint = hint
        self.obj = obj
        """What was asked for the name; `missing` where the name stood alone."""
        self.name = name


class Nothing(StrictUndefined):
    """What stands for a name that does not exist: any use of it is an error that knows the name."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        if exc is UndefinedError:
            exc = partial(MissingNameError, hint, obj, name)  # type: ignore[assignment]  # called with the message, as a class is
        super().__init__(hint, obj, name, exc)


class Sources(BaseLoader):
    """Finds templates among texts that are given; nothing is read from a disk."""

    def __init__(self, standard: Mapping[str, str], own: Mapping[str, str], refused: Mapping[str, str]) -> None:
        self._standard = standard
        self._own = own
        self._refused = refused
        self.latest = ""
        """The template that was asked for last."""
        self.used: set[str] = set()
        """The user's templates that took part."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template: the user's of that name, else coopctl's own."""
        if template in self._refused:
            raise TemplateRuntimeError(self._refused[template])
        self.latest = template
        if template in self._own:
            self.used.add(template)
            return self._own[template], template, _never_changes
        name = template.removeprefix(STANDARD)
        if name not in self._standard:
            raise TemplateNotFound(template)
        return self._standard[name], f"{STANDARD}{name}", _never_changes

    def is_own(self, name: str) -> bool:
        """Whether a template is the user's."""
        return name in self._own

    def text(self, name: str) -> str | None:
        """Return the source of a template by the name that its errors have."""
        return self._own.get(name, self._standard.get(name.removeprefix(STANDARD)))

    def list_templates(self) -> list[str]:
        """Return every name there is."""
        found = {*self._own, *self._standard, *(f"{STANDARD}{name}" for name in self._standard)}
        return sorted(found - {START})


def _never_changes() -> bool:
    return True


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja, cut down to what a report needs."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, sources: Sources, message: Callable[[str], str]) -> None:
        super().__init__(
            loader=sources,
            undefined=Nothing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=True,  # what macros return counts as finished; `Text` says how the rest is escaped
            finalize=written,
            auto_reload=False,
        )
        offered = {name: FILTERS[name] for name in FILTERS_OF_JINJA} | dict(OWN_FILTERS)
        self.filters = {name: _keeping(each) for name, each in offered.items()}
        self.globals = {"range": _range, "dict": dict, "namespace": Namespace, "say": _sayer(message)}

    def join_path(self, template: str, parent: str) -> str:
        """Return the name that one template means by another: names do not depend on where they stand."""
        if not isinstance(template, str):
            raise TemplateRuntimeError(f"a template is called by text, and this is {thing(template)}")
        return template

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of the data, or one of the few attributes that are open."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether an attribute is one of those that templates may use."""
        if isinstance(obj, _OPEN):
            return super().is_safe_attribute(obj, attr, value)
        return any(isinstance(obj, kind) and attr in names for kind, names in METHODS.items())

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to the list of methods, on which it is not: a width in it can ask for gigabytes."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> Nothing:
        """Return what stands for an attribute that templates may not use."""
        return Nothing(f"`{attribute}` is not open to templates", obj, attribute, SecurityError)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or macro."""
        if not callable(called) or isinstance(called, str):
            raise TemplateRuntimeError(f"only functions and macros can be called, and this is {thing(called)}")
        return kept(super().call(context, called, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; text and lists are not multiplied, and nothing grows without bounds."""
        if operator == "**":
            raise SecurityError("`**` is not open to templates")
        if not all(isinstance(each, int | float) for each in (left, right)):
            raise SecurityError(f"`{operator}` is for numbers, and this is {thing(left)} and {thing(right)}")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > _LARGEST:
            raise SecurityError("a number grows too large")
        return result


def _range(*numbers: int) -> range:
    try:
        return safe_range(*numbers)
    except OverflowError:
        raise TemplateRuntimeError(f"range() gives up to {MAX_RANGE:,} numbers") from None


def _keeping(filtered: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filtered)
    def keeping(*args: Any, **kwargs: Any) -> Any:
        return kept(filtered(*args, **kwargs))

    return keeping


def _sayer(message: Callable[[str], str]) -> Callable[..., Markup]:
    def say(text: str, /, **values: Any) -> Markup:
        def filled(place: re.Match[str]) -> str:
            name = place[1]
            if name is None:
                return "%"
            if name not in values:
                raise TemplateRuntimeError(f'say("{text}") needs {name}=…')
            return str(Markup.escape(written(values[name])))

        return Markup(_PLACE.sub(filled, message(str(text))))

    say.__qualname__ = say.__name__  # Python names it so where it is called wrongly
    return say


_PLACE: Final = re.compile(r"%(?:\((\w+)\)s|%)")
"""Where a message takes a value. Not Python's own `%`: a width in it can ask for gigabytes."""
