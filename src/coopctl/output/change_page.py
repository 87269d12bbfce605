"""What there is to know about a sort of change, as text."""

from typing import Final

from coopctl.changes.change import Kind

_LEVELS: Final = {
    "material": "Material: the parties that change control asks for have to accept it.",
    "review": "Review: somebody should look at it; nobody has to accept it.",
    "editorial": "Editorial: nothing is judged by it.",
}


def change_page(kind: Kind) -> str:
    """Return a page for a terminal."""
    lines = [f"{kind.code} {kind.name}", "", kind.meaning, "", _LEVELS[kind.level]]
    if kind.fixed:
        lines.append("It reaches back or weakens change control itself: all parties have to accept it.")
    if kind.mirror is not None and kind.mirror != kind.name:
        lines.append(f"The other way round it is {kind.mirror}.")
    return "\n".join(lines) + "\n"
