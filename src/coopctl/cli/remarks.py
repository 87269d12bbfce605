"""What users say on the command line about what they write."""

from coopctl.errors import CoopctlError

_LONGEST = 500


def one_line(option: str, text: str) -> str:
    """Read a name or a remark: one line that can be seen; blanks and line breaks become one blank."""
    line = " ".join(text.split())
    if not line:
        raise CoopctlError(f"{option}: says nothing")
    if not line.isprintable() or len(line) > _LONGEST:
        raise CoopctlError(f"{option}: write one line of at most {_LONGEST} characters, without control characters")
    return line
