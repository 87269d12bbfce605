"""Templates: coopctl's own, rendered here, and those of a user, rendered in a process that can do nothing else."""
