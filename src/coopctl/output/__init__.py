"""Results → text: one module per format. Nothing here prints, exits or reads a clock."""
