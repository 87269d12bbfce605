"""A report as a Word file, by python-docx.

It is written from the same tokens as the HTML. A converter such as Pandoc would read the Markdown a second time, by its
own rules of what is a link, a picture or HTML, and would still leave the tables to be set afterwards.
"""

from collections.abc import Mapping, Sequence

from coopctl.errors import missing_extra
from coopctl.report.pages.rendering import Rendering


def docx(renderings: Sequence[Rendering], pictures: Mapping[str, bytes]) -> bytes:
    """Return a Word file with a report in one or several languages.

    `pictures` has the PNG of each chart by the path that the Markdown names. Raises `CoopctlError` where python-docx is
    missing.
    """
    try:
        from coopctl.report.pages.word.document import written
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("docx", "lxml"):
            raise
        raise missing_extra("Word files need python-docx", "docx", "write HTML") from error
    return written(renderings, pictures)
