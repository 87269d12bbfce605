"""An agreement, its verdicts and a language: what the templates see."""
