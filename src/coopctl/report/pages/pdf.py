"""A report as PDF, by WeasyPrint."""

from importlib import import_module
from types import ModuleType
from typing import Any

from coopctl.errors import CoopctlError, missing_extra
from coopctl.output.templates import templates_folder


def pdf(html: str) -> bytes:
    """Return the PDF of a page that `html_page` made; its charts have fixed colours, as on paper nothing is dark.

    A report of little more than a sheet is set closer, to fit on one. Nothing is fetched, whatever the page names.
    Raises `CoopctlError` where WeasyPrint, or the libraries of the system that it rests on, are missing.
    """
    laid = _laid(html)
    languages = html.count("<article ")  # each begins a sheet; in the text of a report, < is escaped
    if languages < len(laid.pages) <= 2 * languages:
        closer = _laid(html.replace("</head>", f"<style>{_compact()}</style>\n</head>", 1))
        laid = closer if len(closer.pages) == languages else laid
    written: bytes = laid.write_pdf(pdf_tags=True)
    return written


def _laid(html: str) -> Any:
    """Lay out a page; WeasyPrint has no types."""
    weasyprint = _weasyprint()
    nothing = weasyprint.URLFetcher(allowed_protocols=())
    # Without its hints, a list would count from 1 whatever number it begins with.
    return weasyprint.HTML(string=html, url_fetcher=nothing).render(pdf_tags=True, presentational_hints=True)


def _compact() -> str:
    return (templates_folder() / "report" / "page" / "compact.css").read_text("utf-8")


def _weasyprint() -> ModuleType:
    try:
        return import_module("weasyprint")
    except ImportError as error:
        raise missing_extra("PDF needs WeasyPrint", "pdf", "write HTML and print it") from error
    except OSError as error:
        raise CoopctlError(
            "PDF needs the library Pango, which WeasyPrint draws text with: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu), dnf install pango (Fedora), apk add pango "
            "(Alpine), brew install pango (macOS), pacman -S mingw-w64-x86_64-pango in MSYS2 (Windows); "
            f"or write HTML and print it. The system says: {str(error).splitlines()[0]}"
        ) from error
