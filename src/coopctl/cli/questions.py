"""The questions of `coopctl init`: asked where an option does not answer them already."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple, NoReturn, TypeVar

from coopctl.cli.options import today_in
from coopctl.cli.prompts import Terminal, typed_date
from coopctl.errors import CoopctlError
from coopctl.languages import LANGUAGES, nearest_language, region_of
from coopctl.starting.answers import (
    LONGEST_NAME,
    LONGEST_PURPOSE,
    MOST_PARTIES,
    AnswerError,
    next_month,
    read_currency,
    read_day,
    read_end,
    read_kpi,
    read_party,
    read_target,
    read_text,
    read_timezone,
    refuse_doubled,
    usual_end,
)
from coopctl.starting.kinds import KINDS, Content, content
from coopctl.starting.naming import title_of
from coopctl.starting.wishes import ChosenKpi, KindName, Party, Wishes
from coopctl.starting.wording import Wording, wording

_FIRST_KPIS: Final = 3
Answer = TypeVar("Answer")
Read = Callable[[str], Answer]


class Flags(NamedTuple):
    """What the options say; None or nothing where they leave a question open."""

    kind: KindName | None
    language: str | None
    title: str | None
    parties: tuple[str, ...]
    purpose: str | None
    start: str | None
    end: str | None
    kpis: tuple[str, ...]
    currency: str | None
    timezone: str | None


def answered(flags: Flags, terminal: Terminal | None, as_of: date | None = None) -> Wishes:
    """Return the wishes that the options and the answers make up; without a terminal the defaults fill in."""
    language, region = _language(flags.language, terminal)
    currency, zone = _usual(language, region)
    form = _Form(terminal, wording(language))
    kind: KindName = flags.kind or form.kind()
    proposal = content(kind)
    parties = _parties(flags.parties, proposal, form)
    say = form.words.say
    names = [party.name for party in parties]
    proposed_title = title_of(names, proposal["title"], LONGEST_NAME, form.words)
    title = form.answer("--title", flags.title, say("Title"), proposed_title, read_text)

    def read_purpose(text: str) -> str:
        return read_text(text, LONGEST_PURPOSE)

    purpose = form.answer("--purpose", flags.purpose, say("Purpose"), say(proposal["purpose"]), read_purpose)
    timezone = form.option("--timezone", flags.timezone or zone, read_timezone)
    first = next_month(as_of or today_in(timezone)).isoformat()
    start = form.day("--start", flags.start, say("First day of the term"), first, read_day)
    last = usual_end(start, kind).isoformat()
    end = form.day("--end", flags.end, say("Last day of the term"), last, lambda text: read_end(text, start))
    currency = form.option("--currency", flags.currency or currency, read_currency)
    return Wishes(
        kind=kind,
        language=language,
        title=title,
        purpose=purpose,
        parties=parties,
        start=start,
        end=end,
        kpis=_kpis(flags.kpis, kind, currency, form),
        currency=currency,
        timezone=timezone,
    )


class _Form:
    """Asks in one language, and again where an answer cannot be used."""

    def __init__(self, terminal: Terminal | None, words: Wording) -> None:
        self.terminal = terminal
        self.words = words

    def answer(self, option: str, given: str | None, question: str, default: str, read: Read[Answer]) -> Answer:
        """Return what an option says, else what was typed, else the default."""
        return self.ask(question, default, read) if given is None else self.option(option, given, read)

    def day(self, option: str, given: str | None, question: str, default: str, read: Read[date]) -> date:
        """Return a day like any other answer; one that is typed in another form is shown as it is understood."""
        if given is not None or self.terminal is None:
            return self.answer(option, given, question, default, read)
        typed = ""

        def read_typed(text: str) -> date:
            nonlocal typed
            typed = text
            return read(typed_date(text))

        day = self.ask(question, default, read_typed)
        if day.isoformat() != typed:
            self.terminal.tell(f"  {day.isoformat()}")
        return day

    def option(self, option: str, given: str, read: Read[Answer]) -> Answer:
        """Return what an option says; raises `CoopctlError` where it cannot be used."""
        try:
            return read(given)
        except AnswerError as error:
            _refuse(option, error)

    def ask(self, question: str, default: str, read: Read[Answer], listed: Sequence[str] = ()) -> Answer:
        """Ask until the answer can be used; without a terminal the default is the answer."""
        if self.terminal is None:
            return read(default)
        for line in listed:
            self.terminal.tell(line)
        while True:
            try:
                return read(self.terminal.ask(question, default))
            except AnswerError as error:
                why = error.told(self.words)
                self.terminal.tell(self.words.say("  That cannot be used: %(why)s.", why=why))

    def kind(self) -> KindName:
        """Ask for the kind of cooperation."""
        listed = [f"  {number} {self.words.say(name)}" for number, name in enumerate(KINDS, start=1)]
        return self.ask(self.words.say("Kind of cooperation"), "1", self._read_kind, listed)

    def _read_kind(self, text: str) -> KindName:
        """Read a kind's number or name."""
        for number, name in enumerate(KINDS, start=1):
            if text in (str(number), name, self.words.say(name)):
                return name
        raise AnswerError("write a number from 1 to %(last)s, or a name from the list", last=len(KINDS))


def _refuse(option: str, error: AnswerError) -> NoReturn:
    raise CoopctlError(f"{option}: {error.told(wording('en'))}") from None


_OF_REGIONS: Final = {
    "TW": ("TWD", "Asia/Taipei"),
    "HK": ("HKD", "Asia/Hong_Kong"),
    "MO": ("MOP", "Asia/Macau"),
    "SG": ("SGD", "Asia/Singapore"),
}
"""Currency and time zone of regions that write Chinese, other than the mainland."""


def _usual(language: str, region: str) -> tuple[str, str]:
    """Return the currency and the time zone that are taken if nothing is said."""
    return ("USD", "UTC") if language == "en" else _OF_REGIONS.get(region, ("CNY", "Asia/Shanghai"))


def _language(given: str | None, terminal: Terminal | None) -> tuple[str, str]:
    """Return the language that is given or typed, else the one that the system speaks; and its region."""

    def read(text: str) -> tuple[str, str]:
        found = nearest_language(text)
        if found is None:
            raise AnswerError("there is no such language; there are %(known)s", known=", ".join(LANGUAGES))
        of_system = region_of(_tag_of_system()) if found == default else ""
        return found, region_of(text) or of_system

    default = nearest_language(_tag_of_system()) or "en"

    if given is not None:
        return _Form(None, wording("en")).option("--lang", given, read)
    return _Form(terminal, wording(default)).ask(f"Language / 语言 ({', '.join(LANGUAGES)})", default, read)


def _tag_of_system() -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name] for name in names if os.environ.get(name)), "").partition(".")[0]


def _parties(given: tuple[str, ...], proposal: Content, form: _Form) -> tuple[Party, ...]:
    """Return the parties, at least two; those that nobody names are placeholders with the ids of their roles."""
    say = form.words.say
    found: list[Party] = []

    def read(text: str) -> Party:
        role = proposal["roles"][len(found)] if len(found) < 2 else None
        is_placeholder = role is not None and text == say(role["name"])
        return read_party(text, found, fallback=say(role["id"]) if role and is_placeholder else None)

    for text in given:
        if len(found) == MOST_PARTIES:
            _refuse("--party", AnswerError("there are at most %(most)s parties", most=MOST_PARTIES))
        found.append(form.option("--party", text, read))
    for question in (say("Name of the first party"), say("Name of the second party"))[len(found) :]:
        found.append(form.ask(question, say(proposal["roles"][len(found)]["name"]), read))
    while form.terminal is not None and not given and len(found) < MOST_PARTIES:
        question = say("Name of a further party (Enter for none)")
        party = form.ask(question, "", lambda text: read(text) if text else None)
        if party is None:
            break
        found.append(party)
    return tuple(found)


def _kpis(given: tuple[str, ...], kind: KindName, currency: str, form: _Form) -> tuple[ChosenKpi, ...]:
    """Return the KPIs that were chosen, or the first ones that the kind proposes."""
    if given:
        chosen = tuple(form.option("--kpi", text, lambda each: read_kpi(each, kind, form.words)) for text in given)
        form.option("--kpi", "", lambda _: refuse_doubled(chosen, form.words))
        return chosen
    proposed = content(kind)["kpis"]
    say = form.words.say
    listed = [f"  {number} {say(kpi['name'])}" for number, kpi in enumerate(proposed.values(), start=1)]

    def read(text: str) -> tuple[ChosenKpi, ...]:
        found = tuple(_numbered(each, list(proposed)) for each in text.replace("，", ",").replace("、", ",").split(","))
        refuse_doubled(found, form.words)
        return found

    default = ",".join(map(str, range(1, _FIRST_KPIS + 1)))
    chosen = form.ask(say("KPIs to begin with (numbers, with commas)"), default, read, listed)
    return tuple(_with_target(each, proposed[each.id], currency, form) for each in chosen)


def _numbered(text: str, ids: Sequence[str]) -> ChosenKpi:
    """Read the number of a KPI in the list."""
    if text.strip() not in map(str, range(1, len(ids) + 1)):
        raise AnswerError("write numbers from 1 to %(last)s, with commas", last=len(ids))
    return ChosenKpi(ids[int(text) - 1])


def _with_target(chosen: ChosenKpi, kpi: Content, currency: str, form: _Form) -> ChosenKpi:
    """Ask for a KPI's target; of a range only say what is taken."""
    if form.terminal is None:
        return chosen
    say = form.words.say
    named = {"name": say(kpi["name"]), "unit": _unit(kpi["unit"], currency, form.words)}
    if not isinstance(kpi["target"], str):
        limits = kpi["target"]
        form.terminal.tell(
            say("  %(name)s: %(min)s to %(max)s (%(unit)s), a range; change it in the file", **named, **limits)
        )
        return chosen
    question = say("Target for %(name)s (%(unit)s)", **named)
    target = form.ask(question, kpi["target"], lambda text: read_target(text, kpi))
    return chosen if str(target) == kpi["target"] else chosen._replace(target=target)


def _unit(unit: str, currency: str, words: Wording) -> str:
    return currency if unit == "currency" else unit if unit == "%" else words.say(unit)
