"""The manual's pages about what can be wrong with a file while it is read, in the form of the rules' docstrings.

The first paragraph of each page is the meaning of its kind in `coopctl.faults`; what follows it is here. Where no
excerpt can show the fault, `Remedy:` says what to do.
"""

from collections.abc import Mapping
from typing import Final

READING_PAGES: Final[Mapping[str, str]] = {
    "FIL001": """
        Why: What cannot be read is not judged, and a check that passed over a file in silence would pass on half of
        the facts.

        Remedy: Look at the file's name and permissions. In a build job, see that the file is part of the checkout.
    """,
    "FIL002": """
        Why: A pipe or a device can keep a run waiting for ever, or bring something else each time. The same files have
        to give the same answer.

        Remedy: Put the text into an ordinary file, and name that one.
    """,
    "FIL003": """
        Why: A file that comes from another party must not make coopctl read the rest of your disk, and everybody who
        has the folder must get the same answer.

        Bad:
            actuals: [../shared/2026.yaml]

        Good:
            actuals: [actuals/2026.yaml]
            # actuals/2026.yaml
            events: [{date: 2026-03-02, kind: incident}]
    """,
    "FIL004": """
        Why: An agreement has some hundred lines. A file of this size is something else, or holds records that belong
        into the ledger.

        Remedy: Move figures into the ledger, and split the ledger by year or by quarter.
    """,
    "FIL005": """
        Why: In another encoding 质量 turns into other signs or into none, and no two programs agree on which.

        Remedy: Save the file as UTF-8; a spreadsheet calls it “CSV UTF-8”. On a command line:
        iconv -f GB18030 -t UTF-8 old.csv > new.csv
    """,
    "FIL006": """
        Why: An empty file is mostly one that was not saved, or an export that failed. To read it as “nothing happened”
        would hide that.

        Remedy: Write the agreement or the figures into it, or delete it.
    """,
    "FIL007": """
        Why: Without that file the figures in it count as missing, and nobody would know that they only were not found.

        Bad:
            actuals: [actuals/2026-h2.yaml]

        Good:
            actuals: [actuals/2026.yaml]
            # actuals/2026.yaml
            events: [{date: 2026-03-02, kind: incident}]
    """,
    "FIL008": """
        Why: The ledger may be in another folder than the agreement says; then every figure is missing. Before the
        first figures are recorded it is harmless.

        Bad:
            actuals: [figures/*.yaml]

        Good:
            actuals: [actuals/*.yaml]
            # actuals/2026.yaml
            events: [{date: 2026-03-02, kind: incident}]
    """,
    "FIL009": """
        Why: A thousand problems in one file have one or two causes, such as a wrong column, or an export in another
        form.

        Remedy: Mend those that are shown, and run it again.
    """,
    "YML001": """
        Why: Where brackets, quotes or indentation do not fit, nothing in the file can be trusted, not even the clauses
        that look right.

        Bad:
            goals: {growth: {statement: Sell 10 % more}

        Good:
            goals: {growth: {statement: Sell 10 % more}}
    """,
    "YML002": """
        Why: One reader takes the first, another the last. What the parties agreed on must not depend on the program
        that reads it.

        Bad:
            goals:
              growth: {statement: Sell 10 % more, due: 2026-06-30, due: 2026-12-31}

        Good:
            goals:
              growth: {statement: Sell 10 % more, due: 2026-12-31}
    """,
    "YML003": """
        Why: Who reads the clause does not see what it says, and a change in one place changes others that nobody looks
        at. A clause should say all that holds for it.

        Bad:
            x-usual: &usual {owner: north, due: 2026-12-31}
            goals:
              growth: {<<: *usual, statement: Sell 10 % more}

        Good:
            goals:
              growth: {owner: north, due: 2026-12-31, statement: Sell 10 % more}
    """,
    "YML004": """
        Why: A tag tells a program to make something else of a value. coopctl reads what stands there, and nothing else.

        Bad:
            goals:
              growth: {statement: !!str Sell 10 % more}

        Good:
            goals:
              growth: {statement: Sell 10 % more}
    """,
    "YML005": """
        Why: Most programs read the first document and leave the others out without a word.

        Bad:
            ---
            goals:
              growth: {statement: Sell 10 % more}

        Good:
            goals:
              growth: {statement: Sell 10 % more}
    """,
    "YML006": """
        Why: In YAML 1.1 `no` means false and `010` means eight, in 1.2 they are what they look like. The same text must
        not have two meanings.

        Remedy: Delete the line that begins with %YAML.
    """,
    "YML007": """
        Why: Nothing can refer to a thing that has no name.

        Bad:
            goals:
              "": {statement: Sell 10 % more}

        Good:
            goals:
              growth: {statement: Sell 10 % more}
    """,
    "YML008": """
        Why: There is nothing that could be put in its place, so the clause has no content.

        Bad:
            goals:
              growth: {statement: *wording}

        Good:
            goals:
              growth: {statement: Sell 10 % more}
    """,
    "YML009": """
        Why: Such nesting comes from brackets that are never closed, or is made to bring a reader down.

        Remedy: Close the brackets. An agreement needs no more than ten levels.
    """,
    "YML010": """
        Why: A few lines of aliases can stand for millions of values, which is a known way to bring a reader down.

        Remedy: Write out what the aliases repeat, or split the ledger into several files.
    """,
    "YML011": """
        Why: A value of this size is a document of its own, or a quote that is never closed.

        Remedy: Close the quote, or keep the text in a document of its own and give its name here.
    """,
    "YML012": """
        Why: An agreement and a ledger are keys with values; a list or a single text says nothing about which is which.

        Remedy: Begin with the line coopctl: 1 for an agreement or coopctl: actuals/1 for a ledger, keys below it.
    """,
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
}
"""The rest of each page, by code."""
