"""Brings the figures of a file into an agreement's ledger."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from coopctl import limits
from coopctl.discovery import AgreementFile
from coopctl.drafts.values import Entry
from coopctl.errors import CoopctlError
from coopctl.exchange.incoming import read_figures
from coopctl.exchange.mapping import Mapping
from coopctl.exchange.planning import Request, Step, planned
from coopctl.exchange.tables import Table
from coopctl.files import read_bytes
from coopctl.findings import Finding
from coopctl.loading import Loaded, load
from coopctl.locking import held
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Observation
from coopctl.recording.beginning import Texts, load_begun
from coopctl.recording.figures import Figure, ledger_entry
from coopctl.recording.ledger_draft import ChangedFile, LedgerDraft
from coopctl.replacing import replace_all

_CSV: Final = (".csv", ".tsv", ".txt")
_XLSX: Final = (".xlsx", ".xlsm")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""For the sake of them programs such as git take a text for none; ends of lines and tabs are text."""
_ZIP: Final = b"PK\x03\x04"
"""How a workbook begins, as every zip file does."""


class Imported(NamedTuple):
    """What an import did, or would do."""

    steps: tuple[Step, ...]
    files: tuple[str, ...]
    """Files of the ledger that were written, or would be."""
    held_back: bool
    """Nothing is written because figures were refused."""

    def count(self, outcome: str) -> int:
        """How many figures came to an outcome."""
        return sum(step.outcome == outcome for step in self.steps)


def most_bytes(path: str) -> int:
    """Return how large a file of a name may be; raises `CoopctlError` where none of that name is read."""
    return limits.XLSX_BYTES if _ending(path) in _XLSX else limits.FILE_BYTES


def read_content(path: str) -> bytes:
    """Return what is in a file, one byte more than it may have at the most; raises `CoopctlError` where it is none."""
    content = read_bytes(path, most_bytes(path))
    if isinstance(content, Finding):
        raise CoopctlError(f"{path}: {content.message}; {content.help}")
    return content


def read_table(path: str, content: bytes, mapping: Mapping, *, is_piped: bool = False) -> Table:
    """Read the table in a file's content; raises `CoopctlError` where it cannot be read.

    `is_piped`: it comes from standard input, and the path is only what that would be called.
    """
    ending, most = _ending(path), most_bytes(path)
    if content.startswith(_ZIP) and ending not in _XLSX:
        remedy = "say so: --stdin-filename figures.xlsx" if is_piped else "rename it to end in .xlsx"
        raise CoopctlError(f"{path}: is no text, but a workbook or another zip file; if it is a workbook, {remedy}")
    if len(content) > most:
        raise CoopctlError(f"{path}: larger than {most:,} bytes; split it up")
    if ending in _CSV:
        from coopctl.exchange.csv_table import read_csv

        return read_csv(path, content, mapping)
    if ending == ".json":
        from coopctl.exchange.json_table import read_json

        return read_json(path, content, mapping)
    from coopctl.exchange.xlsx_table import read_xlsx

    return read_xlsx(path, content, mapping)


def _ending(path: str) -> str:
    ending = path[path.rfind(".") :].lower()
    if ending == ".xls":
        raise CoopctlError(f"{path}: an old workbook is not read; save it as .xlsx")
    if ending not in (*_CSV, *_XLSX, ".json"):
        raise CoopctlError(f"{path}: figures are read from files that end in .csv, .tsv, .xlsx or .json")
    return ending


def import_figures(
    file: AgreementFile,
    table: Table,
    mapping: Mapping,
    request: Request,
    *,
    provisional: bool = False,
    skip_refused: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Read the ledger, decide about every figure, and write those that are new.

    Where any figure is refused nothing is written, unless `skip_refused`. Raises `CoopctlError` where the ledger cannot
    be read or written; it is then as it was. Nobody else records meanwhile.
    """
    with held(file.path):
        return _imported(file, table, mapping, request, provisional, skip_refused, dry_run)


def _imported(
    file: AgreementFile,
    table: Table,
    mapping: Mapping,
    request: Request,
    provisional: bool,
    skip_refused: bool,
    dry_run: bool,
) -> Imported:
    loaded, standing = load_begun(file)
    if loaded.agreement is None or not loaded.is_judgeable:
        raise CoopctlError(f"{loaded.path}: cannot be judged as it is; `coopctl lint` shows why")
    figures = read_figures(table, mapping, loaded.agreement, provisional=provisional)
    draft = _draft(loaded, loaded.agreement, request.recorded, standing)
    steps = [_fitting(step, draft) for step in planned(figures, loaded, loaded.agreement, request)]
    recorded = [step for step in steps if step.observation is not None]
    held_back = not skip_refused and any(step.outcome == "refused" for step in steps)
    changed = _changed(file, loaded, draft, recorded) if not held_back else []
    if not dry_run:
        replace_all(changed, tree=os.path.dirname(file.path) or ".")
    return Imported(tuple(steps), tuple(each.path for each in changed), held_back and bool(recorded))


def _draft(loaded: Loaded, agreement: Agreement, today: date, standing: Texts) -> LedgerDraft:
    """Return the ledger to add to; a new file is named for the year of the day, or the nearest one of the term."""
    year = max(agreement.term.start, min(today, agreement.term.end)).year
    return LedgerDraft(loaded, year, standing=standing)


def _fitting(step: Step, draft: LedgerDraft) -> Step:
    """Return a step, refused where it has text that the file that it would go into does not hold."""
    figure = step.observation
    if figure is None or step.replaced is not None:
        return step
    texts = {"by": figure.by, "note": figure.note}
    found = {name: sign[0] for name, text in texts.items() if (sign := _CONTROL.search(text or "")) is not None}
    if not found or not draft.file_of_figure(figure.subject, figure.key, _entry(figure)).endswith(".csv"):
        return step
    signs = ", ".join(f"{name}: the control character U+{ord(sign):04X}" for name, sign in found.items())
    return step._replace(outcome="refused", message=f"{signs}; a ledger in CSV has none: take it out", observation=None)


def _changed(file: AgreementFile, loaded: Loaded, draft: LedgerDraft, steps: Sequence[Step]) -> list[ChangedFile]:
    """Return the ledger's files with the figures in them; raises `CoopctlError` where they would not say the same."""
    new = [(each.observation, each.replaced) for each in steps if each.observation is not None]
    draft.exchange_figures((old, _entry(each)) for each, old in new if old is not None)
    draft.add_figures((each.subject, each.key, _entry(each)) for each, old in new if old is None)
    changed = draft.changed()
    after = load(file, drafts=draft.texts(), source=loaded.source)
    errors = [finding for finding in after.findings if finding.is_error]
    if errors:
        place = errors[0].location
        raise CoopctlError(f"{place.path}:{place.line}: {errors[0].message}; {errors[0].help}; nothing is written")
    meant = Counter(_facts(loaded.ledger.figures))
    meant.subtract(_fact(old) for _, old in new if old is not None)
    meant.update(_fact(each) for each, _ in new)
    if Counter(_facts(after.ledger.figures)) != meant:
        raise CoopctlError(f"{loaded.path}: the ledger would not say what was imported; nothing is written")
    return changed


def _facts(figures: object) -> list[str]:
    assert isinstance(figures, dict)
    return [_fact(each) for of_kpi in figures.values() for each in of_kpi]


def _fact(figure: Observation) -> str:
    return repr(figure._replace(place=figure.place._replace(file="", path=())))


def _entry(figure: Observation) -> Entry:
    """Return a figure as the ledger writes it."""
    numbers = (figure.value, figure.numerator, figure.denominator, figure.weight)
    spelt = Figure(*(None if number is None else f"{number:f}" for number in numbers))
    return ledger_entry(spelt, figure.recorded, provisional=figure.provisional, by=figure.by, note=figure.note)
