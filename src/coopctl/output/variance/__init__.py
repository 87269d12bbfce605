"""The formats of `coopctl variance`."""
