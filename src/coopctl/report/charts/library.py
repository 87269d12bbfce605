"""The library that charts are drawn with."""

from collections.abc import Iterator
from contextlib import contextmanager

from coopctl.errors import missing_extra


@contextmanager
def needs_matplotlib() -> Iterator[None]:
    """Import matplotlib within this; raises `CoopctlError` with the remedy where it is not installed."""
    try:
        yield
    except ImportError as error:
        raise missing_extra("charts need matplotlib", "charts", "leave them out with --charts none") from error
