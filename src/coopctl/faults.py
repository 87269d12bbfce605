"""Every fault for which a file is refused or remarked on while it is read, each with its code and name."""

from typing import Final

from coopctl.findings import Kind, Severity

_ERROR = Severity.ERROR

UNREADABLE: Final = Kind("FIL001", "unreadable-file", _ERROR, "The file cannot be opened or read.")
NOT_REGULAR: Final = Kind("FIL002", "not-a-regular-file", _ERROR, "A pipe, device or folder where a file is wanted.")
OUTSIDE_TREE: Final = Kind(
    "FIL003", "outside-the-folder", _ERROR, "A link or a pattern leads out of the folder that is being read."
)
TOO_LARGE: Final = Kind("FIL004", "file-too-large", _ERROR, "The file is larger than 4 MiB.")
NOT_UTF8: Final = Kind("FIL005", "not-utf-8", _ERROR, "The file's text is not UTF-8.")
EMPTY: Final = Kind("FIL006", "empty-file", _ERROR, "The file says nothing.")
NO_LEDGER_FILE: Final = Kind("FIL007", "missing-ledger-file", _ERROR, "`actuals` names a file that does not exist.")
NO_LEDGER_MATCH: Final = Kind(
    "FIL008", "pattern-matches-nothing", Severity.WARNING, "A pattern in `actuals` matches no file."
)
MORE: Final = Kind("FIL009", "more-problems", _ERROR, "The file has more problems than are shown one by one.")

BROKEN_YAML: Final = Kind("YML001", "broken-yaml", _ERROR, "The text is not YAML.")
DUPLICATE_KEY: Final = Kind("YML002", "duplicate-key", _ERROR, "A mapping has the same key twice.")
MERGE_KEY: Final = Kind("YML003", "merge-key", _ERROR, "`<<` merges hide what a clause says and are not read.")
CUSTOM_TAG: Final = Kind("YML004", "custom-tag", _ERROR, "`!tags` are not part of the language.")
SEVERAL_DOCUMENTS: Final = Kind("YML005", "several-documents", _ERROR, "A file holds one document.")
YAML_VERSION: Final = Kind("YML006", "yaml-version", _ERROR, "Only YAML 1.2 is read.")
BAD_KEY: Final = Kind("YML007", "unusable-key", _ERROR, "A key is empty, or is not a plain name.")
SELF_ALIAS: Final = Kind("YML008", "self-alias", _ERROR, "An alias stands inside what it names, or names nothing.")
TOO_DEEP: Final = Kind("YML009", "too-deep", _ERROR, "Nesting deeper than 64 levels.")
TOO_MANY_NODES: Final = Kind("YML010", "too-many-nodes", _ERROR, "More than 100,000 values, aliases expanded.")
LONG_SCALAR: Final = Kind("YML011", "long-scalar", _ERROR, "One value is longer than 64 KiB.")
NOT_A_MAPPING: Final = Kind("YML012", "not-a-mapping", _ERROR, "The top of the file is not a mapping.")

UNKNOWN_KEY: Final = Kind("SCH001", "unknown-key", _ERROR, "A key that the language does not have.")
MISSING_KEY: Final = Kind("SCH002", "missing-key", _ERROR, "A key that the language requires.")
WRONG_VALUE: Final = Kind("SCH003", "wrong-value", _ERROR, "A value of the wrong kind or form.")
UNKNOWN_REFERENCE: Final = Kind("SCH004", "unknown-reference", _ERROR, "A name that stands for nothing here.")
CONTRADICTION: Final = Kind("SCH005", "contradiction", _ERROR, "Two clauses that cannot both hold.")
DOUBLED_STEP: Final = Kind("SCH008", "doubled-step", _ERROR, "Two steps of a target begin on the same day.")
TOO_MANY_PERIODS: Final = Kind("SCH007", "too-many-periods", _ERROR, "The term has more periods than can be judged.")
OLD_VERSION: Final = Kind("SCH009", "old-version", _ERROR, "The file is written in an older version of the language.")
NEWER_VERSION: Final = Kind("SCH010", "newer-version", _ERROR, "The file is made for a newer coopctl.")
UNUSABLE_CALENDAR: Final = Kind("SCH006", "unusable-calendar", _ERROR, "A country whose holidays are not known.")

TERM_BACKWARDS: Final = Kind("TRM001", "term-ends-before-start", _ERROR, "The term ends before it starts.")
WITHOUT_BASELINE: Final = Kind(
    "KPI005", "relative-target-without-baseline", _ERROR, "A target is relative to a baseline that is not there."
)
RANGE_UPSIDE_DOWN: Final = Kind(
    "KPI014", "range-upside-down", _ERROR, "The upper end of a range is below its lower end."
)
COUNT_EXCEEDS_WITHIN: Final = Kind(
    "EXT002", "count-exceeds-within", _ERROR, "An exit trigger wants more periods than it looks at."
)

WRONG_PERIOD: Final = Kind("LED001", "wrong-period", _ERROR, "A period coarser than the KPI's frequency.")
UNORDERED: Final = Kind(
    "LED002", "figures-without-order", _ERROR, "Two figures for one period and nothing says which came later."
)
OVERLAPPING: Final = Kind("LED003", "overlapping-figures", _ERROR, "Figures whose days overlap would count twice.")
WRONG_FIGURE: Final = Kind("LED004", "wrong-figure", _ERROR, "A figure in a form that the KPI cannot use.")
RECORDED_TWICE: Final = Kind("LED005", "recorded-twice", _ERROR, "A milestone's facts in two ledger files.")
WAIVER_WITHOUT_PERIOD: Final = Kind(
    "LED006", "waiver-without-period", _ERROR, "A waiver for a KPI that does not say for which period."
)
WAIVER_WITH_PERIOD: Final = Kind(
    "LED010", "waiver-with-period", _ERROR, "A waiver names a period for what is judged as a whole."
)
WAIVER_WITHOUT_EFFECT: Final = Kind(
    "LED011", "waiver-without-effect", Severity.WARNING, "A waiver for something that is not judged."
)
ACTION_DOUBLED: Final = Kind(
    "LED022", "action-id-doubled", Severity.WARNING, "Two corrective actions have the same id."
)
LEDGER_TOO_LARGE: Final = Kind("LED009", "ledger-too-large", _ERROR, "More ledger files or figures than are read.")
BROKEN_CSV: Final = Kind("LED007", "broken-csv", _ERROR, "A CSV ledger whose header or row cannot be read.")
OUTSIDE_TERM: Final = Kind(
    "LED008", "figure-outside-the-term", Severity.WARNING, "A figure for a time in which nothing is judged."
)

BROKEN_SUPPRESSION: Final = Kind(
    "SUP005", "broken-suppression", _ERROR, "A comment that suppresses findings cannot be read."
)

ALL: Final = tuple(kind for kind in list(globals().values()) if isinstance(kind, Kind))
BY_NAME: Final = {kind.name: kind for kind in ALL}
