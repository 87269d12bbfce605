"""The formats of `coopctl lint`."""
