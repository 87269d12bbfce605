"""A report as PDF, by WeasyPrint."""

from importlib import import_module
from types import ModuleType

from coopctl.errors import CoopctlError


def pdf(html: str) -> bytes:
    """Return the PDF of a page that `html_page` made; its charts have fixed colours, as on paper nothing is dark.

    Nothing is fetched, whatever the page names. Raises `CoopctlError` where WeasyPrint, or the libraries of the system
    that it rests on, are missing.
    """
    weasyprint = _weasyprint()
    nothing = weasyprint.URLFetcher(allowed_protocols=())
    # Without its hints, a list would count from 1 whatever number it begins with.
    written: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(
        pdf_tags=True, presentational_hints=True
    )
    return written


def _weasyprint() -> ModuleType:
    try:
        return import_module("weasyprint")
    except ImportError as error:
        raise CoopctlError('PDF needs WeasyPrint: pip install "coopctl[pdf]"; or write HTML and print it') from error
    except OSError as error:
        raise CoopctlError(
            "PDF needs the library Pango, which WeasyPrint draws text with: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu), dnf install pango (Fedora), apk add pango "
            "(Alpine), brew install pango (macOS), pacman -S mingw-w64-x86_64-pango in MSYS2 (Windows); "
            f"or write HTML and print it. The system says: {str(error).splitlines()[0]}"
        ) from error
