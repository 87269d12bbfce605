"""What a new version would have done to the recorded figures; every expectation is worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Coopctl
from tests.diff.samples import AS_OF, DEAL, diff

HEAD = """\
coopctl: 1
id: pact
title: Pact
version: 1.0.0
parties: {north: {name: North Example Ltd.}, harbor: {name: Harbor Example Ltd.}}
term: {start: 2026-01-01, end: 2026-12-31}
"""
DAYS = """\
  days: {name: Delivery time, unit: days, direction: lower-is-better, frequency: monthly, aggregation: mean,
         target: 10, thresholds: {warn: {worse_than: 12}, breach: {worse_than: 15}}, owner: north,
         report_within: 300 days}
"""
CHRONIC = """\
exit:
  triggers:
    chronic: {name: Chronic delay, when: {kpi: days, status: breach, consecutive: 2}, right_of: [harbor],
              notice: 30 days}
"""
FACTS = "coopctl: actuals/1\nkpis:\n  days: {2026-01: 16, 2026-02: 14, 2026-03: 16.5, 2026-04: 10}\n"


def put(folder: Path, version: str, agreement: str, facts: str) -> None:
    """Write one version with its ledger."""
    (folder / version / "actuals").mkdir(parents=True)
    (folder / version / "agreement.yaml").write_text(agreement, "utf-8")
    (folder / version / "actuals" / "2026.yaml").write_text(facts, "utf-8")


def replayed(
    coopctl: Coopctl, folder: Path, base: str, head: str, facts: str = FACTS, former: str = FACTS
) -> dict[str, Any]:
    """Compare two versions and return the replay."""
    put(folder, "base", base, former)
    put(folder, "head", head, facts)
    ended = diff(coopctl, "--replay", "--output-format", "json")
    assert ended.err == ""
    (found,) = json.loads(ended.out)["agreements"]
    assert found["findings"] == [] or all(each["code"].startswith("VER") for each in found["findings"])
    replay = found["replay"]
    assert isinstance(replay, dict)
    return replay


def turned(replay: dict[str, Any]) -> dict[str, str]:
    """Return what has another status, by subject and period."""
    return {
        "@".join(filter(None, (each["subject"], each["period"]))): f"{each['old']['status']} > {each['new']['status']}"
        for each in replay["verdicts"]
        if each["old"]["status"] != each["new"]["status"]
    }


def test_a_stricter_level_turns_warnings_into_breaches(coopctl: Coopctl, tmp_path: Path) -> None:
    """Breach above 13 instead of 15: February's 14 was a warning (above 12) and becomes a breach; 16 and 16.5 always
    were, 10 never was. With it January and February are two breaches in a row, where before no two stood together
    (January and March do not): the right arises at the end of February."""
    base = HEAD + "kpis:\n" + DAYS + CHRONIC
    replay = replayed(coopctl, tmp_path, base, base.replace("worse_than: 15", "worse_than: 13"))
    assert turned(replay) == {"kpis.days@2026-02": "warn > breach"}
    assert len(replay["verdicts"]) == 1
    assert replay["verdicts"][0]["old"] == {"status": "warn", "target": "10", "actual": "14", "variance": "4"}
    assert replay["rights"] == [
        {
            "subject": "exit.triggers.chronic",
            "message": "Harbor could end the agreement since 2026-02-28, and could not before (Chronic delay)",
            "right_of": ["harbor"],
            "old_arose": None,
            "new_arose": "2026-02-28",
        }
    ]


def test_the_other_way_round_the_right_vanishes(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "kpis:\n" + DAYS + CHRONIC
    replay = replayed(coopctl, tmp_path, base.replace("worse_than: 15", "worse_than: 13"), base)
    assert turned(replay) == {"kpis.days@2026-02": "breach > warn"}
    (right,) = replay["rights"]
    assert (right["old_arose"], right["new_arose"]) == ("2026-02-28", None)
    assert right["message"] == (
        "Harbor could no longer end the agreement; the right arose on 2026-02-28 (Chronic delay)"
    )


def test_a_right_may_arise_on_another_day(coopctl: Coopctl, tmp_path: Path) -> None:
    """Breach above 13: January, February and March are breaches. Two in a row are complete on 28 February, three on
    31 March."""
    base = (HEAD + "kpis:\n" + DAYS + CHRONIC).replace("worse_than: 15", "worse_than: 13")
    replay = replayed(coopctl, tmp_path, base, base.replace("consecutive: 2", "consecutive: 3"))
    assert turned(replay) == {}
    (right,) = replay["rights"]
    assert (right["old_arose"], right["new_arose"]) == ("2026-02-28", "2026-03-31")
    assert right["message"] == "Harbor could end the agreement since 2026-03-31 instead of 2026-02-28 (Chronic delay)"


def test_another_target_with_the_same_status_is_told_as_such(coopctl: Coopctl, tmp_path: Path) -> None:
    """A target of 9.5: the levels stay, so 16, 14 and 16.5 keep their status, one day and a half or more above the
    target; 10 reached 10 and misses 9.5. May and June have no figure, so that no target judges them. The score is
    that of April: 10 ÷ 10 = 100 %, then 9.5 ÷ 10 = 95 %."""
    base = HEAD + "kpis:\n" + DAYS
    replay = replayed(coopctl, tmp_path, base, base.replace("target: 10", "target: 9.5"))
    assert turned(replay) == {"kpis.days@2026-04": "met > off-target"}
    assert [each["period"] for each in replay["verdicts"]] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert replay["score"] == {
        "old": {"value": "100", "counted": 1, "without_figure": 0},
        "new": {"value": "95", "counted": 1, "without_figure": 0},
    }


def test_what_was_renamed_stays_the_same_thing(coopctl: Coopctl, tmp_path: Path) -> None:
    """Everything has another id and says the same; only the level of a breach moved from 15 to 13."""
    more = (
        "plan: {milestones: {pilot: {due: 2026-03-01, thresholds: {warn: {off_by_more_than: 5 days}}}}}\n"
        "budget: {travel: {amount: 3650, thresholds: {breach: {off_by_more_than: 10%}}}}\n"
    )
    facts = (
        FACTS
        + "milestones: {pilot: {done: 2026-03-08}}\n"
        + "spend: {travel: {2026-01: 2000}}\n"
        + "waivers: [{about: kpis.days@2026-03, reason: Storm, date: 2026-04-10, approved_by: [north, harbor]}]\n"
    )
    base = HEAD + "kpis:\n" + DAYS + more + CHRONIC
    renamed = [
        ("  days: {", "  tempo: {renamed_from: days, "),
        ("kpi: days", "kpi: tempo"),
        ("pilot: {", "first: {renamed_from: pilot, "),
        ("travel: {", "trips: {renamed_from: travel, "),
        ("chronic: {", "slow: {renamed_from: chronic, "),
        ("parties: {north: {", "parties: {nord: {renamed_from: north, "),
        ("owner: north", "owner: nord"),
        ("worse_than: 15", "worse_than: 13"),
    ]
    head = base
    for old, new in renamed:
        assert head.count(old) == 1
        head = head.replace(old, new)
    new_facts = facts.replace("days", "tempo").replace("pilot", "first").replace("travel", "trips")
    replay = replayed(coopctl, tmp_path, base, head, new_facts.replace("[north", "[nord"), facts)
    assert turned(replay) == {"kpis.tempo@2026-02": "warn > breach"}
    assert (replay["only_old"], replay["only_new"]) == ([], [])
    assert [each["subject"] for each in replay["rights"]] == ["exit.triggers.slow"]


def test_what_only_one_version_judges_is_told_apart(coopctl: Coopctl, tmp_path: Path) -> None:
    """The older version knows returns, whose figures stand beside it only: 3 reach the target of at most 4, 5 miss it.
    The newer one knows claims: 2 reach the target of at most 2. Periods without a figure wait until 300 days have
    passed, and are not told of."""
    returns = DAYS.replace("days: {name: Delivery time", "returns: {name: Returns").replace("target: 10", "target: 4")
    claims = DAYS.replace("days: {name: Delivery time", "claims: {name: Claims").replace("target: 10", "target: 2")
    replay = replayed(
        coopctl,
        tmp_path,
        HEAD + "kpis:\n" + DAYS + returns,
        HEAD + "kpis:\n" + DAYS + claims,
        FACTS + "  claims: {2026-01: 2}\n",
        FACTS + "  returns: {2026-01: 3, 2026-02: 5}\n",
    )
    assert replay["verdicts"] == []
    ((old,), (new,)) = (replay["only_old"], replay["only_new"])
    assert (old["subject"], old["name"]) == ("kpis.returns", "Returns")
    assert [(each["period"], each["status"]) for each in old["verdicts"]] == [
        ("2026-01", "met"),
        ("2026-02", "off-target"),
    ]
    assert (new["subject"], [each["status"] for each in new["verdicts"]]) == ("kpis.claims", ["met"])


def test_the_newer_ledger_is_judged_under_both(coopctl: Coopctl, tmp_path: Path) -> None:
    """January was restated from 16 to 11: both versions judge 11, which is off target under both."""
    base = HEAD + "kpis:\n" + DAYS
    replay = replayed(coopctl, tmp_path, base, base, FACTS.replace("2026-01: 16", "2026-01: 11"))
    assert (replay["verdicts"], replay["rights"]) == ([], [])


def test_figures_of_another_form_are_not_forced_into_the_older_version(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "kpis:\n" + DAYS
    head = base.replace("aggregation: mean", "aggregation: ratio")
    facts = "coopctl: actuals/1\nkpis:\n  days: {2026-01: {numerator: 32, denominator: 2}}\n"
    replay = replayed(coopctl, tmp_path, base, head, facts)
    assert replay["unusable"] == ["kpis.days"]
    assert (replay["verdicts"], replay["only_old"], replay["only_new"]) == ([], [], [])


def test_periods_of_another_length_are_judged_by_one_version_each(coopctl: Coopctl, tmp_path: Path) -> None:
    """Three months make a quarter: 16, 14 and 16.5 have a mean of 15.5, above 15."""
    base = HEAD + "kpis:\n" + DAYS
    replay = replayed(coopctl, tmp_path, base, base.replace("frequency: monthly", "frequency: quarterly"))
    (old,), (new,) = replay["only_old"], replay["only_new"]
    assert [each["period"] for each in old["verdicts"]] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert [(each["period"], each["status"], each["actual"]) for each in new["verdicts"]][:1] == [
        ("2026-Q1", "breach", "15.5")
    ]


def test_a_milestone_is_held_against_both_dates(coopctl: Coopctl, tmp_path: Path) -> None:
    """Done on 8 March: seven days after 1 March is more than five, six days after 2 March too, five after 3 March
    is not."""
    plan = "plan: {milestones: {pilot: {due: 2026-03-01, thresholds: {warn: {off_by_more_than: 5 days}}}}}\n"
    facts = "coopctl: actuals/1\nmilestones: {pilot: {done: 2026-03-08}}\n"
    base = HEAD + plan
    head = base.replace("due: 2026-03-01", "due: 2026-03-03")
    replay = replayed(coopctl, tmp_path, base, head, facts, facts)
    assert replay["verdicts"] == [
        {
            "subject": "plan.milestones.pilot",
            "name": "pilot",
            "period": None,
            "old": {"status": "warn", "target": "2026-03-01", "actual": "2026-03-08", "variance": "7"},
            "new": {"status": "off-target", "target": "2026-03-03", "actual": "2026-03-08", "variance": "5"},
        }
    ]


def test_nothing_to_tell_is_told_too(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "kpis:\n" + DAYS
    put(tmp_path, "base", base, FACTS)
    put(tmp_path, "head", base.replace("title: Pact", "title: Treaty"), FACTS)
    told = "The recorded figures under both versions, as of 2026-07-15\n"
    told += "  The recorded figures come to the same under both versions.\n"
    assert told in diff(coopctl, "--replay").out
    assert "recorded figures" not in diff(coopctl).out.casefold()
    markdown = diff(coopctl, "--replay", "--output-format", "markdown").out
    assert "The recorded figures come to the same under both versions." in markdown


def test_an_unknown_calendar_is_a_finding(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "calendar: {country: ZZ}\nkpis:\n" + DAYS.replace("300 days", "5 business days")
    put(tmp_path, "base", base, FACTS)
    put(tmp_path, "head", base, FACTS)
    assert diff(coopctl).code == 0
    ended = diff(coopctl, "--replay", "--output-format", "json")
    (found,) = json.loads(ended.out)["agreements"]
    assert (ended.code, found["replay"], found["complete"]) == (2, None, False)
    assert [each["code"] for each in found["findings"]] == ["SCH006"]


@pytest.mark.parametrize("as_of", ["2026-02-28", "2026-03-01"])
def test_only_what_was_known_on_the_day_counts(as_of: str, coopctl: Coopctl, tmp_path: Path) -> None:
    """February has ended on 1 March only; before that day its figure judges nothing."""
    base = HEAD + "kpis:\n" + DAYS
    put(tmp_path, "base", base, FACTS)
    put(tmp_path, "head", base.replace("worse_than: 15", "worse_than: 13"), FACTS)
    ended = coopctl("diff", "base", "head", "--as-of", as_of, "--replay", "--output-format", "json")
    replay = json.loads(ended.out)["agreements"][0]["replay"]
    assert replay["as_of"] == as_of != AS_OF
    assert turned(replay) == ({} if as_of == "2026-02-28" else {"kpis.days@2026-02": "warn > breach"})


def test_a_waiver_is_a_change_that_everybody_accepts(coopctl: Coopctl, tmp_path: Path) -> None:
    """It excuses a breach, and may end a right to leave: nobody adds one alone."""
    waiver = "waivers:\n  - {about: kpis.turnaround@2026-09, reason: Strike, date: 2026-10-01}\n"
    put(tmp_path, "base", DEAL, "coopctl: actuals/1\n")
    put(tmp_path, "head", DEAL, f"coopctl: actuals/1\n{waiver}")
    found = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"][0]["changes"]
    assert [(each["code"], each["level"]) for each in found] == [("CHG906", "material")]


def test_what_rewritten_figures_do_is_told_apart_from_what_the_terms_do(coopctl: Coopctl, tmp_path: Path) -> None:
    """March is restated, February waived, May new: only what was rewritten is judged as it stood and as it stands."""
    base = HEAD + "kpis:\n" + DAYS + CHRONIC.replace("consecutive: 2", "consecutive: 1")
    rewritten = FACTS.replace("2026-03: 16.5, 2026-04: 10", "2026-03: 11, 2026-04: 10, 2026-05: 20")
    rewritten += (
        "waivers:\n  - {about: kpis.days@2026-02, reason: Strike, date: 2026-03-02, approved_by: [north, harbor]}\n"
    )
    put(tmp_path, "base", base, FACTS)
    put(tmp_path, "head", base, rewritten)
    ended = diff(coopctl, "--replay", "--output-format", "json")
    (found,) = json.loads(ended.out)["agreements"]
    assert [(each["code"], each["subject"]) for each in found["changes"]] == [
        ("CHG903", "kpis.days@2026-03"),
        ("CHG906", "waivers.kpis.days@2026-02"),
    ]
    assert turned(found["replay"]) == {}
    assert turned(found["replay_of_records"]) == {
        "kpis.days@2026-02": "warn > excused",
        "kpis.days@2026-03": "breach > off-target",
    }
    told = diff(coopctl, "--replay").out
    assert "The figures as they are recorded now come to the same under both versions.\n" in told
    assert "What the changed records do under the newer version, as of 2026-07-15\n  Delivery time" in told


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("{started: 2026-02-01, progress: 80%, forecast: 2026-04-09}", []),
        ("{started: 2026-02-01, done: 2026-04-03}", []),
        ("{started: 2026-02-02, progress: 60%, forecast: 2026-03-09}",
         ["Recorded figure of pilot, started rewritten, and the former not kept: 2026-02-01 → 2026-02-02"]),
        ("{progress: 60%}", ["Record of pilot, started removed: 2026-02-01"]),
    ],
)  # fmt: skip
def test_what_is_expected_of_a_milestone_may_change_and_when_it_began_may_not(
    now: str, expected: list[str], coopctl: Coopctl, tmp_path: Path
) -> None:
    plan = HEAD + "plan: {milestones: {pilot: {due: 2026-03-01}}}\n"
    facts = "coopctl: actuals/1\nmilestones: {pilot: FACTS}\n"
    put(tmp_path, "base", plan, facts.replace("FACTS", "{started: 2026-02-01, progress: 60%, forecast: 2026-03-09}"))
    put(tmp_path, "head", plan, facts.replace("FACTS", now))
    changes = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"][0]["changes"]
    assert [each["message"] for each in changes] == expected


def test_another_weight_of_a_figure_is_shown(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "kpis:\n" + DAYS.replace("aggregation: mean", "aggregation: weighted-mean")
    facts = "coopctl: actuals/1\nkpis:\n  days: {2026-01: {value: 9, weight: 120}}\n"
    put(tmp_path, "base", base, facts)
    put(tmp_path, "head", base, facts.replace("120", "12"))
    (change,) = json.loads(diff(coopctl, "--output-format", "json").out)["agreements"][0]["changes"]
    assert change["message"] == (
        "Recorded figure of Delivery time, 2026-01 rewritten, and the former not kept: 9 weight 120 → 9 weight 12"
    )


def test_without_rewritten_records_only_the_terms_are_told(coopctl: Coopctl, tmp_path: Path) -> None:
    base = HEAD + "kpis:\n" + DAYS
    put(tmp_path, "base", base, FACTS)
    put(tmp_path, "head", base, FACTS.replace("2026-04: 10", "2026-04: 10, 2026-05: 20"))
    (found,) = json.loads(diff(coopctl, "--replay", "--output-format", "json").out)["agreements"]
    assert (found["changes"], found["replay_of_records"]) == ([], None)


def test_a_ledger_that_cannot_be_read_is_not_called_emptied(coopctl: Coopctl, tmp_path: Path) -> None:
    """A KPI is renamed and one record left under its old name: nothing was removed, the ledger is not compared."""
    base = HEAD + "kpis:\n" + DAYS
    facts = FACTS + "actions:\n  - {date: 2026-02-03, about: kpis.days@2026-01, do: Second carrier, cause: external}\n"
    put(tmp_path, "base", base, facts)
    renamed = base.replace("  days: {name", "  lead: {renamed_from: days, name")
    put(tmp_path, "head", renamed, facts.replace("  days:", "  lead:"))
    ended = diff(coopctl, "--output-format", "json")
    (found,) = json.loads(ended.out)["agreements"]
    assert ended.code == 2
    assert [each["name"] for each in found["changes"]] == ["renamed"]
    assert found["not_compared"] == ["actuals"]
    assert "not compared, since one of the versions cannot be read there: the ledger (actuals)" in diff(coopctl).out


def test_facts_of_a_file_that_cannot_be_read_are_not_taken_for_removed(coopctl: Coopctl, tmp_path: Path) -> None:
    put(tmp_path, "base", HEAD + "kpis:\n" + DAYS, FACTS)
    put(tmp_path, "head", HEAD + "kpis:\n" + DAYS, FACTS.replace("16.5", "sixteen"))
    ended = diff(coopctl, "--output-format", "json")
    (found,) = json.loads(ended.out)["agreements"]
    assert (ended.code, found["changes"], found["not_compared"]) == (2, [], ["actuals"])


def test_a_phase_outside_of_the_term_does_not_keep_the_rest_from_being_compared(
    coopctl: Coopctl, tmp_path: Path
) -> None:
    line = "budget:\n  travel: {party: north, amount: 30, phasing: {2026-Q1: 10, 2026-Q2: 10, 2026-Q3: 10}}\n"
    put(tmp_path, "base", HEAD + line, "coopctl: actuals/1\n")
    put(tmp_path, "head", HEAD.replace("end: 2026-12-31", "end: 2026-06-30") + line, "coopctl: actuals/1\n")
    for versions in (("base", "head"), ("head", "base")):
        ended = coopctl("diff", *versions, "--as-of", AS_OF, "--replay", "--output-format", "json")
        (found,) = json.loads(ended.out)["agreements"]
        assert ended.code == 2
        assert [each["code"] for each in found["findings"]] == ["SCH005"]
        assert any(each["name"].startswith("term-") for each in found["changes"])
