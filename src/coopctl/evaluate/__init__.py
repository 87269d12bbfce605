"""From an agreement and its ledger to verdicts: pure functions of (agreement, ledger, as_of).

Every figure is an exact rational number (`fractions.Fraction` of the decimals in the files): a mean of three
figures is a third, not its first fifty digits, so a comparison with a threshold is always decided exactly.
"""
