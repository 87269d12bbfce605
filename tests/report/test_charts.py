"""Charts as pictures: what is where on them, in every form, and that nothing in a name can do harm."""

import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Final, get_args
from xml.etree import ElementTree

import pytest

from coopctl.languages import LANGUAGES
from coopctl.report.charts import VARIABLES, Form, lacks_glyphs, lettering, letters_missing, timetable, trend
from coopctl.report.speech import speech
from coopctl.report.view import FigureView, KpiView, MilestoneView, PointView, ReportView
from tests.conftest import Coopctl

pytest.importorskip("matplotlib", reason="charts are drawn with matplotlib, which is an extra")

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
AS_OF: Final = {"delivery-alliance": "2026-07-15", "lianhe-yunying": "2026-07-15", "carrier-in-breach": "2026-10-15"}
FORMS: Final[tuple[Form, ...]] = get_args(Form)
SVG_FORMS: Final = tuple(form for form in FORMS if form != "png")
SVG: Final = "{http://www.w3.org/2000/svg}"
EN: Final = speech("en")

Place = tuple[float, float]
Example = Callable[..., ReportView]
DRAWN: dict[tuple[str, str], ReportView] = {}


@pytest.fixture
def example(coopctl: Coopctl) -> Example:
    """What templates see of the quarterly report of an example."""

    def view(name: str = "delivery-alliance", language: str = "en") -> ReportView:
        if (name, language) not in DRAWN:
            options = ("--kind", "quarterly", "--as-of", AS_OF[name], "--lang", language, "--context")
            ended = coopctl("report", EXAMPLES / name, *options)
            assert ended.code == 0, ended.err
            DRAWN[name, language] = ReportView.model_validate(json.loads(ended.out))
        return DRAWN[name, language]

    return view


def kpi_of(report: ReportView, kpi_id: str) -> KpiView:
    """Return a KPI of a report."""
    (kpi,) = [kpi for kpi in report.kpis if kpi.id == kpi_id]
    return kpi


class Picture:
    """An SVG that can be asked what is where."""

    def __init__(self, data: bytes) -> None:
        """Read it."""
        self.root = ElementTree.fromstring(data)
        self.box = [float(each) for each in self.root.get("viewBox", "").split()]
        named = [element for element in self.root.iter() if re.match(r"chart-[0-9a-f]{10}-", element.get("id", ""))]
        self.names = {element.get("id", "")[len("chart-0123456789-") :]: element for element in named}

    def places(self, name: str) -> list[Place]:
        """Return the corners of a shape, in order."""
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", self.names[name].get("d", ""))]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def pieces(self, name: str) -> int:
        """Return of how many lines a shape is made."""
        return self.names[name].get("d", "").count("M")

    def span(self, name: str) -> tuple[float, float, float, float]:
        """Return left, right, top and bottom of a shape."""
        xs, ys = zip(*self.places(name), strict=True)
        return min(xs), max(xs), min(ys), max(ys)

    def middle(self, name: str) -> Place:
        """Return the middle of a shape."""
        left, right, top, bottom = self.span(name)
        return (left + right) / 2, (top + bottom) / 2

    def heights(self, name: str) -> list[float]:
        """Return the heights at which a line of steps runs, from left to right."""
        return list(dict.fromkeys(y for _, y in self.places(name)))

    def texts(self) -> list[str]:
        """Return all that is written."""
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]


def drawn(kpi: KpiView, language: str = "en", form: Form = "svg") -> Picture:
    """Draw a trend."""
    return Picture(trend(kpi, speech(language), form))


def planned(report: ReportView, form: Form = "svg") -> Picture:
    """Draw a timetable."""
    return Picture(timetable(report, speech(report.language), form))


def figure(value: object) -> FigureView:
    """Return a figure as a view has it."""
    return FigureView(text=f"{value} units", exact=str(value))


def made(kpi: KpiView, figures: Sequence[object], keys: Sequence[str] | None = None, **changes: Any) -> KpiView:
    """Return a KPI with other figures; None is a period without one."""
    months = keys or [f"{2024 + number // 12}-{number % 12 + 1:02}" for number in range(len(figures))]
    levels = {name: changes.pop(name) for name in ("target", "warn", "breach", "low", "high") if name in changes}
    status = changes.pop("status", "met")
    history = tuple(
        PointView.model_validate(
            {
                "key": key,
                "period": key,
                "target": FigureView(text=""),
                "actual": FigureView(text="") if value is None else figure(value),
                "variance": FigureView(text=""),
                "status": "pending" if value is None else status,
                **levels,
            }
        )
        for key, value in zip(months, figures, strict=True)
    )
    known = tuple(point for point in history if point.actual.exact is not None)
    return kpi.model_copy(update={"history": history, "trend": known, "points": known, **changes})


def milestone(like: MilestoneView, number: int, first: str, due: str, **changes: Any) -> MilestoneView:
    """Return a milestone that is not done."""
    usual = {"id": f"m{number}", "name": f"Step {number}", "start": first, "start_date": first, "due_date": due}
    usual |= {"end_date": due, "done": "", "forecast": "", "progress": "", "status": "pending"}
    return like.model_copy(update={**usual, "days_late": None, **changes})


def plan(report: ReportView, *milestones: MilestoneView, **changes: Any) -> ReportView:
    """Return a report with other milestones and no phases."""
    return report.model_copy(update={"milestones": milestones, "phases": (), **changes})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AS_OF)
def test_all_charts_of_the_examples_are_drawn(example: Example, name: str, language: str) -> None:
    """Every trend and every timetable, in every form; no id is used twice in a page."""
    report = example(name, language)
    ids: list[str] = []
    for form in FORMS:
        charts = [trend(kpi, speech(language), form) for kpi in report.kpis if kpi.trend]
        assert charts, "an example has trends"
        for chart in [*charts, timetable(report, speech(language), form)]:
            if form == "png":
                assert chart.startswith(b"\x89PNG\r\n\x1a\n")
                continue
            harmless(chart, form)
            if form == "inline-svg":
                ids += [element.get("id", "") for element in Picture(chart).names.values()]
    assert ids and len(ids) == len(set(ids))


def harmless(chart: bytes, form: Form) -> None:
    """Check that an SVG has shapes and text only, and refers to nothing outside itself."""
    text = chart.decode("utf-8")
    kinds = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    card = {"title", "desc", "rect"} if form == "svg" else set()
    assert kinds <= {"svg", "path", "text"} | card
    assert text.startswith("<?xml" if form == "svg" else "<svg ")
    assert text.replace('xmlns="http://www.w3.org/2000/svg"', "", 1).count("://") == 0
    for element in ElementTree.fromstring(text).iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on") and "href" not in name and "url(" not in value
            assert re.fullmatch(r"[\w-]+", name)


def test_a_figure_stands_where_its_scale_has_it(example: Example) -> None:
    """Heights are an affine map of the figures: points and levels on the same one."""
    kpi = kpi_of(example(), "delivery-days")
    picture = drawn(kpi)
    target, warn, breach = (picture.heights(name)[0] for name in ("target", "warn", "breach"))
    per_day = target - warn  # 16, 17 and 18 days
    assert warn - breach == pytest.approx(per_day, abs=1e-4)
    expected = [target - float(Fraction(str(point.actual.exact)) - 16) * per_day for point in kpi.trend]
    assert [y for _, y in picture.places("actual")] == pytest.approx(expected, abs=1e-3)
    assert [picture.middle(f"point.{point.key}")[0] for point in kpi.trend] == pytest.approx(
        [x for x, _ in picture.places("actual")], abs=0.01
    )


def test_the_latest_figure_and_the_levels_are_written_beside_the_line(example: Example) -> None:
    """Each at the end of what it is about; the axis has the unit once."""
    texts = drawn(kpi_of(example(), "delivery-days")).texts()
    assert {"15.7 days", "Target 16.0", "Warning 17.0", "Breach 18.0", "days", "16", "17", "18"} <= set(texts)
    assert {"Jan", "Jun", "2026"} <= set(texts)


def test_a_chart_speaks_the_language_of_its_report(example: Example) -> None:
    """Words, months, years and currencies."""
    texts = drawn(kpi_of(example("lianhe-yunying", "zh-Hans"), "项目交付周期"), "zh-Hans").texts()
    assert {"24.2天", "目标值 25.0", "预警 27.0", "违约 29.0", "1月", "2026年"} <= set(texts)
    assert "元人民幣" in drawn(kpi_of(example("delivery-alliance", "zh-Hant"), "admin-cost"), "zh-Hant").texts()


def test_a_target_that_changes_is_a_line_of_steps(example: Example) -> None:
    """It changes half-way between two points."""
    kpi = kpi_of(example(), "active-users")
    picture = drawn(kpi)
    levels = list(dict.fromkeys(point.target.exact for point in kpi.trend))
    assert len(picture.heights("target")) == len(levels) == 3
    xs = [x for x, _ in picture.places("actual")]
    places = picture.places("target")
    (first,) = [x for x, _ in places[1:3] if places[1][0] == places[2][0]][:1]
    assert first == pytest.approx((xs[0] + xs[1]) / 2, abs=0.01)


def test_a_period_without_a_figure_leaves_a_gap(example: Example) -> None:
    """No line connects what lies on both sides of it; a missing figure is marked on the axis, and levels go on."""
    picture = drawn(kpi_of(example(), "report-cycle"))
    assert picture.pieces("actual") == 2
    assert picture.pieces("target") == picture.pieces("warn") == picture.pieces("breach") == 1
    left, right = picture.middle("point.2026-03")[0], picture.middle("point.2026-05")[0]
    assert picture.middle("point.2026-04")[0] == pytest.approx((left + right) / 2, abs=0.01)
    assert "Missing" in picture.texts()


def test_a_range_is_a_band_with_levels_on_both_sides(example: Example) -> None:
    """From the top: breach, warning, upper end, lower end, warning, breach."""
    picture = drawn(kpi_of(example(), "team-load"))
    names = ("breach.high", "warn.high", "target.high", "target.low", "warn", "breach")
    heights = [picture.heights(name)[0] for name in names]
    assert heights == sorted(heights)
    assert picture.span("band")[2:] == pytest.approx((heights[2], heights[3]), abs=1e-3)
    assert "Target 75% to 90%" in picture.texts()


def test_a_level_far_away_does_not_press_the_line_flat(example: Example) -> None:
    """It stays at the edge, and its label points on to where it is."""
    kpi = made(kpi_of(example(), "team-load"), ("99.95", "99.97", "99.96"), target=figure("99.9"), breach=("90",))
    picture = drawn(kpi)
    top, bottom = picture.span("actual")[2:]
    assert bottom - top > 14
    assert picture.heights("breach")[0] > picture.heights("target")[0] > bottom
    assert "Target 99.90%" in picture.texts()
    assert "Breach 90.00% ↓" in picture.texts()


MANY: Final = {
    "days": [f"2026-01-{number + 1:02}" for number in range(24)],
    "weeks": [f"2026-W{number + 1:02}" for number in range(24)],
    "months": [f"{2024 + number // 12}-{number % 12 + 1:02}" for number in range(24)],
    "quarters": [f"{2020 + number // 4}-Q{number % 4 + 1}" for number in range(24)],
    "halves": [f"{2010 + number // 2}-H{number % 2 + 1}" for number in range(24)],
    "years": [str(2000 + number) for number in range(24)],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keys", MANY.values(), ids=MANY)
def test_labels_never_lie_on_each_other(example: Example, keys: list[str], language: str) -> None:
    """Two dozen periods of any kind, six levels, and figures of nine digits."""
    figures = [str(100_000_000 + number % 5) for number in range(24)]
    kpi = made(kpi_of(example(), "team-load"), figures, keys, target=figure(100_000_002), warn=("100000003",))
    picture = drawn(kpi, language)
    labels = [element for element in picture.root.iter(f"{SVG}text") if element.text]
    for one, other in combinations([extent(label) for label in labels], 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2], (one, other)
    assert min(extent(label)[0] for label in labels) >= 0
    assert max(extent(label)[1] for label in labels) <= picture.box[2]


def extent(label: ElementTree.Element) -> tuple[float, float, float, float, str]:
    """Return left, right, top and bottom of a text, in wide letters."""
    x, y, size = (float((label.get(name) or "").removesuffix("px")) for name in ("x", "y", "font-size"))
    text = label.text or ""
    wide = lettering.width(text, size, bold=label.get("font-weight") == "700")
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[label.get("text-anchor", "start")]
    return left, left + wide, y - 0.8 * size, y + 0.2 * size, text


def test_statuses_are_told_apart_by_shape(example: Example) -> None:
    """Each has a mark of its own, and the legend has all that there are."""
    statuses = ("met", "off-target", "warn", "breach", "excused", "missing")
    kpi = made(kpi_of(example(), "delivery-days"), ("1", "2", "3", "4", "5", None, "4"))
    changed = [
        point.model_copy(update={"status": status})
        for point, status in zip(kpi.history, (*statuses, "met"), strict=True)
    ]
    known = tuple(point for point in changed if point.actual.exact)
    picture = drawn(kpi.model_copy(update={"history": tuple(changed), "trend": known}))
    shapes = set()
    for point in changed[:-1]:
        x, y = picture.middle(f"point.{point.key}")
        places = picture.places(f"point.{point.key}")
        filled = picture.names[f"point.{point.key}"].get("fill") not in ("none", VARIABLES["--chart-paper"].light)
        shapes.add((*((round(a - x, 1), round(b - y, 1)) for a, b in places), filled))
    assert len(shapes) == len(statuses)
    assert {"Met", "Off target", "Warning", "Breach", "Excused", "Missing"} <= set(picture.texts())


def test_provisional_figures_have_a_ring(example: Example) -> None:
    kpi = made(kpi_of(example(), "delivery-days"), ("1", "2", "3"))
    points = (*kpi.trend[:2], kpi.trend[2].model_copy(update={"provisional": True}))
    picture = drawn(kpi.model_copy(update={"trend": points, "history": points}))
    assert [name for name in picture.names if name.endswith(".provisional")] == ["point.2024-03.provisional"]
    assert "Provisional" in picture.texts()
    assert "Provisional" not in drawn(kpi).texts()


ABSURD: Final[dict[str, tuple[str, ...]]] = {
    "all equal": ("5", "5", "5"),
    "all zero": ("0", "0", "0"),
    "negative": ("-7", "-3", "-5"),
    "eighteen digits": ("999999999999999998", "999999999999999999", "999999999999999997"),
    "twelve decimals": ("0.000000000001", "0.000000000003", "0.000000000002"),
    "thirty digits": ("999999999999999999.000000000001", "-999999999999999999.000000000001", "0"),
}


@pytest.mark.parametrize("figures", ABSURD.values(), ids=ABSURD)
def test_absurd_figures_are_drawn(example: Example, figures: tuple[str, ...]) -> None:
    """The order of the points is that of the figures, to the last digit, and nothing leaves the sheet."""
    kpi = made(kpi_of(example(), "delivery-days"), figures, target=figure(figures[0]), warn=("12345678901",))
    picture = drawn(kpi)
    heights = [-y for _, y in picture.places("actual")]
    values = [Fraction(each) for each in figures]
    for (one, high), (other, higher) in combinations(zip(values, heights, strict=True), 2):
        assert (one < other) == (high < higher)
    for name in picture.names:
        if picture.names[name].get("d"):
            left, right, top, bottom = picture.span(name)
            assert 0 <= left <= right <= picture.box[2]
            assert 0 <= top <= bottom <= picture.box[3]


def test_a_trend_without_figures_says_so(example: Example) -> None:
    """It is no empty frame."""
    picture = drawn(made(kpi_of(example(), "delivery-days"), ()))
    assert "No figure yet" in picture.texts()


HOSTILE: Final = "$x^2$ </text><script>alert(1)</script> \u202egnp.exe \x1b[31m \ud800 &amp; \" ' ]]> $\\frac"


@pytest.mark.parametrize("form", SVG_FORMS)
def test_names_are_shown_as_they_are_and_do_nothing(example: Example, form: Form) -> None:
    """No formulas, no markup, nothing that turns the direction of the text."""
    kpi = kpi_of(example(), "delivery-days").model_copy(update={"name": HOSTILE, "unit": HOSTILE})
    for chart in (
        trend(kpi, EN, form),
        timetable(
            plan(example(), milestone(example().milestones[0], 1, "2026-01-01", "2026-12-31", name=HOSTILE)), EN, form
        ),
    ):
        harmless(chart, form)
        written = " ".join(Picture(chart).texts())
        assert "$x^2$" in written
        assert "</text><script>" in written.replace(" ", "")
        assert not set("\u202e\x1b\ud800") & set(chart.decode("utf-8"))


def test_a_name_of_several_lines_is_one_line(example: Example) -> None:
    """As it is in the text of a report."""
    kpi = kpi_of(example(), "delivery-days").model_copy(update={"name": "First\r\n  second\tthird\n"})
    assert "First second third" in drawn(kpi).texts()


@pytest.mark.parametrize("form", FORMS)
def test_names_without_end_are_cut(example: Example, form: Form) -> None:
    """A name of 5,000 letters, and a letter with 3,000 marks, take no more room than others."""
    usual = kpi_of(example(), "delivery-days")
    step = example().milestones[0]
    for name in ("W" * 5000, "e" + "\u0301" * 3000, "里程碑" * 2000):
        chart = trend(usual.model_copy(update={"name": name, "unit": name}), EN, form)
        steps = timetable(plan(example(), milestone(step, 1, "2026-01-01", "2026-12-31", name=name)), EN, form)
        if form == "png":
            assert size(chart) == size(trend(usual, EN, form))
            continue
        assert max(map(len, [*Picture(chart).texts(), *Picture(steps).texts()])) < 100
        assert len(chart) < 40_000
        assert Picture(chart).box == drawn(usual).box


def size(png: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_png_has_two_hundred_dots_to_the_inch(example: Example) -> None:
    """It is as large on paper as the SVG is."""
    chart = trend(kpi_of(example(), "delivery-days"), EN, "png")
    box = drawn(kpi_of(example(), "delivery-days")).box
    assert size(chart) == (int(box[2] / 72 * 200), int(box[3] / 72 * 200))
    dots = struct.pack(">I", round(200 / 0.0254))
    assert b"pHYs" + dots + dots + b"\x01" in chart


def test_a_timetable_has_bars_from_start_to_due(example: Example) -> None:
    """Places are an affine map of the days: both ends, what is late, and the date of the report."""
    report = example()
    picture = planned(report)
    scale: dict[int, float] = {}
    for each in report.milestones:
        left, right, _, _ = picture.span(f"milestone.{each.id}")
        scale |= {number(each.start_date): left, number(each.due_date) + 1: right}
    (first, left), *_, (last, right) = sorted(scale.items())
    per_day = (right - left) / (last - first)
    for day, x in scale.items():
        assert x == pytest.approx(left + (day - first) * per_day, abs=0.01)
    late = picture.span("milestone.first-region.delay")
    assert late[0] == pytest.approx(picture.span("milestone.first-region")[1], abs=0.01)
    assert late[1] - late[0] == pytest.approx(17 * per_day, abs=0.01)
    as_of = picture.places("as-of")[0][0]
    assert as_of == pytest.approx(left + (number("2026-07-15") + 0.5 - first) * per_day, abs=0.01)
    assert {"+5 days", "+7 days", "+17 days", "As of: 15 July 2026", "Planned", "Done", "Delay"} <= set(picture.texts())


def number(day: str) -> int:
    """Return a day as a number."""
    return date.fromisoformat(day).toordinal()


def test_phases_stand_above_their_milestones(example: Example) -> None:
    """In order of time, and within a phase by due date."""
    report = example()
    picture = planned(report)
    names = []
    for phase in report.phases:
        names += [f"phase.{phase.id}", *(f"milestone.{each.id}" for each in phase.milestones)]
    heights = [picture.middle(name)[1] for name in names]
    assert heights == sorted(heights) and len(set(heights)) == len(heights)
    assert [name for name in names if name not in picture.names] == []


def test_done_open_and_late_are_told_apart_by_shape(example: Example) -> None:
    """What is done fills the bar; what is late sticks out, hollow as long as it goes on."""
    picture = planned(example())
    paper = VARIABLES["--chart-paper"].light
    assert picture.span("milestone.pilot.done") == pytest.approx(picture.span("milestone.pilot"), abs=0.01)
    assert "milestone.acceptance.done" not in picture.names
    left, right = picture.span("milestone.first-region")[:2]
    done = picture.span("milestone.first-region.done")
    assert (done[1] - done[0]) / (right - left) == pytest.approx(0.7, abs=0.001)
    assert picture.names["milestone.pilot.delay"].get("fill") != paper
    assert picture.names["milestone.first-region.delay"].get("fill") == paper
    assert "milestone.kickoff.delay" not in picture.names


def test_an_overdue_milestone_is_late_up_to_the_date_of_the_report(example: Example) -> None:
    """Although nobody has said when it will be done."""
    late = milestone(example().milestones[0], 1, "2026-05-01", "2026-06-30", status="breach", days_late=15)
    picture = planned(plan(example(), late))
    left, right = picture.span("milestone.m1")[:2]
    delay = picture.span("milestone.m1.delay")
    assert (delay[1] - delay[0]) / (right - left) == pytest.approx(15 / 61, abs=0.001)
    assert "+15 days" in picture.texts()


def test_a_milestone_without_a_start_is_a_diamond(example: Example) -> None:
    """It stands at the end of its due date."""
    one = milestone(example().milestones[0], 1, "2026-05-01", "2026-06-30")
    two = milestone(example().milestones[0], 2, "2026-06-30", "2026-06-30", start="")
    picture = planned(plan(example(), one, two))
    assert len(picture.places("milestone.m2")) == 4
    assert picture.middle("milestone.m2")[0] == pytest.approx(picture.span("milestone.m1")[1], abs=0.01)


@pytest.mark.parametrize("count", [1, 7, 60])
def test_a_timetable_grows_with_its_milestones(example: Example, count: int) -> None:
    """Bars and names never overlap."""
    like = example().milestones[0]
    name = "A milestone with quite a long name that takes two lines"
    steps = [
        milestone(like, each, f"2026-{each % 11 + 1:02}-01", f"2026-{each % 11 + 2:02}-15", name=name)
        for each in range(count)
    ]
    picture = planned(plan(example(), *steps))
    spans = [picture.span(f"milestone.{step.id}") for step in steps]
    assert all(below[2] > above[3] for above, below in pairwise(spans))
    assert min(span[0] for span in spans) > max(
        extent(label)[1] for label in picture.root.iter(f"{SVG}text") if (label.text or "") in name
    )
    assert picture.box[3] > 30 * count


def test_of_very_many_milestones_the_nearest_are_drawn(example: Example) -> None:
    """And it is said that there are more."""
    like = example().milestones[0]
    steps = [milestone(like, each, f"{2000 + each}-01-01", f"{2000 + each}-06-01") for each in range(100)]
    picture = planned(plan(example(), *steps))
    shown = [step for step in steps if f"milestone.{step.id}" in picture.names]
    assert len(shown) == 60
    assert f"milestone.{steps[26].id}" in picture.names and f"milestone.{steps[99].id}" not in picture.names
    assert "Shown: the 60 milestones of 100 nearest to the date of the report." in picture.texts()
    assert picture.box[3] < 3000


def test_a_plan_without_milestones_says_so(example: Example) -> None:
    """It is no empty frame."""
    assert "None recorded" in planned(plan(example())).texts()


def test_a_chart_tells_those_who_cannot_see_it(example: Example) -> None:
    """A file has a title and a description; in a page, where a title would pop up, it is a label."""
    kpi = kpi_of(example(), "delivery-days")
    said = "Line chart from January 2026 to June 2026; latest figure: 15.7 days, target: 16.0 days."
    file = drawn(kpi).root
    assert [file.findtext(f"{SVG}title"), file.findtext(f"{SVG}desc")] == ["Trend: Average delivery cycle", said]
    assert file.get("aria-labelledby") == " ".join(
        element.get("id", "") for tag in ("title", "desc") for element in file.iter(f"{SVG}{tag}")
    )
    inline = drawn(kpi, form="inline-svg").root
    assert inline.get("role") == file.get("role") == "img"
    assert inline.get("aria-label") == f"Trend: Average delivery cycle. {said}"
    assert (
        planned(example(), "inline-svg")
        .root.get("aria-label", "")
        .endswith("Milestones: 7; done: 4; late: 3; as of 15 July 2026.")
    )


def test_in_a_page_colours_are_the_pages_own(example: Example) -> None:
    """Every colour is a variable with the light colour to fall back on; a PDF gets the colours alone."""
    kpi = kpi_of(example(), "team-load")
    inline = trend(kpi, EN, "inline-svg").decode("utf-8")
    used = dict(re.findall(r"var\((--[\w-]+),(#[0-9a-f]{6})\)", inline))
    assert used == {name: VARIABLES[name].light for name in used}
    assert {"--chart-ink", "--chart-actual", "--chart-target", "--chart-band"} <= used.keys()
    assert len(re.findall(r"#[0-9a-f]{6}", inline)) == 2 * inline.count("var(")
    for form in ("plain-svg", "svg"):
        assert "var(" not in trend(kpi, EN, form).decode("utf-8")


def test_colours_have_contrast() -> None:
    """4.5 to 1 for all that is written, light and dark; a light colour is used for one thing only."""
    for scheme in ("light", "dark"):
        paper = getattr(VARIABLES["--chart-paper"], scheme)
        for role in ("ink", "muted", "actual", "target", "warn", "breach"):
            assert contrast(getattr(VARIABLES[f"--chart-{role}"], scheme), paper) >= 4.5, (role, scheme)
            if role in ("actual", "target"):
                assert (
                    contrast(getattr(VARIABLES[f"--chart-{role}"], scheme), getattr(VARIABLES["--chart-band"], scheme))
                    >= 3
                )
    assert len({colour.light for colour in VARIABLES.values()}) == len(VARIABLES)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG has it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return how bright a colour is."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


DIGESTS: Final = """
import hashlib, sys
from coopctl.report.charts import timetable, trend
from coopctl.report.speech import speech
from coopctl.report.view import ReportView
report = ReportView.model_validate_json(sys.stdin.buffer.read())
for form in ("svg", "inline-svg", "plain-svg", "png"):
    charts = [trend(kpi, speech("zh-Hans"), form) for kpi in report.kpis if kpi.trend][:2]
    for chart in (*charts, timetable(report, speech("zh-Hans"), form)):
        print(hashlib.sha256(chart).hexdigest())
"""


def child(program: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program],
        input=given,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_the_same_report_gives_the_same_bytes(example: Example, tmp_path: Path) -> None:
    """Whatever the order of sets, the time zone, and somebody's own settings for drawings."""
    settings = tmp_path / "matplotlibrc"
    settings.write_text(
        "lines.linewidth: 9\ntext.parse_math: True\nfont.size: 30\nsvg.fonttype: path\nsavefig.bbox: tight\n"
    )
    given = example("lianhe-yunying", "zh-Hans").model_dump_json()
    one = child(DIGESTS, given, PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    other = child(DIGESTS, given, PYTHONHASHSEED="2", TZ="America/New_York", MATPLOTLIBRC=str(settings))
    assert one.stdout.count("\n") == 12, one.stderr
    assert one.stdout == other.stdout


def test_drawing_changes_no_settings(example: Example) -> None:
    """Others who draw in the same process notice nothing."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    trend(kpi_of(example(), "delivery-days"), EN, "svg")
    assert dict(matplotlib.rcParams) == before


def test_without_matplotlib_it_is_said_how_to_get_it(example: Example) -> None:
    """And nothing needs it before something is drawn."""
    program = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from coopctl.errors import CoopctlError\n"
        "from coopctl.report.charts import timetable\n"
        "from coopctl.report.speech import speech\n"
        "from coopctl.report.view import ReportView\n"
        "report = ReportView.model_validate_json(sys.stdin.buffer.read())\n"
        "try: timetable(report, speech('en'), 'svg')\n"
        "except CoopctlError as error: print(error)\n"
    )
    ended = child(program, example().model_dump_json())
    assert ended.stdout == (
        "charts need matplotlib; install the extra charts: pip install '.[charts]' in the folder of coopctl, see "
        "README; or leave them out with --charts none\n"
    ), ended.stderr


def test_matplotlib_is_not_loaded_before_something_is_drawn() -> None:
    """It takes longer than most commands."""
    ended = child("import sys, coopctl.report.charts; print('matplotlib' in sys.modules)")
    assert ended.stdout == "False\n", ended.stderr


def test_characters_that_no_font_has_are_noticed(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture is drawn all the same."""
    assert not lacks_glyphs("Average delivery cycle, 18.6 days")
    assert lacks_glyphs("\U0010fffd")
    for names in ("SIMPLIFIED", "TRADITIONAL", "ANY_CHINESE"):
        monkeypatch.setattr(lettering, names, ())
    assert lacks_glyphs("客户满意度")
    kpi = kpi_of(example("lianhe-yunying", "zh-Hans"), "项目交付周期")
    assert trend(kpi, speech("zh-Hans"), "png").startswith(b"\x89PNG")


def without_chinese_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw as on a computer that has no font with Chinese characters."""
    for names in ("SIMPLIFIED", "TRADITIONAL", "ANY_CHINESE"):
        monkeypatch.setattr(lettering, names, ())


def with_one_name(report: ReportView, **changes: Any) -> ReportView:
    """Return a report with charts of one KPI and one milestone; the changes put another name somewhere."""
    kpi = kpi_of(report, "delivery-days").model_copy(update={"picture": "a.svg", **changes.get("kpi", {})})
    step = report.milestones[0].model_copy(update=changes.get("milestone", {}))
    phase = report.phases[0].model_copy(update={"milestones": (step,), **changes.get("phase", {})})
    plan = {"kpis": (kpi,), "phases": (phase,), "milestones": (step,), "timetable": "plan.svg"}
    return report.model_copy(update=plan)


@pytest.mark.parametrize(
    "place", [("kpi", "name"), ("kpi", "unit"), ("phase", "name"), ("milestone", "name")], ids=".".join
)
def test_letters_missing_are_looked_for_in_every_text(
    example: Example, place: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is told whose letters are missing; with fonts for all of them, none is."""
    report = with_one_name(example(), **{place[0]: {place[1]: "交付"}})
    assert letters_missing(report, "en") == ""
    without_chinese_fonts(monkeypatch)
    assert letters_missing(report, "en") == "交付"
    assert letters_missing(with_one_name(example()), "en") == ""
    assert letters_missing(example(), "en") == "", "it has no charts"


def test_words_of_a_chart_need_letters_too(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report in Chinese about things with English names."""
    without_chinese_fonts(monkeypatch)
    assert letters_missing(with_one_name(example()), "zh-Hant") != ""
