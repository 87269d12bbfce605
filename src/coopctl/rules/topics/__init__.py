"""The rules: one module per topic, one function per rule, whose docstring is its page in the manual."""
