"""How YAML and CSV files are edited in place: byte for byte, or not at all."""
