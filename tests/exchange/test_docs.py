"""The page about imports shows what happens."""

import re
from pathlib import Path

from tests.commands.schemas import problems_of_yaml
from tests.conftest import Coopctl

PAGE = (Path(__file__).parent.parent.parent / "docs" / "exchange.md").read_text("utf-8")


def blocks() -> list[str]:
    """Return the indented blocks of the page."""
    return [
        re.sub("^ {4}", "", found, flags=re.MULTILINE)
        for found in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", PAGE, re.M)
    ]


def test_the_first_import_shows_what_the_page_shows(coopctl: Coopctl) -> None:
    table, shown = blocks()[:2]
    Path("june.csv").write_text(table.strip() + "\n", "utf-8")
    assert coopctl("import", "june.csv", "--by", "mei").out.strip() == shown.strip()


def test_the_mapping_of_the_page_is_one(coopctl: Coopctl) -> None:
    mapping = next(each for each in blocks() if each.lstrip().startswith("coopctl: import/1"))
    assert problems_of_yaml(coopctl, "mapping", mapping) == []
    Path("import.yaml").write_text(mapping.replace("on-time-rate", "on-time"), "utf-8")
    table = '\n\n指标,月份,数值,填报人\n满意度得分,2026年6月,"1,091.5",李伟\n'
    Path("june.csv").write_bytes(table.encode("gb18030"))
    assert coopctl("import", "june.csv", "--mapping", "import.yaml").out.startswith(
        "row         KPI   period   figure\n  4  added  csat  2026-06  1091.5\n"
    )
