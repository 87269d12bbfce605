"""The one thing the reader tells the schema about how a value was written."""


class Quoted(str):
    """A scalar that was written in quotes or as a block: text, whatever it looks like."""

    __slots__ = ()
