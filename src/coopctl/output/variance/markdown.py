"""For a report or a comment: a table per KPI, from the template variance.md.j2."""

from collections.abc import Iterator, Sequence

from coopctl.output.templates import rendered
from coopctl.output.terminal import Paper
from coopctl.output.variance.cells import HEADER, LEGEND, cells, description, forecast_text, trend
from coopctl.output.variance.view import Variance


def markdown(variances: Sequence[Variance], _paper: Paper) -> Iterator[str]:
    """Yield one section per agreement."""
    for variance in variances:
        lines = [
            {
                "name": line.name,
                "subject": line.subject,
                "description": description(line),
                "trend": trend(line),
                "forecast": forecast_text(line),
                "rows": [cells(line, verdict) for verdict in line.verdicts],
            }
            for line in variance.lines
        ]
        yield rendered(
            "variance.md.j2",
            title=f"{variance.agreement.title} {variance.agreement.version}",
            as_of=variance.judgement.as_of.isoformat(),
            header=HEADER,
            legend=LEGEND,
            lines=lines,
        )
