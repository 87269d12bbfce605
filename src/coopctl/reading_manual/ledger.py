"""Pages about what is recorded."""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, str]] = {
    "LED001": """
        Why: A figure of a quarter says nothing about each of its months, and may hide a bad one.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis: {csat: {2026-Q1: 91}}

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis: {csat: {2026-01: 90, 2026-02: 91, 2026-03: 92}}
    """,
    "LED002": """
        Why: One of the two replaced the other, and nobody can tell which. The later one has to count, whatever it says.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis: {csat: {2026-01: [{value: 88}, {value: 93, note: Late answers}]}}

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis:
              csat:
                2026-01:
                  - {value: 88, recorded: 2026-02-05}
                  - {value: 93, recorded: 2026-02-20, note: Late answers}
    """,
    "LED003": """
        Why: The month's own figure has those of its weeks and days in it. Taken together they would count twice.

        Bad:
            kpis:
              orders: {unit: orders, direction: higher-is-better, frequency: monthly,
                       aggregation: sum, target: 900}
            # actuals/2026.yaml
            kpis: {orders: {2026-01: 920, 2026-01-15: 31}}

        Good:
            kpis:
              orders: {unit: orders, direction: higher-is-better, frequency: monthly,
                       aggregation: sum, target: 900}
            # actuals/2026.yaml
            kpis: {orders: {2026-01: 920}}
    """,
    "LED004": """
        Why: A ratio is made of two counts. From a finished percentage nobody can work out the ratio of a quarter, for a
        quiet month would weigh as much as a busy one.

        Bad:
            kpis:
              on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                        aggregation: ratio, target: 95}
            # actuals/2026.yaml
            kpis: {on-time: {2026-01: 94.6}}

        Good:
            kpis:
              on-time: {unit: "%", direction: higher-is-better, frequency: monthly,
                        aggregation: ratio, target: 95}
            # actuals/2026.yaml
            kpis: {on-time: {2026-01: {numerator: 946, denominator: 1000}}}
    """,
    "LED005": """
        Why: The two files may say different things, and nothing says which of them came later.

        Bad:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026-h1.yaml
            milestones: {pilot: {started: 2026-04-01}}
            # actuals/2026-h2.yaml
            milestones: {pilot: {done: 2026-05-12}}

        Good:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            milestones: {pilot: {started: 2026-04-01, done: 2026-05-12}}
    """,
    "LED006": """
        Why: To excuse a KPI without saying for when would be to give it up. The parties agreed on one bad month, not on
        all that follow.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            waivers:
              - {about: kpis.csat, reason: Survey server down, date: 2026-02-10,
                 approved_by: [north, harbor]}

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            waivers:
              - {about: kpis.csat@2026-01, reason: Survey server down, date: 2026-02-10,
                 approved_by: [north, harbor]}
    """,
    "LED007": """
        Why: A row that is passed over in silence is a figure that is missing, and a shifted column is a wrong one.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.csv
            kpi,period,value,note
            csat,2026-01,91,Snow, ice and a strike

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.csv
            kpi,period,value,note
            csat,2026-01,91,"Snow, ice and a strike"
    """,
    "LED008": """
        Why: The figure changes no verdict. Often the year is a typing error, and the right period has no figure.

        Bad:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis: {csat: {2025-01: 91}}

        Good:
            kpis:
              csat: {unit: points, direction: higher-is-better, frequency: monthly,
                     aggregation: mean, target: 92}
            # actuals/2026.yaml
            kpis: {csat: {2026-01: 91}}
    """,
    "LED009": """
        Why: A check has to answer in seconds, also when the files come from somebody who does not mean well.

        Remedy: Record monthly figures instead of single events, or list under actuals: only the files that matter.
    """,
    "LED010": """
        Why: A milestone and a budget line have one verdict, not one per period, so the waiver would excuse nothing.

        Bad:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            waivers:
              - {about: plan.milestones.pilot@2026-05, date: 2026-05-20,
                 approved_by: [north, harbor]}

        Good:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            waivers:
              - {about: plan.milestones.pilot, date: 2026-05-20,
                 approved_by: [north, harbor]}
    """,
    "LED011": """
        Why: Whoever wrote the waiver believes that something is excused, and it goes on counting.

        Bad:
            goals: {growth: {statement: Sell 10 % more}}
            # actuals/2026.yaml
            waivers:
              - {about: goals.growth, date: 2026-05-20, approved_by: [north, harbor]}

        Good:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            waivers:
              - {about: plan.milestones.pilot, date: 2026-05-20,
                 approved_by: [north, harbor]}
    """,
    "LED022": """
        Why: Two branches or two people gave the next number to different actions. Whoever says that a1 is done says it
        of one of them, and nobody knows of which.

        Bad:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            actions:
              - {id: a1, date: 2026-05-20, about: plan.milestones.pilot, do: Second carrier}
              - {id: a1, date: 2026-05-21, about: plan.milestones.pilot, do: Move the date}

        Good:
            plan: {milestones: {pilot: {due: 2026-05-15}}}
            # actuals/2026.yaml
            actions:
              - {id: a1, date: 2026-05-20, about: plan.milestones.pilot, do: Second carrier}
              - {id: a2, date: 2026-05-21, about: plan.milestones.pilot, do: Move the date}
    """,
}
