"""A first agreement with all that belongs to it: from a few answers to files that are ready to be worked on."""
