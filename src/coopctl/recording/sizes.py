"""How large a KPI's figures are, and how large they are expected to be before there are many."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from coopctl.evaluate.numbers import exact
from coopctl.evaluate.periods import SHORTEST, Period, days_of
from coopctl.evaluate.targets import WHOLE, Aims, target_figure
from coopctl.model.agreement import Agreement
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.model.scalars import PeriodKey, PeriodKind
from coopctl.recording.figures import amount, in_force


class Expected(NamedTuple):
    """Amounts that say of which order a figure is."""

    least: Fraction
    most: Fraction
    name: str
    """What they are: the target, the baseline."""


class Sizes:
    """The figures in force of a KPI, and what the agreement says of their size."""

    def __init__(self, agreement: Agreement, kpi: Kpi, recorded: Iterable[Observation]) -> None:
        self.kpi = kpi
        self._year_starts = agreement.calendar.year_starts
        self._aims = Aims(kpi, (), self._year_starts)
        by_period: dict[str, list[Observation]] = {}
        for each in recorded:
            by_period.setdefault(each.key.text, []).append(each)
        sizes: dict[PeriodKind, list[tuple[Fraction, str]]] = {}
        for figures in by_period.values():
            figure = in_force(tuple(figures), figures[0].key)
            size = None if figure is None else amount(kpi, figure.value, figure.numerator, figure.denominator)
            if figure is not None and size is not None:
                sizes.setdefault(figure.key.kind, []).append((size, figure.key.text))
        self._sizes = {kind: sorted(each) for kind, each in sizes.items()}

    @property
    def is_part_of_total(self) -> bool:
        """Whether the target is a total that figures add up or run up to: any of them can be small beside it."""
        return self.kpi.accumulation == "cumulative" and self.kpi.aggregation in ("sum", "last")

    def beside(self, period: PeriodKey) -> Sequence[Fraction]:
        """Return the figures of the other periods of the same kind, smallest first."""
        return [size for size, key in self._sizes.get(period.kind, ()) if key != period.text]

    def expected(self, period: PeriodKey) -> Iterator[Expected]:
        """Yield the baseline, and the target that holds for a period; a sum over less than a period is a part of it."""
        kpi = self.kpi
        is_part = kpi.aggregation == "sum" and not self.is_part_of_total and period.kind is not kpi.frequency
        share = Fraction(SHORTEST[period.kind], SHORTEST[kpi.frequency]) if is_part else WHOLE
        if kpi.baseline is not None:
            level = exact(kpi.baseline.value) * share
            yield Expected(level, level, "baseline")
        days = days_of(period, self._year_starts)
        aim = self._aims.at(Period(period.text, days, days))
        if aim is not None:
            bounds = target_figure(kpi, aim, share).bounds
            ends = [end for end in bounds if end is not None]
            yield Expected(min(ends), max(ends), "target")
