"""The languages that coopctl writes for the parties in, and which of them a tag means."""

import re
from typing import Final

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")
_TAG: Final = re.compile(
    "(?P<language>en|zh)(-(?P<script>hans|hant))?(-(?P<region>[a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
_TRADITIONAL: Final = frozenset({"tw", "hk", "mo"})
"""Regions that write Chinese in traditional characters."""


def nearest_language(tag: str) -> str | None:
    """Return the one of them that a tag is understood as, such as zh-Hant for `zh_TW`; None for none.

    What is said of the script counts for more than the region. Letter case does not count, and `_` is as good as `-`.
    """
    found = _TAG.fullmatch(tag.replace("_", "-").lower())
    if found is None:
        return None
    if found["language"] == "en":
        return "en"
    traditional = found["script"] == "hant" or (found["script"] is None and found["region"] in _TRADITIONAL)
    return "zh-Hant" if traditional else "zh-Hans"


def region_of(tag: str) -> str:
    """Return the region that a tag names, such as TW for `zh_TW`; empty where it names none."""
    found = _TAG.fullmatch(tag.replace("_", "-").lower())
    return (found["region"] or "").upper() if found else ""
