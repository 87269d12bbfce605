"""Writes Word files. Everything in here needs python-docx; only `coopctl.report.pages.docx` imports it."""
