"""Files that are not what they seem: pipes, devices, links, folders that cannot be listed, bytes that are no text."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bad_input.samples import (
    AGREEMENT,
    AS_OF,
    CSV_LEDGER,
    LEDGER,
    as_json,
    changed,
    concise,
    findings,
    lines,
    not_judged,
    places,
    put,
    run,
)
from tests.conftest import Coopctl, Ended

if sys.platform == "win32":
    pytest.skip("pipes, links and permissions of another kind", allow_module_level=True)

CONCISE = ("--output-format", "concise", *AS_OF)

# --- pipes and devices ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["pact", "pact/agreement.yaml"])
def test_a_pipe_in_place_of_the_agreement_does_not_block(named: str, tmp_path: Path) -> None:
    """A FIFO that nobody writes to is refused at once, found or named."""
    (tmp_path / "pact").mkdir()
    os.mkfifo(tmp_path / "pact" / "agreement.yaml")
    ended = run(tmp_path, "check", named, *CONCISE)
    assert ended == Ended(2, not_judged("pact", ["agreement.yaml:1:1: FIL002 not a regular file"]), "")


def test_a_pipe_in_place_of_a_ledger_file_does_not_block(tmp_path: Path) -> None:
    """Each FIFO in actuals/ is named, whatever its ending."""
    put(tmp_path / "pact")
    (tmp_path / "pact" / "actuals").mkdir()
    for name in ("a.yaml", "b.yml", "c.csv"):
        os.mkfifo(tmp_path / "pact" / "actuals" / name)
    ended = run(tmp_path, "check", "pact", *CONCISE)
    names = ("a.yaml", "b.yml", "c.csv")
    told = [f"actuals/{name}:1:1: FIL002 not a regular file" for name in names]
    assert ended == Ended(2, not_judged("pact", told), "")


def test_a_pipe_in_place_of_a_gitignore_does_not_block(tmp_path: Path) -> None:
    """The folder is searched as if there were no .gitignore."""
    put(tmp_path / "pact", changed("target: 90", "target: ninety"))
    os.mkfifo(tmp_path / ".gitignore")
    ended = run(tmp_path, "check", ".", *CONCISE)
    told = ['agreement.yaml:15:13: SCH003 expected a number, found "ninety"']
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(device: str, coopctl: Coopctl) -> None:
    """/dev/zero has no end, /dev/null nothing in it; both are refused for what they are."""
    ended = concise(coopctl, device)
    assert ended == Ended(2, lines(f"{device}:1:1: FIL002 not a regular file", f"{device}: not judged"), "")


def test_a_folder_named_like_a_ledger_file_is_passed_over(coopctl: Coopctl, tmp_path: Path) -> None:
    """As with agreements, a folder of that name is no file; those beside it are read."""
    pact = put(tmp_path / "pact", AGREEMENT, {"actuals/b.csv": CSV_LEDGER.replace("91", "x")})
    (pact / "actuals" / "a.yaml").mkdir()
    ended = concise(coopctl, "pact")
    told = ['actuals/b.csv:2:14: SCH003 expected a number, found "x"']
    assert ended == Ended(2, not_judged("pact", told), "")


# --- links ----------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder beside the agreement's, with valid files that are none of its business."""
    return put(tmp_path / "elsewhere", AGREEMENT, {"secret.yaml": LEDGER, "secret.csv": CSV_LEDGER})


@pytest.mark.parametrize("named", ["pact", "pact/agreement.yaml"])
@pytest.mark.usefixtures("elsewhere")
def test_an_agreement_that_is_a_link_out_of_its_folder_is_not_read(
    named: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The place the link leads to is not told, nor anything of what is in it."""
    (tmp_path / "pact").mkdir()
    (tmp_path / "pact" / "agreement.yaml").symlink_to("../elsewhere/agreement.yaml")
    ended = concise(coopctl, named)
    told = ["agreement.yaml:1:1: FIL003 a link leads out of the folder pact"]
    assert ended == Ended(2, not_judged("pact", told), "")


def test_a_link_to_a_device_is_not_followed(coopctl: Coopctl, tmp_path: Path) -> None:
    """/dev/zero behind a link costs neither time nor memory."""
    (tmp_path / "pact").mkdir()
    (tmp_path / "pact" / "agreement.yaml").symlink_to("/dev/zero")
    ended = concise(coopctl, "pact")
    told = ["agreement.yaml:1:1: FIL003 a link leads out of the folder pact"]
    assert ended == Ended(2, not_judged("pact", told), "")


def test_a_link_within_the_folder_is_followed(coopctl: Coopctl, tmp_path: Path) -> None:
    """The agreement and its ledger may be links to files of the same folder."""
    pact = put(tmp_path / "pact", AGREEMENT, {"kept/ledger.yaml": LEDGER})
    (pact / "agreement.yaml").rename(pact / "kept" / "pact.yaml")
    (pact / "agreement.yaml").symlink_to("kept/pact.yaml")
    (pact / "actuals").mkdir()
    (pact / "actuals" / "2026.yaml").symlink_to("../kept/ledger.yaml")
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report)) == (0, [])
    assert report["summary"]["met"] == 1


@pytest.mark.parametrize("name", ["secret.yaml", "secret.csv"])
@pytest.mark.usefixtures("elsewhere")
def test_a_ledger_file_that_is_a_link_out_of_the_folder_is_not_read(
    name: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """One agreement cannot be judged with another one's figures."""
    pact = put(tmp_path / "pact")
    (pact / "actuals").mkdir()
    (pact / "actuals" / name).symlink_to(f"../../elsewhere/{name}")
    ended = concise(coopctl, "pact")
    told = [f"actuals/{name}:1:1: FIL003 a link leads out of the folder pact"]
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("patterns", ["", "actuals: ['actuals/*.yaml', 'actuals/*.csv']\n"])
@pytest.mark.usefixtures("elsewhere")
def test_a_linked_actuals_folder_is_not_read(patterns: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Neither the folder that is read by default nor one that patterns name may be a link that leads out."""
    pact = put(tmp_path / "pact", AGREEMENT + patterns)
    (pact / "actuals").symlink_to("../elsewhere")
    code, report = as_json(coopctl, "pact")
    assert code == 2
    assert {place[0] for place in places(report)} == {"FIL003"}
    assert {place[1].split("/")[:2] == ["pact", "actuals"] for place in places(report)} == {True}


def test_a_linked_actuals_folder_with_nothing_in_it_is_refused_too(coopctl: Coopctl, tmp_path: Path) -> None:
    """Whether the link is followed must not show in what is found there."""
    pact = put(tmp_path / "pact")
    (tmp_path / "elsewhere").mkdir()
    (pact / "actuals").symlink_to("../elsewhere")
    code, report = as_json(coopctl, "pact")
    assert (code, [place[:2] for place in places(report)]) == (2, [("FIL003", "pact/actuals")])


def test_a_link_to_nothing_is_unreadable(coopctl: Coopctl, tmp_path: Path) -> None:
    """A link whose target has gone is found, and said to lead nowhere."""
    (tmp_path / "pact").mkdir()
    (tmp_path / "pact" / "agreement.yaml").symlink_to("gone.yaml")
    ended = concise(coopctl, "pact")
    told = ["agreement.yaml:1:1: FIL001 cannot be read: No such file or directory"]
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("named", ["pact", "pact/agreement.yaml"])
def test_a_link_to_itself_is_unreadable(named: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """Found or named, the loop is a finding about the file."""
    (tmp_path / "pact").mkdir()
    (tmp_path / "pact" / "agreement.yaml").symlink_to("agreement.yaml")
    ended = concise(coopctl, named)
    told = ["agreement.yaml:1:1: FIL001 cannot be read: Too many levels of symbolic links"]
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("target", ["actuals", "gone"])
def test_an_actuals_folder_that_leads_nowhere_is_not_an_empty_ledger(
    target: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """Figures that cannot be looked for are not missing figures: nothing is judged without them."""
    pact = put(tmp_path / "pact")
    (pact / "actuals").symlink_to(target)
    code, report = as_json(coopctl, "pact")
    assert (code, [place[:2] for place in places(report)]) == (2, [("FIL001", "pact/actuals")])


def test_an_actuals_file_is_not_an_empty_ledger(coopctl: Coopctl, tmp_path: Path) -> None:
    """A ledger that was saved as actuals, not into actuals/, is pointed at, and not passed over."""
    put(tmp_path / "pact", AGREEMENT, {"actuals": LEDGER})
    code, report = as_json(coopctl, "pact")
    assert (code, [place[:2] for place in places(report)]) == (2, [("FIL001", "pact/actuals")])


@pytest.mark.parametrize("pattern", ["*/2026.yaml", "**/2026.yaml", "data-?/2026.yaml"])
def test_a_pattern_names_only_files_that_are_there(pattern: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """One folder has the file and the other has not: that is no fault of the file that is missing."""
    pact = put(tmp_path / "pact", f"{AGREEMENT}actuals: ['{pattern}']\n", {"data-a/2026.yaml": LEDGER})
    (pact / "data-b").mkdir()
    code, report = as_json(coopctl, "pact")
    assert (code, findings(report), report["summary"]["met"]) == (0, [], 1)


# --- paths on the command line --------------------------------------------------------------------------------


def test_a_missing_file_is_named(coopctl: Coopctl) -> None:
    """The name as it was given, on standard error; nothing on standard output."""
    assert concise(coopctl, "gone/agreement.yaml") == Ended(
        2, "", "error: gone/agreement.yaml: no such file or folder\n"
    )


def test_nothing_is_judged_where_one_of_the_paths_is_missing(coopctl: Coopctl, tmp_path: Path) -> None:
    """A misspelt path next to a right one is not passed over."""
    put(tmp_path / "pact")
    assert concise(coopctl, "pact", "pcat") == Ended(2, "", "error: pcat: no such file or folder\n")


@pytest.mark.parametrize(("named", "shown"), [((), "."), (("folder",), "folder")])
@pytest.mark.parametrize("name", ["agreement.yml", "Agreement.yaml", ".coop.yaml", "pact.yaml"])
def test_a_folder_without_an_agreement_is_an_error(
    named: tuple[str, ...], shown: str, name: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The message says which names are looked for; files with nearly such a name are not agreements."""
    put(tmp_path / "folder", "", {name: AGREEMENT})
    (tmp_path / "folder" / "agreement.yaml").unlink()
    message = "no agreement found; an agreement is a file agreement.yaml or *.coop.yaml"
    assert concise(coopctl, *named) == Ended(2, "", f"error: {shown}: {message}\n")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param("a\r\nb", "a\\x0d\\x0ab", id="line-break"),
        pytest.param("a\x1b[31mb", "a\\x1b[31mb", id="escape"),
        pytest.param("a\u202eb", "a\\u202eb", id="bidi"),
        pytest.param("a\udcffb", "a\\udcffb", id="not-utf-8"),
    ],
)
def test_a_path_is_shown_harmless(path: str, shown: str, coopctl: Coopctl) -> None:
    """Whatever a script passes on as a path, the message keeps to its line."""
    assert concise(coopctl, path) == Ended(2, "", f"error: {shown}: no such file or folder\n")


def test_a_name_that_is_too_long_is_an_error(coopctl: Coopctl) -> None:
    """The operating system refuses it; there is no traceback."""
    ended = concise(coopctl, "x" * 5_000)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: xxx")
    assert ended.err.count("\n") == 1


# --- permission -----------------------------------------------------------------------------------------------

_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2


def _heed_permissions() -> None:
    """Take from a process that runs as root what lets it read every file; others heed permissions anyway."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            if libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "root cannot be made to heed permissions here")


@pytest.fixture
def forbidden(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Take all permissions from a path; skip where the test runs as one to whom they mean nothing."""
    closed: list[Path] = []

    def forbid(name: str) -> None:
        closed.append(tmp_path / name)
        closed[-1].chmod(0)
        try:
            tried = run(tmp_path, "check", name, *CONCISE, before=_heed_permissions)
        except subprocess.SubprocessError as error:
            pytest.skip(f"permissions mean nothing here: {error}")
        assert "Permission denied" in tried.out + tried.err

    yield forbid
    for path in closed:
        path.chmod(0o700)


def test_an_agreement_without_permission_is_named(forbidden: Callable[[str], None], tmp_path: Path) -> None:
    """The reason is given; nothing is judged."""
    put(tmp_path / "pact")
    forbidden("pact/agreement.yaml")
    ended = run(tmp_path, "check", "pact", *CONCISE, before=_heed_permissions)
    told = ["agreement.yaml:1:1: FIL001 cannot be read: Permission denied"]
    assert ended == Ended(2, not_judged("pact", told), "")


def test_a_ledger_file_without_permission_is_named(forbidden: Callable[[str], None], tmp_path: Path) -> None:
    """The other files are read and their problems reported in the same run."""
    put(
        tmp_path / "pact",
        AGREEMENT,
        {"actuals/a.yaml": LEDGER, "actuals/b.csv": "kpi\n", "actuals/c.csv": "kpi,period,value\n"},
    )
    forbidden("pact/actuals/a.yaml")
    ended = run(tmp_path, "check", "pact", *CONCISE, before=_heed_permissions)
    told = [
        "actuals/a.yaml:1:1: FIL001 cannot be read: Permission denied",
        "actuals/b.csv:1:1: LED007 there is no column `period`",
        "actuals/b.csv:1:1: LED007 there is no column for the figures",
    ]
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("patterns", ["", "actuals: ['actuals/*.yaml']\n", "actuals: [actuals/2026.yaml]\n"])
def test_an_actuals_folder_without_permission_is_not_an_empty_ledger(
    patterns: str, forbidden: Callable[[str], None], tmp_path: Path
) -> None:
    """A gate that cannot see the figures says so; it does not report them as missing and pass."""
    put(tmp_path / "pact", AGREEMENT + patterns, {"actuals/2026.yaml": LEDGER})
    forbidden("pact/actuals")
    ended = run(tmp_path, "check", "pact/agreement.yaml", *CONCISE, before=_heed_permissions)
    assert (ended.code, ended.err) == (2, "")
    assert "FIL001 cannot be read: Permission denied" in ended.out
    searched = run(tmp_path, "check", "pact", *CONCISE, before=_heed_permissions)
    assert searched == ended


def test_a_folder_without_permission_is_named(forbidden: Callable[[str], None], tmp_path: Path) -> None:
    """What may lie in it cannot be judged, and is named; the others are judged all the same."""
    put(tmp_path / "all" / "pact")
    put(tmp_path / "all" / "closed")
    forbidden("all/closed")
    ended = run(tmp_path, "check", "all", *CONCISE, before=_heed_permissions)
    assert (ended.code, ended.err) == (2, "")
    told = ended.out.splitlines()
    assert told[:2] == [
        "all/closed/agreement.yaml:1:1: FIL001 cannot be read: Permission denied",
        "all/closed/agreement.yaml: not judged",
    ]
    assert told[-1].startswith("all/pact/agreement.yaml: passes as of ")


# --- bytes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "byte", "column"),
    [
        pytest.param("Nörd".encode("latin-1"), 0xF6, 18, id="latin-1"),
        pytest.param("海港".encode("gbk"), 0xBA, 17, id="gbk"),
        pytest.param("海".encode() + b"\xff", 0xFF, 18, id="after-chinese"),
        pytest.param(b"\xed\xa0\x80", 0xED, 17, id="surrogate"),
        pytest.param(b"\xc0\xaf", 0xC0, 17, id="overlong"),
        pytest.param(b"\xf5\x80\x80\x80", 0xF5, 17, id="beyond-unicode"),
    ],
)
def test_bytes_that_are_not_utf_8_are_shown_where_they_stand(
    name: bytes, byte: int, column: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    """Line and column count characters up to the byte that is none."""
    put(tmp_path / "pact", AGREEMENT.encode().replace(b"Northstar", name))
    ended = concise(coopctl, "pact")
    told = [f"agreement.yaml:6:{column}: FIL005 the byte 0x{byte:02x} here is not UTF-8"]
    assert ended == Ended(2, not_judged("pact", told), "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_unicode_encodings_are_refused(encoding: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """What a spreadsheet saves as “Unicode text” is named for what it is: not UTF-8."""
    put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": CSV_LEDGER.encode(encoding)})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("FIL005", "pact/actuals/2026.csv", 1, 1)])
    assert "CSV UTF-8" in findings(report)[0]["help"]


def test_a_cut_character_at_the_end_is_refused(coopctl: Coopctl, tmp_path: Path) -> None:
    """A file that was cut in the middle of a character, as a broken transfer leaves it."""
    text = CSV_LEDGER.encode() + "csat,2026-02,92,海".encode()[:-1]
    put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": text})
    code, report = as_json(coopctl, "pact")
    assert (code, places(report)) == (2, [("FIL005", "pact/actuals/2026.csv", 3, 17)])


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\x07", "U+0007"),
        ("\x7f", "U+007F"),
        ("\x9b", "U+009B"),
        ("\uffff", "U+FFFF"),
    ],
)
@pytest.mark.parametrize("file", ["agreement.yaml", "actuals/2026.yaml"])
def test_control_characters_in_yaml_are_shown_where_they_stand(
    character: str, name: str, file: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    """YAML allows none of them as they are; the code point is given, the character itself is not."""
    texts = {"agreement.yaml": AGREEMENT, "actuals/2026.yaml": LEDGER}
    put(tmp_path / "pact", AGREEMENT, {file: texts[file] + f"\nx-note: 海{character}港\n"})
    ended = concise(coopctl, "pact")
    line = texts[file].count("\n") + 2
    told = [f"{file}:{line}:10: YML001 this is not YAML: control characters are not allowed ({name})"]
    assert ended == Ended(2, not_judged("pact", told), "")


def test_a_nul_byte_in_a_csv_ledger_is_shown_where_it_stands(coopctl: Coopctl, tmp_path: Path) -> None:
    """The cell is quoted with the byte escaped."""
    put(tmp_path / "pact", AGREEMENT, {"actuals/2026.csv": "kpi,period,value\ncsat,2026-01,9\x001\n"})
    ended = concise(coopctl, "pact")
    told = ['actuals/2026.csv:2:14: SCH003 expected a number, found "9\\x001"']
    assert ended == Ended(2, not_judged("pact", told), "")


# --- byte-order mark and line ends ----------------------------------------------------------------------------

ENDS: dict[str, Callable[[str], str]] = {
    "mark": lambda text: "\ufeff" + text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "mark-and-crlf": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "no-end": lambda text: text.rstrip("\n"),
}


@pytest.mark.parametrize("variant", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("target", "code"), [("95", 0), ("ninety", 2)])
def test_byte_order_mark_and_line_ends_change_nothing(
    variant: Callable[[str], str], target: str, code: int, coopctl: Coopctl, tmp_path: Path
) -> None:
    """The same verdicts, findings and places as for plain files, of the agreement and of both kinds of ledger."""
    agreement = changed("target: 90", f"target: {target}")
    files = {"actuals/a.yaml": LEDGER, "actuals/b.csv": 'kpi,period,note,value\ncsat,2026-02,"海, 港",92\n'}
    put(tmp_path / "pact", agreement, files)
    plain = as_json(coopctl, "pact")
    assert plain[0] == code
    put(tmp_path / "pact", variant(agreement), {name: variant(text) for name, text in files.items()})
    assert as_json(coopctl, "pact") == plain


@pytest.mark.parametrize("variant", ENDS.values(), ids=ENDS)
def test_places_are_right_after_a_mark_and_in_other_line_ends(
    variant: Callable[[str], str], coopctl: Coopctl, tmp_path: Path
) -> None:
    """The mark has no column of its own, not in the first line either; a line end is one line end."""
    files = {
        "agreement.yaml": AGREEMENT.replace("coopctl: 1", "coopctl: x"),
        "actuals/a.yaml": LEDGER.replace("coopctl: actuals/1", "copctl: actuals/1"),
        "actuals/b.csv": "kpi,perod,value\ncsat,2026-01,1\n",
        "actuals/c.csv": "kpi,period,value\ncsat,2026-01,x\n",
    }
    put(tmp_path / "pact", "", {name: variant(text) for name, text in files.items()})
    _, report = as_json(coopctl, "pact")
    assert places(report) == [
        ("SCH003", "pact/agreement.yaml", 1, 10),
        ("SCH002", "pact/actuals/a.yaml", 1, 1),
        ("SCH001", "pact/actuals/a.yaml", 1, 1),
        ("LED007", "pact/actuals/b.csv", 1, 1),
        ("LED007", "pact/actuals/b.csv", 1, 5),
        ("SCH003", "pact/actuals/c.csv", 2, 14),
    ]


def test_the_snippet_of_a_file_with_a_mark_begins_with_its_text(coopctl: Coopctl, tmp_path: Path) -> None:
    """The mark is not shown, and the carets stand under the value."""
    put(tmp_path / "pact", "\ufeff" + AGREEMENT.replace("coopctl: 1", "coopctl: x").replace("\n", "\r\n"))
    ended = coopctl("check", "pact", "--output-format", "full", *AS_OF)
    assert ended.out.split("\n")[3:6] == ["  |", "1 | coopctl: x", "  |          ^"]


@pytest.mark.parametrize("patterns", ["[]", "[agreement.yaml]", '["*.yaml"]'])
def test_an_agreement_that_names_no_ledger_is_told_so(patterns: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """A pattern that finds the agreement alone leaves actuals/ unread: the missing figures have a reason."""
    put(tmp_path / "pact", f"{AGREEMENT}actuals: {patterns}\n", {"actuals/2026.yaml": LEDGER})
    _, report = as_json(coopctl, "pact")
    assert [place[:2] for place in places(report)] == [("FIL008", "pact/agreement.yaml")]
