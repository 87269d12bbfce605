"""Writes the agreement and its ledger, and reads again what was written: it has to say what was wanted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import chain, count
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from coopctl.consistency import contradictions
from coopctl.drafts.values import key, scalar
from coopctl.errors import CoopctlError
from coopctl.evaluate.periods import days_of, key_of
from coopctl.findings import Finding
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.names import Names
from coopctl.model.scalars import PeriodKey, PeriodKind
from coopctl.output.templates import templates_folder
from coopctl.parsing import read_source
from coopctl.starting.kinds import Content, common, content
from coopctl.starting.wishes import ChosenKpi, Wishes
from coopctl.starting.wording import Wording, wording
from coopctl.validation import validated

AGREEMENT: Final = "agreement.yaml"
_PERIODS: Final = {"monthly": PeriodKind.MONTH, "quarterly": PeriodKind.QUARTER, "half-yearly": PeriodKind.HALF}


def agreement_text(wishes: Wishes, schema: str) -> str:
    """Write the agreement; raises `CoopctlError` where it would not say what was wanted.

    `schema` is the file that the line for editors names.
    """
    text = rendered("agreement.yaml.j2", wishes, schema=schema, **_layout(wishes))
    if _said(_read_again(text), wishes) != _meant(wishes):
        raise CoopctlError("an agreement cannot be written that says just this; try other names or a shorter purpose")
    return text


def _said(agreement: Agreement, wishes: Wishes) -> list[object]:
    """Return what the agreement says of everything that is wished."""
    parties = [(id_, party.name) for id_, party in agreement.parties.items()]
    texts = (agreement.title, agreement.purpose, agreement.language, agreement.currency, agreement.timezone)
    wanted = {wording(wishes.language).say(each.id) for each in wishes.kpis if each.target is not None}
    targets = {id_: _last_target(kpi) for id_, kpi in agreement.kpis.items() if id_ in wanted}
    return [*texts, parties, agreement.term.start, agreement.term.end, list(agreement.kpis), targets]


def _last_target(kpi: Kpi) -> object:
    """Return what a KPI has to reach in the end."""
    return list(kpi.target.values())[-1] if isinstance(kpi.target, dict) else kpi.target


def _meant(wishes: Wishes) -> list[object]:
    say = wording(wishes.language).say
    parties = [(party.id, party.name) for party in wishes.parties]
    texts = (wishes.title, wishes.purpose, wishes.language, wishes.currency, wishes.timezone)
    targets = {say(each.id): each.target for each in wishes.kpis if each.target is not None}
    return [*texts, parties, wishes.start, wishes.end, [say(each.id) for each in wishes.kpis], targets]


def _read_again(text: str) -> Agreement:
    source = read_source(AGREEMENT, text)
    findings: list[Finding] = list(source.findings)
    if not findings:
        agreement, findings, _ = validated(Agreement, source, Names.of(source.data))
        if agreement is not None:
            findings += contradictions(agreement, source)
            if not findings:
                return agreement
    first = findings[0]
    raise CoopctlError(f"the agreement would not be valid: {first.subject or first.kind.name}: {first.message}")


def rendered(template: str, wishes: Wishes, **more: object) -> str:
    """Render one of the templates of `init`."""
    words = wording(wishes.language)
    return _environment().get_template(f"init/{template}").render(wishes=wishes, t=words.say, **more)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # YAML: every text passes the filter `value`, every id the filter `key`
    )
    environment.filters["say"] = _say
    environment.filters["value"] = scalar
    environment.filters["key"] = key
    environment.filters["keys"] = lambda ids: f"[{', '.join(map(key, ids))}]"
    environment.filters["values"] = lambda texts: f"[{', '.join(map(scalar, texts))}]"
    return environment


@pass_context
def _say(context: Context, message: str) -> str:
    said: str = context["t"](message)
    return said


def _layout(wishes: Wishes) -> dict[str, Any]:
    """Return what the template needs beside the wishes: the kind's content with days, shares and owners worked out."""
    kind = content(wishes.kind)
    words = wording(wishes.language)
    days = Days(wishes.start, wishes.end)
    phases = list(days.phases(kind))
    ids = [party.id for party in wishes.parties]
    of = {"first": wishes.parties[0].id, "second": wishes.parties[1].id}
    cause = kind["exit"].get("caused_by")
    return {
        **common(),
        "kind": kind,
        "body": kind.get("body", common()["body"]),
        "about_shares": kind["economics"].get("about"),
        "lock_in": kind.get("lock_in"),
        "failures": list(_failures(kind, wishes, words)),
        "every_clause": {**kind["clauses"], **common()["clauses"]},
        "over_budget": {**common()["over_budget"], **kind["budget"].get("risk", {})},
        "injured": [id_ for id_ in ids if cause is None or id_ != of[cause]],
        "survival": [*_SURVIVING, *(f"clauses.{words.say(id_)}" for id_ in (*kind["survival"], *common()["clauses"]))],
        "kpis": [_kpi(kind["kpis"][each.id], each, wishes, words) for each in wishes.kpis],
        "weights": shares([1] * len(wishes.kpis)),
        "phases": phases,
        "milestones": list(days.milestones(kind, phases)),
        "of": of,
        "ids": ids,
        "leads": [_unlike(ids, words.say("%(party)s-lead", party=id_)) for id_ in ids],
        "deputies": [_unlike(ids, words.say("%(party)s-deputy", party=id_)) for id_ in ids],
        "plan_levels": [f"plan.milestones.{words.say(id_)}.warn" for id_ in kind["milestones"]],
        "budget_levels": _levels(f"budget.{words.say(kind['budget']['id'])}"),
        "shares": {name: _shares_of(kind["economics"][name], wishes) for name in _SHARED if name in kind["economics"]},
        "day_before": wishes.start - timedelta(days=1),
    }


_SHARED: Final = ("cost_sharing", "revenue_sharing")
_SURVIVING: Final = ("confidentiality", "liability", "disputes", "exit.wind_down")
"""Sections of every kind that go on after the end."""


def _failures(kind: Content, wishes: Wishes, words: Wording) -> Iterator[dict[str, Any]]:
    """Yield what each party can do that gives the others a right to leave, with an event that is about it alone."""
    of_kind = {kind["exit"]["id"]: kind["exit"]} if "of_each" in kind["exit"] else {}
    payers = [{"first": 0, "second": 1}[payer] for payer in kind.get("payers", [])] or range(len(wishes.parties))
    for id_, failure in (of_kind | common()["failures"]).items():
        for position, party in enumerate(wishes.parties):
            if id_ != "non-payment" or position in payers:
                yield {
                    **failure,
                    "event": words.say("%(failure)s-of-%(party)s", failure=words.say(id_), party=party.id),
                    "name": words.say(failure["name"], party=party.name),
                    "right_of": [other.id for other in wishes.parties if other is not party],
                }


def _unlike(parties: Sequence[str], member: str) -> str:
    """Return a member's id that is no party's."""
    taken = {id_.casefold() for id_ in parties}
    candidates = chain([member], (f"{member}-{number}" for number in count(2)))
    return next(each for each in candidates if each.casefold() not in taken)


def _levels(subject: str) -> list[str]:
    return [f"{subject}.warn", f"{subject}.breach"]


def _kpi(kpi: Content, chosen: ChosenKpi, wishes: Wishes, words: Wording) -> dict[str, Any]:
    """Return a KPI as it is wanted; what its placeholders begin from is never better than the target."""
    target = kpi["target"] if chosen.target is None else str(chosen.target)
    baseline = kpi.get("baseline")
    if chosen.target is not None and baseline is not None:
        better = max if kpi["direction"] == "lower-is-better" else min
        baseline = str(better(Decimal(baseline), chosen.target))
    figures = dict(target) if isinstance(target, Mapping) else {"target": target}
    if kpi["unit"] == "currency":
        figures = {name: _sum(Decimal(figure), wishes.currency, words) for name, figure in figures.items()}
    unit = wishes.currency if kpi["unit"] == "currency" else kpi["unit"]
    return {
        **kpi,
        "id": chosen.id,
        "unit": unit if unit in (wishes.currency, "%") else words.say(unit),
        "target": target,
        "baseline": baseline,
        "steps": [(period.text, f"{figure:f}") for period, figure in _steps(kpi, chosen, wishes)],
        "levels": _levels(f"kpis.{words.say(chosen.id)}"),
        "statement": words.say(kpi["goal"]["statement"], **figures),
    }


def _sum(amount: Decimal, currency: str, words: Wording) -> str:
    """Return a sum of money as a sentence has it: USD 1,500,000, 人民币150万元."""
    unit = _TEN_THOUSAND.get(words.tag)
    said = f"{amount:,}" if unit is None or amount % 10_000 else f"{amount / 10_000:,f}{unit}"
    written = common()["money"].get(currency)
    return f"{currency} {said}" if written is None else words.say(written, sum=said)


_TEN_THOUSAND: Final = {"zh-Hans": "万", "zh-Hant": "萬"}


def first_period(chosen: ChosenKpi, wishes: Wishes) -> PeriodKey:
    """Return the first period in which a KPI is judged."""
    kpi = content(wishes.kind)["kpis"][chosen.id]
    for period, _ in _steps(kpi, chosen, wishes):
        return period
    return key_of(wishes.start, _PERIODS[kpi["frequency"]], year_starts=1)


def _steps(kpi: Content, chosen: ChosenKpi, wishes: Wishes) -> Iterator[tuple[PeriodKey, Decimal]]:
    """Yield the periods from which a target is in force, where nothing can be reached before a milestone.

    In the period of the milestone only a part of the target has to be reached, or nothing; where no period follows
    in the term, all of it.
    """
    begins = kpi.get("judged_from")
    if begins is None:
        return
    target = Decimal(kpi["target"]) if chosen.target is None else chosen.target
    due = Days(wishes.start, wishes.end).at(int(content(wishes.kind)["milestones"][begins["milestone"]]["due"]))
    kind = _PERIODS[kpi["frequency"]]
    period = key_of(due, kind, year_starts=1)
    day_after = days_of(period, year_starts=1).last + timedelta(days=1)
    if day_after > wishes.end:
        yield period, target
        return
    if "begins_at" in begins:
        yield period, (target * Decimal(begins["begins_at"]) / 100).normalize()
    yield key_of(day_after, kind, year_starts=1), target


def _shares_of(planned: list[str], wishes: Wishes) -> dict[str, int]:
    """Return each party's share; those of the kind are for two."""
    ids = [party.id for party in wishes.parties]
    parts = [int(each) for each in planned] if len(ids) == len(planned) else [1] * len(ids)
    return dict(zip(ids, shares(parts), strict=True))


def shares(parts: list[int]) -> list[int]:
    """Return whole percentages that add up to 100; what is left over goes to the first ones."""
    whole = [100 * part // sum(parts) for part in parts]
    left = 100 - sum(whole)
    return [share + (index < left) for index, share in enumerate(whole)]


class Days:
    """Days in the term, named by how much of it has passed."""

    def __init__(self, start: date, end: date) -> None:
        self._start = start
        self._days = (end - start).days

    def at(self, percent: int) -> date:
        """Return the day on which so much of the term has passed."""
        return self._start + timedelta(days=self._days * percent // 100)

    def phases(self, kind: Content) -> Iterator[dict[str, Any]]:
        """Yield the kind's phases with their days."""
        start = self._start
        for id_, phase in kind["phases"].items():
            end = self.at(int(phase["until"]))
            yield {**phase, "id": id_, "start": start, "end": end}
            start = end + timedelta(days=1)

    def milestones(self, kind: Content, phases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the kind's milestones with their days and the phase that they fall into."""
        previous = None
        for id_, milestone in kind["milestones"].items():
            due = self.at(int(milestone["due"]))
            phase = next(each for each in phases if due <= each["end"])
            start = max(self.at(int(milestone["from"])), phase["start"])
            yield {**milestone, "id": id_, "start": start, "due": due, "phase": phase["id"], "after": previous}
            previous = id_
