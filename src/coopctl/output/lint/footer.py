"""The last line: how many findings of what weight, and what became of the others."""

from coopctl.lint.summary import LintSummary
from coopctl.output.weights import numbered, weights


def footer(summary: LintSummary) -> str:
    """Write the totals: `3 findings in 1 agreement: 1 error, 2 warnings · 1 can be mended with --fix`."""
    agreements = numbered(summary.agreements, "agreement")
    if not summary.findings:
        told = f"no findings in {agreements}"
    else:
        told = f"{numbered(summary.findings, 'finding')} in {agreements}: {weights(summary.severities)}"
    fixable = summary.fixable.total()
    parts = [
        told,
        f"{fixable} can be mended with --fix" if fixable else "",
        f"{summary.suppressed} suppressed" if summary.suppressed else "",
        f"{summary.accepted} in the baseline" if summary.accepted else "",
        f"{numbered(summary.invalid, 'agreement')} could not be read whole" if summary.invalid else "",
    ]
    return " · ".join(part for part in parts if part)
