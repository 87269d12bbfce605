"""Ids for parties, and a title, made from the parties' names."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import chain, count
from typing import Final

from coopctl.starting.wording import Wording

_PASSED_OVER: Final = re.compile(
    "a|ab|ag|an|and|bv|co|company|corp|corporation|gmbh|group|inc|incorporated|kg|limited|llc|llp|ltd|nv|of|plc|pte|pty"
    "|sa|sarl|se|spa|srl|the"
)
"""Legal forms, and words that name nobody."""
_CHINESE_FORM: Final = re.compile("(?:股份有限公司|有限责任公司|有限責任公司|有限公司|公司|集团|集團)+$")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 24


def party_id(name: str, taken: Collection[str], position: int) -> str:
    """Return a short id that is not taken yet; `party-a`, `party-b` and so on where a name has none."""
    plain = unicodedata.normalize("NFC", name.casefold())
    fallbacks = (f"party-{number}" for number in count(1))
    for candidate in chain(_candidates(plain), [f"party-{chr(ord('a') + position)}"], fallbacks):
        if 2 <= len(candidate) <= _LONGEST and candidate not in taken:
            return candidate
    raise AssertionError("numbers do not end")


def _candidates(name: str) -> list[str]:
    """Return what the name can be shortened to, the best first."""
    if _CHINESE.search(name):
        words = _WORD.findall(_CHINESE_FORM.sub("", name))
        return ["".join(words)]
    words = [word for word in _WORD.findall(name.replace("'", "").replace("’", "")) if not _PASSED_OVER.fullmatch(word)]
    return ["-".join(words[:length]) for length in (1, 2, 3)] if words and words[0] != "x" else []


def title_of(names: Sequence[str], proposed: str, longest: int, words: Wording) -> str:
    """Return a kind's title with the names of all parties in it, or with how many they are where that is too long."""
    *firsts, last = names
    listed = words.say("%(names)s and %(last)s", names=words.say(", ").join(firsts), last=last)
    title = words.say(proposed, parties=listed)
    if len(title) > longest and len(firsts) > 1:
        listed = words.say("%(first)s and %(number)s others", first=firsts[0], number=len(firsts))
        title = words.say(proposed, parties=listed)
    return title if len(title) <= longest else f"{title[: longest - 1]}…"
