"""A fingerprint lasts as long as the values do: not the wording, the order or the layout, but every value."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.approvals.samples import NEW, OLD, fingerprints, versions

SAME = {
    "comments": NEW.replace("    target: 88", "    # less than last year\n    target: 88   # agreed in June"),
    "order of keys": NEW.replace("    target: 88\n    owner: north\n", "    owner: north\n    target: 88\n"),
    "order of sections": NEW.replace("liability: {cap: 400000}\n", "").replace(
        "parties:\n", "liability: {cap: 400000}\nparties:\n"
    ),
    "layout": NEW.replace("liability: {cap: 400000}", "liability:\n    cap: 400000"),
    "line ends": NEW.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + NEW,
    "spelling of numbers": NEW.replace("target: 88", "target: 88.00").replace("400000", "400000.0"),
    "names": NEW.replace("Customer satisfaction", "Score of our customers").replace("Delivery pact", "Pact"),
    "remarks": NEW.replace("    target: 88\n", "    target: 88\n    note: See the minutes\n"),
    "version": NEW.replace("1.3.0", "2.0.0"),
    "other changes": NEW.replace("frequency: yearly", "frequency: yearly\n    weight: 3"),
}
OTHER = {
    "new value": NEW.replace("target: 88", "target: 87"),
    "nearly the same value": NEW.replace("target: 88", "target: 88.000000000001"),
    "another subject": NEW.replace("  csat:", "  score:\n    renamed_from: csat"),
    "other way round": NEW.replace("target: 88", "target: 92"),
}


@pytest.mark.parametrize("new", SAME.values(), ids=SAME)
def test_it_survives(new: str, tmp_path: Path) -> None:
    versions(tmp_path)
    before = fingerprints()
    assert set(before) == {"target-loosened", "liability-cap-loosened"}
    versions(tmp_path, new)
    after = fingerprints()
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("new", OTHER.values(), ids=OTHER)
def test_it_dies_with_what_is_changed(new: str, tmp_path: Path) -> None:
    versions(tmp_path)
    before = fingerprints()
    versions(tmp_path, new)
    after = fingerprints()
    assert before["target-loosened"] not in after.values()
    assert before["liability-cap-loosened"] in after.values()


def test_it_dies_with_the_old_value(tmp_path: Path) -> None:
    """Who accepted 90 → 88 has not accepted 91 → 88."""
    versions(tmp_path)
    before = fingerprints()
    versions(tmp_path, old=OLD.replace("target: 90", "target: 91"))
    assert fingerprints()["target-loosened"] != before["target-loosened"]


def test_it_is_of_one_agreement(tmp_path: Path) -> None:
    versions(tmp_path)
    before = fingerprints()
    versions(tmp_path, NEW.replace("id: pact", "id: pact-2"), OLD.replace("id: pact", "id: pact-2"))
    assert set(before.values()).isdisjoint(fingerprints().values())


def test_it_has_64_digits_and_stays_what_it_is(tmp_path: Path) -> None:
    """Files of approvals are kept for years: the form that is hashed must not change unnoticed."""
    versions(tmp_path)
    assert fingerprints() == {
        "target-loosened": "f0ff32724766d84d06d627b03e1f54366cfa0b53f2f4ca31dc226e90bd07b734",
        "liability-cap-loosened": "ef534b24d2599256c1d2f2c29a4a83a03846ad0ca516292c32881f88aaf4c6ac",
    }


numbers = st.decimals(min_value=0, max_value=1000, places=3, allow_nan=False, allow_infinity=False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=numbers, other=numbers, zeros=st.integers(0, 6))
def test_equal_values_and_only_they_have_equal_fingerprints(
    one: object, other: object, zeros: int, tmp_path: Path
) -> None:
    def found(target: str) -> str:
        versions(tmp_path, NEW.replace("target: 88", f"target: {target}"), OLD.replace("target: 90", "target: 5000"))
        return fingerprints()["target-loosened"]

    assert found(f"{one}") == found(f"{one}{'0' * zeros}")
    assert (found(f"{one}") == found(f"{other}")) is (one == other)
