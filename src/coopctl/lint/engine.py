"""Runs the rules on one agreement and turns what they say into findings."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from coopctl import faults
from coopctl.discovery import shares_its_ledger
from coopctl.evaluate.verdicts import Judgement
from coopctl.findings import Finding, Location, Related, Severity
from coopctl.fingerprints import fingerprints
from coopctl.lint.baseline import Baseline
from coopctl.lint.partial import readable_part
from coopctl.lint.selection import Selection, is_optional
from coopctl.lint.suppression_kinds import STALE_ENTRY
from coopctl.lint.suppressions import Suppression, by_line, complaints, suppressions_in
from coopctl.loading import Loaded
from coopctl.model.names import Names
from coopctl.places import Path, Place, dotted
from coopctl.rules.catalogue import rules
from coopctl.rules.rule import Remark, Review, Rule
from coopctl.source import Source

SelectionFor = Callable[[str], Selection]
"""Tells which rules apply to a file."""


@dataclass(frozen=True)
class Linted:
    """One agreement and what was found in its files."""

    loaded: Loaded
    as_of: date
    found: tuple[Finding, ...]
    """All that is not suppressed, in the order of the files."""
    baseline: Baseline | None = None
    suppressed: int = 0
    fail_on: Severity = Severity.ERROR
    """The least that makes the run fail."""
    heard: frozenset[str] = frozenset()
    """Codes of which an entry in the baseline is stale where nothing is found."""

    @cached_property
    def _identified(self) -> list[tuple[Finding, str]]:
        """Every finding with its fingerprint."""
        return list(zip(self.found, fingerprints(self.found, self.loaded.agreement_id, self.path), strict=True))

    @cached_property
    def fresh(self) -> tuple[tuple[Finding, str], ...]:
        """What the baseline does not have, each with its fingerprint; and what only the baseline has."""
        if self.baseline is None:
            return tuple(self._identified)
        fresh = [(finding, print_) for finding, print_ in self._identified if not self._is_accepted(finding, print_)]
        stale = self.baseline.stale(self.path, self.heard, (fingerprint for _, fingerprint in self._identified))
        fresh += [(each, each.subject) for each in stale]
        return tuple(fresh)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is reported, in the order of the files."""
        return self.found if self.baseline is None else tuple(finding for finding, _ in self.fresh)

    @property
    def accepted(self) -> int:
        """How many findings the baseline has."""
        return 0 if self.baseline is None else sum(self._is_accepted(*each) for each in self._identified)

    def _is_accepted(self, finding: Finding, fingerprint: str) -> bool:
        """Whether the baseline has a finding; what keeps a file from being read is never accepted."""
        assert self.baseline is not None
        return is_optional(finding.kind) and fingerprint in self.baseline.of(self.path)

    @property
    def path(self) -> str:
        """The agreement's file."""
        return self.loaded.path

    @property
    def is_invalid(self) -> bool:
        """Whether something keeps the files from being judged."""
        return not self.loaded.is_judgeable or any(
            finding.kind is faults.BROKEN_SUPPRESSION for finding in self.findings
        )

    def counts(self, finding: Finding) -> bool:
        """Whether a finding makes the run fail."""
        return finding.kind.severity.weight >= self.fail_on.weight

    @property
    def fails(self) -> bool:
        """Whether something is at or above what the run fails on."""
        return any(self.counts(finding) for finding in self.findings)


def lint(
    loaded: Loaded,
    as_of: date,
    judgement: Judgement | None,
    selection_for: SelectionFor,
    baseline: Baseline | None = None,
    fail_on: Severity = Severity.ERROR,
) -> Linted:
    """Look at one agreement; `judgement` is None where its files cannot be judged."""
    review = _review(loaded, as_of, judgement)
    found = list(loaded.findings)
    heard = {kind.code for kind in faults.ALL if is_optional(kind)}  # reading comes before any selection
    if review is not None:
        wanted = selection_for(loaded.path)
        for rule in rules():
            if wanted.wants(rule.kind.code):
                remarks, complete = rule.remarks(review)
                found += _placed(loaded, rule, remarks)
                heard |= {rule.kind.code} if complete else set()
    found = [
        each for each in found if not is_optional(each.kind) or selection_for(each.location.path).wants(each.kind.code)
    ]
    if review is None or review.unread:  # what was left out may have had more to say
        heard = set()
    if loaded.agreement is None:
        found = [replace(each, edits=()) for each in found]
    kept, suppressed = _unsuppressed(loaded, found, as_of, selection_for, heard)
    return Linted(
        loaded,
        as_of,
        _in_order(kept, loaded.path),
        baseline,
        suppressed,
        fail_on,
        frozenset(code for code in heard if selection_for(loaded.path).wants(code))
        if baseline and selection_for(baseline.path).wants(STALE_ENTRY.code)
        else frozenset(),
    )


def counted(loaded: Loaded, as_of: date, judgement: Judgement, wanted: Selection) -> Counter[Severity] | None:
    """Count what the rules say of a judged agreement, without working out where; None where comments have a say."""
    texts = (each.text for each in loaded.files.values() if isinstance(each, Source))
    if any("coopctl" in text.replace(_OWN_KEY, "", 1) for text in texts):
        return None
    review = _review(loaded, as_of, judgement)
    found: Counter[Severity] = Counter()
    for rule in rules() if review is not None else ():
        if review is not None and wanted.wants(rule.kind.code):
            found[rule.kind.severity] += len(rule.remarks(review)[0])
    return +found


_OWN_KEY = "coopctl:"
"""The key that every file begins with; anything else of this name may be a comment that suppresses something."""


def _review(loaded: Loaded, as_of: date, judgement: Judgement | None) -> Review | None:
    """Return what the rules look at; None where nothing could be read."""
    agreement, unread = loaded.agreement, frozenset[str]()
    if agreement is None:
        partial = readable_part(loaded.source, Names.of(loaded.source.data))
        if partial is None:
            return None
        agreement, unread = partial
    if any(finding.is_error and finding.location.path != loaded.path for finding in loaded.findings):
        unread |= {"ledger"}
    return Review(agreement, loaded.ledger, as_of, loaded.source, judgement, unread)


def _placed(loaded: Loaded, rule: Rule, remarks: list[Remark]) -> Iterator[Finding]:
    """Turn what a rule says into findings with places in the files."""
    for remark in remarks:
        path = remark.at.path if isinstance(remark.at, Place) else remark.at
        yield Finding(
            rule.kind,
            _location(loaded, remark),
            remark.message,
            remark.help,
            remark.subject or dotted(path),
            tuple(Related(locate(loaded, at), message) for at, message in remark.related),
            remark.edits,
        )


def _location(loaded: Loaded, remark: Remark) -> Location:
    if isinstance(remark.at, Place):
        positions = loaded.files[remark.at.file]
        return positions.key_at(remark.at.path) if remark.at_key else positions.value_at(remark.at.path)
    if remark.at_key and loaded.source.has(remark.at):
        return loaded.source.key_at(remark.at)
    place = locate(loaded, remark.at)
    return loaded.source.words_at(place, remark.words) if remark.words else place


def locate(loaded: Loaded, at: Path | Place) -> Location:
    """Return where something stands; a section that the agreement lacks is missed where its title stands."""
    if isinstance(at, Place):
        return loaded.locate(at)
    if loaded.source.has(at[:1]):
        return loaded.clause(at)
    for key in (("title",), ("id",)):
        if loaded.source.has(key):
            return loaded.source.value_at(key)
    return Location(loaded.path, 1, 1, 1, 2)


def _unsuppressed(
    loaded: Loaded, found: list[Finding], as_of: date, selection_for: SelectionFor, heard: set[str]
) -> tuple[list[Finding], int]:
    """Leave out what comments suppress; add what is wrong with those comments. Also return how many were left out."""
    sources = [each for each in loaded.files.values() if isinstance(each, Source)]
    comments: dict[str, list[Suppression]] = {}
    broken: list[Finding] = []
    for source in sources:
        comments[source.path], unreadable = suppressions_in(source)
        broken += unreadable
    if not broken and not any(comments.values()):
        return found, 0
    table = by_line(comments, as_of)
    kept = [each for each in found if not _is_suppressed(each, table)]
    suppressed = len(found) - len(kept)
    for source in sources:
        selection = selection_for(source.path)
        known = {code for code in heard if selection.wants(code)}
        if source.path != loaded.path and shares_its_ledger(loaded.path):
            known = set()  # the other agreement may have something for the comment to hide
        told = complaints(source, comments[source.path], as_of, known)
        kept += [each for each in told if selection.wants(each.kind.code)]
    return kept + broken, suppressed


def _is_suppressed(finding: Finding, table: dict[tuple[str, int], list[Suppression]]) -> bool:
    hidden = False
    for each in table.get((finding.location.path, finding.location.line), ()):
        if finding.kind.code in each.codes and is_optional(finding.kind):
            each.used.add(finding.kind.code)
            hidden = True
    return hidden


def _in_order(found: list[Finding], first: str) -> tuple[Finding, ...]:
    """Sort by place: the agreement, then its ledger files by name."""
    return tuple(sorted(found, key=lambda each: (each.location.path != first, each.location)))
