"""What holds between any two versions, put together from the sections of all cases."""

import io
from collections import defaultdict
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coopctl.changes.between import changes_between
from coopctl.changes.change import Change, turned
from coopctl.evaluate.canonical import digest
from tests.changes.test_kinds import CASES, texts
from tests.changes.versions import AS_OF, OPPOSITE, compared, version, with_party_renamed

MEASURED = "unit: pieces, direction: within-range, frequency: monthly, aggregation: sum"
BY_MEMBER = "unit: days, direction: lower-is-better, frequency: monthly, aggregation: mean, target: {2026-09: 16}"
MORE = (
    *(
        f"kpis: {{days: {{{MEASURED}, target: {{min: {low}, max: {high}}}, owner: north}}}}\n"
        for low, high in ((1, 10), (2, 9), (8, 9))
    ),
    f"kpis: {{days: {{{BY_MEMBER}, owner: bo}}}}\n",
    f"kpis: {{days: {{{BY_MEMBER}, owner: cy, benefits: [lake]}}}}\n",
    "working_group: {members: {bo: {name: Bo Example, party: harbor}, cy: {name: Cy Example, party: lake}}}\n",
    "governance: {escalation: [{to: north, within: 1 day}, {to: north, within: 5 days}]}\n",
    "governance: {escalation: [{to: north, within: 5 days}]}\n",
    "governance: {escalation: [{to: north, within: 1 week}, {to: lake, within: 2 hours}]}\n",
    "resources: {team: {name: Team, party: north, unit: fte}}\n",
    "calendar: {holidays: [2026-02-04], weekend: [sun]}\n",
)
"""What no case has: ranges, members as owners, one addressee twice, a capacity nobody says, other business days."""


@cache
def variants() -> dict[str, list[str]]:
    """Return every form of each section that a case has."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    yaml = YAML(typ="rt", pure=True)
    for texts_of_one in (*map(texts, CASES), MORE):
        for text in texts_of_one:
            for section, value in (yaml.load(text) or {}).items():
                out = io.StringIO()
                yaml.dump({section: value}, out)
                # only a newer version says what it renamed, and what comes to the history is no less of it
                if "renamed_from" not in out.getvalue() and section != "amendments":
                    found[section].add(out.getvalue())
    return {section: sorted(texts) for section, texts in sorted(found.items())}


@st.composite
def versions(draw: st.DrawFn) -> str:
    """Draw a version: for each section one of its forms, or that of the common agreement."""
    return "".join(draw(st.sampled_from(["", *forms])) for forms in variants().values())


def seen_from_the_other_side(changes: list[Change]) -> list[str]:
    """Return what changes are when the versions are swapped."""
    return sorted(
        f"{change.kind.mirror} {change.subject} {OPPOSITE[change.direction]} "
        f"{sorted((party, turned(effect)) for party, effect in change.effects.items())}"
        for change in changes
    )


def as_they_are(changes: list[Change]) -> list[str]:
    """Return the same of changes that are not turned round."""
    return sorted(
        f"{change.kind.name} {change.subject} {change.direction} {sorted(change.effects.items())}" for change in changes
    )


@settings(max_examples=20, deadline=None)
@given(versions(), versions())
def test_swapping_the_versions_mirrors_every_change(base: str, head: str) -> None:
    assert seen_from_the_other_side(compared(base, head)) == as_they_are(compared(head, base))


@settings(max_examples=15, deadline=None)
@given(versions())
def test_a_version_does_not_differ_from_itself(text: str) -> None:
    assert compared(text, text) == []


@settings(max_examples=20, deadline=None)
@given(versions(), versions())
def test_the_digest_is_that_of_the_terms(one: str, other: str) -> None:
    """It is another one exactly where something changed that is a term."""
    assume(one != other)
    about_the_document = {"record-changed", "status-changed"}
    changed = [change for change in compared(one, other) if change.kind.name not in about_the_document]
    assert (digest(version(one)) != digest(version(other))) is bool(changed)


@settings(max_examples=20, deadline=None)
@given(versions(), versions(), versions())
def test_whoever_accepts_one_version_accepts_no_other(base: str, one: str, other: str) -> None:
    """Two versions that say something else are two sets of changes from any version before them."""
    assume(digest(version(one)) != digest(version(other)))
    assert accepted(base, one) != accepted(base, other)


def accepted(base: str, head: str) -> list[str]:
    """Return what is accepted with the changes between two versions."""
    return sorted(f"{change.kind.name} {change.subject} {change.value}" for change in compared(base, head))


@settings(max_examples=20, deadline=None)
@given(versions())
def test_a_party_with_another_id_is_the_same_party(text: str) -> None:
    """Wherever it is named: it owes, benefits, shares, chairs and signs what it did."""
    changes = changes_between(version(text), with_party_renamed(text, "harbor", "haven"), AS_OF)
    assert [(each.kind.name, each.subject) for each in changes] == [("renamed", "parties.haven")]


def test_what_a_renamed_party_owes_is_still_judged_for_it() -> None:
    """By either id."""
    measured = "unit: calls, direction: higher-is-better, frequency: monthly, aggregation: sum"
    before = f"kpis: {{calls: {{{measured}, target: 5, owner: harbor}}}}\n"
    after = with_party_renamed(before.replace("target: 5", "target: {2026-01: 5, 2026-09: 6}"), "harbor", "haven")
    change, renamed = changes_between(version(before), after, AS_OF)
    assert (change.kind.name, renamed.kind.name) == ("target-tightened", "renamed")
    assert change.effects == {"north": "favourable", "haven": "adverse", "lake": "favourable"}
    assert [change.effect_on(party) for party in ("harbor", "haven")] == ["adverse", "adverse"]
