"""What an experienced contract manager objects to: one module per topic, one function per rule.

A rule's docstring is its page in the manual. Rules name places by their path; what is on which line is not their
business.
"""
