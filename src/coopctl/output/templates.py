"""The Jinja templates that come with coopctl."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coopctl.errors import CoopctlError
from coopctl.output.markdown import escaped, row


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, not HTML: every value passes the filter `escaped`
    )
    environment.filters["escaped"] = escaped
    environment.filters["row"] = row
    return environment


def templates_folder() -> Path:
    """Return the templates' folder: inside an installed wheel, or at the top of the source tree."""
    package = Path(__file__).parent.parent
    for folder in (package / "templates", package.parent.parent / "templates"):
        if folder.is_dir():
            return folder
    raise CoopctlError("the templates that belong to coopctl are not installed; install it again")


def rendered(name: str, **variables: object) -> str:
    """Render a template that comes with coopctl."""
    return _environment().get_template(name).render(**variables)
