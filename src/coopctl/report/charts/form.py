"""What a picture is for."""

from typing import Literal

Form = Literal["svg", "inline-svg", "plain-svg", "png"]
"""How a chart is written down.

`svg` is a file of its own, on a white card; `inline-svg` is a part of an HTML page, in the page's own colours;
`plain-svg` is the same in fixed colours on white, for a PDF; `png` is for Word.
"""
