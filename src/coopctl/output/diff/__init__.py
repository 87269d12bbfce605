"""The formats of `coopctl diff`."""
