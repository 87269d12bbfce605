"""Digests of terms, in every format."""
