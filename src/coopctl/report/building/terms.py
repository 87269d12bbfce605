"""The agreement's own provisions."""

from coopctl.report.building.setting import ReportSetting
from coopctl.report.terms import TermsView


def terms_view(report: ReportSetting) -> TermsView:
    """Return what the agreement says."""
    return TermsView(mode=report.agreement.mode)
