"""What is missing for PDF and Word is named, with the command that installs it."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
{before}
from coopctl.errors import CoopctlError
from coopctl.report.pages.rendering import Rendering
from coopctl.report.pages.{name} import {name}
try:
    {name}({arguments})
except CoopctlError as error:
    print(error)
"""
ARGUMENTS = {"pdf": "'<p>text</p>'", "docx": "[Rendering('en', 'Title', 'text')], {}"}


def said(name: str, before: str) -> str:
    """Return the message of a process in which something is missing."""
    program = PROGRAM.format(name=name, before=before, arguments=ARGUMENTS[name])
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


INSTALL = "install the extra {0}: pip install '.[{0}]' in the folder of coopctl, see README"


@pytest.mark.parametrize(
    ("name", "library", "message"),
    [
        ("pdf", "weasyprint", f"PDF needs WeasyPrint; {INSTALL.format('pdf')}; or write HTML and print it\n"),
        ("docx", "docx", f"Word files need python-docx; {INSTALL.format('docx')}; or write HTML\n"),
        ("docx", "lxml", f"Word files need python-docx; {INSTALL.format('docx')}; or write HTML\n"),
    ],
)
def test_a_missing_library_is_named(name: str, library: str, message: str) -> None:
    assert said(name, f"sys.modules['{library}'] = None") == message


def test_missing_libraries_of_the_system_are_named() -> None:
    before = """
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\\nmore")
sys.meta_path.insert(0, Finder())
"""
    message = said("pdf", before)
    assert message.startswith("PDF needs the library Pango")
    assert "apt install libpango-1.0-0" in message and "brew install pango" in message
    assert message.endswith("The system says: cannot load library 'libpango-1.0-0'\n")
    assert message.count("\n") == 1
