"""One line per change: `file:line:col: CODE name: what changed`."""

from coopctl.changes.report import Compared, DiffSummary
from coopctl.output.concise import concise_line
from coopctl.output.diff.replayed import sections
from coopctl.output.diff.words import acceptance, effects, footer, not_compared
from coopctl.output.format import Format


class Concise(Format[Compared, DiffSummary]):
    """For grep, editors and logs."""

    def piece(self, compared: Compared, /) -> str:
        lines = [
            concise_line(self.paper, each.location, f"{each.kind.code} {each.kind.name}:", each.message)
            for each in compared.findings
        ]
        for each in compared.proposed:
            kind, told = each.change.kind, effects(compared, each.change)
            message = f"{each.sentence} ({told})" if told else each.sentence
            message = "; ".join(filter(None, (message, acceptance(compared, each))))
            lines.append(
                concise_line(self.paper, compared.main_place(each.change), f"{kind.code} {kind.name}:", message)
            )
        start = compared.newest.place(())
        if compared.unread:
            lines.append(concise_line(self.paper, start, "note:", not_compared(compared)))
        for section, mark in zip(sections(compared), ("replay:", "changed records:"), strict=False):
            lines += [concise_line(self.paper, start, mark, told) for told in (*section.in_lines, *section.remarks)]
        return "".join(f"{line}\n" for line in lines)

    def end(self, summary: DiffSummary) -> str:
        return f"{footer(summary)}\n"
