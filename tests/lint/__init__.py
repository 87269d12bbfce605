"""How `coopctl lint` works: what it finds where, what it leaves out, what it mends, and how it tells."""
