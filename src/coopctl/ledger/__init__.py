"""Ledger files → recorded facts: one reader per file format."""
