"""Facts as somebody gives them: how each goes into a ledger, and what is asked about it first."""
