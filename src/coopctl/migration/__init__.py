"""From older versions of the language to the newest: one module for each version, run one after the other."""
