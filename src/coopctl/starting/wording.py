"""What `init` asks and writes, in the language of the agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

CATALOGUES: Final = Path(__file__).parent / "catalogues"


@dataclass(frozen=True)
class Wording:
    """One language; messages are known by their English text."""

    tag: str
    messages: Mapping[str, str]

    def say(self, message: str, **values: object) -> str:
        """Return a message in this language with values filled in for `%(name)s`."""
        found = message if self.tag == "en" else self.messages[message]
        return found % values if values else found.replace("%%", "%")


@cache
def wording(tag: str) -> Wording:
    """Return one of the languages of reports."""
    if tag == "en":
        return Wording(tag, {})
    with open(CATALOGUES / f"{tag}.po", encoding="utf-8") as file:
        catalogue = read_po(file)
    return Wording(tag, {str(each.id): str(each.string) for each in catalogue if each.id})
