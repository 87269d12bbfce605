"""Pages about what the agreement language does not allow."""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, str]] = {
    "SCH001": """
        Why: A key with a typing error would be a clause that nobody evaluates: a limit that is never checked, an owner
        who is never asked. Keys of your own begin with x-.

        Bad:
            goals:
              growth: {statement: Sell 10 % more, onwer: north}

        Good:
            goals:
              growth: {statement: Sell 10 % more, owner: north}
    """,
    "SCH002": """
        Why: Without it the clause cannot be judged, and to guess a value would be to make up a deal.

        Bad:
            plan:
              milestones:
                pilot: {owner: north}

        Good:
            plan:
              milestones:
                pilot: {owner: north, due: 2026-05-15}
    """,
    "SCH003": """
        Why: What can be read in two ways will be, at the worst time: 03.04.2026 is in March for one side, in April for
        the other.

        Bad:
            goals:
              growth: {statement: Sell 10 % more, due: 03.04.2026}

        Good:
            goals:
              growth: {statement: Sell 10 % more, due: 2026-04-03}
    """,
    "SCH004": """
        Why: A clause about somebody or something that does not exist binds nobody. Mostly it is a typing error, or a
        name that was changed in one place only.

        Bad:
            goals:
              growth: {statement: Sell 10 % more, owner: nord}

        Good:
            goals:
              growth: {statement: Sell 10 % more, owner: north}
    """,
    "SCH005": """
        Why: In a dispute each side holds up the clause that suits it. Only the parties can say which of the two is
        meant.

        Bad:
            plan:
              milestones:
                pilot: {start: 2026-06-01, due: 2026-05-15}

        Good:
            plan:
              milestones:
                pilot: {start: 2026-04-01, due: 2026-05-15}
    """,
    "SCH006": """
        Why: Deadlines in business days would be counted through holidays, and come out too early.

        Bad:
            calendar: {country: ZZ}
            plan:
              milestones:
                pilot: {due: 2026-05-15,
                        thresholds: {warn: {off_by_more_than: 5 business days}}}

        Good:
            calendar: {country: CN}
            plan:
              milestones:
                pilot: {due: 2026-05-15,
                        thresholds: {warn: {off_by_more_than: 5 business days}}}
    """,
    "SCH007": """
        Why: A daily KPI over a century has tens of thousands of verdicts that nobody reads. Mostly the end of the term
        is a typing error.

        Bad:
            term: {start: 2026-01-01, end: 2126-12-31}
            kpis:
              uptime: {unit: "%", direction: higher-is-better, frequency: daily,
                       aggregation: mean, target: 99.9}

        Good:
            term: {start: 2026-01-01, end: 2026-12-31}
            kpis:
              uptime: {unit: "%", direction: higher-is-better, frequency: daily,
                       aggregation: mean, target: 99.9}
    """,
    "SCH008": """
        Why: Two targets for one day: each party will hold up the one that suits it.

        Bad:
            kpis:
              csat:
                unit: points
                direction: higher-is-better
                frequency: monthly
                aggregation: mean
                target: {2026-Q1: 86, 2026-01: 88}

        Good:
            kpis:
              csat:
                unit: points
                direction: higher-is-better
                frequency: monthly
                aggregation: mean
                target: {2026-Q1: 86, 2026-Q2: 88}
    """,
    "TRM001": """
        Why: An agreement without a single day binds nobody to anything. Mostly the two dates are swapped, or a renewal
        was written down in the wrong year.

        Bad:
            term: {start: 2026-01-01, end: 2025-12-31}

        Good:
            term: {start: 2026-01-01, end: 2026-12-31}
    """,
    "KPI005": """
        Why: 20 % less than what? Without an agreed starting point each party takes the one that suits it. SMART goals
        are measurable.

        Bad:
            kpis:
              cycle: {unit: days, direction: lower-is-better, frequency: monthly,
                      aggregation: mean, target: -20%}

        Good:
            kpis:
              cycle:
                unit: days
                direction: lower-is-better
                frequency: monthly
                aggregation: mean
                baseline: {value: 20, as_of: 2025-12-31, source: Delivery log 2025}
                target: -20%
    """,
    "KPI014": """
        Why: No figure can be above the larger and below the smaller end at once, so the target can never be met.

        Bad:
            kpis:
              load:
                unit: "%"
                direction: within-range
                frequency: monthly
                aggregation: mean
                target: {min: 90, max: 75}

        Good:
            kpis:
              load:
                unit: "%"
                direction: within-range
                frequency: monthly
                aggregation: mean
                target: {min: 75, max: 90}
    """,
    "EXT002": """
        Why: Four breaches in any three periods can never happen. The right to end the agreement is only on paper.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            exit:
              triggers:
                poor-service:
                  when: {kpi: csat, status: off-target, count: 4, within: 3}
                  right_of: [north]

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            exit:
              triggers:
                poor-service:
                  when: {kpi: csat, status: off-target, count: 3, within: 4}
                  right_of: [north]
    """,
    "SUP005": """
        Why: Whoever wrote the comment believes that a finding is accepted, for a reason and until a day. Half
        understood it would hide too much or too little.

        Bad:
            kpis:
              # coopctl: ignore KPI003 agreed by both, until=2026-12-31
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}

        Good:
            kpis:
              # coopctl: ignore[KPI003] agreed by both, until=2026-12-31
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
    """,
    "SCH009": """
        Why: What a key means may have changed since. To read an old file as if it were a new one would be to judge by
        terms that nobody agreed. `coopctl migrate` writes the newer form and keeps your comments.

        Bad:
            coopctl: 0

        Good:
            coopctl: 1
    """,
    "SCH010": """
        Why: A newer version of the language may have terms that this coopctl does not know, and a term that is passed
        over is a term that nobody keeps. Update coopctl.

        Bad:
            coopctl: 2

        Good:
            coopctl: 1
    """,
}
