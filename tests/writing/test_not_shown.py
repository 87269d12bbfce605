"""What was written is said to be, also where the result of it cannot be shown."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.conftest import Ended
from tests.recording.pact import put

ALLIANCE = Path(__file__).parents[2] / "examples" / "delivery-alliance"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")

RECORD = ("record", "event", "incident", "--date", "2026-05-01")
ERROR = "but the result could not be shown: cannot write to standard output: No space left on device\n"


def shown(folder: Path, where: str, *arguments: str, stdin: str = "") -> Ended:
    """How a command ends whose standard output goes somewhere."""
    line = ["sh", "-c", f'exec "$0" -m coopctl "$@" {where}', sys.executable, *arguments]
    done = subprocess.run(line, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=60)
    return Ended(done.returncode, done.stdout, done.stderr)


@needs_full
def test_a_fact_is_recorded_where_the_disk_is_full(tmp_path: Path) -> None:
    file = put(tmp_path)
    assert shown(tmp_path, ">/dev/full", *RECORD) == Ended(2, "", f"error: recorded, {ERROR}")
    assert "kind: incident" in file.read_text("utf-8")


def test_a_fact_is_recorded_where_standard_output_is_closed(tmp_path: Path) -> None:
    file = put(tmp_path)
    assert shown(tmp_path, ">&-", *RECORD) == Ended(
        2,
        "",
        "error: recorded, but the result could not be shown: standard output is closed: there is nowhere to write the "
        "result\n",
    )
    assert "kind: incident" in file.read_text("utf-8")


@needs_full
def test_a_dry_run_and_a_fact_that_is_there_say_nothing_of_recording(tmp_path: Path) -> None:
    put(tmp_path)
    plain = Ended(2, "", "error: cannot write to standard output: No space left on device\n")
    assert shown(tmp_path, ">/dev/full", *RECORD, "--dry-run") == plain
    assert shown(tmp_path, ">/dev/full", "record", "kpi", "csat", "2026-05", "84") == plain


@needs_full
def test_figures_are_imported(tmp_path: Path) -> None:
    file = put(tmp_path)
    (tmp_path / "f.csv").write_text("kpi,period,value\ncsat,2026-06,91\n", "utf-8")
    plain = "error: cannot write to standard output: No space left on device\n"
    assert shown(tmp_path, ">/dev/full", "import", "f.csv", "--dry-run") == Ended(2, "", plain)
    assert shown(tmp_path, ">/dev/full", "import", "f.csv") == Ended(2, "", f"error: imported, {ERROR}")
    assert "2026-06: {value: 91," in file.read_text("utf-8")
    assert shown(tmp_path, ">/dev/full", "import", "f.csv") == Ended(2, "", plain)


@needs_full
def test_an_agreement_is_begun(tmp_path: Path) -> None:
    ended = shown(tmp_path, ">/dev/full", "init", "new", "--yes", "--as-of", "2026-01-15")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: written: new/agreement.yaml, ")
    assert ended.err.endswith(f", {ERROR}")
    assert (tmp_path / "new" / "agreement.yaml").exists()


@needs_full
def test_files_that_were_laid_out_are_named_before_what_was_piped_is_printed(tmp_path: Path) -> None:
    copytree(ALLIANCE, tmp_path, dirs_exist_ok=True)
    agreement = tmp_path / "agreement.yaml"
    text = agreement.read_text("utf-8")
    agreement.write_text(f"{text}\n\n\n", "utf-8")
    ended = shown(tmp_path, ">/dev/full", "fmt", "agreement.yaml", "-", stdin=f"{text}\n\n\n")
    assert (ended.code, ended.out) == (2, "")
    told = ended.err.splitlines()
    assert (told[0], told[-1]) == (
        "agreement.yaml: laid out anew",
        "error: cannot write to standard output: No space left on device",
    )
    assert agreement.read_text("utf-8") == text


@needs_full
def test_a_clone_is_set_up(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert shown(tmp_path, ">/dev/full", "git-setup", "--apply") == Ended(2, "", f"error: set up, {ERROR}")
    plain = Ended(2, "", "error: cannot write to standard output: No space left on device\n")
    assert shown(tmp_path, ">/dev/full", "git-setup", "--apply") == plain


@needs_full
def test_a_change_is_signed(tmp_path: Path) -> None:
    for name in ("old", "new"):
        copytree(ALLIANCE, tmp_path / name)
    agreement = tmp_path / "new" / "agreement.yaml"
    text = agreement.read_text("utf-8")
    party = text.partition("parties:\n")[2].split(":")[0].strip()
    agreement.write_text(text.replace("notice: ", "notice: 1", 1), "utf-8")
    sign = ("approve", "old", "new", "--all", "--party", party, "--by", "Ann Lee", "--as-of", "2026-07-15")
    assert shown(tmp_path, ">/dev/full", *sign) == Ended(2, "", f"error: signed, {ERROR}")
    assert list((tmp_path / "new" / "approvals").iterdir()) != []


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file = put(tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "coopctl", *RECORD],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "kind: incident" in file.read_text("utf-8")
