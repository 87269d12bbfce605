"""Text of a YAML file → `Source`: one walk over the parser's events builds the data and the positions together.

The walk holds the limits on the way: nothing is built before it has been counted, so no alias bomb and no deep nesting
gets as far as the data. Scalars stay text, exactly as written; what they mean is the schema's business
(`coopctl.model.scalars`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from coopctl import faults, limits
from coopctl.findings import Kind, Location, Related
from coopctl.places import Path
from coopctl.quoted import Quoted
from coopctl.source import BYTE_ORDER_MARK, LINE_BREAK, Node, Source, Span, span_between

Read = Callable[[str, str], Source]
"""From a file's name and text to what it says, with its problems among the findings."""


class _RefusedError(Exception):
    """The walk cannot go on; the finding has been reported."""


def read_source(path: str, text: str) -> Source:
    """Read YAML text. `path` is how the file is named to people; problems are in the result's `findings`."""
    from ruamel.yaml.error import YAMLError

    source = Source(path, text.removeprefix(BYTE_ORDER_MARK), text.startswith(BYTE_ORDER_MARK))
    if _asks_for_another_version(source):
        return source
    try:
        try:
            _Walk(source).run(_c_events(source.text))
        except YAMLError as error:
            if not _needs_pure_parser(error, source.text):
                raise
            source.findings.clear()
            _Walk(source).run(_pure_events(source.text))
    except _RefusedError:
        source.data = None
    except YAMLError as error:
        source.data = None
        _report_syntax(source, error)
    except (ValueError, OverflowError, AttributeError, KeyError, TypeError, AssertionError) as error:
        # Malformed escapes and directives leave ruamel.yaml as these, not as its own YAMLError.
        source.data = None
        source.report(faults.BROKEN_YAML, _of_impossible_escape(source), f"not readable as YAML: {error}", _SYNTAX_HELP)
    return source


def parser_in_use() -> str:
    """Name the YAML parser that reads files here: `C`, or `pure Python` where no C extension is installed."""
    try:
        import ruamel.yaml.cyaml  # noqa: F401
    except ImportError:
        return "pure Python"
    return "C"


def _c_events(text: str) -> Iterator[Any]:
    try:
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
    except ImportError:
        return _pure_events(text)
    return iter(CParser(text).get_event, None)


def _pure_events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML

    yield from YAML(typ="safe", pure=True).parse(text)


def _needs_pure_parser(error: Exception, text: str) -> bool:
    """Whether libyaml refused a colon inside a plain scalar in braces, as in `{link: sha256:1f}`.

    YAML 1.2 allows it and editors accept it, so the pure parser takes such a file over.
    """
    flow_colon = "unexpected ':'" in str(getattr(error, "problem", ""))
    return flow_colon and len(text.encode()) <= limits.PURE_PARSER_BYTES


_SYNTAX_HELP = "check indentation, quotes and brackets at this place and just before it"
_HELP_FOR = {
    "mapping values are not allowed": "put text that has a colon in quotes, or check the indentation",
    "cannot start any token": "put text that begins with @, ` or % in quotes",
    "did not find expected ',' or '}'": "close the brace; in braces, text with a comma needs quotes",
    "did not find expected ',' or ']'": "close the bracket; in brackets, text with a comma needs quotes",
    "unexpected end of stream": "close the quote",
}


_VERSION_LINE = r"(?m)^%YAML[ \t]+([0-9.]+)"


def _asks_for_another_version(source: Source) -> bool:
    """Report a %YAML line for another version; the parsers do not agree on what to make of one."""
    line = re.search(_VERSION_LINE, source.text) if "%YAML" in source.text else None
    if line is None or line[1] == "1.2" or not _is_preamble(source.text[: line.start()]):
        return False
    source.report(
        faults.YAML_VERSION,
        source.span_at(line.start(), len("%YAML")),
        f"the file asks for YAML {line[1]}; only 1.2 is read",
        "delete the %YAML line",
    )
    return True


def _is_preamble(text: str) -> bool:
    return all(not line.strip() or line.startswith(("#", "%")) for line in LINE_BREAK.split(text))


_LEFT_OPEN = ("while parsing a flow mapping", "while parsing a flow sequence", "while scanning a quoted scalar")
"""What the parser was doing when it missed an end: the place to mend is where that began."""


def _report_syntax(source: Source, error: Exception) -> None:
    problem = getattr(error, "problem", None)
    mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None or (getattr(error, "context", None) in _LEFT_OPEN and _is_at_end(source, mark)):
        mark = context_mark or mark
    if mark is None:
        span, problem = _unreadable_character(source, error)
        help_text = "delete the character, or write it as an escape in double quotes"
    else:
        span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        line = source.lines[mark.line] if mark.line < len(source.lines) else ""
        help_text = next((told for sign, told in _HELP_FOR.items() if sign in str(problem)), _SYNTAX_HELP)
        if "\t" in line[: mark.column + 1]:
            help_text = "indent with spaces; YAML allows no tabs there"
    wide = _wide_sign(source, span.line)
    if wide is not None:
        span, help_text = wide
    context = getattr(error, "context", None)
    message = f"{context}: {problem}" if context else str(problem)
    source.report(faults.BROKEN_YAML, span, f"this is not YAML: {message}", help_text)


_WIDE_SIGNS = {"：": ":", "，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]"}


def _wide_sign(source: Source, until: int) -> tuple[Span, str] | None:
    """Return the place of a full-width sign that was meant as YAML's own, in the lines up to the problem."""
    for number, line in enumerate(source.lines[:until], 1):
        found = re.match(r"\s*(?:- )?[^\s\"'#:]+(：)", line) or re.match(r"[^\"'#]*[{\[][^\"'#}\]]*([，｝］])", line)
        if found is not None:
            sign, column = found[1], found.start(1) + 1
            help_text = f"write the half-width sign {_WIDE_SIGNS[sign]} instead of {sign}, with a space after it"
            return Span(number, column, number, column + 1), help_text
    return None


def _of_impossible_escape(source: Source) -> Span:
    """Place of the first escape for a character beyond Unicode; the file's first character where there is none."""
    escape = re.search(r"\\U(?!000|0010)[0-9A-Fa-f]{8}", source.text)
    if escape is None:
        return Span(1, 1, 1, 2)
    return source.span_at(escape.start(), len(escape.group()))


def _is_at_end(source: Source, mark: Any) -> bool:
    rest = source.lines[mark.line : mark.line + 1]
    later = source.lines[mark.line + 1 :]
    return not any(line.strip() for line in [*(line[mark.column :] for line in rest), *later])


def _unreadable_character(source: Source, error: Exception) -> tuple[Span, str]:
    code = getattr(error, "character", None)
    problem = str(getattr(error, "reason", None) or error)
    character = _FORBIDDEN.search(source.text)
    if character is None:
        return Span(1, 1, 1, 2), problem
    name = f"U+{ord(character.group()):04X}" if code is not None else "a character"
    return source.span_at(character.start()), f"{problem} ({name})"


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Frame:
    """A mapping or sequence that is still open."""

    __slots__ = ("anchor", "characters", "counted", "data", "dropped", "is_mapping", "key", "key_event", "node")

    def __init__(self, data: Any, node: Node, anchor: str | None, counted: int, characters: int) -> None:
        self.data = data
        self.is_mapping = type(data) is dict
        self.node = node
        self.anchor = anchor
        self.counted = counted
        self.characters = characters
        self.key: str | None = None
        self.key_event: Any = None
        self.dropped = False

    @property
    def awaits_key(self) -> bool:
        """Whether the next event is a key."""
        return self.is_mapping and self.key is None


class _Anchored(NamedTuple):
    data: Any
    node: Node
    size: int
    characters: int


class _Walk:
    """Turns one file's events into data and positions."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchored] = {}
        self.nodes = 0
        self.characters = 0
        self.documents = 0

    def run(self, events: Iterator[Any]) -> None:
        handlers = self._handlers_by_type()
        for event in events:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
        self.source.nodes = self.nodes
        if not self.documents:
            self._refuse(
                faults.EMPTY,
                Span(1, 1, 1, 1),
                "the file is empty",
                "write the agreement or the figures into it",
            )

    def _handlers_by_type(self) -> dict[type, Callable[[Any], None]]:
        from ruamel.yaml import events

        return {
            events.DocumentStartEvent: self._document,
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._mapping,
            events.SequenceStartEvent: self._sequence,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.AliasEvent: self._alias,
        }

    # --- one method per kind of event -------------------------------------------------------------------------

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                faults.SEVERAL_DOCUMENTS,
                _span(event),
                "a second document begins here",
                "put each document into a file of its own",
            )

    def _scalar(self, event: Any) -> None:
        text = event.value
        self.nodes += 1  # as `_count` does: most events are scalars, and a call costs more than the sum
        self.characters += len(text)
        if self.nodes > limits.NODES or self.characters > limits.EXPANDED_CHARACTERS:
            self._refuse_size(event)
        plain = event.implicit[0] and not event.style
        if len(text) > limits.SCALAR_BYTES // 4:
            self._measure(text, event)
        if not text.isascii() and re.search("[\ud800-\udfff]", text):
            self._refuse(
                faults.BROKEN_YAML,
                _span(event),
                "this is not YAML: half of a surrogate pair stands for no character",
                "write the character itself",
            )
        if event.tag is not None:
            self._custom_tag(event)
            plain = True  # one finding is enough; what the tag was to make of the text is not known
        if self.stack:
            frame = self.stack[-1]
            if frame.is_mapping and frame.key is None:
                self._key(frame, text, event, plain)
                return
        value: Any = (None if text in _NULLS else text) if plain else Quoted(text)
        node = Node(event.start_mark, event.end_mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, node, 1, len(text))
        self._place(value, node)

    def _measure(self, text: str, event: Any) -> None:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > limits.SCALAR_BYTES:
            self._refuse(
                faults.LONG_SCALAR,
                _span(event),
                f"one value of {size:,} bytes; the limit is {limits.SCALAR_BYTES:,}",
                "move long text into a document of its own and name it here",
            )

    def _mapping(self, event: Any) -> None:
        self._open(event, {})

    def _sequence(self, event: Any) -> None:
        self._open(event, [])

    def _open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        self._count(1, 0, event)
        if len(self.stack) >= limits.NESTING:
            self._refuse(
                faults.TOO_DEEP,
                _span(event),
                f"nested more than {limits.NESTING} levels deep",
                "an agreement needs no more than ten levels; check the brackets",
            )
        if event.tag is not None:
            self._custom_tag(event)
        if self.stack and self.stack[-1].awaits_key:
            self._refuse(faults.BAD_KEY, _span(event), "a mapping or list as a key", "use a plain name as the key")
        node = Node(event.start_mark, event.end_mark)
        node.children = {}
        self.stack.append(_Frame(data, node, event.anchor, self.nodes, self.characters))

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        frame.node.until(event.end_mark)
        if frame.anchor is not None:
            size, characters = self.nodes - frame.counted + 1, self.characters - frame.characters
            self.anchors[frame.anchor] = _Anchored(frame.data, frame.node, size, characters)
        self._place(frame.data, frame.node)

    def _alias(self, event: Any) -> None:
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            inside = any(frame.anchor == event.anchor for frame in self.stack)
            self._refuse(
                faults.SELF_ALIAS,
                _span(event),
                f"*{event.anchor} stands inside what it names"
                if inside
                else f"*{event.anchor} names nothing that came before it",
                "write the value out",
            )
        assert anchored is not None
        self._count(anchored.size, anchored.characters, event)
        frame = self.stack[-1]
        if frame.awaits_key:
            self._refuse(faults.BAD_KEY, _span(event), "an alias as a key", "write the key out")
        node = Node(event.start_mark, event.end_mark)
        node.children = anchored.node.children
        self._place(anchored.data, node)

    # --- building ---------------------------------------------------------------------------------------------

    def _key(self, frame: _Frame, text: str, event: Any, plain: bool) -> None:
        key = text if text.isascii() else unicodedata.normalize("NFC", text)
        frame.dropped = False
        if key in frame.node.children or key == "<<" or key in _NULLS:
            frame.dropped = self._report_key(frame, key, _span(event), plain)
        frame.key = key
        frame.key_event = event

    def _report_key(self, frame: _Frame, key: str, span: Span, plain: bool) -> bool:
        """Report a key that cannot be used; return whether it is to be left out of the data."""
        if plain and key == "<<":
            self.source.report(
                faults.MERGE_KEY, span, "merge keys (<<) are not read", "write the keys out where they belong"
            )
        elif not key or (plain and key in _NULLS):
            self.source.report(faults.BAD_KEY, span, "an empty key", "give the key a name")
        elif key in frame.node.children:
            first = frame.node.children[key].key or span
            self.source.report(
                faults.DUPLICATE_KEY,
                span,
                f"`{key}` is here twice",
                "keep one of the two" + ("; several figures for a period go into a list" if key[:4].isdigit() else ""),
                (Related(Location(self.source.path, *first), "first defined here"),),
            )
        else:
            return False
        return True

    def _place(self, value: Any, node: Node) -> None:
        if not self.stack:
            self.source.data = value
            self.source.root = node
            return
        frame = self.stack[-1]
        if not frame.is_mapping:
            frame.node.children[len(frame.data)] = node
            frame.data.append(value)
            return
        key, event = frame.key, frame.key_event
        assert key is not None
        node.under_key(event.start_mark, event.end_mark)
        if not frame.dropped:
            frame.node.children[key] = node
            if key.startswith("x-"):  # the user's own; no schema and no rule sees it
                self.source.own[self._path()] = value
            else:
                frame.data[key] = value
        frame.key = None

    def _path(self) -> Path:
        """Return where the walk stands."""
        steps = (frame.key if frame.is_mapping else len(frame.data) for frame in self.stack)
        return tuple(step for step in steps if step is not None)

    def _count(self, number: int, characters: int, event: Any) -> None:
        self.nodes += number
        self.characters += characters
        if self.nodes > limits.NODES or self.characters > limits.EXPANDED_CHARACTERS:
            self._refuse_size(event)

    def _refuse_size(self, event: Any) -> None:
        what = f"{limits.NODES:,} values" if self.nodes > limits.NODES else f"{limits.EXPANDED_CHARACTERS:,} characters"
        self._refuse(
            faults.TOO_MANY_NODES,
            _span(event),
            f"more than {what} up to here, aliases counted each time they are used",
            "split the ledger into several files, or write out what the aliases repeat",
        )

    def _custom_tag(self, event: Any) -> None:
        self.source.report(
            faults.CUSTOM_TAG,
            _span(event),
            f"the tag {event.tag.replace('tag:yaml.org,2002:', '!!')} is not read",
            "delete the tag; quotes make text",
        )

    def _refuse(self, kind: Kind, span: Span, message: str, help_text: str) -> None:
        self.source.report(kind, span, message, help_text)
        raise _RefusedError


def _span(event: Any) -> Span:
    return span_between(event.start_mark, event.end_mark)
