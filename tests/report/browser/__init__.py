"""A real browser for the tests of what reports look like."""
