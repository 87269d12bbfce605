"""Tests of reports as HTML, PDF and Word."""
