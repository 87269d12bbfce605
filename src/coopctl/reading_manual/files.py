"""Pages about files that cannot be opened or are not YAML."""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, str]] = {
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
            actuals: [../elsewhere/2026.yaml]

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
}
