"""What the formats of `check` write."""

from coopctl.gate import Checked, Summary
from coopctl.output.format import Format

CheckFormat = Format[Checked, Summary]
