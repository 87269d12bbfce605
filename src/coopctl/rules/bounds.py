"""Which figures a KPI's unit allows."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from coopctl.evaluate.targets import WHOLE, AimInForce, target_figure
from coopctl.model.kpis import Kpi
from coopctl.model.ledger import Observation
from coopctl.rules.quantities import LONGEST, is_change, names

_PER_CENT: Final = ("%", "％")
_ALL: Final = Decimal(100)
_BELOW: Final = "below 0"
_ABOVE: Final = "above 100"

_SIGNED: Final = re.compile(
    r"(?<![a-z])(margin|profit|return on|roi|yield|nps|promoter|differ|ahead|behind|early|earlier|late|later"
    r"|slack|headroom|float|buffer|surplus|deficit|gap|over[ -]?run|under[ -]?run|balance"
    r"|lead|roe|roa|ebit(?:da)?)(?![a-z])"
    r"|差异|差额|利润|毛利|收益率|回报|盈亏|净推荐|提前|延迟|库存差|余量|裕量|富余|浮动|缓冲|盈余|差距|结余",
    re.IGNORECASE,
)
"""Words for what can be below 0, or above all there was, without being a change."""

_OPEN_TOP: Final = re.compile(
    r"(?<![a-z])(load(?![a-z])|workload|utili[sz]|occupan|attain|achiev|fulfil|complet|capacity|coverage|index"
    r"|collect|recover|reali[sz]|efficien|productiv|perform|absor[bp]|book(ings?)? to bill(?![a-z])|cash conversion"
    r"|(of|against|versus|vs\.?|to) (the )?(plan|budget|target|baseline|forecast|market|equity)(?![a-z])|mark[ -]?up)"
    r"|负荷|负载|饱和|利用率|使用率|达成|完成|执行率|覆盖率|指数|产能|回款|回收|收回|收款|追回|兑现|效率|绩效|订单出货比|吸收率",
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


def bounds_broken(kpi_id: str, kpi: Kpi, figures: Iterable[Observation]) -> list[tuple[Observation, str]]:
    """Return the figures that break a bound, each with which. Whether two counts fit together is not asked."""
    far_out = [(figure, bound) for figure in figures if (bound := _beyond(figure))]
    if not far_out:
        return []
    broken = {_BELOW: cannot_be_negative(kpi_id, kpi), _ABOVE: is_share(kpi_id, kpi)}
    return [(figure, bound) for figure, bound in far_out if broken[bound]]


def _beyond(figure: Observation) -> str:
    """Say where a figure is that is not between 0 and 100."""
    value = figure.value if figure.numerator is None else figure.numerator
    if value is not None and value < 0:
        return _BELOW
    return _ABOVE if figure.value is not None and figure.value > _ALL else ""


def is_share(kpi_id: str, kpi: Kpi) -> bool:
    """Whether a KPI in % is a part of a whole: its figures cannot be more than 100."""
    return (
        kpi.unit in _PER_CENT
        and not _is_signed(kpi_id, kpi)
        and not _OPEN_TOP.search(names(kpi_id, kpi))
        and all(0 <= level <= _ALL for level in _stated_levels(kpi))
    )


def cannot_be_negative(kpi_id: str, kpi: Kpi) -> bool:
    """Whether a KPI counts or shares: its figures cannot be below 0."""
    counted = re.split(r"/| per ", kpi.unit[:LONGEST])[0].split()[-1:]
    return (
        (kpi.unit in _PER_CENT or any(map(_COUNTED.fullmatch, counted)))
        and not _is_signed(kpi_id, kpi)
        and all(level >= 0 for level in _stated_levels(kpi))
    )


def _is_signed(kpi_id: str, kpi: Kpi) -> bool:
    words = f"{names(kpi_id, kpi)}\n{kpi.unit[:LONGEST]}"
    return is_change(words) or _SIGNED.search(words) is not None


def _stated_levels(kpi: Kpi) -> Iterator[Fraction]:
    """Yield the baseline and every target as a level."""
    if kpi.baseline is not None:
        yield Fraction(kpi.baseline.value)
    for aim in kpi.target.values() if isinstance(kpi.target, dict) else (kpi.target,):
        bounds = target_figure(kpi, AimInForce(aim, ()), WHOLE).bounds
        yield from (level for level in bounds if level is not None)
