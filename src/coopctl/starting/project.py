"""The files of a new agreement: where each belongs, and what is in it."""

import os
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from coopctl.configuration import FILE_NAME, nearest_configuration
from coopctl.discovery import LEDGER_FOLDER
from coopctl.drafts.values import key
from coopctl.output.schema import schema_text
from coopctl.starting.agreement import AGREEMENT, agreement_text, first_period, rendered
from coopctl.starting.kinds import content
from coopctl.starting.wishes import CiServer, Wishes
from coopctl.starting.wording import wording

SCHEMA: Final = "agreement-v1.schema.json"
_CI_FILES: Final = {"github": ".github/workflows/coopctl.yml", "gitlab": ".gitlab-ci.yml"}
_CI_TEMPLATES: Final = {"github": "github.yml.j2", "gitlab": "gitlab-ci.yml.j2"}

Part = Literal["agreement", "ledger", "settings", "schema", "ci"]


class NewFile(NamedTuple):
    """A file that is to be written."""

    path: str
    text: str
    part: Part
    root: str
    """The folder that it may not lead out of."""


def project(wishes: Wishes, folder: str, ci: CiServer | None) -> list[NewFile]:
    """Return the files of a new agreement, the agreement first.

    A configuration that counts in the folder already stays the one that counts: none is written then.
    """
    files = [
        NewFile(_in(folder, AGREEMENT), agreement_text(wishes, SCHEMA), "agreement", folder),
        NewFile(_in(folder, f"{LEDGER_FOLDER}/{wishes.start.year}.yaml"), _ledger(wishes), "ledger", folder),
    ]
    if configuration_above(folder) is None:
        files.append(NewFile(_in(folder, FILE_NAME), rendered("coopctl.toml.j2", wishes), "settings", folder))
    files.append(NewFile(_in(folder, SCHEMA), schema_text("agreement"), "schema", folder))
    if ci is not None:
        root = _repository_of(folder)
        files.append(NewFile(_in(root, _CI_FILES[ci]), rendered(_CI_TEMPLATES[ci], wishes), "ci", root))
    return files


def configuration_above(folder: str) -> str | None:
    """Return the configuration of a folder above that counts in a folder; None where there is none."""
    found = nearest_configuration(folder)
    is_own = found is None or os.path.realpath(found) == os.path.realpath(_in(folder, FILE_NAME))
    return None if is_own else found


class FirstRecord(NamedTuple):
    """The first figure that will be due, with a number for an example."""

    kpi: str
    period: str
    figure: str
    """As the command line writes it: 95, or 93/100."""


def first_record(wishes: Wishes) -> FirstRecord:
    """Return the first period of the first KPI."""
    chosen = wishes.kpis[0]
    kpi = content(wishes.kind)["kpis"][chosen.id]
    period = first_period(chosen, wishes)
    figure = kpi.get("baseline", kpi["target"])
    if kpi["aggregation"] == "ratio":
        figure = f"{Decimal(figure) * (10 if kpi['unit'] == '%' else 1000):f}/1000"
        figure = figure.replace(".0/", "/")
    return FirstRecord(wording(wishes.language).say(chosen.id), period.text, figure)


def _ledger(wishes: Wishes) -> str:
    """Write the empty ledger, with an example in its comments."""
    kpi, period, figure = first_record(wishes)
    numerator, is_ratio, denominator = figure.partition("/")
    milestone = wording(wishes.language).say(next(iter(content(wishes.kind)["milestones"])))
    return rendered(
        "actuals.yaml.j2",
        wishes,
        kpi=key(kpi),
        period=period,
        figure=f"{{numerator: {numerator}, denominator: {denominator}}}" if is_ratio else figure,
        milestone=key(milestone),
    )


def _repository_of(folder: str) -> str:
    """Return the root of the git repository that a folder lies in, where CI servers look; the folder if in none."""
    here = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return folder
        here = parent
    return os.path.relpath(here)


def _in(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")
