"""Chromium from the system's packages, driven by Playwright; `install.sh` beside this file installs what it takes."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

REQUIRED = "COOPCTL_REQUIRE_BROWSER"
"""Environment variable: where it is set, a missing browser fails the tests instead of skipping them."""
INSTALL = "tests/report/browser/install.sh installs it"


def unavailable(what: str) -> None:
    """Skip a test for lack of something, or fail it where nothing may be lacking."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what} is missing; {INSTALL}")
    pytest.skip(f"{what} is missing; {INSTALL}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        unavailable("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def mermaid_script() -> Path:
    """Return the file of the library that draws the charts of the reports."""
    install = Path(__file__).with_name("install.sh")
    version = re.search(r"^mermaid=(\S+)$", install.read_text("utf-8"), re.MULTILINE)
    assert version, "install.sh says which version"
    script = install.with_name(f"mermaid-{version[1]}.js")
    if not script.is_file():
        unavailable(f"Mermaid {version[1]}")
    return script
