"""How the verdict on a KPI in one period comes about."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coopctl.evaluate.kpis import figures_behind
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.targets import WHOLE
from coopctl.evaluate.verdicts import Bounds, TargetFigure, Verdict
from coopctl.explain.outcome import outcome_steps
from coopctl.explain.steps import Citing, Step, spelled, spelled_exactly
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation


def kpi_steps(setting: Setting, verdict: Verdict, cite: Citing) -> Iterator[Step]:
    """Yield the steps from the clause to the status."""
    kpi = setting.agreement.kpis[verdict.id]
    assert verdict.target is not None
    yield _clause(kpi, verdict, cite)
    yield _period(setting, kpi, verdict, cite)
    yield _target(setting, kpi, verdict, verdict.target, cite)
    current, superseded = figures_behind(setting, verdict)
    yield _figures(verdict, current, superseded, cite)
    if verdict.actual is not None and verdict.variance is not None:
        yield Step("Actual", formula=_roll_up(kpi, current), result=f"{spelled_exactly(verdict.actual)} {kpi.unit}")
        yield _variance(verdict.actual, verdict.variance, verdict.variance_percent, verdict.target.bounds)
        yield _attainment(verdict, verdict.actual, verdict.target.bounds)
    yield from outcome_steps(setting, verdict, cite)


def _clause(kpi: Kpi, verdict: Verdict, cite: Citing) -> Step:
    path = verdict.path
    inputs = [
        cite.clause(f"unit: {kpi.unit}", (*path, "unit")),
        cite.clause(f"direction: {kpi.direction}", (*path, "direction")),
        cite.clause(f"frequency: {kpi.frequency}", (*path, "frequency")),
        cite.clause(f"aggregation: {kpi.aggregation}", (*path, "aggregation")),
    ]
    if kpi.accumulation == "cumulative":
        inputs.append(cite.clause("accumulation: cumulative", (*path, "accumulation")))
    return Step("What is measured", tuple(inputs), result=verdict.name)


def _period(setting: Setting, kpi: Kpi, verdict: Verdict, cite: Citing) -> Step:
    period = verdict.period
    assert period is not None
    days = period.days
    formula = f"{period.key} is {days.first} to {days.last}, {days.length} days"
    if period.partial:
        formula += f" of {period.whole.length} (the term is {setting.term.first} to {setting.term.last})"
    state = "still running" if verdict.running else "ended"
    inputs = [cite.clause(f"report_within: {kpi.report_within}", (*verdict.path, "report_within"))]
    if period.partial:
        inputs.append(cite.clause(f"term: {setting.term.first} to {setting.term.last}", ("term",)))
    return Step(
        "Period",
        tuple(inputs),
        formula,
        f"as of {setting.as_of}: {state}; its figure is due by {verdict.due}",
    )


def _target(setting: Setting, kpi: Kpi, verdict: Verdict, target: TargetFigure, cite: Citing) -> Step:
    inputs = [cite.clause(f"target: {target.stated}", target.path)]
    if target.bounds.is_range:
        formula = f"both ends of {target.stated} belong to the range"
    elif target.relative:
        assert kpi.baseline is not None
        inputs.append(cite.clause(f"baseline: {kpi.baseline.value}", (*verdict.path, "baseline", "value")))
        sign, size = target.stated[0].replace("-", "−"), target.stated[1:-1]
        formula = f"{kpi.baseline.value} × (1 {sign} {size}/100)"
    else:
        formula = "as stated"
    if target.share != WHOLE:
        formula = f"{formula if target.relative else target.stated} × {_share(setting, kpi, verdict)}"
    return Step("Target", tuple(inputs), formula, f"{_bounds(target.bounds)} {kpi.unit}")


def _share(setting: Setting, kpi: Kpi, verdict: Verdict) -> str:
    assert verdict.period is not None
    if kpi.accumulation == "cumulative":
        elapsed = (verdict.period.days.last - setting.term.first).days + 1
        return f"{elapsed}/{setting.term.length} (days of the term so far, phased evenly)"
    return f"{verdict.period.days.length}/{verdict.period.whole.length} (days of the period in the term)"


def _bounds(bounds: Bounds) -> str:
    low, high = bounds
    if low is not None and high is not None:
        return f"{spelled_exactly(low)} to {spelled_exactly(high)}"
    bound = low if low is not None else high
    assert bound is not None
    return f"at least {spelled_exactly(bound)}" if high is None else f"at most {spelled_exactly(bound)}"


def _figures(verdict: Verdict, current: Sequence[Observation], superseded: Sequence[Observation], cite: Citing) -> Step:
    inputs = [cite.fact(_recorded(figure), figure.place) for figure in current]
    inputs += [cite.fact(f"{_recorded(figure)}; replaced by the later one", figure.place) for figure in superseded]
    if verdict.actual is None:
        return Step("Recorded figures", tuple(inputs), result="no figure for the period is known")
    result = f"{len(current)} figure{'' if len(current) == 1 else 's'} in force"
    return Step("Recorded figures", tuple(inputs), result=result + (", provisional" if verdict.provisional else ""))


def _recorded(figure: Observation) -> str:
    value = f"{figure.value}" if figure.value is not None else f"{figure.numerator} / {figure.denominator}"
    parts = [f"{figure.key}: {value}"]
    if figure.weight is not None:
        parts.append(f"weight {figure.weight}")
    if figure.recorded is not None:
        parts.append(f"recorded {figure.recorded}")
    if figure.provisional:
        parts.append("provisional")
    if figure.by:
        parts.append(f"by {figure.by}")
    if figure.note:
        parts.append(f"“{figure.note}”")
    return ", ".join(parts)


def _roll_up(kpi: Kpi, figures: Sequence[Observation]) -> str:
    if kpi.aggregation == "ratio":
        numerators = _sum([str(figure.numerator) for figure in figures])
        denominators = _sum([str(figure.denominator) for figure in figures])
        return f"{numerators} / {denominators}" + (" × 100" if kpi.unit == "%" else "")
    values = [str(figure.value) for figure in figures]
    if kpi.aggregation == "weighted-mean":
        products = " + ".join(f"{figure.value} × {figure.weight}" for figure in figures)
        return f"({products}) / {_sum([str(figure.weight) for figure in figures])}"
    if len(values) == 1:
        return "the one figure"
    if kpi.aggregation == "sum":
        return " + ".join(values)
    if kpi.aggregation == "mean":
        return f"{_sum(values)} / {len(values)}"
    return f"the {kpi.aggregation} of {', '.join(values)}"


def _sum(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"


def _variance(actual: Fraction, variance: Fraction, percent: Fraction | None, bounds: Bounds) -> Step:
    nearest = bounds.nearest(actual)
    if bounds.is_range and not variance:
        formula, share = f"{spelled(actual)} lies in the range", ""
    else:
        formula = f"{spelled(actual)} − {spelled(nearest)}"
        share = f"; {spelled(variance)} / |{spelled(nearest)}| × 100" if percent is not None else ""
    result = spelled(variance)
    result += f"; {spelled(percent)} %" if percent is not None else "; no percentage, as the target is 0"
    return Step("Variance = actual − target", formula=formula + share, result=result)


def _attainment(verdict: Verdict, actual: Fraction, bounds: Bounds) -> Step:
    reached = verdict.attainment if verdict.attainment is not None else Fraction(0)
    nearest = bounds.nearest(actual)
    if verdict.favourable:
        formula = "the target is reached"
    elif bounds.is_range:
        formula = "outside the range"
    elif actual <= 0 or nearest <= 0:
        formula = "missed, and a quotient with a figure of 0 or less means nothing"
    elif bounds.high is None:
        formula = f"actual / target × 100 = {spelled(actual)} / {spelled(nearest)} × 100"
    else:
        formula = f"target / actual × 100 = {spelled(nearest)} / {spelled(actual)} × 100"
    return Step("Attainment", formula=formula, result=f"{spelled(reached)} %")
