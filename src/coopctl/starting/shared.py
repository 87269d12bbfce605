"""Files that several agreements of one repository share."""

import os

from coopctl.files import read_text
from coopctl.starting.project import NewFile


def is_there_already(file: NewFile) -> bool:
    """Whether the file for the CI server is there with the very text that would be written."""
    if file.part != "ci" or os.path.islink(file.path) or not os.path.isfile(file.path):
        return False
    return read_text(file.path, file.root) == file.text
