"""The mapping file: what the columns, names, dates and numbers of somebody else's table mean."""

import os
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from coopctl.errors import CoopctlError
from coopctl.exchange.periods import Pattern, read_pattern
from coopctl.files import read_text
from coopctl.findings import Finding
from coopctl.model.base import Clause
from coopctl.model.facts import RecordStatus
from coopctl.model.names import KpiRef, Names
from coopctl.model.scalars import ReadBy, Text, Whole, described, wrong
from coopctl.parsing import read_source
from coopctl.validation import validated

NumberForm = Literal["1234.5", "1,234.5", "1.234,5", "1 234,5", "1'234.5", "1234,5"]
Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "shift_jis", "windows-1252"]


def _version(value: object) -> object:
    if value != "import/1":
        raise wrong(
            "version {found} of a mapping; this coopctl reads import/1",
            "write coopctl: import/1",
            found=described(value),
        )
    return value


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _one_sign(value: object) -> object:
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n':
        raise wrong("expected one character, found {found}", 'write "," or ";" or "\\t" or "|"', found=described(value))
    return value


def _decimals(value: object) -> object:
    if type(value) is str and value.isdecimal() and value.isascii() and len(value) <= 2 and int(value) <= 12:
        return int(value)
    raise wrong("expected 0 to 12 decimals, found {found}", "write a whole number: 2", found=described(value))


PatternText = Annotated[Pattern, ReadBy(read_pattern, {"type": "string", "examples": ["%Y-%m", "%b %Y", "%Y年%m月"]})]
Patterns = Annotated[
    tuple[PatternText, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Columns(Clause):
    """What the columns are called in the file."""

    kpi: Text | None = Field(None, description="The KPI; without it each KPI has a column of its own.")
    period: Text = Field(description="The period.")
    value: Text | None = Field(None, description="The figure.")
    numerator: Text | None = Field(None, description="For a ratio: what is counted.")
    denominator: Text | None = Field(None, description="For a ratio: out of how many.")
    weight: Text | None = Field(None, description="For a weighted mean: how much the figure counts.")
    recorded: Text | None = Field(None, description="Day on which the figure became known.")
    status: Text | None = Field(None, description="provisional or final, or a word of `statuses`.")
    by: Text | None = Field(None, description="Who recorded it.")
    note: Text | None = Field(None, description="Remark.")


class Mapping(Clause):
    """How a table is read; what is not said is as in the files that `coopctl export` writes."""

    coopctl: Annotated[str, ReadBy(_version, {"type": "string", "const": "import/1"})] = Field(
        "import/1", description="Version of this language."
    )
    columns: Columns | None = Field(None, description="Which column has what.")
    kpis: dict[Text, KpiRef] = Field(default_factory=dict, description="Names of KPIs in the file, and their ids.")
    statuses: dict[Text, RecordStatus] = Field(
        default_factory=dict, description="Words of the column `status`, and what they mean."
    )
    ignore: tuple[Text, ...] = Field((), description="Columns of a table with a column for each KPI that are no KPI.")
    periods: Patterns = Field((), description="How periods are written, such as %m/%Y.")
    dates: Patterns = Field((), description="How days are written in the column `recorded`, such as %d/%m/%Y.")
    days_stand_for: Literal["day", "period"] | None = Field(
        None,
        description="What a date means where a KPI's period is longer: the day alone, or the period that it is in.",
    )
    numbers: NumberForm = Field("1234.5", description="How numbers are written, by the example of 1234.5.")
    decimals: Annotated[int, ReadBy(_decimals, {"type": "integer", "maximum": 12})] | None = Field(
        None, description="Numbers with more decimals are rounded to so many, halves away from zero."
    )
    currency: tuple[Text, ...] = Field((), description="Signs and codes of currencies beside numbers: ¥, CNY.")
    sheet: Text | None = Field(None, description="Name of the sheet of a workbook.")
    header: Whole = Field(1, description="Row with the names of the columns.")
    skip: tuple[Whole, ...] = Field((), description="Rows below the header that are not read, such as totals.")
    delimiter: Annotated[str, ReadBy(_one_sign, {"type": "string", "minLength": 1, "maxLength": 1})] | None = Field(
        None, description="What stands between the columns of a CSV file; if not given a comma, in .tsv a tab."
    )
    encoding: Encoding | None = Field(None, description="Encoding of a CSV file; UTF-8 if not given.")
    records: Text | None = Field(None, description="Where in a JSON file the list of records is: data.figures.")


class MappingFile(Mapping):
    """What the columns, names, dates and numbers of somebody else's table mean."""

    coopctl: Annotated[str, ReadBy(_version, {"type": "string", "const": "import/1"})] = Field(
        description="Version of this language."
    )


def read_mapping(path: str, names: Names) -> Mapping | list[Finding]:
    """Read a mapping file, or return everything that is wrong with it; `names` are those of the agreement."""
    text = read_text(path, os.path.dirname(os.path.realpath(path)))
    if isinstance(text, Finding):
        return [text]
    source = read_source(path, text)
    if source.findings:
        return source.findings
    mapping, findings, _ = validated(MappingFile, source, names)
    if mapping is None:
        return findings
    if mapping.header < 1:
        raise CoopctlError(f"{path}: header: rows count from 1")
    return mapping
