"""How large a file may become: what is larger could be written, and never read again."""

from coopctl import limits
from coopctl.errors import CoopctlError


def refuse_too_large(path: str, text: str) -> None:
    """Raise `CoopctlError` where a text is more than a file may have."""
    if len(text) > limits.FILE_BYTES // 4 and len(text.encode("utf-8", "surrogatepass")) > limits.FILE_BYTES:
        raise CoopctlError(f"{path}: would be larger than {limits.FILE_BYTES:,} bytes; begin a new file")
