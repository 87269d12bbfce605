"""What an experienced contract manager objects to, in `topics`; and what those rules work out beforehand.

Rules name places by their path; what is on which line is not their business.
"""
