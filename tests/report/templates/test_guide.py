"""The templates that docs/templates.md shows work as they are copied, and its limits are those in force."""

import re
from pathlib import Path

import pytest

from coopctl import limits
from coopctl.report.kinds import KINDS
from coopctl.report.templating.standard import standard_templates
from tests.report.templates.rendering import by, standard, view_of

GUIDE = Path(__file__).parents[3] / "docs" / "templates.md"
BLOCK = re.compile(r"<!-- file: (\S+) -->\n```jinja\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = dict(BLOCK.findall(GUIDE.read_text("utf-8")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the guide, as they are shown."""
    for name, text in SHOWN.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_template_for_one_report(folder: Path) -> None:
    view = view_of("quarterly")
    text = by(view, template=folder / "board.md.j2")
    lines = text.splitlines()
    assert lines[0] == f"# {view.title}: note for the board"
    assert lines[2] == f"State of 15 July 2026; score: {view.score.text}."
    assert lines[4:6] == ["| KPI | Target | Actual |", "| :-- | --: | --: |"]
    assert len(lines) == 6 + len(view.kpis)


def test_a_block_and_a_common_parent(folder: Path) -> None:
    text = by(view_of("quarterly"), folder=folder / "templates")
    assert "\n\n## Lessons of the quarter\n\nBoth managers write this part by hand.\n\n## Plan and deadlines" in text
    assert "\n\n**Overdue, to be settled before the meeting:**\n\n| Due | What | Responsible |\n" in text
    assert "## Scorecard" in text
    monthly = by(view_of("monthly"), folder=folder / "templates")
    assert "**Overdue, to be settled before the meeting:**" in monthly


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "## What is left to do\n\nThe parties meet once more within 30 days.\n"),
        ("zh-Hans", "\n\n双方在三十日内再次会面。\n"),
    ],
)
def test_several_languages(language: str, said: str, folder: Path) -> None:
    view = view_of("closeout", language)
    text = by(view, folder=folder / "templates")
    assert said in text
    assert text.partition("\n\n## ")[0] == standard(view).partition("\n\n## ")[0]


def test_the_limits() -> None:
    text = GUIDE.read_text("utf-8")
    assert f"| a template | {limits.TEMPLATE_BYTES // 1024**2} MiB |" in text
    assert f"{limits.TEMPLATES}, together {limits.TEMPLATES_BYTES // 1024**2} MiB |" in text
    assert f"| the report, in Markdown | {limits.RENDERED_BYTES // 1024**2} MiB |" in text
    assert f"| {limits.TEMPLATE_SECONDS} seconds, {limits.TEMPLATE_CLOCK_SECONDS} by the clock |" in text
    assert f"| memory | {limits.TEMPLATE_MEMORY // 1024**2} MiB |" in text


def test_every_kind_has_a_template_in_the_reference() -> None:
    reference = (GUIDE.parent / "reference" / "templates.md").read_text("utf-8")
    assert [kind.name for kind in KINDS if f"| `{kind.name}.md.j2` |" not in reference] == []
    parts = [name for name in standard_templates() if "/" in name]
    assert [name for name in parts if f"\n### {name}\n" not in reference] == []
