"""Templates of a user: one that is named on the command line, and a folder of those that replace coopctl's own."""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from coopctl import limits
from coopctl.errors import CoopctlError
from coopctl.files import read_text
from coopctl.findings import Finding
from coopctl.report.templating.names import ENDING, STANDARD, START
from coopctl.source import BYTE_ORDER_MARK


class OwnTemplates(NamedTuple):
    """A user's templates, read."""

    texts: Mapping[str, str]
    """Sources by name: quarterly.md.j2, parts/kpis.md.j2."""
    refused: Mapping[str, str]
    """Why a file is not read, by name; it matters only where its template is asked for."""
    paths: Mapping[str, str]
    """Files by name, as people are told of them."""


def read_own_templates(template: str | None, folder: str | None) -> OwnTemplates | None:
    """Read the template of `--template` and those of the configured folder; None where there are none.

    Raises `CoopctlError` where the template cannot be read, or the folder is none. A file in the folder that cannot
    be read is no error before its template is asked for.
    """
    own = OwnTemplates({}, {}, {})
    if folder is not None:
        own = _read_folder(folder)
    if template is not None:
        own = _added(own, START, template, _tree_of(template))
        if START in own.refused:
            raise CoopctlError(own.refused[START])
    return own if own.paths else None


def _tree_of(path: str) -> str:
    """Return the folder in which a named template has to lie: the current one for a name below it, else its own.

    A link would let whoever can put one into a repository have any file of this machine printed in a report.
    """
    if "\0" in path:
        raise CoopctlError(f"--template: {path!r} is not the name of a file")
    if os.path.islink(path):
        raise CoopctlError(f"--template: {path} is a link; name the file itself")
    inside = not os.path.isabs(path) and not os.path.normpath(path).startswith(os.pardir)
    return os.curdir if inside else os.path.dirname(path)


def _read_folder(folder: str) -> OwnTemplates:
    if not os.path.isdir(folder):
        told = "make it, or take `templates` out of [report] in the configuration"
        raise CoopctlError(f"{folder}: there is no such folder of templates; {told}")
    own = OwnTemplates({}, {}, {})
    for number, name in enumerate(_names(folder), start=1):
        if number > limits.TEMPLATES:
            raise CoopctlError(f"{folder}: more than {limits.TEMPLATES} templates; keep only those for reports there")
        own = _added(own, name, os.path.join(folder, *name.split("/")), folder)
    if sum(len(text.encode("utf-8")) for text in own.texts.values()) > limits.TEMPLATES_BYTES:
        raise CoopctlError(f"{folder}: the templates are larger than {limits.TEMPLATES_BYTES:,} bytes together")
    return own


def _names(folder: str) -> Iterator[str]:
    """Yield the names of the templates in a folder, but for those that only coopctl's own can have.

    Links to folders are not followed.
    """
    for number, (path, folders, files) in enumerate(os.walk(folder)):
        if number >= limits.TEMPLATES:
            raise CoopctlError(f"{folder}: more than {limits.TEMPLATES} folders; name one that has only templates")
        folders.sort()
        for name in sorted(files):
            found = os.path.relpath(os.path.join(path, name), folder).replace(os.sep, "/")
            if name.endswith(ENDING) and not found.startswith(STANDARD):
                yield found


def _added(own: OwnTemplates, name: str, path: str, tree: str) -> OwnTemplates:
    text = read_text(path, tree)
    paths = {**own.paths, name: path}
    if isinstance(text, Finding):
        at = (
            f":{text.location.line}:{text.location.column}"
            if text.location.line > 1 or text.location.column > 1
            else ""
        )
        return own._replace(refused={**own.refused, name: f"{path}{at}: {text.message}; {_REMEDY}"}, paths=paths)
    if len(text.encode("utf-8")) > limits.TEMPLATE_BYTES:
        larger = f"larger than {limits.TEMPLATE_BYTES:,} bytes"
        return own._replace(refused={**own.refused, name: f"{path}: {larger}; {_REMEDY}"}, paths=paths)
    return own._replace(texts={**own.texts, name: text.removeprefix(BYTE_ORDER_MARK)}, paths=paths)


_REMEDY = f"a template is a file in UTF-8 of up to {limits.TEMPLATE_BYTES:,} bytes that lies in the folder itself"
