"""Digits and signs as East Asian keyboards write them."""

from typing import Final

_WIDE: Final = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **{ord(wide): plain for wide, plain in zip("．，－／％＇（）−　\u00a0\u202f\u2009", ".,-/%'()-    ", strict=True)},
}


def half_width(text: str) -> str:
    """Write full-width digits and signs, the minus sign and the blanks of typesetters as a keyboard's own."""
    return text.translate(_WIDE)
