"""What sort of quantity a KPI measures, as far as its unit and its names tell, in English and Chinese."""

import re
from typing import Final

from coopctl.model.kpis import Kpi

_TIMES: Final = frozenset(
    re.split(
        "[|]",
        "ms|s|sec|second|seconds|min|mins|minute|minutes|h|hr|hrs|hour|hours|d|day|days|week|weeks|month|months|quarter"
        "|quarters|year|years|workday|workdays|working day|working days|business day|business days|calendar day"
        "|calendar days|毫秒|秒|秒钟|分钟|时|小时|个小时|天|日|工作日|个工作日|自然日|周|星期|月|个月|季度|年",
    )
)

_PERCENT: Final = frozenset({"%", "％", "‰", "percent", "per cent", "pct", "ppm", "百分比", "千分比"})
_RATIO_UNITS: Final = frozenset({"ratio", "rate", "share", "比率", "比例", "占比"})
_SCORES: Final = frozenset(
    {"point", "points", "pts", "score", "scores", "star", "stars", "rating", "nps", "分", "分数", "星", "星级"}
)
_MONEY: Final = re.compile(r"[A-Z]{3}|[千万百亿]*(?:元|人民币|美元|欧元|日元|港元|英镑)|[$€£¥￥]")

_PER: Final = re.compile(r"/|\bper\b|每", re.IGNORECASE)
_SCALE: Final = re.compile(r"100|[1-9][0-9]?")

_CALLED_RATIO: Final = re.compile(
    r"\b(?:ratio|proportion|percentage|share|(?<!burn )(?<!run )(?<!hourly )(?<!daily )(?<!day )(?<!freight )"
    r"(?<!frame )(?<!bit )(?<!data )(?<!pay )(?<!heart )(?<!discount )rate)$|(?:(?<![频速功费效])率|比例|占比|比重)$",
    re.IGNORECASE | re.MULTILINE,
)
_SAME_BASE: Final = re.compile(
    r"\b(?:(?:over|work)?load|humidity|moisture|temperature|battery|brightness|concentration|purity|discounts?|utili[sz]ation|occupancy|capacity|uptime|downtime|availability|saturation|idle|"
    r"coverage|score|index|rating|progress|interest|exchange|inflation|tax)\b"
    r"|湿度|含水率|温度|电量|亮度|浓度|纯度|折扣|饱和度|利用率|负荷|负载|占用率|可用率|可用性|在线率|空置率|入住率|开工率|稼动率|覆盖率|评分|得分|指数|进度|利率|汇率|税率|通胀",
    re.IGNORECASE,
)
"""Shares of the same time or capacity in every period, scores, and rates that nobody counts: a mean does for them."""

_STATE: Final = re.compile(
    r"\b(?:(?<!service )(?<!sla )levels?|average|mean|median|typical)\b|(?<!服务)水平|液位|水位|料位|平均|均值",
    re.IGNORECASE,
)
"""Words for what is read off or is a mean already; where it is called a ratio all the same, that counts."""

_CHANGE: Final = re.compile(
    r"\b(?:grow\w*|change|changes|increas\w*|decreas\w*|improv\w*|reduc\w*|uplift|savings?|varia\w*|deviat\w*|net|yoy|mom)"
    r"\b|增长|增幅|增加|提升|提高|上涨|涨幅|变化|变动|改善|下降|降低|降幅|减少|节约|偏差|同比|环比|净",
    re.IGNORECASE,
)

_LEVEL: Final = re.compile(
    r"\b(?:head ?counts?|fte|inventory|stock|backlog|(?<!trade )balance(?! of| sheet)|active (?:users?|customers?"
    r"|accounts?|members?|clients?|partners?)|[dwm]au|subscribers|work in progress|wip|outstanding|receivables"
    r"|payables|open (?:tickets|orders|issues|items|cases|positions|invoices))\b"
    r"|\b(?:members(?:hip)?|employees)$"
    r"|库存|存货|存量|余额|在职|在岗|在册|员工人数|员工总数|员工数|活跃用户|活跃客户|会员数|会员总数|会员人数|用户总数|用户数"
    r"|在线用户|积压|待处理|待办|未结|应收账款|应付账款|保有量|持有量",
    re.IGNORECASE | re.MULTILINE,
)
_FLOW: Final = re.compile(
    r"\b(?:new|newly|added|additional|gained|signed|joined|lost|left|hired|sold|moved|moves|received|closed|resolved|cleared|"
    r"processed|delivered|shipped|bought|purchased|trained|served|visited|invited|outs?|turn(?:over|s)?|sales|"
    r"movements?|transfers?|adjustments?|write offs?|losses|shrinkage|incidents|costs?|expenses|fees?|hours)\b"
    r"|新增|新注册|新入|新签|流失|净增|增加|增长|减少|下降|入库|出库|处理完|已处理|清理|消化|周转|盘亏|损耗|报废|成本|费用"
    r"|变动|销售|培训|参加|参训|到访|服务|调拨",
    re.IGNORECASE,
)
_ADDED_UP: Final = re.compile(
    r"\b(?:story|loyalty|bonus|penalty|reward|demerit|sprint|earned|gained|won|completed|delivered|collected|awarded|redeemed|progress)\b"
    r"|积分|扣分|加分|罚分|进度",
    re.IGNORECASE,
)


LONGEST: Final = 200
"""Characters of a name, or of a unit, that are looked at; what is longer is none."""


def names(kpi_id: str, kpi: Kpi) -> str:
    """Return the id and the name of a KPI as words, each on a line."""
    return f"{kpi_id}\n{(kpi.name or '')[:LONGEST]}".replace("-", " ").replace("_", " ")


def is_time(unit: str) -> bool:
    """Whether a unit is one of time, such as days."""
    return unit[:LONGEST].strip().casefold() in _TIMES


def is_percent(unit: str) -> bool:
    """Whether a unit is per cent or the like."""
    return unit[:LONGEST].strip().casefold() in _PERCENT


def is_change(words: str) -> bool:
    """Whether words speak of growth or another change, which can be negative and can be more than 100 %."""
    return _CHANGE.search(words) is not None


def is_counted_ratio(kpi_id: str, kpi: Kpi) -> bool:
    """Whether a KPI is one count (or sum) over another, and the other differs from period to period.

    A load, an occupancy or an availability is not: every period has about the same time or capacity to be divided by.
    """
    if is_quotient(kpi.unit):
        return True
    words = names(kpi_id, kpi)
    is_called_ratio = _CALLED_RATIO.search(words) is not None
    if not is_called_ratio and (
        not is_percent(kpi.unit) or kpi.direction == "within-range" or _STATE.search(words) is not None
    ):
        return False
    return not (
        _MONEY.fullmatch(kpi.unit[:LONGEST]) or is_time(kpi.unit) or _SAME_BASE.search(words) or is_change(words)
    )


def is_quotient(unit: str) -> bool:
    """Whether a unit is one thing per another that is not time: `CNY/order`, `tickets per customer`, `元/单`."""
    unit = unit[:LONGEST]
    if unit.strip().casefold() in _RATIO_UNITS:
        return True
    _, per, over = unit.partition(match[0]) if (match := _PER.search(unit)) else (unit, "", "")
    over = over.strip()
    return bool(per and over) and not is_time(over) and not _SCALE.fullmatch(over)


def why_not_added(kpi_id: str, kpi: Kpi) -> str | None:
    """Return what sort of level a KPI is, figures of which do not add up; None where they do."""
    words = names(kpi_id, kpi)
    if is_percent(kpi.unit):
        return None if _ADDED_UP.search(words) else "percentages"
    if is_quotient(kpi.unit):
        return "ratios"
    unit = kpi.unit[:LONGEST]
    everything = f"{words}\n{unit}"
    if unit.strip().casefold() in _SCORES:
        return None if _ADDED_UP.search(everything) else "scores"
    return "levels" if _LEVEL.search(everything) and not _FLOW.search(everything) else None
