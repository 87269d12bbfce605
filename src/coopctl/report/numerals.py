"""How clauses and parties are numbered: 11 and Party A in English, 第十一条 and 甲方 in Chinese."""

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def clause_numeral(tag: str, number: int) -> str:
    """Return the number of a clause as the language writes it; from 1 to 999."""
    return chinese_numeral(number) if tag.startswith("zh") else str(number)


def chinese_numeral(number: int) -> str:
    """Return a number from 1 to 999 in Chinese numerals: 十一, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += _DIGITS[0]
    return text + (_DIGITS[ones] if ones else "")


def party_letter(tag: str, index: int) -> str:
    """Return what tells the parties of a document apart, 0 for the first: A, B, … Z, AA; 甲, 乙, … 癸, 十一."""
    if tag.startswith("zh"):
        return _STEMS[index] if index < len(_STEMS) else chinese_numeral(index + 1)
    text = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, len(_LETTERS))
        text = _LETTERS[letter] + text
    return text
