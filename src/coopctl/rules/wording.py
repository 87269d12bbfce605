"""Words that leave something open, and figures that do not."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_FIGURE: Final = re.compile(
    r"[0-9０-９%％]|百分之|千分之|翻倍|翻番|加倍|减半|过半|半数"
    r"|[一二两三四五六七八九十百千]{1,6}(?:倍|成|番|半|天|周|个月|个工作日|小时|分钟)"
    r"|零(?!售|件|部|配|散|星|食|工|距离)"
    r"|\b(?:zero|half|halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|twice|dozen"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|per ?cent|(?:thir|four|fif|six|seven|eigh|nine)teen)\b",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"[0-9０-９一二两三四五六七八九十]\s*(?:个)?(?:工作日|自然日|日|天|小时|分钟|周|星期|月|点)"
    r"|\b(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten)(?:st|nd|rd|th)?[ -]"
    r"(?:(?:business|working|calendar) )?(?:minute|hour|day|week|month)"
    r"|[0-9](?:st|nd|rd|th)\b|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]:[0-9]{2}",
    re.IGNORECASE,
)


class Gap(NamedTuple):
    """Something that words can leave open."""

    question: str
    remedy: str
    """What to write instead."""
    chinese: str
    """Pattern of the words."""
    english: str
    """Pattern of the words, in lower case."""
    answer: re.Pattern[str] | None = None
    """What else in the text leaves nothing open any more: `significantly, by 20 %`."""


_GAPS: Final = (
    Gap(
        question="what is owed",
        remedy="the result that is owed, or the steps that will be taken",
        chinese="尽量|尽力|尽可能|最大努力|力争",
        english=r"(?:best|all reasonable|commercially reasonable|reasonable) (?:effort|endeavou?r)s?|endeavou?rs? to"
        r"|as (?:far|much) as possible",
    ),
    Gap(
        question="how soon",
        remedy="a date or a number of days, such as within 5 business days",
        chinese=r"尽快|尽早|早日|适时|第一时间|及时(?![^，。；、,;\s]{0,6}率)",
        english=r"as soon as (?:reasonably )?(?:possible|practicable)|asap|timely(?![ -]\w+ rate)|promptly"
        r"|in due course|in good time",
        answer=_TIME,
    ),
    Gap(
        question="how much",
        remedy="the figure, such as by 15 %, or from 85 to 92",
        chinese="显著(?!性)|大幅|明显|一定程度",
        english=r"(?<!statistically )significant(?:ly)?(?! (?:figure|digit))|substantial(?:ly)?|considerabl[ey]",
        answer=_FIGURE,
    ),
    Gap(
        question="in which cases, and who decides",
        remedy="the cases in which it applies, and who decides",
        chinese="必要时|如有必要|视情况|酌情|原则上",
        english=r"as (?:needed|necessary|appropriate)|as required(?! (?:by|in|under|for))|from time to time"
        r"|(?:if|when|where|wherever|whenever) (?:needed|necessary|appropriate|possible|practicable)",
    ),
    Gap(
        question="what is meant",
        remedy="a full list, or the name of the document that has it",
        chinese="等等|[相有]关(?=人员|部门|单位|资料|文件|材料|信息|数据|事项|工作|内容|问题|费用|手续|规定|要求|标准|措施|责任|方面)",
        english=r"etc\.?|and so on|and the like|relevant",
    ),
    Gap(
        question="how it is measured",
        remedy="the level at which it is good enough, and who measures it",
        chinese="适当|合理(?!化)|较好|妥善|充分",
        english=r"reasonabl[ey]|appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?",
    ),
)
"""What words leave open; the first that fits at a place counts."""

_VAGUE_WORD: Final = re.compile(
    "|".join(f"({gap.chinese}|(?<![A-Za-z])(?:{gap.english})(?![A-Za-z]))" for gap in _GAPS), re.IGNORECASE
)


def has_figure(text: str) -> bool:
    """Whether a text says how much of something."""
    return _FIGURE.search(text) is not None


def vague_words(text: str) -> Iterator[tuple[str, Gap]]:
    """Yield each word that leaves something open, as it is written; one that recurs only once."""
    seen = set()
    for match in _VAGUE_WORD.finditer(text):
        gap = _GAPS[(match.lastindex or 1) - 1]
        folded = match[0].casefold()
        if folded not in seen:
            seen.add(folded)
            if not (gap.answer and gap.answer.search(text)):
                yield match[0], gap
