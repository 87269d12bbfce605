"""What parts of an agreement are called in its other version, and facts about them by those names."""

from collections.abc import Mapping

from coopctl.changes.differences import Differences
from coopctl.model.ledger import EventRecord, WaiverRecord
from coopctl.places import dotted


class Renames:
    """Leads from the names of one version to those of the other; what was not renamed keeps its name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the dotted names of the other version by those of this one."""
        self._names = names

    @classmethod
    def newer(cls, found: Differences) -> "Renames":
        """Lead from the older version's names to the newer ones."""
        return cls({dotted(each.base): dotted(each.path) for each in found.renamed})

    def back(self) -> "Renames":
        """Lead the other way."""
        return Renames({new: old for old, new in self._names.items()})

    def subject(self, name: str) -> str:
        """Return what a dotted name, with or without a period, is called in the other version."""
        part, at_sign, period = name.partition("@")
        return f"{self._names.get(part, part)}{at_sign}{period}"

    def part(self, section: str, own_id: str) -> str:
        """Return the id that a part of a section has in the other version."""
        return self.subject(f"{section}.{own_id}").removeprefix(f"{section}.")

    def event(self, record: EventRecord) -> EventRecord:
        """Return an event with what it is about as that is called in the other version."""
        about = record.event.about
        if about is None or self.subject(about) == about:
            return record
        return record._replace(event=record.event.model_copy(update={"about": self.subject(about)}))

    def waiver(self, record: WaiverRecord) -> WaiverRecord:
        """Return a waiver with what it is about, and who approved it, as they are called in the other version."""
        approved = tuple(self.part("parties", party) for party in record.waiver.approved_by)
        update = {"about": self.subject(record.waiver.about), "approved_by": approved}
        return record._replace(waiver=record.waiver.model_copy(update=update))
