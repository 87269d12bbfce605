"""What stops the formatter."""


class UnplacedError(Exception):
    """Something in the text is written in a way that the formatter cannot take apart; has its offset."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset
