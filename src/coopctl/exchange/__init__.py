"""Tables of other programs: figures out of them into the ledger, and the ledger out into them."""
