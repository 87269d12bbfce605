"""Two ledgers → the newer one with its rewritten facts put back: what the rewriting did can then be judged."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from coopctl.changes.renames import Renames
from coopctl.model.ledger import EventRecord, Ledger, MilestoneRecord, Observation, WaiverRecord

Figures = Mapping[str, tuple[Observation, ...]]


def as_recorded_before(base: Ledger, head: Ledger, subjects: Collection[str], names: Renames) -> Ledger:
    """Return the newer ledger with what it says of some subjects put back to what the older one said.

    Subjects are those of the changes that `rewritten` and `waived` yield.
    """
    back = _PutBack(subjects, names)
    return replace(
        head,
        figures=back.figures("kpis", base.figures, head.figures),
        spend=back.figures("budget", base.spend, head.spend),
        milestones=back.milestones(base.milestones, head.milestones),
        events=back.events(base.events, head.events),
        waivers=back.waivers(base.waivers, head.waivers),
    )


class _PutBack(NamedTuple):
    """Takes facts about some subjects from the older ledger, all others from the newer one."""

    subjects: Collection[str]
    names: Renames

    def figures(self, section: str, base: Figures, head: Figures) -> Figures:
        found: defaultdict[str, list[Observation]] = defaultdict(list)
        for own_id, observations in base.items():
            now = self.names.part(section, own_id)
            found[now] += [
                each._replace(subject=now)
                for each in observations
                if f"{section}.{now}@{each.key.text}" in self.subjects
            ]
        for now, observations in head.items():
            found[now] += [each for each in observations if f"{section}.{now}@{each.key.text}" not in self.subjects]
        return {own_id: tuple(each) for own_id, each in found.items() if each}

    def milestones(
        self, base: Mapping[str, MilestoneRecord], head: Mapping[str, MilestoneRecord]
    ) -> dict[str, MilestoneRecord]:
        section = "plan.milestones"
        was = {self.names.part(section, own_id): each for own_id, each in base.items()}
        put_back = {own_id: each for own_id, each in was.items() if f"{section}.{own_id}" in self.subjects}
        return {**head, **put_back}

    def events(self, base: Sequence[EventRecord], head: Sequence[EventRecord]) -> tuple[EventRecord, ...]:
        was = [each for each in base if f"events@{each.event.date}" in self.subjects]
        stays = [each for each in head if f"events@{each.event.date}" not in self.subjects]
        return (*map(self.names.event, was), *stays)

    def waivers(self, base: Sequence[WaiverRecord], head: Sequence[WaiverRecord]) -> tuple[WaiverRecord, ...]:
        was = [self.names.waiver(each) for each in base]
        return (
            *(each for each in was if f"waivers.{each.waiver.about}" in self.subjects),
            *(each for each in head if f"waivers.{each.waiver.about}" not in self.subjects),
        )
