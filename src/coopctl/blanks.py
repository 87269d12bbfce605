"""What the language takes for blank."""

from typing import Final

BLANKS: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))).replace("\x1c\x1d\x1e\x1f", "")
"""Python's own blanks have control characters among them."""
