"""What one edit is judged to be: for whom, in which direction, and what exactly an approval of it is for."""

import pytest

from coopctl.changes.approvals.standing import required_parties
from coopctl.changes.between import changes_between
from coopctl.changes.change import Change
from coopctl.evaluate.canonical import canonical, digest
from coopctl.model.scalars import Duration
from tests.changes.test_past import kpi
from tests.changes.versions import AS_OF, compared, version, with_party_renamed

MEMBERS = "working_group: {members: {bo: {name: Bo Example, party: PARTY}, cy: {name: Cy Example, party: harbor}}}\n"


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    """Return what sort each change is, and of what."""
    return [(each.kind.name, each.subject) for each in changes]


def load(target: str) -> str:
    """Return a KPI with a range that does not reach back."""
    return kpi(direction="within-range", target=target, thresholds="{}", frequency="yearly")


def test_a_range_is_accepted_with_both_of_its_ends() -> None:
    """An approval of another lower end is another one."""
    base = load("{min: 1, max: 10}")
    (signed,), (other,) = (compared(base, load(f"{{min: {low}, max: 9}}")) for low in (2, 8))
    assert (signed.kind.name, signed.subject) == ("target-tightened", "kpis.orders.target")
    assert signed.value == ({"max": "10", "min": "1"}, {"max": "9", "min": "2"})
    assert other.value == ({"max": "10", "min": "1"}, {"max": "9", "min": "8"})


def test_one_end_of_a_range_is_a_change_of_the_whole_range() -> None:
    (change,) = compared(load("{min: 1, max: 10}"), load("{min: 2, max: 10}"))
    assert change.value == ({"max": "10", "min": "1"}, {"max": "10", "min": "2"})
    assert change.spots == (("kpis", "orders", "target", "min"), ("kpis", "orders", "target", "min"))


def escalation(*steps: str) -> str:
    """Return steps that each name an addressee and a time."""
    told = ", ".join(f"{{to: {to}, within: {within}}}" for to, _, within in (each.partition(" ") for each in steps))
    return f"governance: {{escalation: [{told}]}}\n"


def direction_of(base: str, head: str) -> tuple[str, str]:
    """Return the kind and direction of the only change."""
    (change,) = compared(base, head)
    return change.kind.name, change.direction


def test_steps_to_the_same_addressee_are_each_counted() -> None:
    twice = escalation("north 1 day", "north 5 days")
    assert direction_of(twice, escalation("north 5 days")) == ("escalation-loosened", "loosened")
    assert direction_of(twice, escalation("north 1 day")) == ("escalation-loosened", "loosened")
    assert direction_of(twice, escalation("north 1 day", "north 4 days")) == ("escalation-tightened", "tightened")
    assert direction_of(twice, escalation("north 5 days", "north 1 day")) == ("escalation-changed", "incomparable")


def test_a_step_in_days_is_held_against_those_in_days() -> None:
    before = escalation("north 3 hours", "north 2 days")
    assert direction_of(before, escalation("north 3 hours")) == ("escalation-loosened", "loosened")
    assert direction_of(before, escalation("north 3 hours", "north 1 month")) == ("escalation-changed", "incomparable")


def test_to_bring_an_amount_is_more_than_to_bring_one_that_nobody_says() -> None:
    without = "resources: {crew: {name: Crew, party: north, unit: fte}}\n"
    stated = "resources: {crew: {name: Crew, party: north, unit: fte, capacity: 5}}\n"
    (given,), (taken,) = compared(without, stated), compared(stated, without)
    assert (given.kind.name, given.effects["north"]) == ("capacity-tightened", "adverse")
    assert (taken.kind.name, taken.effects["north"]) == ("capacity-loosened", "favourable")


def budget(text: str = "") -> str:
    """Return a budget line of north for which a party answers."""
    return f"budget: {{travel: {{name: Travel, party: north, amount: 1200{text}}}}}\n"


def test_to_write_out_who_answers_for_a_budget_line_anyway_changes_nothing() -> None:
    assert kinds(compared(budget(), budget(", owner: north"))) == [("wording-changed", "budget.travel.owner")]
    assert kinds(compared(budget(), budget(", owner: harbor"))) == [("obligation-moved", "budget.travel.owner")]


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("exit: {wind_down: [{do: Return it, within: 14 days}]}\n", "2 weeks", "15 days"),
        ("disputes: {ladder: [{step: negotiation, within: 14 days}]}\n", "2 weeks", "2 months"),
        ("processes: {asks: {steps: [{do: Answer, within: 14 days}]}}\n", "2 weeks", "14 business days"),
        ("governance: {escalation: [{to: north, within: 14 days}]}\n", "2 weeks", "3 weeks"),
        ("exit: {triggers: {slow: {when: anytime, right_of: [north], notice: 14 days}}}\n", "2 weeks", "14 months"),
        (kpi(report_within="14 days"), "2 weeks", "1 week"),
    ],
)
def test_a_length_of_time_in_another_unit_is_the_same_term(text: str, same: str, other: str) -> None:
    """Wherever it stands; and the terms that were signed are the same."""
    assert compared(text, text.replace("14 days", same)) == []
    assert len(compared(text, text.replace("14 days", other))) == 1
    assert digest(version(text)) == digest(version(text.replace("14 days", same)))
    assert digest(version(text)) != digest(version(text.replace("14 days", other)))


@pytest.mark.parametrize(("old", "new"), [("1 year", "12 months"), ("120 minutes", "2 hours"), ("0 weeks", "0 days")])
def test_units_with_a_fixed_ratio_are_one(old: str, new: str) -> None:
    assert canonical(Duration.read(old)) == canonical(Duration.read(new)) == new


@pytest.mark.parametrize(("old", "new"), [("1 month", "30 days"), ("24 hours", "1 day"), ("90 minutes", "1 hour")])
def test_units_without_one_are_not(old: str, new: str) -> None:
    assert canonical(Duration.read(old)) != canonical(Duration.read(new))


def test_a_length_of_time_is_told_as_it_is_written() -> None:
    base = "exit: {triggers: {slow: {when: anytime, right_of: [north], notice: 2 weeks}}}\n"
    (change,) = compared(base, base.replace("2 weeks", "1 year"))
    assert (change.old, change.new, change.value) == ("2 weeks", "1 year", ("14 days", "12 months"))


def test_a_duty_goes_with_the_member_who_owes_it() -> None:
    """To the party that sends them now; a member who owes nothing is only looked at."""
    owned = kpi(owner="bo")
    base, head = (MEMBERS.replace("PARTY", party) + owned for party in ("north", "harbor"))
    (change,) = compared(base, head)
    assert (change.kind.name, change.subject, change.level) == (
        "obligation-moved",
        "working_group.members.bo.party",
        "material",
    )
    assert change.effects == {"north": "favourable", "harbor": "adverse", "lake": "neutral"}
    assert change.details == ("Orders",)
    steps = "processes: {asks: {name: Requests, steps: [{do: Ask, owner: bo}]}}\n"
    (step,) = compared(base.replace(owned, steps), head.replace(owned, steps))
    assert (step.kind.name, step.details) == ("obligation-moved", ("Requests",))
    (other,) = compared(base.replace(owned, kpi()), head.replace(owned, kpi()))
    assert (other.kind.name, other.level) == ("other-change", "review")


def test_who_accepts_that_a_member_owes_something_accepts_whose_member_that_is() -> None:
    """A new member's party is part of what is accepted, of a new owner and of a new KPI."""
    joined = "working_group: {members: {dee: {name: Dee Example, party: PARTY}}}\n"
    for base in (kpi(), "kpis: {}\n"):
        values = [
            change.value
            for party in ("harbor", "lake")
            for change in compared(base, kpi(owner="dee") + joined.replace("PARTY", party))
            if change.kind.name in ("obligation-moved", "kpi-added")
        ]
        assert len(values) == 2
        assert values[0] != values[1]


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (kpi(target="{2026-01: 120, 2026-09: 130}", owner="harbor", benefits="[lake]"), ["north", "harbor", "lake"]),
        (kpi(target="{2026-01: 120, 2026-09: 130}", owner="north", benefits="[harbor]"), ["north", "harbor", "lake"]),
        (kpi(target="{2026-01: 120, 2026-09: 130}", owner="north", benefits="[lake]"), ["north", "lake"]),
    ],
)
def test_those_are_asked_for_whom_it_is_not_neutral_by_either_version(head: str, asked: list[str]) -> None:
    """Also where somebody else now owes it, or benefits."""
    control = "governance: {change_control: {material: affected-parties}}\n"
    base = kpi(owner="north", benefits="[lake]") + control
    tightened = next(each for each in compared(base, head + control) if each.kind.name == "target-tightened")
    assert list(required_parties(version(base), tightened)) == asked


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("governance: {}\n", "governance: {reviews: {frequency: monthly}}\n", ("review-time-changed", "review")),
        (
            "communication: {channels: {chat: A}}\n",
            "communication: {channels: {chat: B}}\n",
            ("other-change", "review"),
        ),
        (
            "parties: {north: {name: North, contributes: Ships}, harbor: {name: Harbor}, lake: {name: Lake}}\n",
            "parties: {north: {name: North, contributes: Boats}, harbor: {name: Harbor}, lake: {name: Lake}}\n",
            ("other-change", "review"),
        ),
    ],
)
def test_what_has_no_better_word_is_looked_at(base: str, head: str, expected: tuple[str, str]) -> None:
    (change,) = compared(base, head)
    assert (change.kind.name, change.level) == expected


def windowed(start: str, levels: str = "breach: {off_by_more_than: 30%}", due: str = "2026-06-30") -> str:
    """Return a milestone with a window."""
    return (
        f"plan: {{milestones: {{pilot: {{name: Pilot, owner: north, start: {start}, due: {due}, "
        f"thresholds: {{{levels}}}}}}}}}\n"
    )


def test_a_window_that_begins_sooner_loosens_what_is_a_share_of_it() -> None:
    """Also what was a breach, once the due date has passed."""
    loosened, rejudged, moved = compared(windowed("2026-05-18"), windowed("2026-01-18"))
    assert (loosened.kind.name, loosened.subject) == ("threshold-loosened", "plan.milestones.pilot.thresholds.breach")
    assert (loosened.old, loosened.new) == ("off by more than 30% (12.9 days)", "off by more than 30% (48.9 days)")
    assert loosened.effects == {"north": "favourable", "harbor": "adverse", "lake": "adverse"}
    assert [each["window"] for each in loosened.value] == ["43", "163"]
    assert (rejudged.kind.name, rejudged.direction, rejudged.value) == (
        "closed-period-rejudged",
        "loosened",
        loosened.value,
    )
    assert moved.kind.name == "sequence-changed"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        # 4.3 and 4.4 days late are both the fifth day; 5 days are over on the sixth whatever the window is.
        (windowed("2026-05-18", "warn: {off_by_more_than: 10%}"),
         windowed("2026-05-17", "warn: {off_by_more_than: 10%}"), []),
        (windowed("2026-05-18", "warn: {off_by_more_than: 5 days}"),
         windowed("2026-01-18", "warn: {off_by_more_than: 5 days}"), []),
        # The same window, as a whole some days later.
        (windowed("2026-08-01", due="2026-08-31"), windowed("2026-08-03", due="2026-09-02"), ["due-date-loosened"]),
        (windowed("2026-08-01", due="2026-08-31"), windowed("2026-08-21", due="2026-08-31"), ["threshold-tightened"]),
        (windowed("2026-08-01", due="2026-08-31"), windowed("2026-08-01", "breach: {off_by_more_than: 9 days}",
         due="2026-08-31"), ["threshold-reworded"]),
    ],
)  # fmt: skip
def test_a_share_of_a_window_counts_by_the_days_that_it_comes_to(base: str, head: str, expected: list[str]) -> None:
    changes = [each.kind.name for each in compared(base, head) if each.kind.name != "sequence-changed"]
    assert changes == expected


PARTIES = "parties: {{{0}: {{name: {1}{3}}}, harbor: {{name: {2}}}, lake: {{name: Lake}}}}\n"


def found(base: str, head: str) -> list[tuple[str, str, str]]:
    """Return what sort each change is, of what, and how much it matters."""
    return [(each.kind.name, each.subject, each.level) for each in compared(base, head)]


def test_a_party_by_another_name_has_to_be_accepted_by_all() -> None:
    """Whether it has another id as well, or two parties exchange their names."""
    base = PARTIES.format("north", "North Ltd.", "Harbor Ltd.", "")
    renamed = with_party_renamed(PARTIES.format("north", "South Ltd.", "Harbor Ltd.", ""), "north", "south")
    changes = list(changes_between(version(base), renamed, AS_OF))
    assert kinds(changes) == [("party-name-changed", "parties.south.name"), ("renamed", "parties.south")]
    exchanged = compared(base, PARTIES.format("north", "Harbor Ltd.", "North Ltd.", ""))
    assert kinds(exchanged) == [("party-name-changed", f"parties.{each}.name") for each in ("north", "harbor")]
    control = base + "governance: {change_control: {material: affected-parties}}\n"
    assert [list(required_parties(version(control), each)) for each in exchanged] == [["north", "harbor", "lake"]] * 2


@pytest.mark.parametrize(
    ("base", "edit", "expected"),
    [
        (PARTIES.format("north", "North", "Harbor", ", notices: {email: a@north.example}"), ("a@", "b@"),
         ("notices-changed", "parties.north.notices", "material")),
        (PARTIES.format("north", "North", "Harbor", ", representative: {name: Ann}"), ("Ann", "Bea"),
         ("party-details-changed", "parties.north.representative", "review")),
        ("responsibilities: {a: {task: Look, responsible: [bo], accountable: north}}\n", ("Look", "Look on"),
         ("task-changed", "responsibilities.a.task", "review")),
        ("responsibilities: {a: {task: Look, responsible: [bo], accountable: north, frequency: daily}}\n",
         ("daily", "yearly"), ("task-standard-changed", "responsibilities.a.frequency", "material")),
        ("processes: {a: {steps: [{do: Ask, owner: bo}]}}\n", ("Ask", "Ask twice"),
         ("other-change", "processes.a.steps", "review")),
        ("processes: {a: {steps: [{do: Ask, owner: bo}]}}\n", ("bo", "cy"),
         ("process-changed", "processes.a.steps", "material")),
        ("governance: {bodies: {board: {members: [bo, cy]}}}\n", (", cy", ""),
         ("other-change", "governance.bodies.board.members", "review")),
        ("resources: {team: {party: north, kind: people, capacity: 5}}\n", ("5", "4"),
         ("capacity-loosened", "resources.team.capacity", "material")),
        (kpi(), ("Orders", "Enquiries"), ("name-changed", "kpis.orders.name", "review")),
        (kpi(), ("    name: Orders", "    renamed_from: sales\n    name: Orders"),
         ("rename-without-effect", "kpis.orders.renamed_from", "review")),
        ("amendments: [{version: 0.9.0, date: 2025-01-01, summary: One}]\n",
         ("}]", "}, {version: 0.9.1, date: 2025-02-01, summary: Two}]"), ("record-changed", "amendments", "editorial")),
        ("amendments: [{version: 0.9.0, date: 2025-01-01, summary: One}]\n", ("One", "Two"),
         ("history-rewritten", "amendments", "review")),
    ],
)  # fmt: skip
def test_what_moves_or_weakens_a_duty_is_material_and_its_words_are_looked_at(
    base: str, edit: tuple[str, str], expected: tuple[str, str, str]
) -> None:
    assert found(base, base.replace(*edit)) == [expected]


def test_a_former_id_that_was_stated_before_is_no_change() -> None:
    stated = kpi("    renamed_from: sales\n")
    assert found(stated, stated) == []
    assert found(stated, stated.replace("renamed_from: sales", "renamed_from: sales\n    note: As agreed")) == [
        ("wording-changed", "kpis.orders.note", "editorial")
    ]


def test_who_keeps_what_was_renamed_renames_nothing() -> None:
    base = "clauses: {a: {title: A, text: Words}}\n"
    head = "clauses: {a: {title: A, text: Words}, b: {title: B, text: Words, renamed_from: a}}\n"
    assert found(base, head) == [
        ("clause-added", "clauses.b", "material"),
        ("rename-without-effect", "clauses.b.renamed_from", "review"),
    ]


def test_an_amount_in_another_currency_is_another_amount() -> None:
    """Neither more nor less, and not what was accepted in the former one."""
    base = "currency: CNY\nliability: {breach: Loss, cap: 500}\n"
    (cap,) = compared(base, base.replace("500", "600"))
    money, other = compared(base, base.replace("500", "600").replace("CNY", "EUR"))
    assert (cap.kind.name, cap.value) == ("liability-cap-tightened", ("500", "600"))
    assert money.kind.name == "currency-changed"
    assert (other.kind.name, other.direction) == ("liability-cap-changed", "incomparable")
    assert other.value == ({"amount": "500", "currency": "CNY"}, {"amount": "600", "currency": "EUR"})
