"""From an agreement that was read to findings: runs the rules, places what they say, leaves out what was accepted."""
