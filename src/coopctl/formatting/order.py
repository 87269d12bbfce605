"""In which order the keys of a mapping stand: that of the language, which is that of the models' fields."""

from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeVar

from coopctl.model.shape import key_order, models_among

_LAST: Final = 1_000


class _Tied(Protocol):
    @property
    def name(self) -> str | int:
        """The key as it is read."""

    @property
    def is_tied(self) -> bool:
        """Whether an anchor or an alias is in it."""


Item = TypeVar("Item", bound=_Tied)


def in_order(items: Sequence[Item], kinds: list[Any]) -> list[Item]:
    """Return a mapping's keys in order; ids and periods stay in theirs, the user's own and unknown keys come last.

    An alias has to come after its anchor: where sorting would change the order of keys that have such in them, all
    keys stay where they are.
    """
    models = models_among(kinds)
    if not models:
        return list(items)
    order = key_order(models[0])
    ordered = sorted(items, key=lambda item: order.get(item.name, _LAST))
    tied = [item.name for item in items if item.is_tied]
    return ordered if [item.name for item in ordered if item.is_tied] == tied else list(items)
