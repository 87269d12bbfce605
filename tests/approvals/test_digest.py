"""`coopctl digest`, and signatures that carry one."""

import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.approvals.samples import OLD, put
from tests.commands.schemas import problems
from tests.conftest import Coopctl

MORE = (
    "economics: {cost_sharing: {north: 60%, harbor: 30%, quay: 10%}}\n"
    "exit: {triggers: {leave: {when: anytime, right_of: [north, harbor], notice: 90 days}}}\n"
    "disputes: {ladder: [{step: negotiation, within: 30 days}, {step: court}]}\n"
    "clauses: {faith: {title: Good faith, text: The parties act in good faith.}}\n"
)
TERMS = OLD + MORE
SIGNED = 'signatures: {{north: {{by: Li Wei, date: 2026-01-01, version: 1.2.0, digest: "{digest}"}}}}\n'


def digest_of(coopctl: Coopctl, folder: Path, text: str) -> str:
    """Return the digest of an agreement's text."""
    put(folder, {"agreement.yaml": text})
    ended = coopctl("digest", "agreement.yaml")
    assert (ended.code, ended.err) == (0, "")
    digest, path = ended.out.removesuffix("\n").split("  ")
    assert path == "agreement.yaml"
    return str(digest)


SAME = {
    "comments": TERMS.replace("target: 90", "target: 90   # points"),
    "order of keys": TERMS.replace("    target: 90\n    owner: north\n", "    owner: north\n    target: 90\n"),
    "order of a list that has none": TERMS.replace("[north, harbor]", "[harbor, north]"),
    "order of sections": OLD + "".join(reversed(MORE.splitlines(keepends=True))),
    "line ends": TERMS.replace("\n", "\r\n"),
    "layout of text": TERMS.replace(
        "{title: Good faith, text: The parties act in good faith.}",
        "{title: Good faith, text: 'The parties act\n      in good  faith. '}",
    ),
    "spelling of percentages": TERMS.replace("60%", "60.0%").replace("10%", "10.00%"),
    "spelling of numbers": TERMS.replace("500000", "500000.00").replace("90 days", "90 day"),
    "quotes": TERMS.replace("name: Customer satisfaction", 'name: "Customer satisfaction"'),
    "a default written out": TERMS.replace(
        "    target: 90\n", "    target: 90\n    missing: warn\n    accumulation: per-period\n"
    ),
    "defaults of a whole section": TERMS
    + "calendar: {weekend: [sun, sat], year_starts: 1}\ntimezone: UTC\ngoals: {}\n",
    "empty sections": TERMS + "governance: {}\nplan: {milestones: {}}\n",
    "own keys": TERMS + "x-filed-under: 17\n",
    "remarks": TERMS.replace("    target: 90\n", "    target: 90\n    note: See the minutes\n"),
    "history": TERMS.replace("1.2.0", "1.2.1") + "amendments: [{version: 1.2.1, date: 2026-03-01, summary: Layout}]\n",
    "status and language": TERMS + "status: suspended\nlanguage: zh-Hans\n",
    "signatures": TERMS + SIGNED.format(digest="sha256:" + "0" * 64),
}
OTHER = {
    "a value": TERMS.replace("target: 90", "target: 90.1"),
    "a unit": TERMS.replace("unit: points", "unit: '%'"),
    "a party's name": TERMS.replace("Quayside Example Ltd.", "Quayside Example Inc."),
    "the id": TERMS.replace("id: pact", "id: pact-2"),
    "no default": TERMS.replace("    target: 90\n", "    target: 90\n    missing: breach\n"),
    "a share": TERMS.replace("harbor: 30%, quay: 10%", "harbor: 10%, quay: 30%"),
    "order that means something": TERMS.replace(
        "[{step: negotiation, within: 30 days}, {step: court}]", "[{step: court}, {step: negotiation, within: 30 days}]"
    ),
    "a word": TERMS.replace("in good faith.}", "in very good faith.}"),
    "an entry less": OLD,
    "another unit of time": TERMS.replace("90 days", "3 months"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_it_survives(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    assert text != TERMS
    assert digest_of(coopctl, tmp_path, text) == digest_of(coopctl, tmp_path, TERMS)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_it_dies_with_the_terms(text: str, coopctl: Coopctl, tmp_path: Path) -> None:
    assert text != TERMS
    assert digest_of(coopctl, tmp_path, text) != digest_of(coopctl, tmp_path, TERMS)


def test_it_stays_what_it_is(coopctl: Coopctl, tmp_path: Path) -> None:
    """Signatures are kept for years: the form that is hashed must not change unnoticed."""
    assert (
        digest_of(coopctl, tmp_path, TERMS) == "sha256:3ab93ac70a3006b1d64b8bcd9aaf6eb033c58d11185dbe4e212c2799aa27c48d"
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_no_order_of_sections_and_no_comment_changes_it(seed: int, coopctl: Coopctl, tmp_path: Path) -> None:
    shuffled = random.Random(seed)
    sections: list[str] = []
    for line in TERMS.splitlines(keepends=True):
        if line.startswith(" "):
            sections[-1] += line
        else:
            sections.append(line)
    shuffled.shuffle(sections)
    text = "".join(itertools.chain.from_iterable((f"# {shuffled.random()}\n", each) for each in sections))
    assert digest_of(coopctl, tmp_path, text) == digest_of(coopctl, tmp_path, TERMS)


# The command


def test_several_agreements_one_line_each(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"b/agreement.yaml": TERMS, "a/agreement.yaml": OLD})
    ended = coopctl("digest")
    assert (ended.code, ended.err) == (0, "")
    assert [line.split("  ")[1] for line in ended.out.splitlines()] == ["a/agreement.yaml", "b/agreement.yaml"]


def test_json_tells_whether_signatures_are_of_these_terms(coopctl: Coopctl, tmp_path: Path) -> None:
    digest = digest_of(coopctl, tmp_path, TERMS)
    signatures = (
        f'signatures:\n  north: {{by: Li, date: 2026-01-01, version: 1.2.0, digest: "{digest}"}}\n'
        f'  harbor: {{by: Ann, date: 2026-01-02, digest: "sha256:{"0" * 64}"}}\n  quay: {{by: Bo, date: 2026-01-03}}\n'
    )
    put(tmp_path, {"agreement.yaml": TERMS + signatures})
    ended = coopctl("digest", "--output-format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert problems(coopctl, "digest", json.loads(ended.out)) == []
    assert json.loads(ended.out) == {
        "schema_version": 1,
        "agreements": [
            {
                "id": "pact",
                "path": "agreement.yaml",
                "version": "1.2.0",
                "digest": digest,
                "signatures": [
                    _signature("north", "Li", 1, "1.2.0", digest, True),
                    _signature("harbor", "Ann", 2, None, "sha256:" + "0" * 64, False),
                    _signature("quay", "Bo", 3, None, None, None),
                ],
            }
        ],
    }


def _signature(
    party: str, by: str, day: int, version: str | None, digest: str | None, is_of_these_terms: bool | None
) -> dict[str, object]:
    return {
        "party": party,
        "by": by,
        "date": f"2026-01-{day:02}",
        "version": version,
        "digest": digest,
        "is_of_these_terms": is_of_these_terms,
    }


def test_an_agreement_that_cannot_be_read_has_none(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"a/agreement.yaml": OLD + "surprise: 1\n", "b/agreement.yaml": OLD})
    ended = coopctl("digest")
    assert ended.code == 2
    assert [line.split("  ")[1] for line in ended.out.splitlines()] == ["b/agreement.yaml"]
    assert ended.err == (
        "error[SCH001 unknown-key]: `surprise` is not a key of the file\n"
        "  --> a/agreement.yaml:22:1\n"
        "   |\n"
        "22 | surprise: 1\n"
        "   | ^^^^^^^^\n"
        "   = help: did you mean `purpose`? Keys of your own begin with x-.\n"
    )


def test_a_broken_ledger_does_not_matter(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"actuals/2026.yaml": "kpis: ["})
    digest_of(coopctl, tmp_path, OLD)


def test_from_standard_input(process: Coopctl) -> None:
    ended = process(["digest", "-", "--stdin-filename", "x.yaml"], stdin=OLD.encode())
    assert ended.code == 0
    assert ended.out.endswith("  x.yaml\n")


def test_no_agreement_is_an_error(coopctl: Coopctl) -> None:
    ended = coopctl("digest")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: .: no agreement found")


# Signatures that carry it


def test_lint_says_that_the_terms_changed_since_a_party_signed(coopctl: Coopctl, tmp_path: Path) -> None:
    signature = SIGNED.format(digest=digest_of(coopctl, tmp_path, TERMS))
    put(tmp_path, {"agreement.yaml": TERMS + signature})
    lint = ("lint", "--select", "SIG", "--as-of", "2026-07-15", "--output-format", "concise")
    assert coopctl(*lint).out == "no findings in 1 agreement\n"
    put(tmp_path, {"agreement.yaml": TERMS.replace("target: 90", "target: 88") + signature})
    ended = coopctl(*lint)
    assert ended.code == 0
    assert ended.out.splitlines()[0] == (
        "agreement.yaml:26:76: SIG001 the terms have changed since north signed 1.2.0 on 2026-01-01"
    )
    now = coopctl("digest").out.split("  ")[0]
    assert f"write digest: {now} with the new date" in coopctl(*lint[:-1], "full").out.replace(
        "\n       ", " "
    ).replace("  ", " ")


@pytest.mark.parametrize("digest", ["sha256:…", "0" * 64, "sha256:" + "0" * 63, "md5:" + "0" * 64])
def test_lint_fails_on_a_digest_that_is_none(digest: str, coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"agreement.yaml": TERMS + SIGNED.format(digest=digest)})
    ended = coopctl("lint", "--select", "SIG", "--as-of", "2026-07-15", "--output-format", "concise")
    assert ended.code == 1
    assert ended.out.startswith("agreement.yaml:26:76: SIG002 ")


@pytest.mark.parametrize("form", ["full", "concise", "json", "github", "markdown", "junit"])
def test_check_names_who_signed_other_terms_and_fails_no_more_than_before(
    form: str, coopctl: Coopctl, tmp_path: Path
) -> None:
    signature = SIGNED.format(digest=digest_of(coopctl, tmp_path, TERMS))
    put(tmp_path, {".git/HEAD": "", "agreement.yaml": TERMS + signature})
    check = ("check", "--as-of", "2026-07-15", "--output-format", form)
    assert "the terms have changed" not in coopctl(*check).out
    put(tmp_path, {"agreement.yaml": TERMS + SIGNED.format(digest=f"sha256:{'0' * 64}")})
    ended = coopctl(*check)
    assert ended.code == 0
    assert ended.out.count("the terms have changed since north signed 1.2.0 on 2026-01-01") == 1
    assert coopctl(*check, "--strict") == ended
    put(tmp_path, {"coopctl.toml": '[lint]\nignore = ["SIG001"]\n'})
    assert "the terms have changed" not in coopctl(*check).out


def test_check_names_all_of_them_in_one_line(coopctl: Coopctl, tmp_path: Path) -> None:
    other = f"sha256:{'0' * 64}"
    of_harbor = f"}}, harbor: {{by: Ann, date: 2026-02-01, digest: '{other}'}}}}\n"
    put(tmp_path, {"agreement.yaml": TERMS + SIGNED.format(digest=other).replace("}}\n", of_harbor)})
    told = "the terms have changed since north signed 1.2.0 on 2026-01-01 and harbor signed on 2026-02-01"
    assert f"signed otherwise: {told}" in " ".join(coopctl("check", "--as-of", "2026-07-15").out.split())


def test_check_counts_it_as_lint_does(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, {"coopctl.toml": '[lint]\nselect = ["SIG"]\n', ".git/HEAD": ""})
    for digest, told, strict in (
        ("sha256:" + "0" * 64, "lint: 1 warning (see `coopctl lint`)", 0),
        ("sha256:0", "lint: 1 error (see `coopctl lint`)", 1),
    ):
        put(tmp_path, {"agreement.yaml": TERMS + SIGNED.format(digest=digest)})
        ended = coopctl("check", "--as-of", "2026-07-15")
        assert ended.code == 0
        assert told in ended.out
        assert coopctl("check", "--strict", "--as-of", "2026-07-15").code == strict


def test_of_half_an_agreement_nothing_is_said(coopctl: Coopctl, tmp_path: Path) -> None:
    """What cannot be read is a term too."""
    broken = TERMS.replace("target: 90", "target: ninety") + SIGNED.format(digest="sha256:" + "0" * 64)
    put(tmp_path, {"agreement.yaml": broken})
    assert "SIG" not in coopctl("lint", "--select", "SIG", "--as-of", "2026-07-15", "--output-format", "concise").out
