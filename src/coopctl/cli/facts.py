"""From the words of a command line to facts that can be recorded; what is no date, figure or name is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic_core import PydanticCustomError

from coopctl.cli.options import parse_as_of, today_in
from coopctl.cli.remarks import one_line
from coopctl.drafts.values import Entry, Plain
from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.names import Names, did_you_mean
from coopctl.model.scalars import Percent, PeriodKey
from coopctl.recording.facts.action import ActionDone, NewAction
from coopctl.recording.facts.entry import NewEntry
from coopctl.recording.facts.figure import FigureOf, Said
from coopctl.recording.facts.milestone import MilestoneNews
from coopctl.recording.figures import Figure, NewFigure, read_figure
from coopctl.validation import remedy_for


class Told(NamedTuple):
    """What is said about a figure."""

    figure: str
    weight: str | None = None
    provisional: bool = False
    recorded: str | None = None
    by: str | None = None
    note: str | None = None
    by_is_usual: bool = False
    """Whether `by` is who records in general: then it is no news about a figure that is there already."""


def figure_of(
    loaded: Loaded, agreement: Agreement, section: Literal["kpis", "spend"], id_: str, period: str, told: Told
) -> FigureOf:
    """Return a KPI's figure, or what was spent on a budget line."""
    names = Names.of(loaded.source.data)
    kind, known = ("KPI", names.kpis) if section == "kpis" else ("budget line", names.budget)
    id_ = _one_of(kind, id_, known)
    unit = agreement.kpis[id_].unit if section == "kpis" else ""
    read = _read("the figure", lambda: read_figure(told.figure, told.weight, unit=unit or ""))
    _refuse_another_form(id_, agreement.kpis[id_].aggregation if section == "kpis" else "spend", read)
    recorded = parse_as_of(told.recorded, "--recorded")
    day = recorded or today_in(agreement.timezone)
    key = _read("the period", lambda: PeriodKey.read(period))
    by, note = _one_line("--by", told.by), _one_line("--note", told.note)
    said = Said(None if told.by_is_usual else by, recorded)
    return FigureOf(section, NewFigure(id_, key, read, day, told.provisional, by, note), said)


def _refuse_another_form(id_: str, measured: str, figure: Figure) -> None:
    """Refuse one number where there have to be two, and the other way round."""
    if measured == "ratio" and figure.value is not None:
        raise CoopctlError(f"{id_} is a ratio of sums: write numerator/denominator, such as 930/1000, not {figure}")
    if measured != "ratio" and figure.value is None:
        raise CoopctlError(f"{id_} is one number, not {figure}")
    if measured == "weighted-mean" and figure.weight is None:
        raise CoopctlError(f"{id_} is a weighted mean: say what {figure} counts, such as --weight 120")
    if measured != "weighted-mean" and figure.weight is not None:
        raise CoopctlError(f"{id_} is no weighted mean: its figures have no weight; leave --weight out")


class Progress(NamedTuple):
    """What is said about a milestone."""

    started: str | None = None
    done: str | None = None
    progress: str | None = None
    forecast: str | None = None
    by: str | None = None
    note: str | None = None


def milestone_news(loaded: Loaded, id_: str, told: Progress) -> MilestoneNews:
    """Return how far a milestone has come."""
    started, done, progress, forecast, by, note = told
    if started is None and done is None and progress is None and forecast is None:
        raise CoopctlError("say what to record: --started, --done, --progress or --forecast")
    if progress is not None:
        progress = progress if progress.endswith("%") else f"{progress}%"
        share: Percent = _read("--progress", lambda: Percent.read(progress))
        if share.value > 100:
            raise CoopctlError(f"--progress: {share} is more than all of it; write 0% to 100%")
    return MilestoneNews(
        _one_of("milestone", id_.removeprefix("plan.milestones."), Names.of(loaded.source.data).milestones),
        parse_as_of(started, "--started"),
        parse_as_of(done, "--done"),
        progress,
        parse_as_of(forecast, "--forecast"),
        _one_line("--by", by),
        _one_line("--note", note),
    )


class Deed(NamedTuple):
    """What is said about an action."""

    what: str | None
    about: str | None = None
    cause: str | None = None
    owner: str | None = None
    due: str | None = None
    done: str | None = None
    id: str | None = None
    day: str | None = None
    note: str | None = None


def new_action(loaded: Loaded, agreement: Agreement, told: Deed) -> NewAction:
    """Return why something slipped and what is done about it."""
    if told.about is None:
        raise CoopctlError("--about: say what slipped, such as --about kpis.csat@2026-05")
    names = Names.of(loaded.source.data)
    fields = Entry(date=_day("--date", told.day, agreement.timezone), about=_subject("--about", told.about, names))
    given = {
        "cause": told.cause,
        "do": _one_line("TEXT", told.what),
        "owner": _one_of("party or member", told.owner, names.actors) if told.owner else None,
        "due": _optional_day("--due", told.due),
        "done": _optional_day("--done", told.done),
        "note": _one_line("--note", told.note),
    }
    fields |= {name: text for name, text in given.items() if text is not None}
    return NewAction(fields, _one_line("--id", told.id), *_about(fields))


def action_done(told: Deed) -> ActionDone:
    """Return that an action is finished; nothing else about it can be said then, except in a note."""
    day = parse_as_of(told.done, "--done")
    if told.id is None or day is None:
        raise CoopctlError("say what is done about it, or --id and --done for an action that is finished")
    beside = {"--about": told.about, "--cause": told.cause, "--owner": told.owner, "--due": told.due}
    given = [option for option, text in {**beside, "--date": told.day}.items() if text is not None]
    if given:
        raise CoopctlError(
            f"{' and '.join(given)}: that is said of a new action, with its text; --id and --done finish one that is "
            "recorded, and only --note goes with them"
        )
    return ActionDone(one_line("--id", told.id), day, _one_line("--note", told.note))


def refuse_by(by: str | None, fact: str, instead: str) -> None:
    """Refuse `--by` for a fact that has no such field."""
    if by is not None:
        raise CoopctlError(f"--by: the ledger does not keep who recorded {fact}; {instead}, or say it in --note")


class Excuse(NamedTuple):
    """What is said about a waiver."""

    about: str
    reason: str
    approved_by: list[str]
    day: str | None = None
    note: str | None = None


def new_waiver(loaded: Loaded, agreement: Agreement, told: Excuse) -> NewEntry:
    """Return that something is not to count."""
    names = Names.of(loaded.source.data)
    fields = Entry(about=_subject("SUBJECT", told.about, names))
    fields["reason"] = one_line("--reason", told.reason)
    fields["date"] = _day("--date", told.day, agreement.timezone)
    fields["approved_by"] = [_one_of("party", party, names.parties) for party in dict.fromkeys(told.approved_by)]
    if told.note is not None:
        fields["note"] = one_line("--note", told.note)
    return NewEntry("waivers", fields, f"waiver of {fields['about']}", *_about(fields))


class Happening(NamedTuple):
    """What is said about an event."""

    kind: str
    about: str | None = None
    day: str | None = None
    by: str | None = None
    note: str | None = None


def new_event(loaded: Loaded, agreement: Agreement, told: Happening) -> NewEntry:
    """Return something that happened."""
    if len(told.kind.strip().splitlines()) > 1:
        raise CoopctlError("KIND: write one line, such as incident; what more there is to say goes into --note")
    fields = Entry(date=_day("--date", told.day, agreement.timezone), kind=one_line("KIND", told.kind))
    given = {
        "about": _subject("--about", told.about, Names.of(loaded.source.data)) if told.about else None,
        "by": _one_line("--by", told.by),
        "note": _one_line("--note", told.note),
    }
    fields |= {name: text for name, text in given.items() if text is not None}
    return NewEntry("events", fields, f"event {fields['kind']}", *_about(fields))


def _read(what: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except PydanticCustomError as error:
        raise CoopctlError(f"{what}: {error.message()}; {remedy_for(error.context or {})}") from None


def _one_of(kind: str, name: str, known: frozenset[str]) -> str:
    """Return a name as the agreement has it; without its section it will do."""
    from unicodedata import normalize

    found = normalize("NFC", name)
    for candidate in (found, found.removeprefix("kpis.").removeprefix("budget.")):
        if candidate in known:
            return candidate
    raise CoopctlError(f"no {kind} is called {name}; {did_you_mean(found, known)}")


def _subject(option: str, text: str, names: Names) -> str:
    """Return what a fact is about, by its whole name; `csat@2026-05` is meant for the one thing called csat."""
    name, at, period = text.partition("@")
    if at:
        _read(option, lambda: PeriodKey.read(period))
    if name not in names.subjects:
        called = [each for each in sorted(names.subjects) if each.rpartition(".")[2] == name]
        if len(called) != 1:
            raise CoopctlError(f"{option}: nothing is called {name}; {did_you_mean(name, called or names.subjects)}")
        name = called[0]
    return f"{name}{at}{period}"


def _about(fields: Entry) -> tuple[str, str]:
    subject, _, period = str(fields.get("about", "")).partition("@")
    return subject, period


def _day(option: str, text: str | None, timezone: str) -> Plain:
    day: date = parse_as_of(text, option) or today_in(timezone)
    return Plain(day.isoformat())


def _optional_day(option: str, text: str | None) -> Plain | None:
    day = parse_as_of(text, option)
    return None if day is None else Plain(day.isoformat())


def _one_line(option: str, text: str | None) -> str | None:
    return None if text is None else one_line(option, text)
