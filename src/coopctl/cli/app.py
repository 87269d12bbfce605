"""The commands of `coopctl`, and what becomes of an error that nothing else caught."""

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Annotated

import typer
from typer.main import get_command

from coopctl import __version__
from coopctl.cli import (
    approve,
    check,
    diff,
    digest,
    explain,
    export,
    fmt,
    git_setup,
    import_figures,
    init,
    lint,
    migrate,
    record,
    report,
    rule,
    schema,
    variance,
)
from coopctl.cli.streams import StandardOutput, complain
from coopctl.errors import CoopctlError, ExitCode
from coopctl.locking import telling

app = typer.Typer(
    name="coopctl",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        out = StandardOutput()
        out.write(f"coopctl {__version__}\n")
        out.close()
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
    traceback: Annotated[bool, typer.Option("--traceback", help="Show where in coopctl a bug happened.")] = False,
) -> None:
    """Cooperation agreements as code: one YAML file and a ledger of figures in, verdicts out."""


app.command(epilog=init.EXAMPLES)(init.init)
app.command(epilog=check.EXAMPLES)(check.check)
app.command(epilog=lint.EXAMPLES)(lint.lint)
app.command(epilog=fmt.EXAMPLES)(fmt.fmt)
app.command(epilog=rule.EXAMPLES)(rule.rule)
app.command(epilog=variance.EXAMPLES)(variance.variance)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=report.EXAMPLES)(report.report)
app.command("import", epilog=import_figures.EXAMPLES)(import_figures.import_figures)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=diff.EXAMPLES)(diff.diff)
app.add_typer(record.app, epilog=record.EXAMPLES)
app.command(epilog=approve.EXAMPLES)(approve.approve)
app.command(epilog=digest.EXAMPLES)(digest.digest)
app.command(epilog=git_setup.EXAMPLES)(git_setup.git_setup)
app.command(epilog=git_setup.TEXTCONV_EXAMPLES, hidden=True)(git_setup.textconv)
app.command(epilog=migrate.EXAMPLES)(migrate.migrate)
app.command(epilog=schema.EXAMPLES)(schema.schema)


def run() -> int:
    """Run the command line and return the exit code."""
    if not _has_folder():
        complain("error: the current folder is not there any more; change to another one")
        return ExitCode.CANNOT_JUDGE
    try:
        with telling(_tell_of_waiting):
            _command()()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except CoopctlError as error:
        from coopctl.output.terminal import clean

        complain(f"error: {clean(str(error))}")
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OSError as error:  # help and completion are written by the library
        complain(f"error: cannot write to standard output: {os.strerror(error.errno or 0)}")
        return ExitCode.CANNOT_JUDGE
    except Exception as error:
        return _bug(error)
    return 0


def _has_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _tell_of_waiting(folder: str) -> None:
    from coopctl.output.terminal import clean

    complain(
        f"waiting for another coopctl that is writing in {clean(folder)}; Ctrl-C stops, and nothing more is written"
    )


@cache
def _command() -> Callable[[], object]:
    """Put the commands together; they are the same each time that a process runs one."""
    return get_command(app)


def _bug(error: Exception) -> int:
    from coopctl.output.terminal import clean

    if "--traceback" in sys.argv or os.environ.get("COOPCTL_TRACEBACK"):
        from traceback import format_exception

        complain("".join(format_exception(error)))
    complain(
        f"error: a bug in coopctl {__version__}: {type(error).__name__}: {clean(str(error))}. Please report this line "
        "with the command and, if you can, the files; `coopctl --traceback …` shows where it happened."
    )
    return ExitCode.BUG
