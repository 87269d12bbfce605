"""The agreement and its ledger as frozen data: no files, no clock, no output."""
