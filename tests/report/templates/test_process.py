"""However the process that renders ends, coopctl goes on, says one thing about it, and leaves nothing running."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coopctl import limits
from coopctl.errors import CoopctlError
from tests.report.templates.rendering import by, put, view_of

pytestmark = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="another program stands in for the process")

WITHOUT_A_WORD = "a.md.j2: the process that renders the template ended without a word; look for what takes more than"
ASLEEP = 60
"""Seconds for which a process does nothing; nobody waits for it."""
TOO_LONG = "a.md.j2: the template takes longer than 5 seconds"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("exit 0", WITHOUT_A_WORD),
        ("exit 1", WITHOUT_A_WORD),
        ("kill -9 $$", WITHOUT_A_WORD),
        ("kill -SEGV $$", WITHOUT_A_WORD),
        ("echo hello", WITHOUT_A_WORD),
        ("printf '[1, 2]'", WITHOUT_A_WORD),
        ("printf '\\377\\376'", WITHOUT_A_WORD),
        ("head -c 300000 /dev/zero | tr '\\0' '['", WITHOUT_A_WORD),
        ("exec yes", WITHOUT_A_WORD),
        ("""printf '{"text": 1}'""", "a.md.j2: it cannot be rendered"),
        ("""printf '{"fault": [1]}'""", "a.md.j2: it cannot be rendered"),
        ("""printf '{"limit": "memory"}'""", "a.md.j2: the template takes more than 256 MiB of memory"),
        (f"sleep {ASLEEP}", TOO_LONG),
        (f"exec 0<&- 1>&-; sleep {ASLEEP}", WITHOUT_A_WORD),
        (f"sleep {ASLEEP} & exit 0", TOO_LONG),
        ("trap '' TERM INT HUP; while :; do :; done", TOO_LONG),
    ],
)
def test_it_may_end_as_it_likes(program: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of("quarterly")
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\necho $$ >'{tmp_path}/group'\n{program}\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    if told == TOO_LONG:  # the others end by themselves, on a busy machine a little later
        monkeypatch.setattr(limits, "TEMPLATE_CLOCK_SECONDS", 2)
    begun = time.monotonic()
    with pytest.raises(CoopctlError) as ended:
        by(view, template=put(tmp_path, a="{{ report.id }}") / "a.md.j2")
    assert time.monotonic() - begun < ASLEEP
    assert str(ended.value).removeprefix(f"{tmp_path}{os.sep}").startswith(told)
    group = int((tmp_path / "group").read_text("ascii"))
    while running(group):  # a process that was killed takes a moment to go
        assert time.monotonic() - begun < ASLEEP


def running(session: int) -> list[str]:
    """Return the states of the processes of a session that have not ended."""
    command = ["ps", "-o", "stat=", "-g", str(session)]
    states = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return [state for state in states if not state.startswith("Z")]
