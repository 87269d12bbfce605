"""Changes in words: one sentence for each, with names instead of ids and figures with their units."""
