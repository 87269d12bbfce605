"""The layers hold, and a command imports only what it uses."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "coopctl"

LAYERS = (
    {"errors", "languages", "limits", "quoted", "places", "cells", "formulas", "blanks"},
    {"findings", "faults", "fingerprints"},
    {"source", "parsing", "files", "editing", "locking", "replacing", "drafts"},
    {"model"},
    {"evaluate"},
    {"rules"},
    {"versions", "consistency", "discovery", "validation", "ledger", "loading", "reading_manual", "revisions"}
    | {"migration"},
    {"lint", "configuration", "recording", "formatting"},
    {"gate", "explain", "changes", "exchange"},
    {"output"},
    {"report"},
    {"starting"},
    {"cli"},
    {"__main__"},
)
"""Lowest first; a part imports from its own layer and from those below."""

RANKS = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
PURE = ("model", "evaluate", "rules")
EFFECTS = {"os", "sys", "io", "pathlib", "subprocess", "socket", "time", "tempfile", "shutil", "random"}


def modules() -> list[Path]:
    """Every module of the package, except its own __init__ which has only the version."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    """How a module is told to whoever reads a failure."""
    return str(path.relative_to(PACKAGE))


def part_of(path: Path) -> str:
    """The part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Full names of the modules that a module imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "coopctl":
                yield from (f"coopctl.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_part_has_a_layer() -> None:
    assert {part_of(path) for path in modules()} == set(RANKS)


def test_imports_run_downwards() -> None:
    upwards = {
        f"{name_of(path)} imports {part}"
        for path in modules()
        for part in {name.split(".")[1] for name in imported(path) if name.startswith("coopctl.")} - {"__version__"}
        if RANKS[part] > RANKS[part_of(path)]
    }
    assert upwards == set()


def test_model_and_evaluation_know_no_files_clock_or_screen() -> None:
    pure = [path for path in modules() if part_of(path) in PURE]
    assert {part_of(path) for path in pure} == set(PURE)
    imports = {
        f"{name_of(path)} imports {name}" for path in pure for name in imported(path) if name.split(".")[0] in EFFECTS
    }
    signs = ("today()", "now()", "print(", "open(")
    calls = {f"{name_of(path)}: {sign}" for path in pure for sign in signs if sign in path.read_text("utf-8")}
    assert imports | calls == set()


def calls_in(path: Path) -> set[str]:
    """What a module calls, as it writes it."""
    return {ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}


def test_only_the_command_line_prints_exits_and_asks_the_time() -> None:
    theirs = {"print", "sys.exit", "exit", "datetime.now", "date.today", "time.time", "os._exit"}
    calls = {
        f"{name_of(path)}: {call}"
        for path in modules()
        if part_of(path) not in ("cli", "__main__")
        for call in calls_in(path) & theirs
    }
    assert calls == set()


def loaded_by(*arguments: str) -> set[str]:
    """Top-level packages that a command has imported when it ends."""
    program = (
        "import sys\n"
        "from coopctl.cli.app import run\n"
        f"sys.argv = ['coopctl', *{list(arguments)!r}]\n"
        "run()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


LIANHE = str(PACKAGE.parent.parent / "examples" / "lianhe-yunying")
ALLIANCE = str(PACKAGE.parent.parent / "examples" / "delivery-alliance")


def test_check_loads_no_rendering() -> None:
    assert loaded_by("check", LIANHE, "--as-of", "2026-07-15") & {"rich", "jinja2", "concurrent"} == set()


RENDERING = {"rich", "jinja2", "matplotlib", "weasyprint", "docx", "markdown_it"}
WORKBOOKS = {"openpyxl", "xlsxwriter"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "kpi", "delivery-days", "2026-06", "18.4", "--yes", "--note", "x", "--dry-run"],
        ["fmt", "--check", "."],
        ["migrate", "--check", "."],
        ["init", "new", "--yes"],
        ["import", "figures.csv"],
        ["export", "-o", "all.csv"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_writes_loads_no_rendering_and_no_workbooks(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(ALLIANCE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "figures.csv").write_text("kpi,period,value\ndelivery-days,2026-07,18.4\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    templates = {"jinja2"} if arguments[0] == "init" else set()
    assert loaded_by(*arguments) & (RENDERING | WORKBOOKS) == templates
    if arguments[0] == "import":
        assert "2026-07: {value: 18.4," in (tmp_path / "actuals" / "2026-h1.yaml").read_text("utf-8")


def test_public_holidays_are_loaded_only_for_business_days_of_a_country(tmp_path: Path) -> None:
    text = Path(ALLIANCE, "agreement.yaml").read_text("utf-8")
    assert "  country: CN\n" in text, "the example no longer shows what this test is about"
    (tmp_path / "agreement.yaml").write_text(text.replace("  country: CN\n", ""), "utf-8")
    assert "holidays" not in loaded_by("check", str(tmp_path), "--as-of", "2026-07-15")
    assert "holidays" in loaded_by("check", ALLIANCE, "--as-of", "2026-07-15")


def test_json_and_junit_load_no_rendering() -> None:
    for name in ("json", "junit", "github", "concise", "markdown"):
        used = loaded_by("check", LIANHE, "--as-of", "2026-07-15", "--output-format", name)
        assert used & {"rich", "jinja2"} == set(), name


def test_workbooks_are_written_by_their_library_only() -> None:
    used = loaded_by("export", LIANHE, "-o", os.devnull, "--output-format", "xlsx")
    assert used & (RENDERING | WORKBOOKS) == {"xlsxwriter"}


def test_variance_loads_templates_only_for_markdown() -> None:
    assert "jinja2" not in loaded_by("variance", LIANHE, "--as-of", "2026-07-15")
    assert "jinja2" in loaded_by("variance", LIANHE, "--as-of", "2026-07-15", "--output-format", "markdown")


def test_version_answers_before_anything_heavy() -> None:
    program = "import sys, coopctl.__main__ as m\nsys.argv = ['coopctl', '--version']\ntry:\n m.main()\nfinally:\n"
    program += " print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) & {"typer", "pydantic", "ruamel", "rich"} == set()
    assert done.stdout.startswith("coopctl ")
