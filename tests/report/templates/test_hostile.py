"""Templates that try to reach out, or to use up the machine, end soon and with a plain message.

hostile/NAME.md.j2 tries; hostile/NAME.txt is what is said, without the names that are suggested.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coopctl.errors import CoopctlError
from coopctl.report.templating import process
from tests.report.templates.rendering import by, put, view_of

HOSTILE = Path(__file__).with_name("hostile")
CASES = sorted(path.name.removesuffix(".md.j2") for path in HOSTILE.glob("*.md.j2"))
ROOT = Path(__file__).parents[3]
SECONDS = 10


@pytest.mark.parametrize("name", CASES)
def test_it_ends_with_a_plain_message(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = HOSTILE / f"{name}.md.j2"
    if name == "calls-that-double":  # one that takes all the time that it is given is enough: loops-in-loops
        hurried = process._PROGRAM.replace("from", "from coopctl import limits; limits.TEMPLATE_SECONDS = 1; from", 1)
        monkeypatch.setattr(process, "_PROGRAM", hurried)
    view = view_of("quarterly")
    begun = time.monotonic()
    with pytest.raises(CoopctlError) as ended:
        by(view, template=path)
    assert time.monotonic() - begun < SECONDS
    told = re.split("; (?:known here|did you mean)", str(ended.value))[0]
    assert told.removeprefix(f"{HOSTILE}/") + "\n" == HOSTILE.joinpath(f"{name}.txt").read_text("utf-8")


def test_no_process_grows_large() -> None:
    """The worst that there is, one after the other; in a process of its own, to be measured from its start."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux says how large a process has been")
    program = (
        "import resource, sys\n"
        "from tests.report.templates.rendering import by, put, view_of\n"
        "view = view_of('quarterly')\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        by(view, template=path)\n"
        "    except Exception as error:\n"
        "        print(type(error).__name__)\n"
        # what RUSAGE_SELF says begins with the size of the process that started this one
        "own = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(own[0].split()[1], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    paths = [str(HOSTILE / f"{name}.md.j2") for name in ("text-bomb", "list-bomb", "output-at-once")]
    done = subprocess.run([sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True, cwd=ROOT)
    *errors, itself, children = done.stdout.split()
    assert errors == ["CoopctlError"] * 3
    assert max(int(itself), int(children)) * 1024 < 300 * 1024**2


@pytest.mark.parametrize(
    "action",
    [
        "open('/etc/hostname')",
        "open('written', 'w')",
        "os.listdir('.')",
        "os.remove('written')",
        "os.system('true')",
        "os.fork()",
        "subprocess.run(['true'])",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "__import__('xml.sax')",
    ],
)
def test_the_process_that_renders_can_do_nothing_else(action: str, tmp_path: Path) -> None:
    """Even where a template reached Python itself."""
    program = (
        "import os, socket, subprocess\n"
        "from coopctl.report.templating.child import confine\n"
        f"confine()\ntry:\n    {action}\nexcept OSError:\n    os.write(1, b'refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (done.stdout, list(tmp_path.iterdir())) == ("refused", [])


def test_the_process_that_renders_has_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the current folder, or one that the environment points to, is not what it runs."""
    for name in ("jinja2.py", "json.py", "sitecustomize.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert by(view_of("quarterly"), template=put(tmp_path, a="{{ report.id }}") / "a.md.j2") == "delivery-alliance\n"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{{ report.__class__ | default("nothing") }}', "nothing"),
        ("{{ report.__class__ is defined }}", "False"),
        ("{{ 1.5 | round(999999999) }}", "1.5"),
        ("{{ [1, 2] | batch(2) | list | length }}", "1"),
        ('{{ "a%sb" ~ "c" }}', "a%sbc"),
    ],
)
def test_what_looks_alike_is_harmless(text: str, written: str, tmp_path: Path) -> None:
    report = by(view_of("quarterly"), template=put(tmp_path, a=text) / "a.md.j2")
    assert report == f"{written}\n"
