"""What a new version of an agreement means: what changed, whether it matters, to whom, and who has accepted it."""
