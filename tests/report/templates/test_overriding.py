"""A user's templates take the place of coopctl's own, whole or block by block."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from coopctl.report.kinds import KINDS
from coopctl.report.templating.own import read_own_templates
from coopctl.report.templating.standard import standard_templates
from tests.report.templates.rendering import by, put, standard, view_of

NAMES = [kind.name for kind in KINDS if f"{kind.name}.md.j2" in standard_templates()]


def blocks_of(kind: str) -> list[str]:
    """Return the blocks of a standard template, those of its parents included."""
    found: dict[str, None] = {}
    name = f"{kind}.md.j2"
    while name:
        tree = Environment().parse(standard_templates()[name])
        found |= {block.name: None for block in tree.find_all(nodes.Block)}
        parents = [each.template for each in tree.find_all(nodes.Extends)]
        name = parents[0].value if parents and isinstance(parents[0], nodes.Const) else ""
    return list(found)


BLOCKS = [(kind, block) for kind in NAMES for block in blocks_of(kind)]


def test_the_blocks_are_those_of_the_guide() -> None:
    assert {("quarterly", "lessons"), ("monthly", "title"), ("closeout", "next"), ("scorecard", "kpis")} <= set(BLOCKS)


@pytest.mark.parametrize("kind", NAMES)
def test_every_block_can_be_replaced(kind: str, tmp_path: Path) -> None:
    """All blocks of a kind at once: each text of one's own stands in the report, in the template's order."""
    names = blocks_of(kind)
    blocks = "".join(f"{{% block {name} %}}\n\nMine: {name}.\n{{% endblock %}}\n" for name in names)
    folder = put(tmp_path, **{kind: f'{{% extends "standard/{kind}.md.j2" %}}\n{blocks}'})
    text = by(view_of(kind), folder=folder)
    assert sorted(re.findall(r"Mine: (\w+)\.", text)) == sorted(names)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("language", ["zh-Hans"])
def test_a_template_that_changes_nothing_changes_nothing(kind: str, language: str, tmp_path: Path) -> None:
    view = view_of(kind, language)
    path = put(tmp_path, mine=f'{{% extends "standard/{kind}.md.j2" %}}\n') / "mine.md.j2"
    assert by(view, template=path) == standard(view)


def test_a_block_can_keep_what_it_had(tmp_path: Path) -> None:
    block = "{% block overview %}\n{{ super() }}\nThe board agrees.\n{% endblock %}\n"
    text = f'{{% extends "standard/quarterly.md.j2" %}}\n{block}'
    report = by(view_of("quarterly"), folder=put(tmp_path, quarterly=text))
    before = standard(view_of("quarterly"))
    end = before.index("\n\n## Scorecard")
    assert report == f"{before[:end]}\n\nThe board agrees.{before[end:]}"


@pytest.mark.parametrize("kind", ["monthly", "quarterly", "yearly"])
def test_the_common_parent_changes_all_that_extend_it(kind: str, tmp_path: Path) -> None:
    folder = put(
        tmp_path, period='{% extends "standard/period.md.j2" %}\n{% block head %}\nOur head.\n{% endblock %}\n'
    )
    assert "\n\nOur head.\n\n" in by(view_of(kind), folder=folder)


def test_a_part_changes_the_standard_templates_that_import_it(tmp_path: Path) -> None:
    words = standard_templates()["parts/words.md.j2"].replace('say("Warning")', '"Amber"')
    text = by(view_of("quarterly"), folder=put(tmp_path, parts__words=words))
    assert "| Amber |" in text
    assert text.replace("Amber", "Warning") == standard(view_of("quarterly"))


def test_other_names_stay_the_standard_ones(tmp_path: Path) -> None:
    folder = put(tmp_path, closeout="# Mine\n")
    assert by(view_of("quarterly"), folder=folder) == standard(view_of("quarterly"))
    assert by(view_of("closeout"), folder=folder) == "# Mine\n"


def test_the_template_of_the_command_line_uses_the_folder_too(tmp_path: Path) -> None:
    folder = put(tmp_path / "templates", letter='Dear {% include "parts/all.md.j2" %}\n', parts__all="all,")
    path = put(tmp_path / "elsewhere", one='{% include "letter.md.j2" %}{{ report.title }}\n') / "one.md.j2"
    assert by(view_of("monthly"), template=path, folder=folder) == f"Dear all,{view_of('monthly').title}\n"


def test_a_template_of_the_same_name_extends_coopctl_s(tmp_path: Path) -> None:
    path = put(tmp_path, quarterly='{% extends "quarterly.md.j2" %}\n') / "quarterly.md.j2"
    assert by(view_of("quarterly"), template=path) == standard(view_of("quarterly"))


def test_a_name_after_standard_is_never_the_user_s(tmp_path: Path) -> None:
    folder = put(tmp_path, standard__quarterly="# Mine\n", quarterly='{% extends "standard/quarterly.md.j2" %}\n')
    assert by(view_of("quarterly"), folder=folder) == standard(view_of("quarterly"))


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    text = '{% extends "standard/quarterly.md.j2" %}\n{% block lessons %}\n\n## One\n\nTwo\n{% endblock %}\n'
    plain = by(view_of("quarterly"), folder=put(tmp_path / "a", quarterly=text))
    assert (
        by(view_of("quarterly"), folder=put(tmp_path / "b", quarterly="\ufeff" + text.replace("\n", "\r\n"))) == plain
    )
    assert "\n\n## One\n\nTwo\n\n" in plain


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    text = "{% for key, value in report.counts | items %}\n{{ key }} {{ value }}\n{% endfor %}\n"
    folder = put(tmp_path, quarterly=text)
    assert len({by(view_of("quarterly"), folder=folder) for _ in range(3)}) == 1


def test_no_template_at_all_means_the_standard_ones(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("no template", "utf-8")
    assert read_own_templates(None, None) is None
    assert read_own_templates(None, str(tmp_path)) is None
