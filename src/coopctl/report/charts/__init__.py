"""Charts of a report as pictures: the trend of a KPI, and the timetable of the plan."""

from coopctl.report.charts.colours import VARIABLES, Colour
from coopctl.report.charts.form import Form
from coopctl.report.charts.gantt import timetable
from coopctl.report.charts.kpi import trend
from coopctl.report.charts.lettering import lacks_glyphs
from coopctl.report.charts.missing import letters_missing

__all__ = ["VARIABLES", "Colour", "Form", "lacks_glyphs", "letters_missing", "timetable", "trend"]
