"""`coopctl init`."""

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coopctl.cli.options import DEFAULT_STDIN_NAME, Colour, ColourOption, paper_for, parse_as_of, today_in

if TYPE_CHECKING:
    from coopctl.starting.project import NewFile
    from coopctl.starting.wishes import Wishes

EXAMPLES = """
**Examples**

    # asks, and writes into the folder northstar
    coopctl init northstar

    # in a script: nothing is asked
    coopctl init northstar --from supply-chain --party buyer="Example Buyer Ltd." \
        --party "Example Supplier Ltd." --kpi on-time-rate=97 --yes

    # in Chinese
    coopctl init 联合运营 --lang zh-Hans --yes

**Exit codes**

0 written · 2 something is in the way, or an answer cannot be used; nothing is written then, unless the message begins
with "written": the result alone could not be shown · 130 interrupted; nothing is written
"""


_NOBODY = "nobody can be asked: standard input is no terminal; give --yes to take the defaults"


def init(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Where the agreement is to lie; the current folder if not given.")
    ] = ".",
    kind: Annotated[
        Literal["alliance", "supply-chain", "technology", "joint-venture", "marketing", "service"] | None,
        typer.Option("--from", help="Kind of cooperation; alliance if not given.", show_default=False),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="TAG", help="en, zh-Hans or zh-Hant; the language of the system if not given.", show_default=False
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Title; made from the parties if not given.", show_default=False)
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[ID=]NAME", help="A party; repeat it. Without an id one is made from the name.", show_default=False
        ),
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why the parties cooperate.", show_default=False)
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="First day; the first of next month if not given.", show_default=False),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Last day; after a year if not given, of a joint venture three.", show_default=False
        ),
    ] = None,
    kpi: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID[=TARGET]",
            help="A KPI of the kind, with another target if you like; repeat it. The first three if not given.",
            show_default=False,
        ),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="ISO 4217; that of the region in Chinese, USD in English if not given.",
            show_default=False,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="IANA name; that of the region in Chinese, UTC in English if not given.",
            show_default=False,
        ),
    ] = None,
    ci: Annotated[
        Literal["github", "gitlab"] | None,
        typer.Option(help="Write the file for a CI server as well.", show_default=False),
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; take the defaults.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Take this day for today; the day in the time zone if not given.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that are there already; a ledger and a file for CI are kept.")
    ] = False,
    color: ColourOption = Colour.AUTO,
) -> None:
    """Begin an agreement: asks a few questions, writes the files, and shows a first check."""
    from coopctl.cli.prompts import Terminal
    from coopctl.cli.questions import Flags, answered
    from coopctl.cli.sinks import print_result
    from coopctl.cli.streams import showing_after
    from coopctl.configuration import read_configuration
    from coopctl.starting.placing import place, refuse_agreements, refuse_foreign_ledger, refuse_occupied
    from coopctl.starting.project import configuration_above, project

    folder = os.path.normpath(folder)
    refuse_agreements(folder, force=force)
    flags = Flags(kind, lang, title, tuple(party or ()), purpose, start, end, tuple(kpi or ()), currency, timezone)
    wishes = answered(flags, None if yes else Terminal.standard(_NOBODY), parse_as_of(as_of))
    files = project(wishes, folder, ci)
    refuse_occupied(files, force=force)
    refuse_foreign_ledger(files[0])
    above = configuration_above(folder)
    if above is not None:
        read_configuration(above)  # says what is wrong with it while nothing has been written
    kept = place(files)
    written = [file.path for file in files if file not in kept]
    told = _told(wishes, folder, written, kept, above)
    with showing_after(f"written: {', '.join(written)}"):
        print_result("".join(f"{line}\n" for line in told))
        _first_check(files[0].path, wishes, as_of, color)


def _told(
    wishes: "Wishes", folder: str, written: Sequence[str], kept: "Sequence[NewFile]", settings: str | None
) -> Iterator[str]:
    """Yield what was written, and what is to be done next."""
    from coopctl.cells import cell_width
    from coopctl.output.terminal import clean, padded
    from coopctl.starting.placing import says_so_already
    from coopctl.starting.wording import wording

    say = wording(wishes.language).say
    yield say("Written:")
    yield from (f"  {clean(path)}" for path in written)
    for file in kept:
        if file.part == "ledger":
            yield say("  kept, with what is recorded in it: %(path)s", path=clean(file.path))
        else:
            yield say("  kept as it is: %(path)s", path=clean(file.path))
    if settings is not None:
        yield say("  no coopctl.toml: the settings in %(path)s count here", path=clean(settings))
    yield ""
    yield say("Next:")
    yield f"  {say('fill in what is marked TODO or stands in brackets')}"
    if folder != ".":
        yield f"  cd {clean(shlex.quote(folder))}"
    commands = list(_next_commands(wishes, say))
    width = max(cell_width(command) for command, _ in commands)
    yield from (f"  {padded(command, width)}  {purpose}" for command, purpose in commands)
    for file in kept:
        if file.part == "ci" and not says_so_already(file):
            yield ""
            yield say("For CI, add to %(path)s:", path=clean(file.path))
            yield ""
            yield from (f"  {clean(line)}".rstrip() for line in file.text.splitlines())
    yield ""
    yield say("The first check:")
    yield ""


def _next_commands(wishes: "Wishes", say: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    from coopctl.starting.project import first_record

    yield "coopctl lint", say("see what a contract manager would still ask for")
    yield f"coopctl record kpi {' '.join(first_record(wishes))}", say("record a figure when it is there")
    yield "coopctl check", say("judge what has been recorded")


def _first_check(agreement: str, wishes: "Wishes", as_of: str | None, color: Colour) -> None:
    """Show how the agreement stands, and how much is to be recorded; whatever that is, it has been written."""
    from coopctl.cli.agreements import agreement_files
    from coopctl.cli.checking import CheckRun, checked
    from coopctl.cli.sinks import print_result
    from coopctl.gate import Gate
    from coopctl.lint.settings import LintOptions
    from coopctl.loading import load
    from coopctl.output.check.full import Full
    from coopctl.recording.due import due_facts
    from coopctl.starting.wording import wording

    run = CheckRun(Gate(), parse_as_of(as_of), today_in, (), LintOptions(may_lack_baseline=True))
    for file, _ in agreement_files([agreement], DEFAULT_STDIN_NAME):
        result = checked(load(file), run)
        print_result(Full(paper_for(color)).summary(result))
        if result.judgement is None or result.loaded.agreement is None:
            continue
        number = sum(1 for _ in due_facts(result.loaded.agreement, result.judgement))
        say = wording(wishes.language).say
        if number == 1:
            print_result(say("1 entry is due: `coopctl record` asks for it") + "\n")
        elif number:
            print_result(say("%(number)s entries are due: `coopctl record` asks for them", number=number) + "\n")
