"""Writes the agreement and its ledger, and reads again what was written: it has to say what was wanted."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from coopctl.consistency import contradictions
from coopctl.drafts.values import key, scalar
from coopctl.errors import CoopctlError
from coopctl.findings import Finding
from coopctl.model.agreement import Agreement
from coopctl.model.names import Names
from coopctl.output.templates import templates_folder
from coopctl.parsing import read_source
from coopctl.starting.kinds import Content, common, content
from coopctl.starting.wishes import ChosenKpi, Wishes
from coopctl.starting.wording import Wording, wording
from coopctl.validation import validated

AGREEMENT: Final = "agreement.yaml"


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
    targets = {id_: kpi.target for id_, kpi in agreement.kpis.items() if id_ in wanted}
    return [*texts, parties, agreement.term.start, agreement.term.end, list(agreement.kpis), targets]


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
    return {
        **common(),
        "kind": kind,
        "kpis": [_kpi(kind["kpis"][each.id], each, wishes, words) for each in wishes.kpis],
        "weights": shares([1] * len(wishes.kpis)),
        "phases": phases,
        "milestones": list(days.milestones(kind, phases)),
        "of": {"first": wishes.parties[0].id, "second": wishes.parties[1].id},
        "ids": ids,
        "leads": [words.say("%(party)s-lead", party=id_) for id_ in ids],
        "deputies": [words.say("%(party)s-deputy", party=id_) for id_ in ids],
        "plan_levels": [f"plan.milestones.{words.say(id_)}.warn" for id_ in kind["milestones"]],
        "budget_levels": _levels(f"budget.{words.say(kind['budget']['id'])}"),
        "shares": {name: _shares_of(kind["economics"][name], wishes) for name in _SHARED if name in kind["economics"]},
        "day_before": wishes.start - timedelta(days=1),
    }


_SHARED: Final = ("cost_sharing", "revenue_sharing")


def _levels(subject: str) -> list[str]:
    return [f"{subject}.warn", f"{subject}.breach"]


def _kpi(kpi: Content, chosen: ChosenKpi, wishes: Wishes, words: Wording) -> dict[str, Any]:
    """Return a KPI as it is wanted; what its placeholders begin from is never better than the target."""
    target = kpi["target"] if chosen.target is None else str(chosen.target)
    baseline = kpi["baseline"]
    if chosen.target is not None:
        better = max if kpi["direction"] == "lower-is-better" else min
        baseline = str(better(Decimal(baseline), chosen.target))
    figures = dict(target) if isinstance(target, Mapping) else {"target": target}
    if kpi["unit"] == "currency":
        figures = {name: f"{wishes.currency} {Decimal(figure):,}" for name, figure in figures.items()}
    unit = wishes.currency if kpi["unit"] == "currency" else kpi["unit"]
    return {
        **kpi,
        "id": chosen.id,
        "unit": unit if unit in (wishes.currency, "%") else words.say(unit),
        "target": target,
        "baseline": baseline,
        "levels": _levels(f"kpis.{words.say(chosen.id)}"),
        "statement": words.say(kpi["goal"]["statement"], **figures),
    }


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
