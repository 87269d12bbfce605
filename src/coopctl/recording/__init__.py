"""New facts for a ledger: where they are written, what is odd about them, and what they mean."""
