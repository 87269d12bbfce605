"""[report] in coopctl.toml, or [tool.coopctl.report] in pyproject.toml."""

from pathlib import Path

import pytest

from coopctl.configuration import read_configuration
from coopctl.errors import CoopctlError

HEADINGS = {"coopctl.toml": "[report]", "pyproject.toml": "[tool.coopctl.report]"}


def configured(folder: Path, text: str, name: str = "coopctl.toml") -> str:
    """Write a configuration, with its table's heading for REPORT."""
    path = folder / name
    path.write_text(text.replace("[REPORT]", HEADINGS[name]), "utf-8")
    return str(path)


@pytest.mark.parametrize("name", HEADINGS)
def test_the_folder_is_named_from_the_file_s_own(name: str, tmp_path: Path) -> None:
    """Anywhere in the repository, and nowhere else: whoever proposes a change of the file proposes the folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "deals").mkdir()
    path = configured(tmp_path / "deals", '[REPORT]\ntemplates = "../ours/templates"\n', name)
    assert read_configuration(path).templates == str(tmp_path / "ours" / "templates")
    path = configured(tmp_path / "deals", '[REPORT]\ntemplates = "../../templates"\n', name)
    with pytest.raises(CoopctlError, match=r":2:13: \.\./\.\./templates lies outside of the repository"):
        read_configuration(path)


@pytest.mark.parametrize("text", ["", "[REPORT]\n", '[lint]\nselect = ["KPI"]\n'])
def test_without_it_there_is_no_folder(text: str, tmp_path: Path) -> None:
    assert read_configuration(configured(tmp_path, text)).templates is None


@pytest.mark.parametrize("name", HEADINGS)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[REPORT]\ntemplate = "a"\n', ":2:1: `template` is not a key of [report]; the keys are templates"),
        ("[REPORT]\ntemplates = 3\n", ':2:1: expected the name of a folder, found 3; write templates = "templates"'),
        ('[REPORT]\ntemplates = ""\n', ":2:1: expected the name of a folder, found ''; write templates = "),
        ('[REPORT]\ntemplates = "a\\u0000b"\n', ":2:1: expected the name of a folder, found 'a\\x00b'; write"),
        ('[REPORT]\ntemplates = ["a"]\n', ":2:1: expected the name of a folder, found ['a']; write"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(text: str, told: str, name: str, tmp_path: Path) -> None:
    path = configured(tmp_path, text, name)
    with pytest.raises(CoopctlError) as ended:
        read_configuration(path)
    assert str(ended.value).startswith(f"{path}{told}")


def test_a_table_that_is_none(tmp_path: Path) -> None:
    path = configured(tmp_path, "report = 3\n")
    with pytest.raises(CoopctlError) as ended:
        read_configuration(path)
    assert str(ended.value) == f"{path}:1:1: expected a table, found 3; write [report] and keys below it"
