"""Letters that charts need and this computer has no font for."""

from coopctl.report.charts.drawing import Words
from coopctl.report.charts.gantt import timetable_drawing
from coopctl.report.charts.kpi import trend_drawing
from coopctl.report.charts.lettering import lacks_glyphs
from coopctl.report.speech import speech
from coopctl.report.view import ReportView


def letters_missing(view: ReportView, language: str) -> str:
    """Return the first text in the charts of a report that a PNG cannot show in full; empty where it shows them all.

    Raises `CoopctlError` where matplotlib is not installed.
    """
    spoken = speech(language)
    drawings = [trend_drawing(kpi, spoken) for kpi in view.kpis if kpi.picture]
    if view.timetable:
        drawings.append(timetable_drawing(view, spoken))
    texts = dict.fromkeys(shape.text for each in drawings for shape in each.shapes if isinstance(shape, Words))
    if not lacks_glyphs("".join(texts), language):
        return ""
    return next(text for text in texts if lacks_glyphs(text, language))
