"""Files → an agreement, its ledger, and everything that is wrong with them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from coopctl import faults, limits
from coopctl.consistency import contradictions, too_many_periods
from coopctl.discovery import AgreementFile, find_ledger_files, would_be_read
from coopctl.errors import CoopctlError
from coopctl.files import decoded, read_bytes, read_text
from coopctl.findings import Collected, Finding, Location
from coopctl.ledger.consistency import Locate, inconsistencies
from coopctl.ledger.entries import LedgerEntries, Positions
from coopctl.model.agreement import Agreement
from coopctl.model.ledger import Ledger, MilestoneRecord, Observation
from coopctl.model.names import Names
from coopctl.parsing import Read, read_source
from coopctl.places import Path, Place
from coopctl.source import Source
from coopctl.validation import validated
from coopctl.versions import other_version


@dataclass(frozen=True)
class Loaded:
    """One agreement with its ledger as read from files."""

    path: str
    agreement: Agreement | None
    """None where the file's findings keep it from being judged."""
    ledger: Ledger
    source: Source
    files: Mapping[str, Positions]
    """All files that were read, by the name they are shown under."""
    findings: tuple[Finding, ...]

    @property
    def is_judgeable(self) -> bool:
        """Whether nothing is wrong that would make a verdict worthless."""
        return self.agreement is not None and not any(finding.is_error for finding in self.findings)

    @property
    def agreement_id(self) -> str | None:
        """The agreement's id, also where the rest of the file cannot be used."""
        given = self.source.data.get("id") if isinstance(self.source.data, dict) else None
        return self.agreement.id if self.agreement else given if isinstance(given, str) else None

    def clause(self, path: Path) -> Location:
        """Where something stands in the agreement; a list of one may be written without the list."""
        while path and isinstance(path[-1], int) and not self.source.has(path):
            path = path[:-1]
        return self.source.value_at(path)

    def locate(self, place: Place) -> Location:
        """Where something stands in one of the files."""
        return self.files[place.file].value_at(place.path)


def load(
    file: AgreementFile,
    text: str | None = None,
    drafts: Mapping[str, str] | None = None,
    source: Source | None = None,
    read: Read = read_source,
) -> Loaded:
    """Read an agreement and its ledger.

    `text` is the agreement's text where it does not come from the file, and `source` what was read of it already.
    `drafts` has texts of ledger files, by path, that are not on disk yet; `read` makes of any YAML text what it says.
    Raises `CoopctlError` where the agreement would not read such a file.
    """
    if source is None:
        content = read_text(file.path, file.tree) if text is None else text
        if isinstance(content, Finding):
            return refused(file, content)
        source = read(file.path, content)
    if source.data is None and source.findings:
        return Loaded(file.path, None, Ledger(), source, {file.path: source}, tuple(source.findings))
    if isinstance(source.data, dict) and str(source.data.get("coopctl", "")).startswith(_LEDGER):
        return Loaded(file.path, None, Ledger(), source, {file.path: source}, (_is_a_ledger(source),))
    other = other_version(source)
    if other is not None:
        # What is wrong with a file of an older version is what keeps it from being read as the newest.
        found = (*source.findings, other) if other.kind is faults.OLD_VERSION else (other,)
        return Loaded(file.path, None, Ledger(), source, {file.path: source}, found)
    names = Names.of(source.data)
    collected = Collected(limits.FINDINGS, faults.MORE)
    collected.add(source.findings)
    agreement, findings, unshown = validated(Agreement, source, names)
    collected.add(findings)
    collected.add_unshown(file.path, unshown)
    entries = _ledger_of(file, source, names, collected, drafts or {}, read)
    files: dict[str, Positions] = {file.path: source, **{each.positions.path: each.positions for each in entries}}
    ledger, doubled = _combined(entries)
    collected.add(doubled)
    if agreement is not None:
        collected.add(contradictions(agreement, source))
        too_long = too_many_periods(agreement, source)
        collected.add(too_long or inconsistencies(agreement, ledger, Locate(files)))
    return Loaded(file.path, agreement, ledger, source, files, collected.in_order(file.path))


def _ledger_of(
    file: AgreementFile, source: Source, names: Names, collected: Collected, drafts: Mapping[str, str], read: Read
) -> list[LedgerEntries]:
    """Read the ledger files that belong to an agreement."""
    folder = os.path.dirname(file.path)
    patterns, _ = _ledger_patterns(source)
    paths, findings = ledger_files(file.path, source)
    for path in drafts:
        if path not in paths and not would_be_read(file.path, patterns, path):
            raise CoopctlError(f"{path}: {file.path} reads no such file; correct its `actuals`, or name another file")
    paths = sorted({*paths, *drafts} - {file.path})
    collected.add([each for each in findings if each.kind is not faults.NO_LEDGER_MATCH or not drafts])
    if patterns is not None and not paths and not findings:
        place = source.value_at(("actuals",))
        remedy = "name the ledger's files, such as actuals/*.yaml, or leave it out"
        collected.add([Finding(faults.NO_LEDGER_MATCH, place, "`actuals` names no ledger file", remedy, "actuals")])
    entries = _read_ledgers(paths, folder, names, drafts, read)
    for each in entries:
        collected.add(each.findings)
        collected.add_unshown(each.positions.path, each.unshown)
    return entries


_LEDGER = "actuals/"


def _is_a_ledger(source: Source) -> Finding:
    """Return the one finding there is about a ledger that was named where an agreement is wanted."""
    return Finding(
        faults.WRONG_VALUE,
        source.value_at(("coopctl",)),
        "this is a ledger file, not an agreement",
        "name the agreement.yaml that it belongs to",
        "coopctl",
    )


def refused(file: AgreementFile, finding: Finding) -> Loaded:
    """Return what is known of an agreement whose text could not be had."""
    return Loaded(file.path, None, Ledger(), Source(file.path, ""), {}, (finding,))


def ledger_files(agreement: str, source: Source) -> tuple[list[str], list[Finding]]:
    """Return the files of an agreement's ledger, as far as the agreement says which, and what keeps others from being
    found.
    """
    patterns, unusable = _ledger_patterns(source)
    if unusable:
        return [], []
    paths, findings = find_ledger_files(os.path.dirname(agreement), patterns, source)
    return [path for path in paths if path != agreement], findings


def reads(agreement: str, path: str) -> bool:
    """Whether the agreement in a file reads another one as part of its ledger, or would, once it is there.

    An agreement that cannot be read is taken for one that says nothing of its ledger.
    """
    content = read_bytes(agreement, limits.FILE_BYTES)
    text = content if isinstance(content, Finding) else decoded(agreement, content)
    source = Source(agreement, "") if isinstance(text, Finding) else read_source(agreement, text)
    patterns, unusable = _ledger_patterns(source)
    if unusable:  # it is to be corrected, and what it means by then is not to be lost
        given = source.data["actuals"]
        patterns = tuple(str(each) for each in (given if isinstance(given, list) else [given]))
    found, _ = find_ledger_files(os.path.dirname(agreement), patterns, source)
    real = os.path.realpath(path)
    return would_be_read(agreement, patterns, path) or any(os.path.realpath(each) == real for each in found)


def _ledger_patterns(source: Source) -> tuple[tuple[str, ...] | None, bool]:
    """Return the agreement's `actuals`, taken from the data so that the ledger is read even if a clause is broken."""
    given = source.data.get("actuals") if isinstance(source.data, dict) else None
    if given is None:
        return None, False
    if isinstance(given, list) and all(isinstance(each, str) and each for each in given):
        return tuple(map(str, given)), False
    return None, True


def _read_ledgers(
    paths: list[str], folder: str, names: Names, drafts: Mapping[str, str], read: Read
) -> list[LedgerEntries]:
    """Read all ledger files of an agreement, as far as they are within the limits together."""
    entries: list[LedgerEntries] = []
    size = figures = nodes = problems = 0
    for number, path in enumerate(paths, 1):
        if problems > limits.FINDINGS:
            entries.append(LedgerEntries(Source(path, ""), findings=[_not_read(path)]))
            break
        content = drafts[path] if path in drafts else read_text(path, folder)
        if isinstance(content, Finding):
            entries.append(LedgerEntries(Source(path, ""), findings=[content]))
            continue
        size += len(content) if content.isascii() else len(content.encode())
        if number <= limits.LEDGER_FILES and size <= limits.LEDGER_BYTES:
            facts = _read_ledger(path, content, names, read)
            figures += len(facts.figures) + len(facts.spend)
            nodes += facts.nodes
            problems += len(facts.findings)
            if figures <= limits.FIGURES and nodes <= limits.LEDGER_NODES:
                entries.append(facts)
                continue
        entries.append(LedgerEntries(Source(path, ""), findings=[_ledger_too_large(path)]))
        break
    return entries


def _not_read(path: str) -> Finding:
    message = "not read, and no file after it, for all the problems in the files before it"
    return Finding(faults.MORE, Location(path, 1, 1, 1, 1), message, "mend those first, and run it again")


def _ledger_too_large(path: str) -> Finding:
    return Finding(
        faults.LEDGER_TOO_LARGE,
        Location(path, 1, 1, 1, 1),
        "with this file the ledger has more files, text or figures than are read",
        f"at most {limits.LEDGER_FILES} files, {limits.LEDGER_BYTES:,} bytes, {limits.LEDGER_NODES:,} YAML values and "
        f"{limits.FIGURES:,} figures together; "
        "list the files that matter under actuals:",
    )


def _read_ledger(path: str, content: str, names: Names, read: Read) -> LedgerEntries:
    if path.endswith(".csv"):
        from coopctl.ledger.csv_ledger import read_csv_ledger

        return read_csv_ledger(path, content, names)
    from coopctl.ledger.yaml_ledger import read_yaml_ledger

    return read_yaml_ledger(read(path, content), names)


def _combined(entries: list[LedgerEntries]) -> tuple[Ledger, list[Finding]]:
    """Put the facts of all files together; two files that both speak of one milestone are a finding."""
    milestones: dict[str, MilestoneRecord] = {}
    doubled: list[Finding] = []
    for each in entries:
        for milestone_id, record in each.milestones:
            first = milestones.setdefault(milestone_id, record)
            if first is not record:
                doubled.append(
                    Finding(
                        faults.RECORDED_TWICE,
                        each.positions.value_at(record.place.path),
                        f"the milestone {milestone_id} is recorded in {first.place.file} too",
                        "keep its facts in one file",
                        f"plan.milestones.{milestone_id}",
                    )
                )
    ledger = Ledger(
        figures=_by_subject(chain.from_iterable(each.figures for each in entries)),
        spend=_by_subject(chain.from_iterable(each.spend for each in entries)),
        milestones=milestones,
        events=tuple(chain.from_iterable(each.events for each in entries)),
        actions=tuple(chain.from_iterable(each.actions for each in entries)),
        waivers=tuple(chain.from_iterable(each.waivers for each in entries)),
    )
    return ledger, doubled


def _by_subject(observations: "chain[Observation]") -> dict[str, tuple[Observation, ...]]:
    found: dict[str, list[Observation]] = {}
    for each in observations:
        found.setdefault(each.subject, []).append(each)
    return {subject: tuple(each) for subject, each in found.items()}
