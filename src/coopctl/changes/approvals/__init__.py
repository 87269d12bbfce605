"""Who has accepted which change, as the files in `approvals/` beside an agreement record it."""
