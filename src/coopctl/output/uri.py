"""How other programs find a file: by its place in the folder they were started in."""

import os
from urllib.parse import quote


def relative(path: str) -> str:
    """Return a path from the current folder, with forward slashes; one outside of it stays as it is."""
    if os.path.isabs(path):
        inside = os.path.relpath(path)
        path = path if inside.startswith("..") else inside
    return path.replace(os.sep, "/").removeprefix("./")


def uri(path: str) -> str:
    """Write a path as a URI reference, relative wherever that is possible."""
    shown = relative(path)
    encoded = quote(shown.encode("utf-8", "surrogateescape"))  # a name need not be UTF-8
    return f"file://{encoded}" if shown.startswith("/") else encoded
