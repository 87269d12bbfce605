"""A file's text in the one layout, held to what it said before."""

import re
from collections import Counter
from typing import Any, Final

from coopctl.errors import CoopctlError
from coopctl.evaluate.canonical import digest
from coopctl.formatting.reading import taken_apart
from coopctl.formatting.scalars import canonical
from coopctl.formatting.tree import Document
from coopctl.formatting.unplaced import UnplacedError
from coopctl.formatting.writing import put_together
from coopctl.model.agreement import Agreement
from coopctl.model.files import MODELS
from coopctl.model.names import Names
from coopctl.model.scalars import Duration
from coopctl.model.shape import kinds_below, models_among
from coopctl.parsing import read_source
from coopctl.source import BYTE_ORDER_MARK, Source
from coopctl.validation import validated
from coopctl.versions import declared, foreign, other_version

_LINE_END: Final = re.compile("\r\n|\r|\n")


def formatted(path: str, text: str) -> str | Source:
    """Return a text in the one layout; where it cannot be read, what was read, with its findings.

    Raises `CoopctlError` where the new text would not say what the old one said, or a comment would be lost.
    """
    before = read_source(path, text)
    if not before.findings:
        refused = foreign(before) or other_version(before)
        before.findings += [refused] if refused is not None else []
    if before.findings:
        return before
    found = declared(before.data)
    kinds: list[Any] = [MODELS[found.kind if found is not None else ""]]
    plain = _with_plain_ends(before)
    try:
        taken = taken_apart(plain, kinds)
        after = _with_ends_of(put_together(taken), before)
        if after == text or _says_the_same(before, read_source(path, after), taken, kinds):
            return after
    except UnplacedError as error:
        line = plain.text.count("\n", 0, error.offset) + 1
        message = "is written in a way that cannot be laid out; write it more simply. The file is left as it is"
        raise CoopctlError(f"{path}:{line}: {message}") from None
    raise CoopctlError(f"{path}: cannot be laid out without changing what it says; it is left as it is")


def _with_ends_of(text: str, before: Source) -> str:
    """Give a text the line ends and the byte order mark of another; LF where that mixes several."""
    ends = set(_LINE_END.findall(before.text))
    if ends == {"\r\n"}:
        text = text.replace("\n", "\r\n")
    return f"{BYTE_ORDER_MARK}{text}" if before.marked else text


def _with_plain_ends(source: Source) -> Source:
    """Return a source with LF at the end of each line."""
    return read_source(source.path, _LINE_END.sub("\n", source.text)) if "\r" in source.text else source


# --- what has to be the same ------------------------------------------------------------------------------------


def _says_the_same(before: Source, after: Source, taken: Document, kinds: list[Any]) -> bool:
    """Whether a new text has the same data, comments and terms as the old one."""
    if after.findings or not _is_same(before.data, after.data, kinds):
        return False
    own = before.own.keys() == after.own.keys() and all(
        _is_same(value, after.own[path], []) for path, value in before.own.items()
    )
    comments = taken_apart(_with_plain_ends(after), kinds).comments
    same_comments = Counter(taken.comments) == Counter(comments) and Counter(before.comments()) == Counter(
        after.comments()
    )
    return own and before.nodes == after.nodes and same_comments and _terms(before, kinds) == _terms(after, kinds)


def _is_same(one: Any, other: Any, kinds: list[Any]) -> bool:
    """Whether two values are the same, quotes included; only the order of a section's keys may be another."""
    if isinstance(one, dict) and isinstance(other, dict):
        same_keys = set(one) == set(other) if models_among(kinds) else list(one) == list(other)
        return same_keys and all(_is_same(value, other[key], kinds_below(kinds, key)) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(
            _is_same(*pair, kinds_below(kinds, number)) for number, pair in enumerate(pairs)
        )
    if type(one) is not type(other):
        return False
    if one != other and Duration in kinds and type(one) is str:
        return canonical(one, kinds) == canonical(other, kinds)
    return bool(one == other)


def _terms(source: Source, kinds: list[Any]) -> str | None:
    """Return the digest of an agreement's terms; nothing for what is not one, or cannot be evaluated."""
    if kinds != [Agreement]:
        return None
    agreement = validated(Agreement, source, Names.of(source.data)).model
    return digest(agreement) if agreement is not None else None
