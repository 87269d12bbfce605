"""For people at a terminal: every change in a sentence, old and new side by side, then what it would have done."""

from collections.abc import Iterator

from coopctl.changes.change import Effect, Level
from coopctl.changes.report import Compared, DiffSummary, Proposed
from coopctl.output.blocks import Blocks
from coopctl.output.diff.beside import side_by_side
from coopctl.output.diff.replayed import sections
from coopctl.output.diff.words import (
    acceptance,
    balance,
    changes_told,
    effects,
    footer,
    names,
    not_compared,
    title_of,
    waiting,
)
from coopctl.output.format import Format
from coopctl.output.terminal import Style, Word, packed, wrapped

_LEVELS: dict[Level, Style] = {"material": "breach", "review": "warn", "editorial": "dim"}
_EFFECTS: dict[Effect, Style] = {"adverse": "breach", "favourable": "met", "neutral": "bold"}
_DIRECTIONS: dict[str, Style] = {"tightened": "warn", "loosened": "place", "incomparable": "bold"}


class Full(Format[Compared, DiffSummary]):
    """Blocks, the weightiest first, then a summary of each agreement, and one line for the whole run."""

    def piece(self, compared: Compared, /) -> str:
        return "".join(f"{line}\n" for line in self._lines(compared))

    def end(self, summary: DiffSummary) -> str:
        return "\n".join(wrapped(footer(summary), self.paper.width, "  ")) + "\n"

    def _lines(self, compared: Compared) -> Iterator[str]:
        if compared.state == "same" and not compared.findings:
            return
        files = {path: each for side in (compared.base, compared.head) if side for path, each in side.files.items()}
        blocks = Blocks(self.paper, files)
        for finding in compared.findings:
            yield from blocks.finding(finding)
            yield ""
        for each in compared.proposed:
            yield from self._change(blocks, compared, each)
            old, new = compared.place_of(each.change)
            if compared.base is not None and compared.head is not None:
                yield from side_by_side(self.paper, old, new, files, self._style(compared, each))
            yield ""
        yield from self._replay(compared)
        yield from self._summary(compared)
        yield ""

    def _change(self, blocks: Blocks, compared: Compared, each: Proposed) -> Iterator[str]:
        kind = each.change.kind
        yield from blocks.headline(f"{kind.level}[{kind.code} {kind.name}]", _LEVELS[kind.level], each.sentence)
        style = self._style(compared, each) if compared.gate.perspective else None
        for told, painted in ((effects(compared, each.change), style), (acceptance(compared, each), None)):
            for line in wrapped(f"  {told}", self.paper.width, "  ") if told else ():
                yield self.paper.paint(line, painted)

    def _style(self, compared: Compared, each: Proposed) -> Style:
        effect = compared.gate.effect(each.change)
        return _DIRECTIONS[each.change.direction] if effect is None else _EFFECTS[effect]

    def _replay(self, compared: Compared) -> Iterator[str]:
        for section in sections(compared):
            for line in wrapped(section.heading, self.paper.width, "  "):
                yield self.paper.paint(line, "bold")
            for row in section.rows:
                words = [Word(f"  {row.title}: "), Word(str(row.old), row.old.value), Word(" → ")]
                words.append(Word(f"{row.new} ", row.new.value))
                words += [Word(f"{word} ") for word in f"(actual {row.actual}, target {row.target})".split(" ")]
                yield from packed(words, self.paper, "    ")
            for told in [section.same] if section.is_empty else section.remarks:
                yield from wrapped(f"  {told}", self.paper.width, "    ")
            yield ""

    def _summary(self, compared: Compared) -> Iterator[str]:
        title = Word(title_of(compared), "bold")
        yield from packed([Word(f"{compared.newest.path}  ", "place"), title], self.paper, "  ")
        outcome = Word("  fails", "breach") if compared.fails else Word("  passes", "met")
        if not compared.complete:
            outcome = Word("  could not be compared whole", "breach")
        told = changes_told(compared)
        yield from packed([outcome, *([Word(f": {told}")] if told else [])], self.paper, "  ")
        material = [each for each in compared.proposed if each.change.level == "material"]
        waits = waiting(compared)
        more = [
            "; ".join(balance(compared, material)),
            f"to be accepted by {names(compared, waits)}" if waits else "",
            not_compared(compared),
        ]
        for text in more:
            yield from wrapped(f"  {text}", self.paper.width, "  ") if text else ()
