"""No file is made that could not be read again."""

import pytest

from coopctl import limits
from coopctl.drafts.csv_draft import CsvDraft
from coopctl.drafts.values import Plain
from coopctl.drafts.yaml_draft import YamlDraft
from coopctl.errors import CoopctlError

ADDED = "b: 1\n"


def filled(start: str, room: int) -> str:
    """A text that leaves some room below the limit, in signs of three bytes."""
    wide, rest = divmod(limits.FILE_BYTES - room - len(start) - 3, 3)
    return f"{start}# {'台' * wide}{'x' * rest}\n"


def test_a_yaml_file_can_be_as_large_as_it_can_be_read() -> None:
    draft = YamlDraft("ledger.yaml", filled("a: 1\n", len(ADDED)))
    draft.put(("b",), Plain("1"))
    assert len(draft.text.encode()) == limits.FILE_BYTES
    draft = YamlDraft("ledger.yaml", filled("a: 1\n", len(ADDED) - 1))
    with pytest.raises(CoopctlError) as caught:
        draft.put(("b",), Plain("1"))
    assert str(caught.value) == "ledger.yaml: would be larger than 4,194,304 bytes; begin a new file"


def test_a_csv_file_can_be_as_large_as_it_can_be_read() -> None:
    row = "csat,1\n"
    wide = f"note,{'x' * 100_000}\n"
    text = "kpi,value\n" + wide * ((limits.FILE_BYTES - 200) // len(wide))
    text += "y" * ((limits.FILE_BYTES - len(text) - 1 - len(row)) // 2) + "\n"
    text += "z" * (limits.FILE_BYTES - len(text) - 1 - len(row)) + "\n"
    draft = CsvDraft("figures.csv", text)
    draft.append({"kpi": "csat", "value": "1"})
    assert draft.text == text + row
    assert len(draft.text) == limits.FILE_BYTES
    with pytest.raises(CoopctlError) as caught:
        draft.append({"kpi": "csat", "value": "1"})
    assert str(caught.value) == "figures.csv: would be larger than 4,194,304 bytes; begin a new file"
