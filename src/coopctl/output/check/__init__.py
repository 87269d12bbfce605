"""The formats of `coopctl check`."""
