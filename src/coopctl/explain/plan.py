"""How the verdicts on milestones and budget lines come about."""

from collections.abc import Iterator
from datetime import date

from coopctl.evaluate.budget import phased_parts
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Verdict
from coopctl.explain.outcome import outcome_steps
from coopctl.explain.steps import Citing, Step, spelled


def milestone_steps(setting: Setting, verdict: Verdict, cite: Citing) -> Iterator[Step]:
    """Yield the steps of a milestone's verdict."""
    plan = setting.agreement.plan
    assert plan is not None
    milestone = plan.milestones[verdict.id]
    inputs = [cite.clause(f"due: {milestone.due}", (*verdict.path, "due"))]
    if milestone.start:
        inputs.insert(0, cite.clause(f"start: {milestone.start}", (*verdict.path, "start")))
    window = (
        f"window {milestone.due} − {milestone.start} = {(milestone.due - milestone.start).days} days"
        if milestone.start
        else ""
    )
    yield Step("What is due", tuple(inputs), window, verdict.name)
    yield _judged_at(setting, verdict, cite)
    if verdict.variance is not None:
        formula = f"{verdict.actual_date} − {milestone.due}"
        result = f"{spelled(verdict.variance)} days late"
        if verdict.variance_percent is not None and milestone.start:
            formula += f"; {spelled(verdict.variance)} / {(milestone.due - milestone.start).days} × 100"
            result += f"; {spelled(verdict.variance_percent)} % of the window"
        yield Step("Variance = date − due", formula=formula, result=result)
    yield from outcome_steps(setting, verdict, cite)


def _judged_at(setting: Setting, verdict: Verdict, cite: Citing) -> Step:
    record = setting.ledger.milestones.get(verdict.id)
    inputs = []
    if record is not None:
        facts = record.facts
        given = (
            ("started", facts.started),
            ("done", facts.done),
            ("progress", facts.progress),
            ("forecast", facts.forecast),
        )
        inputs = [
            cite.fact(f"{name}: {value}", record.place.within(name))
            for name, value in given
            if value is not None and not (name in ("started", "done") and _is_later(value, setting.as_of))
        ]
    if verdict.done:
        return Step("Judged at", tuple(inputs), "the day it was done", str(verdict.actual_date))
    if verdict.actual_date is None:
        return Step("Judged at", tuple(inputs), f"not done, and not late on {setting.as_of}", "not judged yet")
    formula = (
        "not done: its forecast, as that is later than the as-of date"
        if verdict.forecasted
        else "not done: the as-of date"
    )
    return Step("Judged at", tuple(inputs), formula, str(verdict.actual_date))


def _is_later(value: object, as_of: date) -> bool:
    return isinstance(value, date) and value > as_of


def budget_steps(setting: Setting, verdict: Verdict, cite: Citing) -> Iterator[Step]:
    """Yield the steps of a budget line's verdict."""
    line = setting.agreement.budget[verdict.id]
    assert verdict.target is not None and verdict.target.bounds.high is not None
    currency = setting.agreement.currency or ""
    parts = phased_parts(setting, line)
    path = (*verdict.path, "phasing")
    inputs = [cite.clause(f"amount: {line.amount}", (*verdict.path, "amount"))]
    if line.phasing == "even":
        inputs.append(cite.clause("phasing: even, by days over the term", path))
    else:
        inputs += [cite.clause(f"{part.label}: {spelled(part.amount)}", (*path, part.label)) for part in parts]
    terms = " + ".join(f"{spelled(part.amount)} × {part.elapsed}/{part.days.length}" for part in parts if part.elapsed)
    yield Step(
        f"Budget to date: the days that ended before {setting.as_of}",
        tuple(inputs),
        terms or "no day of the budget has ended",
        f"{spelled(verdict.target.bounds.high)} {currency}".rstrip(),
    )
    spent = [cite.fact(f"{each.key}: {each.value}", each.place) for each in verdict.figures]
    spent += [
        cite.fact(f"{each.key}: {each.value}; replaced by the later one", each.place) for each in verdict.superseded
    ]
    if verdict.actual is None or verdict.variance is None:
        yield Step("Spend to date", tuple(spent), result="nothing is recorded")
    else:
        total = " + ".join(str(each.value) for each in verdict.figures)
        yield Step("Spend to date", tuple(spent), total, f"{spelled(verdict.actual)} {currency}".rstrip())
        yield _variance(verdict)
    yield from outcome_steps(setting, verdict, cite)


def _variance(verdict: Verdict) -> Step:
    assert verdict.target is not None and verdict.target.bounds.high is not None
    assert verdict.actual is not None and verdict.variance is not None
    budget = spelled(verdict.target.bounds.high)
    formula = f"{spelled(verdict.actual)} − {budget}"
    result = spelled(verdict.variance)
    if verdict.variance_percent is not None:
        formula += f"; {result} / {budget} × 100"
        result += f"; {spelled(verdict.variance_percent)} %"
    return Step("Variance = spend − budget", formula=formula, result=result)
