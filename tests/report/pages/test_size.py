"""What a report's size counts."""

import pytest

from coopctl.report.pages.size import size_of
from tests.report.pages.reports import REPORTS, rendering, report

ROW = "| one | two | three | four | five | six |\n"
TABLE = ROW + "| - | - | - | - | - | - |\n"


def test_it_grows_with_rows_items_and_text() -> None:
    """Each about as its time does."""
    empty = size_of([rendering(TABLE)])
    assert size_of([rendering(TABLE + ROW * 100)]) - empty == pytest.approx(2_700, rel=0.05)
    assert size_of([rendering("- item\n" * 100)]) == pytest.approx(625, rel=0.05)
    assert size_of([rendering(("word " * 40 + "\n\n") * 100)]) == pytest.approx(1_200, rel=0.05)
    assert size_of([rendering("`a` " * 400)]) == pytest.approx(870, rel=0.05)


def test_languages_add_up() -> None:
    one, other = rendering(TABLE), rendering("text", "zh-Hans")
    assert size_of([one, other]) == pytest.approx(size_of([one]) + size_of([other]), abs=1)


@pytest.mark.parametrize(("example", "kind", "tag"), REPORTS)
def test_no_report_of_the_examples_comes_near_a_limit(example: str, kind: str, tag: str) -> None:
    assert size_of(report(example, kind, tag)) < 8_000
