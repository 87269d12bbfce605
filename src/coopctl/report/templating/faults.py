"""What went wrong in a template, and in which line of which template."""

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Final, NamedTuple

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from coopctl.report.templating.environment import MissingNameError, Sources, TemplateEnvironment
from coopctl.report.templating.text import thing, way_into

_UNKNOWN: Final = re.compile(r"No (filter|test) named '([^']*)'")
"""How Jinja says so."""


class Fault(NamedTuple):
    """A fault of a template; travels between processes as JSON."""

    message: str
    template: str = ""
    """Name of the template; empty where nobody knows."""
    line: int = 0
    inside: str = ""
    """Where in coopctl's own templates it showed, when it was called from the template."""
    sought: str = ""
    """A name that does not exist."""
    known: tuple[str, ...] = ()
    """Names that do."""
    used: tuple[str, ...] = ()
    """The user's templates that took part."""


class _Place(NamedTuple):
    template: str
    line: int


def fault_of(error: Exception, environment: TemplateEnvironment, sources: Sources) -> Fault:
    """Return what an error means to whoever wrote the template."""
    places = list(_places(error, sources))
    own = [place for place in places if sources.is_own(place.template)]
    innermost = places[-1] if places else _Place(sources.latest, 0)
    shown = own[-1] if own else innermost
    fault = _meaning(error, innermost, environment, sources)
    return fault._replace(
        template=shown.template,
        line=shown.line,
        inside=f"{innermost.template}:{innermost.line}" if shown != innermost else "",
        used=tuple(sorted(sources.used)),
    )


def _places(error: Exception, sources: Sources) -> Iterator[_Place]:
    """Yield the lines of templates that led to an error, the outermost first."""
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        name, line = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(line)
        if sources.text(name) is not None:
            yield _Place(name, line)
        traceback = traceback.tb_next
    if isinstance(error, TemplateSyntaxError) and error.filename:
        yield _Place(error.filename, error.lineno)


def _meaning(error: Exception, place: _Place, environment: TemplateEnvironment, sources: Sources) -> Fault:
    if isinstance(error, MissingNameError) and not error.hint:
        return _missing(error, place, environment, sources)
    if isinstance(error, TemplateNotFound):
        return Fault(
            f"no template is called {str(error.name)!r}", sought=str(error.name), known=tuple(sources.list_templates())
        )
    if isinstance(error, TemplateError) and (unknown := _UNKNOWN.match(str(error.message))):
        kind, name = unknown[1], unknown[2]
        known = tuple(sorted(environment.filters if kind == "filter" else environment.tests))
        return Fault(f"there is no {kind} {name!r} for templates", sought=name, known=known)
    if isinstance(error, TemplateSyntaxError):
        return Fault((error.message or "this is no template").rstrip("."))
    if isinstance(error, RecursionError):
        return Fault("templates or macros call each other without end, or an expression is nested too deeply")
    if isinstance(error, KeyError):
        return Fault(f"there is no {error}")
    return Fault(str(error).rstrip(".") or type(error).__name__)


def _missing(error: MissingNameError, place: _Place, environment: TemplateEnvironment, sources: Sources) -> Fault:
    tree = _tree(place.template, environment, sources)
    name = str(error.name)
    if error.obj is missing:
        known = {"report", *environment.globals, *(_names_in(tree) if tree else ())}
        return Fault(f"'{name}' does not exist", sought=name, known=tuple(sorted(known - {name})))
    wanted = _as_written(tree, name, place.line) if tree else None
    message = f"'{wanted or name}' does not exist"
    if isinstance(error.obj, dict):
        return Fault(message, sought=name, known=tuple(str(key) for key in error.obj))
    if isinstance(error.obj, TemplateModule):
        public = (each for each in vars(error.obj) if not each.startswith("_"))
        return Fault(message, sought=name, known=tuple(sorted(public)))
    if isinstance(error.obj, list | tuple) and isinstance(error.name, int):
        return Fault(f"there is no entry {name} in a list of {len(error.obj)}; the first one is 0")
    owner = wanted.rpartition(".")[0] if wanted else "what it is asked of"
    return Fault(f"{message}: {owner} is {thing(error.obj)}{way_into(error.obj)}")


def _tree(name: str, environment: TemplateEnvironment, sources: Sources) -> nodes.Template | None:
    text = sources.text(name)
    return environment.parse(text) if text is not None else None


def _names_in(tree: nodes.Template) -> Iterator[str]:
    """Yield the names that a template gives to something."""
    for each in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if (isinstance(each, nodes.Name) and each.ctx != "load") or isinstance(each, nodes.Macro):
            yield each.name
        elif isinstance(each, nodes.Import):
            yield each.target
        elif isinstance(each, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in each.names)


def _as_written(tree: nodes.Template, name: str, line: int) -> str | None:
    """Return the expression that ends in a name, such as report.kpi: the one that is nearest to a line."""
    asked = [each for each in tree.find_all(nodes.Getattr) if each.attr == name]
    return _dotted(min(asked, key=lambda each: abs(each.lineno - line))) if asked else None


def _dotted(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    before = _dotted(node.node) if isinstance(node, nodes.Getattr) else None
    return f"{before}.{node.attr}" if isinstance(node, nodes.Getattr) and before else None
