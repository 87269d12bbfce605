"""The limits that every file is held to, whoever sent it.

Agreements and ledgers come from counterparties; each limit keeps one kind of hostile or broken file from costing
memory or time. They are documented in docs/reference/limits.md and tested at the limit and one past it.
"""

FILE_BYTES = 4 * 1024 * 1024
NESTING = 64
NODES = 100_000
"""Mappings, sequences and scalars of one file; an alias counts for all that it stands for, each time it is used."""
EXPANDED_CHARACTERS = 2 * FILE_BYTES
"""Text of all values of one file, an alias counted each time it is used: a model may keep a copy of each."""
SCALAR_BYTES = 64 * 1024
INTEGER_DIGITS = 18
DECIMAL_DIGITS = 12
CSV_ROWS = 200_000
COLUMNS = 256
"""Columns of a table that figures are imported from."""
XLSX_BYTES = 64 * 1024 * 1024
"""A workbook that figures are imported from, unzipped."""
XLSX_PARTS = 1_000
XLSX_ELEMENTS = 2_500_000
"""XML elements of all parts of a workbook that are read."""
XLSX_CELLS = 500_000
"""Cells of a sheet that are not empty."""
PURE_PARSER_BYTES = 256 * 1024
"""The pure-Python parser is some fifty times slower than the C one; beyond this size it is not tried."""

FINDINGS = 1_000
"""Problems of one file that are shown one by one; the rest are counted."""

PERIODS = 30_000
"""Periods that an agreement's KPIs have in its term, all together; those of a KPI count again for each exit trigger."""
LEDGER_BYTES = 8 * 1024 * 1024
"""All ledger files of one agreement together."""
LEDGER_FILES = 500
LEDGER_NODES = 250_000
"""Values in all YAML ledger files of one agreement together."""
FIGURES = 200_000
"""Figures recorded for one agreement, in all its ledger files."""

REVISION_AGREEMENTS = 2_000
REVISION_FILES = 10_000
REVISION_BYTES = 64 * 1024 * 1024
"""Agreements, ledgers, approvals and configurations of one git revision together."""
REVISION_PATTERNS = 500
"""Patterns in `actuals` of the agreements of one folder of a git revision."""

TEMPLATE_BYTES = 1024 * 1024
TEMPLATES = 200
"""Templates in a user's folder."""
TEMPLATES_BYTES = 4 * 1024 * 1024
"""All templates of a user's folder together."""
RENDERED_BYTES = 1024 * 1024
"""What a user's template may write."""
DOCUMENT_SIZES = {"pdf": 28_000, "docx": 110_000, "html": 500_000}
"""How large a report may be that is laid out; a table's row of six short cells has a size of about 30."""
TEMPLATE_SECONDS = 5
"""Computing time for a user's template; each standard report takes a fraction of a second."""
TEMPLATE_CLOCK_SECONDS = 8
"""The same by the clock: on a busy machine, and where the system does not limit computing time."""
TEMPLATE_MEMORY = 256 * 1024 * 1024
"""Memory for rendering a user's templates, beside what Python itself takes, where the system limits it."""
