"""What an import did to the ledger, in every format."""
