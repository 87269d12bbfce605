"""Writes docs/reference and docs/rules.md from the code; `--check` only says whether they are up to date."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from jinja2 import Environment, nodes
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from coopctl import limits
from coopctl.changes.pages import kinds_of_change, pages
from coopctl.cli.app import app
from coopctl.model import scalars
from coopctl.model.agreement import Agreement
from coopctl.model.approvals import ApprovalsFile
from coopctl.model.facts import LedgerFile
from coopctl.model.names import KINDS, Reference
from coopctl.model.scalars import Duration, Percent, PeriodKey, PeriodKind, ReadBy, SignedPercent
from coopctl.output.rule_page import page_as_markdown
from coopctl.report.templating.environment import FILTERS_OF_JINJA, METHODS, OWN_FILTERS
from coopctl.report.templating.standard import standard_templates
from coopctl.report.view import ReportView

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py from the code; edit that, not this. -->\n"

_NAMED: dict[object, str] = {
    Percent: "percentage",
    SignedPercent: "signed percentage",
    Duration: "duration",
    PeriodKey: "period",
    str: "text",
    int: "whole number",
    bool: "true or false",
}
_READ_BY: dict[object, str] = {
    scalars.read_number: "number",
    scalars.read_whole: "whole number",
    scalars.read_flag: "true or false",
    scalars.read_date: "date",
}


def main() -> None:
    """Write or check all pages."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, text in reference().items():
        path = FOLDER / name
        if check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(name)
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run python docs/generate.py")


def reference() -> dict[str, str]:
    """Return every generated page by its name."""
    return {
        "agreement.md": "".join(_model_page("The agreement, key by key", Agreement)),
        "ledger.md": "".join(_model_page("The ledger, key by key", LedgerFile)),
        "approvals.md": "".join(_model_page("Approvals, key by key", ApprovalsFile)),
        "../rules.md": "".join(_rules_page()),
        "limits.md": "".join(_limits_page()),
        "commands.md": "".join(_commands_page()),
        "templates.md": "".join(_templates_page()),
        "changes.md": "".join(_changes_page()),
    }


def _model_page(title: str, root: type[BaseModel]) -> Iterator[str]:
    yield f"{NOTE}\n# {title}\n\nKeys that begin with `x-` are your own and pass through everywhere.\n"
    for model in _reachable(root):
        yield f"\n## {model.__name__}\n\n{_first_paragraph(model.__doc__ or '')}\n\n"
        yield "| Key | Value | Needed | Meaning |\n| :-- | :-- | :-- | :-- |\n"
        for name, field in model.model_fields.items():
            key = field.alias or name
            kind, meaning = _kind(field.annotation, field.metadata), _cell(field.description or "")
            yield f"| `{key}` | {kind} | {_needed(field)} | {meaning} |\n"


def _reachable(root: type[BaseModel]) -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    pending = [root]
    while pending:
        model = pending.pop(0)
        if model in found:
            continue
        found[model] = None
        for field in model.model_fields.values():
            pending += _models_in(field.annotation)
    return list(found)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for each in get_args(annotation) for model in _models_in(each)]


def _kind(annotation: Any, metadata: list[Any] | None = None) -> str:
    for marker in metadata or []:
        if isinstance(marker, ReadBy):
            return _READ_BY.get(marker.read) or f"`{marker.json_schema.get('const', 'text')}`"
        if isinstance(marker, Reference):
            return _reference(marker)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *markers = get_args(annotation)
        return _kind(inner, markers)
    if origin is Literal:
        return " \\| ".join(f"`{each}`" for each in get_args(annotation))
    if origin in (Union, UnionType):
        kinds = [_kind(each) for each in get_args(annotation) if each is not type(None)]
        return ", or ".join(dict.fromkeys(kinds))
    if origin is dict:
        key, value = get_args(annotation)
        return f"mapping of {_key_kind(key)} to {_kind(value)}"
    if origin is tuple:
        return f"list of {_kind(get_args(annotation)[0])}"
    return _plain(annotation)


def _plain(annotation: Any) -> str:
    if annotation in _NAMED:
        return _NAMED[annotation]
    if annotation is PeriodKind:
        return " \\| ".join(f"`{each}`" for each in PeriodKind)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return getattr(annotation, "__name__", str(annotation))


def _key_kind(annotation: Any) -> str:
    kind = _kind(annotation)
    return "id" if kind == "text" else kind


def _reference(marker: Reference) -> str:
    return f"id of a {KINDS[marker.among]}" + (", with or without @period" if marker.with_period else "")


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.get_default(call_default_factory=False)
    if default in (None, (), PydanticUndefined) or isinstance(default, BaseModel | dict):
        return ""
    if isinstance(default, tuple):
        return f"default `[{', '.join(default)}]`"
    return f"default `{'false' if default is False else default}`"


_TOPICS = {
    "PTY": "Parties",
    "TRM": "Term and versions",
    "GOL": "Goals and wording",
    "KPI": "KPIs",
    "THR": "Thresholds",
    "RSP": "Responsibilities and people",
    "PLN": "Plan",
    "BUD": "Budget",
    "RES": "Resources",
    "RSK": "Risks",
    "GOV": "Governance",
    "MNY": "Money",
    "LAW": "Law",
    "EXT": "Exit",
    "LED": "Ledger",
    "STY": "Style",
    "SUP": "Suppressions and baseline",
    "SIG": "Signatures",
    "VER": "Versions and amendments",
    "APR": "Approvals",
    "SCH": "The language",
    "YML": "YAML",
    "FIL": "Files",
}
"""Headings of the topics, in the order of the page."""


def _rules_page() -> Iterator[str]:
    yield f"{NOTE}\n# Rules\n\n"
    yield "What `coopctl lint` looks for, and what keeps a file from being read. `coopctl rule CODE` shows one.\n"
    yield "How to select, ignore, suppress and mend: [Linting](lint.md).\n"
    for code, title in _TOPICS.items():
        yield f"\n## {title}\n\n| Code | Name | Severity | What is wrong |\n| :-- | :-- | :-- | :-- |\n"
        of_topic = [page for page in pages() if page.kind.code.startswith(code)]
        for page in of_topic:
            kind = page.kind
            link = f"[{kind.code}](#{kind.code.lower()}-{kind.name})"
            yield f"| {link} | {kind.name} | {kind.severity} | {_cell(kind.meaning)} |\n"
        for page in of_topic:
            yield f"\n{page_as_markdown(page, '###')}"


def _limits_page() -> Iterator[str]:
    yield f"{NOTE}\n# Limits\n\nFiles come from counterparties; every file is held to these.\n\n"
    yield "| What | At most |\n| :-- | :-- |\n"
    yield f"| a file | {limits.FILE_BYTES:,} bytes; a regular file inside the folder that is read |\n"
    yield f"| nesting | {limits.NESTING} levels |\n"
    yield f"| values in a file | {limits.NODES:,}; an alias counts for all it stands for, each time it is used |\n"
    yield f"| text of all values | {limits.EXPANDED_CHARACTERS:,} characters, aliases counted in the same way |\n"
    yield f"| one value | {limits.SCALAR_BYTES:,} bytes |\n"
    digits = f"{limits.INTEGER_DIGITS} digits, then {limits.DECIMAL_DIGITS} decimals"
    yield f"| a number | {digits}; no exponent, no underscore |\n"
    together = f"{limits.LEDGER_BYTES:,} bytes, {limits.LEDGER_NODES:,} YAML values, {limits.FIGURES:,} figures"
    yield f"| a ledger | {limits.LEDGER_FILES} files, {together} |\n"
    yield f"| periods to judge | {limits.PERIODS:,}: those of all KPIs in the term, once more for each exit trigger |\n"
    yield f"| problems shown one by one | {limits.FINDINGS:,} in a file; the rest are counted |\n"
    yield f"| a CSV ledger | {limits.CSV_ROWS:,} rows |\n"
    yield f"| a table to import | {limits.CSV_ROWS:,} rows, {limits.COLUMNS} columns |\n"
    yield (
        f"| a workbook to import | {limits.XLSX_BYTES:,} bytes unzipped, {limits.XLSX_PARTS:,} parts, "
        f"{limits.XLSX_ELEMENTS:,} pieces of XML, {limits.XLSX_CELLS:,} cells of its sheet |\n"
    )
    yield f"| approvals of an agreement | {limits.LEDGER_FILES} files, {limits.LEDGER_BYTES:,} bytes |\n"
    revision = f"{limits.REVISION_AGREEMENTS:,} agreements, {limits.REVISION_FILES:,} files of it"
    yield f"| what is read of a git revision | {revision}, {limits.REVISION_BYTES:,} bytes |\n"
    yield f"| `actuals` of the agreements of one folder there | {limits.REVISION_PATTERNS} patterns |\n"
    yield f"| a template for reports | {limits.TEMPLATE_BYTES:,} bytes; a regular file inside the templates' folder |\n"
    yield f"| a folder of templates | {limits.TEMPLATES} templates, {limits.TEMPLATES_BYTES:,} bytes together |\n"
    yield f"| a report in Markdown | {limits.RENDERED_BYTES:,} bytes |\n"
    sizes = ", ".join(f"{size // 30:,} in {name}" for name, size in limits.DOCUMENT_SIZES.items())
    yield f"| a report as HTML, PDF or Word | about so many rows of six cells: {sizes} |\n"
    seconds = f"{limits.TEMPLATE_SECONDS} seconds of computing, {limits.TEMPLATE_CLOCK_SECONDS} by the clock"
    yield f"| rendering it | {seconds}, {limits.TEMPLATE_MEMORY // 1024**2} MiB of memory |\n"


def _commands(above: str, group: Any) -> Iterator[tuple[str, Any]]:
    """Yield the commands of a group that are not hidden, each followed by its own."""
    for name, command in group.commands.items():
        if not command.hidden:
            yield f"{above}{name}", command
            yield from _commands(f"{above}{name} ", command) if hasattr(command, "commands") else ()


def _commands_page() -> Iterator[str]:
    yield f"{NOTE}\n# Commands\n"
    for name, command in _commands("", typer.main.get_command(app)):
        arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
        options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
        usage = " ".join(_argument(each) for each in arguments)
        yield f"\n## coopctl {name}\n\n    coopctl {name} [OPTIONS] {usage}\n\n{command.help}\n\n"
        yield "| Option | Meaning |\n| :-- | :-- |\n"
        for each in [*arguments, *options]:
            names = "`" + ", ".join(each.opts) + (f" {each.metavar}" if each.metavar else "") + "`"
            if each.param_type_name == "argument":
                names = f"`{_argument(each)}`"
            yield f"| {_cell(names)} | {_cell(each.help or '')}{_default(each)} |\n"
        yield f"\n{command.epilog.strip()}\n" if command.epilog else ""


def _changes_page() -> Iterator[str]:
    yield f"{NOTE}\n# Changes\n\nWhat `coopctl diff` tells apart: [What a change means](../changes.md).\n\n"
    yield "| Code | Name | Level | Meaning |\n| :-- | :-- | :-- | :-- |\n"
    for kind in kinds_of_change():
        yield f"| {kind.code} | {kind.name} | {kind.level} | {_cell(kind.meaning)} |\n"


def _templates_page() -> Iterator[str]:
    yield f"{NOTE}\n# Templates: what they see and use\n\nHow to write one: [Templates of your own](../templates.md).\n"
    yield "\n- [Variables](#variables)\n- [Filters, methods, functions](#filters-methods-functions)\n"
    yield "- [Standard templates and their blocks](#standard-templates-and-their-blocks)\n- [Parts](#parts)\n"
    yield "\n## Variables\n\n`report` is a ReportView; `coopctl report --context` prints one as JSON.\n"
    for model in _reachable(ReportView):
        yield f"\n### {model.__name__}\n\n{_first_paragraph(model.__doc__ or '')}\n\n"
        yield "| Field | Value | Meaning |\n| :-- | :-- | :-- |\n"
        for name, field in model.model_fields.items():
            yield f"| `{name}` | {_seen(field.annotation)} | {_cell(field.description or '')} |\n"
    yield from _tools()
    yield "\n## Standard templates and their blocks\n\nIn the order of the report.\n\n"
    yield "| Template | What it is | Extends | Blocks |\n| :-- | :-- | :-- | :-- |\n"
    templates = {name: text for name, text in standard_templates().items() if "/" not in name}
    for name, text in templates.items():
        tree = Environment().parse(text)
        parents = [f"`{each.template.as_const()}`" for each in tree.find_all(nodes.Extends)]
        blocks = ", ".join(f"`{block.name}`" for block in tree.find_all(nodes.Block))
        also = f"those of {parents[0]}; its own: " if parents else ""
        yield f"| `{name}` | {_cell(_first_sentence(text))} | {', '.join(parents) or '–'} | {also}{blocks} |\n"
    yield "\n## Parts\n\nMacros that the standard templates are made of; each gives Markdown without a last newline.\n"
    for name, text in standard_templates().items():
        if "/" in name:
            yield f"\n### {name}\n\n{_first_sentence(text)}\n\n| Macro | What it gives |\n| :-- | :-- |\n"
            for comment, signature in _MACRO.findall(text.partition("#}")[2]):
                yield f"| `{_cell(signature)}` | {_cell(comment) or '–'} |\n"


_MACRO = re.compile(r"(?:\{#-?\s*((?:(?!#\}).)*?)\s*-?#\}\s*)?\{%-?\s*macro\s+(\w+\([^%]*?\))\s*-?%\}", re.DOTALL)
"""A macro with the comment right before it."""


def _seen(annotation: Any) -> str:
    return _kind(annotation) + (", or null" if type(None) in get_args(annotation) else "")


def _first_sentence(template: str) -> str:
    """Return the first sentence of the comment that a template begins with."""
    comment = " ".join(template.removeprefix("{#-").partition("#}")[0].removesuffix("-").split())
    return comment.partition(". ")[0].rstrip(".") + "."


def _tools() -> Iterator[str]:
    yield "\n## Filters, methods, functions\n\n| Filter | What it does |\n| :-- | :-- |\n"
    for name, function in OWN_FILTERS.items():
        yield f"| `{name}` | {_cell(_first_paragraph(function.__doc__ or ''))} |\n"
    yield "\nOf [Jinja's own filters](https://jinja.palletsprojects.com/en/stable/templates/#list-of-builtin-filters): "
    yield ", ".join(f"`{name}`" for name in FILTERS_OF_JINJA) + ".\n\n| Methods of | |\n| :-- | :-- |\n"
    kinds: dict[type, str] = {str: "text", dict: "a group of fields", list: "a list", tuple: "a pair of `items`"}
    for kind, names in METHODS.items():
        yield f"| {kinds[kind]} | {', '.join(f'`{name}`' for name in sorted(names))} |\n"
    yield "\n| Function | What it gives |\n| :-- | :-- |\n"
    yield '| `say("Overview")` | a message of the standard reports in the language of the report; '
    yield 'with values: `say("As of: %(date)s", date=report.as_of)` |\n'
    yield "| `range(5)` | the numbers 0 to 4; up to 100,000 |\n"
    yield "| `namespace(total=0)` | something to keep values in through a loop |\n| `dict(a=1)` | a group of fields |\n"


def _argument(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name.upper())
    if parameter.nargs != 1:
        return f"[{name}]..."
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _default(parameter: Any) -> str:
    default = getattr(parameter, "default", None)
    if default in (None, False) or parameter.param_type_name == "argument":
        return ""
    return f" Default: `{getattr(default, 'value', default)}`."


def _first_paragraph(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
