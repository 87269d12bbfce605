"""Which files an agreement's ledger reads: facts go into such files only."""

import os
from itertools import product
from pathlib import Path

import pytest

from coopctl.discovery import find_ledger_files, would_be_read
from coopctl.source import Source
from tests.conftest import Coopctl
from tests.recording.pact import AGREEMENT, LEDGER, put, set_today

FOLDERS = ("", "actuals/", "actuals/sub/", "ledger/", ".hidden/", "actuals/sub/deep/", "linked/", "ledger/2026/")
NAMES = ("a.yaml", ".a.yaml", "a.yml", "a.csv", "a.txt", "2026.yaml")
PATTERNS = (
    None,
    "actuals/*.yaml",
    "actuals/*",
    "*.yaml",
    "*/*.yaml",
    "**/*.yaml",
    "**/**/a.*",
    "actuals/**/a.yaml",
    "**",
    "actuals/**",
    "**/sub/*",
    "ledger/*/20*.yaml",
    "linked/*.yaml",
    "./actuals//a.yaml",
    "[al]*/[!.]*.y*ml",
    "../x/*.yaml",
    "",
)


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_a_file_would_be_read_if_and_only_if_it_is_found_once_it_is_there(pattern: str | None, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for folder in FOLDERS:
        if folder != "linked/":
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "linked").symlink_to("ledger", target_is_directory=True)
    agreement, patterns = str(tmp_path / "agreement.yaml"), None if pattern is None else (pattern,)
    places = [str(tmp_path / folder / name) for folder, name in product(FOLDERS, NAMES)]
    expected = {os.path.realpath(place) for place in places if would_be_read(agreement, patterns, place)}
    for place in places:
        Path(place).touch()
    found, _ = find_ledger_files(str(tmp_path), patterns, Source("agreement.yaml", ""))
    assert expected == {os.path.realpath(place) for place in found}


@pytest.mark.parametrize(
    ("actuals", "file"),
    [
        ("", "actuals/sub/x.yaml"),
        ("", "actuals/.x.yaml"),
        ("", "x.yaml"),
        ("actuals: ['actuals/*.yaml']\n", "actuals/sub/x.yaml"),
        ("actuals: ['actuals/*.yaml']\n", "agreement.yaml"),
    ],
)
def test_nothing_is_recorded_into_a_file_that_is_not_read(
    actuals: str, file: str, coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(monkeypatch, "2026-07-03")
    put(tmp_path, LEDGER, AGREEMENT + actuals)
    (tmp_path / "actuals" / "sub").mkdir()
    before = sorted(tmp_path.rglob("*"))
    ended = coopctl("record", "kpi", "csat", "2026-06", "91", "--file", file)
    assert ended.code == 2
    assert f"error: {file}: agreement.yaml reads no such file: it reads actuals/*.yaml" in ended.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_new_file_in_a_folder_below_is_recorded_into_where_it_is_read(
    coopctl: Coopctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(monkeypatch, "2026-07-03")
    put(tmp_path, LEDGER, AGREEMENT + "actuals: ['actuals/**/*.yaml']\n")
    assert coopctl("record", "kpi", "csat", "2026-06", "91", "--file", "actuals/sub/x.yaml").code == 0
    assert coopctl("record", "kpi", "csat", "2026-06", "91").out == "recorded already; nothing to do\n"
