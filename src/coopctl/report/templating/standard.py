"""The templates that come with coopctl."""

from functools import cache
from types import MappingProxyType

from coopctl.output.templates import templates_folder
from coopctl.report.templating.names import template_of


@cache
def standard_templates() -> MappingProxyType[str, str]:
    """Return the source of every standard template by its name: quarterly.md.j2, parts/kpis.md.j2."""
    folder = templates_folder() / "report"
    paths = sorted(folder.rglob(template_of("*")))
    return MappingProxyType({path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths})
