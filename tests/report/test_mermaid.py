"""The charts in the reports are what Mermaid's own parser takes, and show every name as text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.commands.deals import AS_OF, kpi, ledger, quoted, terms, write
from tests.conftest import Coopctl
from tests.report.browser.chromium import chromium, mermaid_script

GOLDEN = Path(__file__).with_name("golden")
BLOCK = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRAW = """async (text) => {
  try { await mermaid.parse(text); } catch (error) { return {error: String(error)}; }
  const {svg} = await mermaid.render("chart", text);
  const page = new DOMParser().parseFromString(svg, "text/html");
  return {
    texts: [...page.querySelectorAll("text")].map(each => each.textContent.trim()).filter(Boolean),
    tasks: page.querySelectorAll("rect.task").length,
    lines: page.querySelectorAll(".plot path").length,
    active: page.querySelectorAll("script, a, img, iframe, foreignObject *").length,
  };
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """An empty page that can draw charts."""
    script = mermaid_script()
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<!doctype html><title>charts</title>")
        page.add_script_tag(path=script)
        page.evaluate("mermaid.initialize({startOnLoad: false})")
        yield page


def charts_of(text: str) -> list[str]:
    """Return the charts of a report."""
    return BLOCK.findall(text)


def drawn(page: Page, chart: str) -> dict[str, Any]:
    """Draw a chart; fails where the parser refuses it."""
    found: dict[str, Any] = page.evaluate(DRAW, chart)
    assert "error" not in found, f"{found}\n{chart}"
    assert found["active"] == 0
    return found


GOLDENS = [path for path in sorted(GOLDEN.rglob("*.md")) if charts_of(path.read_text("utf-8"))]


def test_there_are_charts() -> None:
    assert len(GOLDENS) == 15


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_chart_of_the_examples_is_drawn(path: Path, page: Page) -> None:
    """With one bar for each milestone, and one or two lines for a trend."""
    for chart in charts_of(path.read_text("utf-8")):
        found = drawn(page, chart)
        if chart.startswith("gantt"):
            assert found["tasks"] == len(re.findall(r"\d{4}-\d\d-\d\d(?:, 0d)?$", chart, re.MULTILINE))
        else:
            assert found["lines"] == len(re.findall(r"^ +line ", chart, re.MULTILINE))


NAMES = [
    "section two",
    "Title of the deal",
    "dateFormat X",
    "axisFormat %d",
    "todayMarker off",
    "excludes weekends",
    "click here to win",
    "accTitle: x",
    "gantt",
    "done, 2026-01-01, 2026-02-01",
    'a "quoted" name',
    "semi; colon: and # hash",
    "%% comment",
    "%%{init: {}}%%",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "href javascript:alert(1)",
    "]] [x] {y} (z)",
    "end",
    "--- a",
    "新区上线：第二期",
    "`code`",
    "back\\slash",
    "vert after all",
    "weekday monday",
    "tickInterval 1week",
    "inclusiveEndDates",
    "includes monday",
    "topAxis",
    "call me()",
    "&lt;b&gt;",
    "$x$",
    "line one\nline two",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_break_no_chart(name: str, page: Page, coopctl: Coopctl, tmp_path: Path) -> None:
    """Neither the chart's own words nor markup in a name do anything; the name is there to be read."""
    plan = (
        f"plan:\n  phases: {{one: {{name: {quoted(name)}, start: 2026-01-01, end: 2026-06-30}}}}\n"
        f"  milestones:\n    first:\n      {{name: {quoted(name)}, phase: one, owner: north, "
        "start: 2026-01-10, due: 2026-02-01}\n"
        f"    second: {{name: {quoted(name)}, owner: north, due: 2026-03-01}}\n"
    )
    figures = ledger({"days": {"2026-01": "10", "2026-02": "11", "2026-03": "9"}})
    write(tmp_path, terms(kpi(name=name, unit=quoted(name)), more=plan), figures)
    ended = coopctl("report", "--kind", "quarterly", "--as-of", "2026-04-20")
    assert (ended.code, ended.err) == (0, "")
    charts = charts_of(ended.out)
    assert [chart.split("\n")[0].split("{")[0] for chart in charts] == ["%%", "gantt"]
    words = set(re.findall(r"\w+", name))
    for chart in charts:
        found = drawn(page, chart)
        shown = {word for each in found["texts"] for word in re.findall(r"\w+", each)}
        assert words - shown == set()
    assert drawn(page, charts[1])["tasks"] == 2


@pytest.mark.parametrize(
    ("figures", "axis"),
    [
        (("0.001", "0.0012", "0.0011"), "0.00098 --> 0.00122"),
        (("0.000000000001", "0.000000000001", "0.000000000001"), "0.0000000000009 --> 0.0000000000011"),
        (("100000000000000000", "101000000000000000", "102000000000000000"),
         "99800000000000000 --> 102200000000000000"),
        (("100000000000000001", "100000000000000002", "100000000000000003"),
         "100000000000000000.8 --> 100000000000000003.2"),
        (("0", "0", "0"), "0 --> 1"),
        (("0", "3", "5"), "0 --> 5.5"),
        (("-5", "-3", "0"), "-5.5 --> 0"),
        (("12.5", "12.5", "12.5"), "11.25 --> 13.75"),
    ],
)  # fmt: skip
def test_the_axis_is_exact(figures: tuple[str, ...], axis: str, page: Page, coopctl: Coopctl, tmp_path: Path) -> None:
    """Without an exponent, and without a zero where there is none."""
    known = {f"2026-{month:02}": figure for month, figure in enumerate(figures, 1)}
    range_of_all = "{min: -200000000000000000, max: 200000000000000000}"
    write(
        tmp_path,
        terms(kpi(direction="within-range", target=range_of_all, thresholds="{}")),
        ledger({"days": known}),
    )
    (chart,) = charts_of(coopctl("report", "--kind", "quarterly", "--as-of", "2026-04-20").out)
    assert f'    y-axis "days" {axis}\n' in chart
    assert f"    line [{', '.join(figures)}]\n" in chart
    assert drawn(page, chart)["lines"] == 1


def test_a_report_without_charts_has_none(coopctl: Coopctl, tmp_path: Path) -> None:
    write(tmp_path, terms(kpi()), ledger({"days": {"2026-01": "10"}}))
    assert charts_of(coopctl("report", "--as-of", AS_OF).out) == []
