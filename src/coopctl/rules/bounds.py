"""Which figures a KPI's unit allows."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from coopctl.evaluate.targets import WHOLE, AimInForce, target_figure
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.rules.quantities import is_change, names

_PER_CENT: Final = ("%", "％")
_ALL: Final = Decimal(100)

_SIGNED: Final = re.compile(
    r"(?<![a-z])(margin|profit|return on|roi|yield|nps|promoter|differ|ahead|behind|early|earlier|late|later)(?![a-z])"
    r"|差异|差额|利润|毛利|收益率|回报|盈亏|净推荐|提前|延迟",
    re.IGNORECASE,
)
"""Words for what can be below 0, or above all there was, without being a change."""

_OPEN_TOP: Final = re.compile(
    r"(?<![a-z])(load(?![a-z])|workload|utili[sz]|occupan|attain|achiev|fulfil|complet|capacity|coverage|index"
    r"|(of|against|versus|vs\.?|to) (the )?(plan|budget|target|baseline|forecast)(?![a-z]))"
    r"|负荷|负载|饱和|利用率|使用率|达成|完成|执行率|覆盖率|指数|产能",
    re.IGNORECASE,
)
"""Words for shares of a plan or a capacity, of which there can be more than all."""

_COUNTED: Final = re.compile(
    r"(days?|workdays?|hours?|minutes?|seconds?|weeks?|months?|years?|people|persons?|staff|employees?|members?|ftes?"
    r"|users?|customers?|clients?|orders?|tickets?|projects?|complaints?|incidents?|defects?|faults?|errors?|visits?"
    r"|calls?|items?|pieces|pcs|units?|leads?|shipments?|parcels?|deliver(y|ies)|cases?|requests?|stores?|sites?)"
    r"|.*([天日秒周月年人名位单件个次户项台家例起笔张篇套份场]|小时|分钟)",
    re.IGNORECASE,
)
"""Units of which there cannot be fewer than none."""


def bound_broken(kpi_id: str, kpi: Kpi, figure: Observation) -> str:
    """Say which bound a figure breaks; empty where it breaks none. Whether two counts fit together is not asked."""
    value = figure.value if figure.numerator is None else figure.numerator
    if value is not None and value < 0 and _cannot_be_negative(kpi_id, kpi):
        return "below 0"
    if figure.value is not None and figure.value > _ALL and is_share(kpi_id, kpi):
        return "above 100"
    return ""


def is_share(kpi_id: str, kpi: Kpi) -> bool:
    """Whether a KPI in % is a part of a whole: its figures cannot be more than 100."""
    return (
        kpi.unit in _PER_CENT
        and not _is_signed(kpi_id, kpi)
        and not _OPEN_TOP.search(names(kpi_id, kpi))
        and all(0 <= level <= _ALL for level in _stated_levels(kpi))
    )


def _cannot_be_negative(kpi_id: str, kpi: Kpi) -> bool:
    counted = re.split(r"/| per ", kpi.unit)[0].split()[-1:]
    return (
        (kpi.unit in _PER_CENT or any(map(_COUNTED.fullmatch, counted)))
        and not _is_signed(kpi_id, kpi)
        and all(level >= 0 for level in _stated_levels(kpi))
    )


def _is_signed(kpi_id: str, kpi: Kpi) -> bool:
    words = f"{names(kpi_id, kpi)}\n{kpi.unit}"
    return is_change(words) or _SIGNED.search(words) is not None


def _stated_levels(kpi: Kpi) -> Iterator[Fraction]:
    """Yield the baseline and every target as a level."""
    if kpi.baseline is not None:
        yield Fraction(kpi.baseline.value)
    for aim in kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,):
        bounds = target_figure(kpi, AimInForce(aim, ()), WHOLE).bounds
        yield from (level for level in bounds if level is not None)
