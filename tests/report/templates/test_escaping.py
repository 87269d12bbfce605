"""What an agreement says stays text, whatever a template does with it; what a template says is Markdown."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coopctl.report.view import ReportView
from tests.report.templates.rendering import by, put, view_of

NAME = "]<b>|*x* [y](https://evil.example)`z`"
IMPORT = '{% import "parts/words.md.j2" as words with context %}'
ESCAPED = r"\]&lt;b&gt;&#124;\*x\* \[y\](https&#58;//evil.example)&#96;z&#96;"


def named(title: str) -> ReportView:
    """Return a view whose title is hostile."""
    return view_of("quarterly").model_copy(update={"title": title})


def line(folder: Path, text: str, title: str = NAME) -> str:
    """Return what a template of one line writes."""
    return by(named(title), folder=put(folder, quarterly=IMPORT + text)).removesuffix("\n")


EXPRESSIONS = [
    "report.title",
    "report['title']",
    "report.title ~ ''",
    "'' ~ report.title",
    "report.title + ''",
    "'' + report.title",
    "[report.title] | join(', ')",
    "', '.join([report.title])",
    "report.title | trim",
    "report.title | string",
    "report.title | replace('nothing', report.title)",
    "report.title | default('x')",
    "report.title.strip()",
    "report.title[:1] + report.title[1:]",
    "report.title[:1] ~ report.title[1:]",
    "report.title.split('nothing')[0]",
    "([report.title] | map('trim') | list)[0]",
    "([report] | map(attribute='title') | list)[0]",
    "[report.title] | sort | first",
    "words.or_dash(report.title)",
    "words.or_dash(report.title | trim)",
    "words.lines([report.title])",
    "words.or_dash('') | replace('–', report.title)",
    "words.or_dash('') | replace('–', report.title | trim)",
    "[words.or_dash('x'), report.title] | last",
    "[words.lines([]), report.title | trim] | join",
    "words.lines([]) ~ report.title.strip()",
    "words.lines([]) + report.title.strip()",
    "report.title.strip() + words.lines([])",
    "words.lines([]).join([report.title.strip()])",
]
STATEMENTS = [
    "{% set x %}{{ report.title }}{% endset %}{{ x }}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(report.title) }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ report.title }}{% endcall %}",
    "{% filter trim %}{{ report.title }}{% endfilter %}",
    "{% set all = namespace(x='') %}{% for c in report.title %}{% set all.x = all.x + c %}{% endfor %}{{ all.x }}",
    "{% with x = report.title %}{{ x }}{% endwith %}",
    "{% block one %}{{ report.title }}{% endblock %}",
]
TRICKS = [
    "{% autoescape false %}{{ report.title }}{% endautoescape %}",
    "{% autoescape false %}{{ words.lines([]) ~ report.title }}{% endautoescape %}",
    "{{ words.or_dash('x') ~ [report.title] }}",
    "{{ '%' ~ [report] | map(attribute='title') | list }}",
    "{% for character in report.title %}{{ character }}{% endfor %}",
    "{{ words.lines([]) ~ (report.title | list | join) }}",
    "{{ report.title | upper }}{{ words.lines([]) ~ report.title.lower() }}",
    "{{ words.lines([]) ~ (report.title | title) ~ (report.title | truncate(20)) }}",
    "{{ words.lines([]) ~ {report.title: 1} }}",
]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each of these writes, in a report that includes a template of each."""
    texts = [*(f"{{{{ {each} }}}}" for each in EXPRESSIONS), *STATEMENTS, *TRICKS]
    folder = tmp_path_factory.mktemp("lines")
    put(folder, **{f"line{number}": IMPORT + text for number, text in enumerate(texts)})
    # of the line breaks after an `include` the first goes with it
    start = "".join(f'#{number}\n{{% include "line{number}.md.j2" %}}\n\n' for number in range(len(texts)))
    found = by(named(NAME), folder=put(folder, quarterly=start))
    written = re.split(r"^#[0-9]+\n", found, flags=re.MULTILINE)[1:]
    return {text: line.removesuffix("\n") for text, line in zip(texts, written, strict=True)}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_text_is_escaped_once(expression: str, lines: dict[str, str]) -> None:
    assert lines[f"{{{{ {expression} }}}}"] == ESCAPED


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_keep_text_text(text: str, lines: dict[str, str]) -> None:
    assert MarkdownIt("commonmark").render(lines[text]) == MarkdownIt("commonmark").render(ESCAPED)


def test_a_space_between_is_kept(tmp_path: Path) -> None:
    assert line(tmp_path, "{{ report.title + ' ' + words.status('met') }}|{{ 'a ' + report.id }}", "A*") == (
        r"A\* Met|a delivery-alliance"
    )


@pytest.mark.parametrize("text", TRICKS)
def test_nothing_becomes_a_link_html_or_code(text: str, lines: dict[str, str]) -> None:
    tokens = MarkdownIt("commonmark").parse(lines[text])
    found = {child.type for token in tokens for child in token.children or ()}
    assert found <= {"text", "text_special"}


def test_a_template_s_own_text_is_markdown(tmp_path: Path) -> None:
    assert line(tmp_path, "**Bold** [x](https://north.example) {{ words.status('met') }}") == (
        "**Bold** [x](https://north.example) Met"
    )


def test_finished_text_is_not_escaped_again(tmp_path: Path) -> None:
    text = "{% set x %}**{{ report.title }}**{% endset %}{{ ['a', x] | join(': ') }}"
    assert line(tmp_path, text, "A*B") == r"a: **A\*B**"


def test_null_writes_nothing(tmp_path: Path) -> None:
    view = view_of("quarterly")
    empty = view.model_copy(update={"score": view.score.model_copy(update={"exact": None})})
    assert by(empty, folder=put(tmp_path, quarterly="a{{ report.score.exact }}b")) == "ab\n"


def test_nothing_in_a_template_steers_a_terminal_or_a_log(tmp_path: Path) -> None:
    found = by(
        view_of("quarterly"), folder=put(tmp_path, quarterly="\x1b[31mred\u202e\n::error::x\n##[error]x\na\tb\n")
    )
    assert found == "\\x1b[31mred\\u202e\n\\x3a:error::x\n##\\x5berror]x\na   b\n"


def test_what_data_says_is_no_template(tmp_path: Path) -> None:
    assert line(tmp_path, "{{ report.title }}", "{{ 7 * 7 }}") == "{{ 7 \\* 7 }}"
