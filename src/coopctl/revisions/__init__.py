"""Earlier and later versions of agreements: the files of a git revision, and the two sides of a comparison.

Only here does coopctl run git, and only to look: no configured program is run, nothing is fetched, nothing is checked
out.
"""
