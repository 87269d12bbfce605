"""What `variance` shows: the verdicts of an agreement, thing by thing, with trend and forecast."""

from collections.abc import Sequence
from dataclasses import dataclass

from coopctl.evaluate.forecast import Forecast, budget_forecast, kpi_forecast
from coopctl.evaluate.periods import Days, days_of
from coopctl.evaluate.setting import Setting
from coopctl.evaluate.verdicts import Judgement, Verdict
from coopctl.loading import Loaded
from coopctl.model.agreement import Agreement
from coopctl.model.scalars import PeriodKey
from coopctl.output.figures import kpi_decimals, unit_and_decimals


@dataclass(frozen=True)
class Line:
    """One KPI, milestone or budget line over time."""

    subject: str
    name: str
    unit: str
    direction: str
    decimals: int
    verdicts: tuple[Verdict, ...]
    """Those asked for, in order of time."""
    history: tuple[Verdict, ...]
    """All of them, for the trend."""
    forecast: Forecast | None


@dataclass(frozen=True)
class Variance:
    """One agreement's figures against its targets."""

    loaded: Loaded
    agreement: Agreement
    judgement: Judgement
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Selection:
    """Which figures are asked for; everything where nothing is said."""

    kpis: frozenset[str] = frozenset()
    period: PeriodKey | None = None


def variance_of(loaded: Loaded, agreement: Agreement, judgement: Judgement, selection: Selection) -> Variance:
    """Arrange an agreement's verdicts for comparison."""
    setting = Setting.of(agreement, loaded.ledger, judgement.as_of)
    wanted = days_of(selection.period, agreement.calendar.year_starts) if selection.period else None
    by_subject: dict[str, list[Verdict]] = {}
    for verdict in judgement.verdicts:
        by_subject.setdefault(verdict.subject, []).append(verdict)
    lines = [_line(setting, history, _selected(history, selection, wanted)) for history in by_subject.values()]
    return Variance(loaded, agreement, judgement, tuple(line for line in lines if line.verdicts))


def _selected(history: Sequence[Verdict], selection: Selection, wanted: Days | None) -> tuple[Verdict, ...]:
    if selection.kpis and (history[0].kind != "kpi" or history[0].id not in selection.kpis):
        return ()
    if wanted is None:
        return tuple(history)
    return tuple(verdict for verdict in history if _lies_in(verdict, wanted))


def _lies_in(verdict: Verdict, wanted: Days) -> bool:
    if verdict.period is not None:
        return wanted.contains(verdict.period.days)
    return verdict.kind == "milestone" and verdict.due is not None and wanted.first <= verdict.due <= wanted.last


def _line(setting: Setting, history: Sequence[Verdict], selected: tuple[Verdict, ...]) -> Line:
    first = history[0]
    if first.kind == "kpi":
        kpi = setting.agreement.kpis[first.id]
        unit, decimals, direction = kpi.unit, kpi_decimals(kpi, history), kpi.direction
        forecast = kpi_forecast(setting, first.id, history)
    else:
        unit, decimals = unit_and_decimals(setting.agreement, first)
        direction = "lower-is-better"
        forecast = budget_forecast(setting, first) if first.kind == "budget" else None
    return Line(first.subject, first.name, unit, direction, decimals, selected, tuple(history), forecast)
