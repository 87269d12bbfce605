"""The derivation of one verdict, step by step, so that both parties can redo it by hand."""
