"""Facts that go into the ledger from the command line."""
