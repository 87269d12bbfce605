"""Reads the answers to the questions of `init`, whether they were typed or given as options."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from coopctl.languages import LANGUAGES
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import Id, read_date, read_number
from coopctl.model.term import known_timezone
from coopctl.output.terminal import HARMFUL
from coopctl.starting.kinds import KINDS, Content, common, content
from coopctl.starting.naming import party_id
from coopctl.starting.wishes import ChosenKpi, KindName, Party
from coopctl.starting.wording import Wording, wording

LONGEST_NAME: Final = 200
LONGEST_PURPOSE: Final = 2000
MOST_PARTIES: Final = 12
FEWEST_DAYS: Final = 180
MOST_YEARS: Final = 10
_BLANKS: Final = re.compile(" {2,}")
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_UNSEEN: Final = re.compile(f"(?![\u200c\u200d]){HARMFUL}")
"""Line breaks, and what a terminal would obey; joiners belong to some scripts and to emoji."""
_CURRENCY: Final = re.compile("[A-Z]{3}")
_UP_TO_100: Final = ("%", "points")
"""Units of figures that cannot be above 100, by the comments of the KPIs that have them."""
_ID: Final[TypeAdapter[str]] = TypeAdapter(Id)


class AnswerError(Exception):
    """An answer that cannot be used; told in the language of whoever gave it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self._message = message
        self._values = values

    def told(self, words: Wording) -> str:
        """Return what is wrong with the answer."""
        return words.say(self._message, **self._values)


def read_text(text: str, longest: int = LONGEST_NAME) -> str:
    """Read a name, title or purpose."""
    text = _BLANKS.sub(" ", text.strip())
    if not text:
        raise AnswerError("this cannot be empty")
    if len(text) > longest:
        raise AnswerError("%(length)s characters are too long; at most %(longest)s", length=len(text), longest=longest)
    if _HALF_CHARACTER.search(text):
        raise AnswerError("this is no text in UTF-8")
    if _UNSEEN.search(text):
        raise AnswerError("write one line, without control characters")
    return text


def read_party(text: str, others: Sequence[Party], *, fallback: str | None = None) -> Party:
    """Read a party's `ID=NAME`, or its name alone; the id is then made from it, or is `fallback`."""
    id_, has_id, name = text.partition("=")
    if not has_id:
        id_, name = "", text
    name = read_text(name)
    if any(name.casefold() == other.name.casefold() for other in others):
        raise AnswerError("two parties have the same name")
    taken = {other.id.casefold() for other in others}
    if not has_id:
        return Party(fallback or party_id(name, taken | reserved_ids(), len(others)), name)
    id_ = _read_id(id_.strip())
    if id_.casefold() in reserved_ids():
        raise AnswerError("this id means something else in an agreement: %(id)s", id=id_)
    if id_.casefold() in taken:
        raise AnswerError("two parties have the same id")
    return Party(id_, name)


@cache
def reserved_ids() -> frozenset[str]:
    """Return what a reference in an agreement could take for something else: its sections and its bodies."""
    bodies = {body["id"] for body in (common()["body"], *(content(kind).get("body", {}) for kind in KINDS)) if body}
    named = {wording(tag).say(body).casefold() for tag in LANGUAGES for body in bodies}
    return frozenset(named | {name.casefold() for name in Agreement.model_fields})


def _read_id(text: str) -> str:
    try:
        if text.startswith("x-"):
            raise ValueError
        return _ID.validate_python(unicodedata.normalize("NFC", text))
    except (ValidationError, ValueError):
        raise AnswerError("an id has letters, digits, - and _, and no blanks; this is none: %(id)s", id=text) from None


def read_day(text: str) -> date:
    """Read a date."""
    try:
        return read_date(text.strip())
    except PydanticCustomError:
        raise AnswerError("this is no date; write year, month and day: 2026-06-30") from None


def read_end(text: str, start: date) -> date:
    """Read the last day of a term, which has to be long enough for the milestones and periods of each kind."""
    end = read_day(text)
    if end < start:
        raise AnswerError("the term would end before it starts on %(start)s", start=start)
    days = (end - start).days + 1
    if days < FEWEST_DAYS or end >= _years_later(start, MOST_YEARS):
        raise AnswerError(
            "the term would have %(days)s days; the plan is laid out for %(least)s days to %(years)s years",
            days=days,
            least=FEWEST_DAYS,
            years=MOST_YEARS,
        )
    return end


def read_timezone(text: str) -> str:
    """Read the name of a time zone."""
    try:
        return known_timezone(text.strip())
    except PydanticCustomError:
        raise AnswerError("no time zone is called so; write one such as Asia/Shanghai") from None


def read_currency(text: str) -> str:
    """Read the code of a currency."""
    if not _CURRENCY.fullmatch(text.strip()):
        raise AnswerError("this is no currency; write three capital letters: CNY")
    return text.strip()


def next_month(today: date) -> date:
    """Return the first day of the month after a day."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def usual_end(start: date, kind: KindName) -> date:
    """Return the last day of a term that is as long as is usual for a kind: a year, if it does not say otherwise."""
    return _years_later(start, int(content(kind).get("years", 1))) - timedelta(days=1)


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if is_leap_day else day.replace(year=day.year + years)


def read_kpi(text: str, kind: KindName, words: Wording) -> ChosenKpi:
    """Read the id of one of a kind's KPIs, in either language, or `ID=TARGET`."""
    kpis = content(kind)["kpis"]
    wanted, has_target, target = text.partition("=")
    for id_, kpi in kpis.items():
        if wanted.strip() in (id_, words.say(id_)):
            return ChosenKpi(id_, read_target(target, kpi) if has_target else None)
    raise AnswerError(
        "there is no KPI %(id)s here; there are %(known)s", id=wanted.strip(), known=", ".join(map(words.say, kpis))
    )


def read_target(text: str, kpi: Content) -> Decimal:
    """Read a target for one of a kind's KPIs."""
    if not isinstance(kpi["target"], str):
        raise AnswerError("its target is a range; change it in the file")
    try:
        target = read_number(text.strip().removesuffix("%").strip() if kpi["unit"] == "%" else text.strip())
    except PydanticCustomError:
        raise AnswerError("this is no number; write it plain, such as 95 or 99.5") from None
    if target <= 0 or not _leaves_room(target, kpi):
        raise AnswerError("this leaves no room for its thresholds, or is above 100; choose another target")
    return target


def _leaves_room(target: Decimal, kpi: Content) -> bool:
    """Whether the level of a breach is a figure that can come about."""
    distance = kpi["breach"]["off_by_more_than"]
    off = target * Decimal(distance.removesuffix("%")) / 100 if distance.endswith("%") else Decimal(distance)
    worst = target + off if kpi["direction"] == "lower-is-better" else target - off
    return worst > 0 and (kpi["unit"] not in _UP_TO_100 or max(worst, target) <= 100)


def refuse_doubled(kpis: Sequence[ChosenKpi], words: Wording) -> None:
    """Refuse a KPI that was chosen twice."""
    ids = [each.id for each in kpis]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise AnswerError("%(id)s is chosen twice", id=words.say(id_))
