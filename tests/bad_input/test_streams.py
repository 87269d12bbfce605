"""The edges of the process: a reader that goes away, a full disk, closed streams, an interrupt."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.bad_input.samples import (
    AGREEMENT,
    AS_OF,
    HANG,
    changed,
    command,
    content,
    environment,
    lines,
    put,
    run,
)
from tests.conftest import Coopctl, Ended

if sys.platform == "win32":
    pytest.skip("streams and signals of another kind", allow_module_level=True)

BAD = changed("target: 90", "target: ninety")
TOLD = lines('pact/agreement.yaml:15:13: SCH003 expected a number, found "ninety"', "pact/agreement.yaml: not judged")
MORE_THAN_A_PIPE_HOLDS = 1 << 20
CHECK = ("check", "pact", "--output-format", "concise", *AS_OF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an agreement that cannot be judged."""
    put(tmp_path / "pact", BAD)
    return tmp_path


def _shell(folder: Path, redirected: str, *arguments: str) -> Ended:
    """Run coopctl under a shell that redirects its streams."""
    script = f'exec "$@" {redirected}'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *command(*arguments)],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@contextmanager
def _started(folder: Path, *arguments: str, stdin: int, stdout: int) -> "Iterator[subprocess.Popen[bytes]]":
    """Start coopctl as a shell in a terminal would, with interrupts that interrupt; what hangs is killed."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
    finally:
        process.kill()


# --- a reader that goes away ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(CHECK, 2, id="check"),
        pytest.param(("check", "good", *AS_OF), 0, id="check-that-passes"),
        pytest.param(("--version",), 0, id="version"),
        pytest.param(("--help",), 1, id="help"),
        pytest.param(("check", "--help"), 1, id="help-of-check"),
    ],
)
def test_a_pipe_that_nobody_reads_ends_quietly(arguments: tuple[str, ...], code: int, folder: Path) -> None:
    """The exit code is still the verdict, and nothing is said on standard error. Help, which has none, ends with 1."""
    put(folder / "good")
    reader, writer = os.pipe()
    os.close(reader)
    try:
        with _started(folder, *arguments, stdin=subprocess.DEVNULL, stdout=writer) as process:
            _, err = process.communicate(timeout=HANG)
    finally:
        os.close(writer)
    assert (process.returncode, err) == (code, b"")


def test_a_reader_that_takes_one_line_ends_quietly(folder: Path) -> None:
    """As `| head -1` does: far more is written than a pipe holds, and the reader is gone after the first bytes."""
    put(folder / "pact", AGREEMENT + "".join(f"{'key' * 20}{number}: 1\n" for number in range(999)))
    with _started(folder, "check", "pact", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = os.read(process.stdout.fileno(), 20)
        process.stdout.close()
        _, err = process.communicate(timeout=HANG)
    assert (first, process.returncode, err) == (b"error[SCH001 unknown", 2, b"")


# --- nowhere to write -----------------------------------------------------------------------------------------

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")


@needs_full
@pytest.mark.parametrize(
    "arguments", [CHECK, ("check", "good"), ("--version",), ("--help",), ("check", "--help")], ids=" ".join
)
def test_a_full_disk_is_a_plain_error(arguments: tuple[str, ...], folder: Path) -> None:
    """One line on standard error and exit code 2: a verdict that could not be written was not given."""
    put(folder / "good")
    ended = _shell(folder, ">/dev/full", *arguments)
    assert ended == Ended(2, "", "error: cannot write to standard output: No space left on device\n")


@pytest.mark.parametrize("arguments", [CHECK, ("--version",)], ids=" ".join)
def test_a_closed_standard_output_is_a_plain_error(arguments: tuple[str, ...], folder: Path) -> None:
    """Nothing is written into a file that happened to get the number of the stream."""
    before = content(folder)
    ended = _shell(folder, ">&-", *arguments)
    assert ended == Ended(2, "", "error: standard output is closed: there is nowhere to write the result\n")
    assert content(folder) == before


@pytest.mark.parametrize("redirected", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
def test_without_a_standard_error_the_exit_code_says_it(redirected: str, folder: Path) -> None:
    """Results go where they always go; an error that cannot be told still is one."""
    assert _shell(folder, redirected, *CHECK) == Ended(2, TOLD, "")
    assert _shell(folder, redirected, "check", "gone") == Ended(2, "", "")


@needs_full
def test_a_result_file_appears_whole_or_not_at_all(folder: Path) -> None:
    """Where standard output fails, no half report and no temporary file is left in the folder."""
    before = content(folder)
    ended = _shell(folder, ">/dev/full", *CHECK, "--output-format", "json=report.json")
    assert ended.code == 2
    assert content(folder) == before


def test_a_result_file_that_cannot_be_written_is_named(folder: Path) -> None:
    """Before anything is judged; there is no output to be taken for a result."""
    ended = run(folder, *CHECK, "--output-format", "json=gone/report.json")
    assert ended == Ended(2, "", "error: gone/report.json: cannot be written: No such file or directory\n")


def test_a_result_file_of_a_file_that_was_refused_is_complete(folder: Path) -> None:
    """Exit code 2 does not keep the report from being written, and it is the only new file."""
    ended = run(folder, *CHECK, "--output-format", "markdown=report.md")
    assert ended == Ended(2, TOLD, "")
    assert set(content(folder)) == {"pact/agreement.yaml", "report.md"}
    assert (folder / "report.md").read_text("utf-8").endswith("**1 agreement, 1 not judged:** nothing judged\n")


def test_a_result_file_that_is_a_pipe_or_device_stays_one(folder: Path) -> None:
    """`--output-format json=/dev/null` must not put a file in the place of the device."""
    os.mkfifo(folder / "pipe")
    descriptor = os.open(folder / "pipe", os.O_RDWR)  # so that whoever opens it does not wait
    try:
        run(folder, *CHECK, "--output-format", "json=pipe")
    finally:
        os.close(descriptor)
    assert stat.S_ISFIFO((folder / "pipe").lstat().st_mode)


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="/dev/stdout is no link here")


@needs_proc
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_a_result_file_that_is_standard_output_is_written_to_as_it_stands(folder: Path, name: str) -> None:
    """What was in a file before `>>` stays, the file stays the same one, and a pipe is no error."""
    (folder / "link").symlink_to("/dev/stdout")
    (folder / "kept.txt").write_text("before\n", "utf-8")
    number = (folder / "kept.txt").stat().st_ino
    arguments = (*CHECK, "--output-format", f"markdown={name}")
    piped = run(folder, *arguments)
    assert piped.code == 2 and piped.out.endswith("**1 agreement, 1 not judged:** nothing judged\n")
    _shell(folder, ">>kept.txt", *arguments)
    assert (folder / "kept.txt").read_text("utf-8") == f"before\n{piped.out}"
    assert (folder / "kept.txt").stat().st_ino == number


@needs_proc
def test_a_result_file_that_is_standard_error_is_written_to_as_it_stands(folder: Path) -> None:
    ended = run(folder, *CHECK, "--output-format", "markdown=/dev/stderr")
    assert ended.err.endswith("**1 agreement, 1 not judged:** nothing judged\n")


def test_a_current_folder_that_has_gone_is_told_before_anything_is_written(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ended = run(gone, "init", str(tmp_path / "new"), "--yes", before=gone.rmdir)
    assert ended == Ended(2, "", "error: the current folder is not there any more; change to another one\n")
    assert list(tmp_path.iterdir()) == []


def test_a_result_file_keeps_its_mode(folder: Path) -> None:
    result = folder / "r.json"
    for mode in (0o600, 0o664):
        result.touch()
        result.chmod(mode)
        run(folder, "check", ".", "--output-format", f"json={result}")
        assert result.stat().st_mode & 0o777 == mode
        assert result.read_text("utf-8").startswith("{")


def test_a_result_file_that_is_a_link_stays_one(folder: Path) -> None:
    """What the link leads to gets the report."""
    (folder / "kept.json").write_text("", "utf-8")
    (folder / "report.json").symlink_to("kept.json")
    assert run(folder, *CHECK, "--output-format", "json=report.json").code == 2
    assert (folder / "report.json").is_symlink()
    assert (folder / "kept.json").read_text("utf-8").startswith('{"schema_version": 1')


# --- standard input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stdin", "told"),
    [
        pytest.param(b"", "1:1: FIL006 the file is empty", id="empty"),
        pytest.param(b"\xff", "1:1: FIL005 the byte 0xff here is not UTF-8", id="not-utf-8"),
        pytest.param(
            b"a: b: c\n", "1:5: YML001 this is not YAML: mapping values are not allowed in this context", id="not-yaml"
        ),
        pytest.param(BAD.encode(), '15:13: SCH003 expected a number, found "ninety"', id="wrong"),
        pytest.param(
            b"\xef\xbb\xbf" + BAD.encode(), '15:13: SCH003 expected a number, found "ninety"', id="with-a-mark"
        ),
    ],
)
def test_standard_input_is_held_to_the_same_rules(
    stdin: bytes, told: str, coopctl: Coopctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place bears the name that stands in for the file's, or the one given for it."""
    for options, name in (((), "agreement.yaml"), (("--stdin-filename", "a/b.coop.yaml"), "a/b.coop.yaml")):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        ended = coopctl("check", "-", "--output-format", "concise", *AS_OF, *options)
        assert ended == Ended(2, lines(f"{name}:{told}", f"{name}: not judged"), "")


def test_a_closed_standard_input_is_a_plain_error(tmp_path: Path) -> None:
    """There is no agreement in it."""
    assert _shell(tmp_path, "<&-", "check", "-") == Ended(2, "", "error: standard input is closed\n")


def test_a_standard_input_that_cannot_be_read_is_a_plain_error(tmp_path: Path) -> None:
    """A stream that was opened for writing only is the user's mistake, and not a bug."""
    ended = _shell(tmp_path, "0>written", "check", "-")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: standard input ")
    assert ended.err.count("\n") == 1


# --- an interrupt ---------------------------------------------------------------------------------------------


def _interrupted_while_reading(folder: Path, *options: str) -> Ended:
    """Start coopctl on standard input, wait until it has begun to read, and interrupt it.

    No clock is needed: to write more than a pipe holds returns only once somebody has read. The input ends after
    the interrupt, for one that comes between two reads is not noticed before the second returns.
    """
    reader, writer = os.pipe()
    try:
        with _started(folder, "check", "-", *options, stdin=reader, stdout=subprocess.PIPE) as process:
            os.close(reader)
            os.write(writer, b"#" * MORE_THAN_A_PIPE_HOLDS)
            process.send_signal(signal.SIGINT)
            os.close(writer)
            writer = -1
            out, err = process.communicate(timeout=HANG)
    finally:
        if writer >= 0:
            os.close(writer)
    return Ended(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


def test_an_interrupt_while_reading_ends_with_130(folder: Path) -> None:
    """Ctrl-C while coopctl waits for the agreement: no traceback, no output."""
    assert _interrupted_while_reading(folder) == Ended(130, "", "")


def test_an_interrupt_while_writing_ends_with_130(folder: Path) -> None:
    """The first bytes are there, the pipe is full, and the interrupt comes while coopctl waits for room."""
    put(folder / "pact", AGREEMENT + "".join(f"{'key' * 20}{number}: 1\n" for number in range(999)))
    with _started(folder, "check", "pact", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        os.read(process.stdout.fileno(), 1)
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        _, err = process.communicate(timeout=HANG)
    assert (process.returncode, err) == (130, b"")


def test_an_interrupt_among_many_agreements_ends_with_130(folder: Path) -> None:
    """With enough agreements to share them out among processes; none of these says anything either."""
    text = AGREEMENT + "".join(f"{'key' * 20}{number}: 1\n" for number in range(400))
    for number in range(20):
        put(folder / "many" / str(number), text)
    with _started(folder, "check", "many", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        os.read(process.stdout.fileno(), 1)
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        _, err = process.communicate(timeout=HANG)
    assert (process.returncode, err) == (130, b"")


def test_an_interrupt_leaves_no_result_file(folder: Path) -> None:
    """Neither the report nor the temporary file it was to come from."""
    before = content(folder)
    options = ("--output-format", "concise", "--output-format", "json=report.json")
    assert _interrupted_while_reading(folder, *options) == Ended(130, "", "")
    assert content(folder) == before


_INTERRUPTED_AT_START = """\
import sys

class Interrupting:
    def find_spec(self, name, *rest):
        if name == "coopctl.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["coopctl", "check"]
from coopctl.__main__ import main
main()
"""


def test_an_interrupt_while_coopctl_starts_ends_with_130(tmp_path: Path) -> None:
    """Loading takes longer than judging: an early Ctrl-C prints no traceback either."""
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_AT_START],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
