"""Values with several spellings that can never mean anything else."""

import re
from typing import Any, Final

from coopctl.model.scalars import Duration

_DURATION: Final = re.compile(r"[0-9]{1,5} [a-z]+( day)?s?")


def canonical(text: str, kinds: list[Any]) -> str:
    """Return a value as it is usually written: `1 day`, `5 days`. Anything else has one spelling, or keeps its own."""
    if Duration not in kinds or not _DURATION.fullmatch(text):
        return text
    try:
        return str(Duration.read(text))
    except ValueError:  # some other text with a number in front
        return text
