"""What can be wrong with approvals, with pages for the manual in the form of the rules' docstrings."""

from collections.abc import Mapping
from typing import Final

from coopctl.findings import Kind, Severity

STALE: Final = Kind(
    "APR001", "stale-approval", Severity.WARNING, "An approval is for something that is not proposed, or no longer."
)
NO_PARTY: Final = Kind(
    "APR002", "approval-by-no-party", Severity.ERROR, "An approval is by somebody who is no party to the agreement."
)
DOUBLED: Final = Kind("APR003", "doubled-approval", Severity.WARNING, "A party's approval of a change is there twice.")
UNSIGNED: Final = Kind("APR004", "unsigned-approval", Severity.INFO, "An approval waits to be signed.")
AHEAD: Final = Kind(
    "APR005", "approval-dated-ahead", Severity.WARNING, "An approval is dated later than the day of the comparison."
)
ELSEWHERE: Final = Kind(
    "APR006", "approvals-of-another-agreement", Severity.WARNING, "A file of approvals is about an agreement that is "
    "not here."
)  # fmt: skip
TOO_MANY: Final = Kind("APR007", "too-many-approvals", Severity.ERROR, "More files of approvals than are read.")
MISPLACED: Final = Kind(
    "APR008", "approval-in-anothers-file", Severity.ERROR, "An approval stands in a file that is another party's."
)

APPROVAL_KINDS: Final = (STALE, NO_PARTY, DOUBLED, UNSIGNED, AHEAD, ELSEWHERE, TOO_MANY, MISPLACED)

APPROVAL_PAGES: Final[Mapping[str, str]] = {
    "APR001": """
        Why: Somebody accepted 88, and the proposal now says 86. The approval does not count for 86, and whoever reads
        the file must not believe that it does. Approvals that the older version has already are history, and are left
        alone.

        Remedy: Delete the entry, let the missing ones be written anew with coopctl diff --write-approvals, which takes
        out what nobody has signed, and have them signed.
    """,
    "APR002": """
        Why: The approval counts for nobody. Mostly a party's id is misspelt, or its name stands where its id belongs.

        Remedy: Write the id that the agreement has under parties.
    """,
    "APR003": """
        Why: With two entries it is open who accepted the change for the party, and when. If one of them is deleted
        later, nobody can tell which was the right one.

        Remedy: Keep the first signed entry, and delete the other.
    """,
    "APR004": """
        Why: The change waits for this party, and cannot take effect before.

        Remedy: Sign it with coopctl approve FINGERPRINT --party ID --by NAME, or write by: and date: into the entry.
    """,
    "APR005": """
        Why: What is dated later is not known yet, so the approval does not count on the day of the comparison.

        Remedy: Correct the date; if it is right, wait for it, or name a later day with --as-of.
    """,
    "APR006": """
        Why: A file of approvals says which agreement it is about. With another id, perhaps that of the agreement it
        was copied from, nothing in it counts here.

        Remedy: Write the agreement's id under agreement, or move the file beside the agreement that it is about.
    """,
    "APR007": """
        Why: Each approval is looked at in each comparison, and files from others must not cost hours.

        Remedy: Delete old files of approvals; git keeps them.
    """,
    "APR008": """
        Why: A file whose name ends in .north.yaml is north's, as is one in .North.yml, and the repository may ask for
        north's reviewers where it is changed. If another party's approval counted there, or north's elsewhere, that
        would be worth nothing.

        Remedy: Move the entry into a file whose name ends in the party's id, such as 1.3.0.harbor.yaml.
    """,
}
"""The rest of each page, by code."""
