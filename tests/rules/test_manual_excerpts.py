"""The manual's excerpts do what its pages say: Bad brings the finding about, Good does not.

An excerpt is merged over base.yaml: mappings merge, lists and scalars replace. What follows a line `# actuals/NAME` in
it is a ledger file. Where the fault is in the text itself, the excerpt is the end of the file.
"""

import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from coopctl import faults
from coopctl.reading_manual import READING_PAGES
from coopctl.rules.catalogue import rules
from coopctl.rules.manual import Manual, manual_of
from tests.conftest import Coopctl

BASE = Path(__file__).with_name("base.yaml").read_text("utf-8")
AS_OF = ("--as-of", "2026-07-01")
ABOUT_THE_TEXT = ("YML", "SUP")
"""Topics whose faults merging would lose."""

_LEDGER_FILE = re.compile(r"^# (actuals/\S+)\n?", re.MULTILINE)

_CODE = re.compile(r"^\S+:\d+:\d+: ([A-Z]{3}\d{3}) ", re.MULTILINE)


class Excerpt(NamedTuple):
    """One page's excerpt, and the finding that it is about."""

    code: str
    text: str

    def write_to(self, folder: Path) -> None:
        """Write the agreement that the excerpt makes of the base, and its ledger files."""
        own, *ledgers = _LEDGER_FILE.split(self.text + "\n")
        as_text = self.code.startswith(ABOUT_THE_TEXT)
        (folder / "agreement.yaml").write_text(BASE + own if as_text else _merged(BASE, own), "utf-8")
        (folder / "actuals").mkdir()
        for name, content in zip(ledgers[::2], ledgers[1::2], strict=True):
            is_yaml = name.endswith(".yaml")
            (folder / name).write_text(_merged("coopctl: actuals/1\n", content) if is_yaml else content, "utf-8")


def _merged(base: str, excerpt: str) -> str:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    data = yaml.load(base)
    _merge(data, yaml.load(excerpt) or {})
    text = StringIO()
    yaml.dump(data, text)
    return text.getvalue()


def _merge(into: Any, new: Any) -> None:
    """Take in what the excerpt says, in the excerpt's order: some rules are about that."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
    in_order = iter(new)
    merged = [(key, into[key]) for key in (next(in_order) if key in new else key for key in list(into))]
    into.clear()
    into.update(merged)


PAGES = {
    **{code: manual_of(text) for code, text in READING_PAGES.items()},
    **{each.kind.code: manual_of(each.docstring) for each in rules()},
}
OF_RULES = {each.kind.code for each in rules()}
REFUSED_FOR = {kind.code for kind in faults.ALL if kind.severity == "error"}


def _excerpts(pages: Iterable[tuple[str, Manual]], section: str) -> list[Any]:
    found = [Excerpt(code, getattr(page, section)) for code, page in pages]
    return [pytest.param(each, id=each.code) for each in found if each.text]


def test_a_page_is_read_from_a_docstring() -> None:
    """Prose becomes one line each; excerpts keep their lines and lose only the indentation they share."""
    page = manual_of("""Something is
    wrong.

    Why: It hurts
    later.

    Bad:
        a:
          b: 1

    Good:
        a: {b: 2}
    """)
    assert page == Manual("Something is wrong.", "It hurts later.", "a:\n  b: 1", "a: {b: 2}", "")


@pytest.mark.parametrize("code", PAGES)
def test_every_page_says_why_and_shows_how(code: str) -> None:
    """A page gives its reason, and both excerpts; the page of a fault that no excerpt can show has a remedy."""
    page = PAGES[code]
    assert page.why
    if page.remedy:
        assert code not in OF_RULES
        assert not page.bad and not page.good
    else:
        assert page.bad and page.good
        assert page.bad != page.good


@pytest.mark.parametrize("code", sorted(OF_RULES))
def test_a_rule_says_in_one_sentence_what_is_wrong(code: str) -> None:
    """The first paragraph of a rule's docstring is what lists and reports show."""
    assert re.fullmatch(r"[A-Z`].*[^.]\.", PAGES[code].what)
    assert not re.search(r"\. [A-Z]", PAGES[code].what)


def test_every_fault_at_reading_has_a_page() -> None:
    assert set(READING_PAGES) == {kind.code for kind in faults.ALL}


@pytest.mark.parametrize("excerpt", _excerpts(PAGES.items(), "bad"))
def test_bad_brings_the_finding_about(excerpt: Excerpt, coopctl: Coopctl, tmp_path: Path) -> None:
    """Whoever writes what a page warns of gets its finding; a rule's excerpt is not refused at reading."""
    found = _codes(excerpt, coopctl, tmp_path)
    assert excerpt.code in found
    assert excerpt.code in REFUSED_FOR or not found & REFUSED_FOR


@pytest.mark.parametrize("excerpt", _excerpts(PAGES.items(), "good"))
def test_good_does_not(excerpt: Excerpt, coopctl: Coopctl, tmp_path: Path) -> None:
    """Whoever writes what a page recommends does not get its finding, and is not refused."""
    found = _codes(excerpt, coopctl, tmp_path)
    assert excerpt.code not in found
    assert not found & REFUSED_FOR


def _codes(excerpt: Excerpt, coopctl: Coopctl, folder: Path) -> set[str]:
    """Return the codes of what is found; faults at reading are found by every command, and `check` is the strictest."""
    excerpt.write_to(folder)
    by_lint = excerpt.code in OF_RULES or excerpt.code.startswith("SUP")
    command = ["lint", "--select", excerpt.code] if by_lint else ["check"]
    ended = coopctl(*command, "agreement.yaml", *AS_OF, "--output-format", "concise")
    assert ended.err == "" or "nothing was judged" in ended.err
    return set(_CODE.findall(ended.out))
