"""The formats of `coopctl explain`."""
