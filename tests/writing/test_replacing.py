"""What a file is after it was exchanged, and which files are left alone."""

import errno
import os
import stat
from pathlib import Path

import pytest

from coopctl.errors import CoopctlError
from coopctl.replacing import replace_all, replace_text

OLD, NEW = "a: 1  # 一\r\n", "a: 2  # 二\r\n"


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    return made(tmp_path / "deal.yaml")


def made(path: Path, text: str = OLD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def refused(path: Path, before: str | None = OLD, after: str = NEW, tree: Path | None = None) -> str:
    """Why a file is not written, without its path; nothing is left behind."""
    with pytest.raises(CoopctlError) as caught:
        replace_all([(str(path), before, after)], None if tree is None else str(tree))
    assert not list(path.parent.glob(".coopctl*"))
    told = str(caught.value)
    assert told.startswith(f"{path}: ")
    assert "\n" not in told
    return told.removeprefix(f"{path}: ")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# What is kept


def test_the_text_is_written_byte_for_byte(deal: Path) -> None:
    replace_text(str(deal), OLD, NEW)
    assert deal.read_bytes() == NEW.encode()
    assert names(deal.parent) == ["deal.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777, 0o200, 0o4755])
def test_the_mode_is_kept(mode: int, deal: Path) -> None:
    deal.chmod(mode)
    replace_text(str(deal), OLD, NEW)
    assert stat.S_IMODE(deal.stat().st_mode) == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0, 0o666)])
def test_a_new_file_gets_what_the_umask_leaves(umask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        replace_all([(str(tmp_path / "actuals" / "2026.yaml"), None, NEW)])
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    path = tmp_path / "actuals" / "2026.yaml"
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (NEW.encode(), mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator can give files away")
def test_the_owner_is_kept_where_the_system_allows_it(deal: Path) -> None:
    os.chown(deal, 1234, 2345)
    replace_text(str(deal), OLD, NEW)
    assert (deal.stat().st_uid, deal.stat().st_gid) == (1234, 2345)


def test_where_the_owner_cannot_be_kept_another_group_gets_no_more_than_everybody(
    deal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    deal.chmod(0o664)
    real = os.stat

    def of_another(path: str) -> os.stat_result:
        found = real(path)
        return os.stat_result((*found[:5], found.st_gid + 1, *found[6:])) if ".coopctl" in path else found

    with monkeypatch.context() as patched:
        patched.setattr(os, "chown", refuse)
        patched.setattr(os, "stat", of_another)
        replace_text(str(deal), OLD, NEW)
    assert stat.S_IMODE(deal.stat().st_mode) == 0o644


def test_attributes_are_kept(deal: Path) -> None:
    try:
        os.setxattr(deal, "user.origin", b"harbor")
    except (AttributeError, OSError):
        pytest.skip("no attributes here")
    replace_text(str(deal), OLD, NEW)
    assert os.getxattr(deal, "user.origin") == b"harbor"


def test_a_link_stays_one_and_its_file_is_exchanged(deal: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / "link.yaml"
    link.symlink_to("../deal.yaml")
    replace_text(str(link), OLD, NEW, tree=str(tmp_path))
    assert os.readlink(link) == "../deal.yaml"
    assert deal.read_bytes() == NEW.encode()
    assert names(tmp_path / "sub") == ["link.yaml"]


def test_another_name_of_the_same_file_keeps_the_old_text(deal: Path, tmp_path: Path) -> None:
    os.link(deal, tmp_path / "copy.yaml")
    replace_text(str(deal), OLD, NEW)
    assert (tmp_path / "copy.yaml").read_bytes() == OLD.encode()


def test_what_a_killed_run_left_behind_is_swept_away_and_nothing_else(deal: Path, tmp_path: Path) -> None:
    made(tmp_path / ".coopctl-new-0123456789abcdef")
    made(tmp_path / ".coopctl-other")
    replace_text(str(deal), OLD, NEW)
    assert names(tmp_path) == [".coopctl-other", "deal.yaml"]


# What is refused


def test_a_link_that_leads_out_of_the_tree_is_refused(deal: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    link = tree / "link.yaml"
    link.symlink_to("../deal.yaml")
    why = f"a link leads out of the folder {tree}; put the file itself there, or name its place"
    assert refused(link, tree=tree) == why
    (tree / "actuals").symlink_to("..")
    assert refused(tree / "actuals" / "new.yaml", None, tree=tree) == why
    assert deal.read_bytes() == OLD.encode()
    assert names(tmp_path) == ["deal.yaml", "tree"]


CHANGED = "changed while it was being worked on; run the command again"


def test_a_file_that_somebody_has_changed_is_left_alone(deal: Path) -> None:
    assert refused(deal, OLD + "\n") == CHANGED
    assert refused(deal, "") == CHANGED
    assert deal.read_bytes() == OLD.encode()


def test_a_file_that_somebody_has_removed_stays_away(deal: Path) -> None:
    deal.unlink()
    assert refused(deal) == "somebody has removed it meanwhile; run the command again"
    assert not deal.exists()


def test_a_new_file_is_not_written_over_another(deal: Path, tmp_path: Path) -> None:
    told = "somebody else has written it meanwhile; run the command again"
    assert refused(deal, None) == told
    (tmp_path / "dangling").symlink_to("nowhere")
    assert refused(tmp_path / "dangling", None) == told
    assert names(tmp_path) == ["dangling", "deal.yaml"]


def test_a_write_protected_file_stays(deal: Path) -> None:
    deal.chmod(0o444)
    assert refused(deal) == "is write-protected"
    assert deal.read_bytes() == OLD.encode()


def test_a_file_that_this_user_may_not_write_stays(deal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renaming needs only the folder's permission; the file's is what its owner meant."""
    monkeypatch.setattr(os, "access", lambda path, _: path != str(deal))
    assert refused(deal) == "is write-protected"


def test_a_folder_that_takes_no_new_file_is_told(deal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: path != str(deal.parent))
    assert refused(deal) == "the folder that it lies in is write-protected"
    assert refused(deal.parent / "new.yaml", None) == "the folder that it lies in is write-protected"


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "full").symlink_to("/dev/full")
    (tmp_path / "loop").symlink_to("loop")
    assert refused(tmp_path / "folder") == "is a folder"
    assert refused(tmp_path / "folder", None) == "is a folder"
    assert refused(tmp_path / "pipe") == "is not a regular file"
    assert refused(tmp_path / "full") == "is not a regular file"
    assert refused(tmp_path / "loop") == "cannot be written: Too many levels of symbolic links"


def test_names_that_cannot_be_are_told(deal: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "x\0y", None) == "cannot be written: embedded null byte"
    assert refused(tmp_path / ("n" * 256), None) == "cannot be written: File name too long"
    assert refused(tmp_path / ("n" * 256)) == "cannot be written: File name too long"
    assert refused(deal / "2026.yaml", None) == "cannot be written: Not a directory"
    longest = tmp_path / ("n" * 255)
    replace_all([(str(longest), None, NEW)])
    replace_text(str(longest), NEW, OLD)
    assert longest.read_bytes() == OLD.encode()


def test_folders_made_for_a_file_that_cannot_be_written_are_gone_again(tmp_path: Path) -> None:
    refused(tmp_path / "agreement" / "actuals" / ("n" * 256), None)
    assert names(tmp_path) == []


def test_text_that_is_not_unicode_is_refused(deal: Path) -> None:
    assert refused(deal, OLD, "a: \udcff\n").startswith("cannot be written: 'utf-8' codec can't encode")
    assert deal.read_bytes() == OLD.encode()


# While a file is written


@pytest.mark.parametrize("happens", ["written in place", "exchanged", "removed", "folder is a link now"])
def test_who_heeds_no_lock_is_noticed_until_the_last_moment(
    happens: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = made(tmp_path / "terms" / "deal.yaml")
    other = made(tmp_path / "elsewhere" / "deal.yaml")

    def meanwhile(_: int) -> None:
        if happens == "written in place":
            deal.write_bytes(b"a: other\n")
        elif happens == "exchanged":
            os.replace(other, deal)
        elif happens == "removed":
            deal.unlink()
        elif not deal.parent.is_symlink():
            os.rename(tmp_path / "terms", tmp_path / "moved")
            (tmp_path / "terms").symlink_to("elsewhere")

    monkeypatch.setattr(os, "fsync", meanwhile)
    why = refused(deal)
    if happens == "removed":
        assert why == "cannot be written: No such file or directory"
        return
    assert why == CHANGED
    assert deal.read_bytes() == (b"a: other\n" if happens == "written in place" else OLD.encode())


def test_a_new_file_that_somebody_else_writes_at_the_last_moment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2026.yaml"
    monkeypatch.setattr(os, "fsync", lambda _: made(path))
    assert refused(path, None) == "somebody else has written it meanwhile; run the command again"
    assert path.read_bytes() == OLD.encode()


def test_a_new_file_that_somebody_else_writes_after_the_last_look_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "2026.yaml", os.link

    def link(source: str, target: str) -> None:
        made(path)
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    assert refused(path, None) == "somebody else has written it meanwhile; run the command again"
    assert path.read_bytes() == OLD.encode()
    assert names(tmp_path) == ["2026.yaml"]


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK])
def test_a_new_file_is_written_where_files_have_one_name_only(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(_source: str, _target: str) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", link)
    replace_all([(str(tmp_path / "a" / "2026.yaml"), None, NEW)])
    assert (tmp_path / "a" / "2026.yaml").read_bytes() == NEW.encode()
    assert names(tmp_path / "a") == ["2026.yaml"]
    assert refused(made(tmp_path / "b.yaml"), None) == "somebody else has written it meanwhile; run the command again"


# Several files


def test_several_files_are_written_together(deal: Path, tmp_path: Path) -> None:
    new = tmp_path / "actuals" / "2026.yaml"
    replace_all([(str(deal), OLD, NEW), (str(new), None, NEW)])
    assert (deal.read_bytes(), new.read_bytes()) == (NEW.encode(), NEW.encode())


def test_no_files_are_no_trouble() -> None:
    replace_all([])


@pytest.mark.parametrize("last", ["changed", "protected", "outside", "there"])
def test_where_one_cannot_be_written_none_is(last: str, deal: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    first, second = made(tree / "a.yaml"), made(tree / "b.yaml")
    before: str | None = OLD
    if last == "changed":
        before = "other"
    elif last == "protected":
        second.chmod(0o400)
    elif last == "there":
        before = None
    else:
        second.unlink()
        second.symlink_to(deal)
    with pytest.raises(CoopctlError, match=r"/b\.yaml: "):
        replace_all(
            [(str(first), OLD, NEW), (str(tree / "new" / "c.yaml"), None, NEW), (str(second), before, NEW)], str(tree)
        )
    assert [each.read_bytes() for each in (first, second, deal)] == [OLD.encode()] * 3
    assert names(tree) == ["a.yaml", "b.yaml"]


def test_one_file_under_two_names_is_refused(deal: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("deal.yaml")
    with pytest.raises(CoopctlError) as caught:
        replace_all([(str(deal), OLD, NEW), (str(link), OLD, "a: 3\n")])
    assert str(caught.value) == f"{link}: is the same file as {deal}; only one of them can be written"
    new = str(tmp_path / "new.yaml")
    with pytest.raises(CoopctlError, match="is the same file as"):
        replace_all([(new, None, NEW), (f"{tmp_path}/./new.yaml", None, "a: 3\n")])
    assert names(tmp_path) == ["deal.yaml", "link.yaml"]
    assert deal.read_bytes() == OLD.encode()


def second_rename_fails(monkeypatch: pytest.MonkeyPatch, *, for_good: bool) -> None:
    real, count = os.replace, 0

    def replace(source: str, target: str) -> None:
        nonlocal count
        count += 1
        if count == 2 or (for_good and count > 2):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_files_that_were_written_already_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, new, last = made(tmp_path / "a.yaml"), tmp_path / "b.yaml", made(tmp_path / "c.yaml")
    one.chmod(0o640)
    second_rename_fails(monkeypatch, for_good=False)
    with pytest.raises(CoopctlError) as caught:
        replace_all([(str(one), OLD, NEW), (str(new), None, NEW), (str(last), OLD, NEW)])
    why = "cannot be written: No space left on device"
    assert str(caught.value) == f"{last}: {why}; put back as they were: {one}, {new}"
    assert (one.read_bytes(), last.read_bytes(), new.exists()) == (OLD.encode(), OLD.encode(), False)
    assert stat.S_IMODE(one.stat().st_mode) == 0o640
    assert names(tmp_path) == ["a.yaml", "c.yaml"]


def test_where_files_cannot_be_put_back_the_error_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, new, last = made(tmp_path / "a.yaml"), tmp_path / "b.yaml", made(tmp_path / "c.yaml")
    second_rename_fails(monkeypatch, for_good=True)
    with pytest.raises(CoopctlError) as caught:
        replace_all([(str(one), OLD, NEW), (str(new), None, NEW), (str(last), OLD, NEW)])
    why = "cannot be written: No space left on device"
    assert (
        str(caught.value)
        == f"{last}: {why}; new already, and could not be put back: {one}; put back as they were: {new}"
    )
    assert (one.read_bytes(), last.read_bytes(), new.exists()) == (NEW.encode(), OLD.encode(), False)
    assert names(tmp_path) == ["a.yaml", "c.yaml"]
