"""Which KPIs and periods a command was asked for."""

from collections.abc import Sequence

from pydantic_core import PydanticCustomError

from coopctl.errors import CoopctlError
from coopctl.loading import Loaded
from coopctl.model.names import did_you_mean
from coopctl.model.scalars import PeriodKey
from coopctl.output.variance.view import Selection


def selection_from(kpis: list[str] | None, period: str | None, agreements: Sequence[Loaded]) -> Selection:
    """Read `--kpi` and `--period`; a KPI that no agreement has is an error."""
    known = {name for loaded in agreements if loaded.agreement for name in loaded.agreement.kpis}
    wanted = frozenset(name.removeprefix("kpis.") for name in kpis or ())
    for name in sorted(wanted - known) if agreements else ():
        raise CoopctlError(f"--kpi: no KPI is called {name}; {did_you_mean(name, known)}")
    return Selection(wanted, parse_period(period, "--period") if period else None)


def parse_period(text: str, option: str) -> PeriodKey:
    """Read a period given on the command line."""
    try:
        return PeriodKey.read(text)
    except PydanticCustomError as error:
        help_text = (error.context or {}).get("help", "")
        raise CoopctlError(f"{option}: {error.message()}; {help_text}") from None
