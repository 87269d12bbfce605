"""From an agreement and its verdicts to documents that people sign or present."""
