"""What in the registry needs a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bot.registering.checking import check
from bot.registering.ours import Held, Ours, Pairing, Waiting
from bot.registering.stored import read_ours
from storage.database import Database
from tests.bot.registering.worlds import TODAY
from tests.world import CHENGDU, HOKKAIDO


@pytest.fixture
def ours(sqlite_database: Database) -> Ours:
    """The registry without what it ships with that needs a person."""
    with sqlite_database.read() as session:
        found = read_ours(session)
    kept = {
        name: replace(one, level="province")
        for name, one in found.pairings.items()
        if one.held("stage").value != "unknown"
    }
    return replace(found, pairings=kept)


def changed(ours: Ours, pairing_id: str = CHENGDU, **values: Any) -> Ours:
    return replace(ours, pairings={**ours.pairings, pairing_id: replace(ours.pairings[pairing_id], **values)})


def with_field(ours: Ours, name: str, held: Held) -> Ours:
    return changed(ours, fields={**ours.pairings[CHENGDU].fields, name: held})


def found(ours: Ours) -> list[tuple[str, str]]:
    return [(one.kind, one.subject) for one in check(ours, TODAY)]


def test_an_orderly_registry_needs_nobody(ours: Ours) -> None:
    assert found(ours) == []


def test_what_ships_lacks_stages_and_certainty(sqlite_database: Database) -> None:
    with sqlite_database.read() as session:
        shipped = read_ours(session)
    assert Counter(one.kind for one in check(shipped, TODAY)) == {
        "stage": sum(one.held("stage").value == "unknown" for one in shipped.pairings.values()),
        "municipal": sum(one.level == "uncertain" for one in shipped.pairings.values()),
    }


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"level": "uncertain"}, "municipal"),
        ({"source": " "}, "source"),
    ],
)
def test_a_pairing_that_needs_a_person_is_named(ours: Ours, values: dict[str, Any], kind: str) -> None:
    assert found(changed(ours, **values)) == [(kind, f"pairing:{CHENGDU}")]


@pytest.mark.parametrize(
    ("name", "held", "kind"),
    [
        ("signed_on", Held("2026-11-23", "day"), "date"),  # tomorrow
        ("signed_on", Held("1915-01-01", "year"), "date"),
        ("expires_on", Held("2014-01-01", "day"), "date"),  # before it was signed
        ("stage", Held("unknown"), "stage"),
        ("stage", Held(None), "stage"),
        ("term", Held("5 ปี", source="", fact=1), "source"),
    ],
)
def test_a_value_that_needs_a_person_is_named(ours: Ours, name: str, held: Held, kind: str) -> None:
    assert found(with_field(ours, name, held)) == [(kind, f"pairing:{CHENGDU}")]


def test_a_partner_that_merged_is_named_with_the_other(ours: Ours) -> None:
    partner = replace(ours.partners["chengdu"], merged_into="hainan")
    (problem,) = check(replace(ours, partners={**ours.partners, "chengdu": partner}), TODAY)
    assert (problem.kind, problem.subject) == ("merged", f"pairing:{CHENGDU}")
    assert "hainan" in problem.problem


def test_a_municipality_as_the_partner_is_named(ours: Ours) -> None:
    partner = replace(ours.partners["chengdu"], name="เทศบาลนครเฉิงตู")
    assert found(replace(ours, partners={**ours.partners, "chengdu": partner})) == [
        ("municipal", f"pairing:{CHENGDU}")
    ]


def test_one_pair_twice_and_two_partners_of_one_name_are_duplicates(ours: Ours) -> None:
    again = replace(ours.partners["chengdu"], id="chengdu-2")
    twin = Pairing("50-chengdu-2", "TH-50", "chengdu-2", "province", "x", None, {"stage": Held("signed")})
    doubled = replace(
        ours, partners={**ours.partners, again.id: again}, pairings={**ours.pairings, twin.id: twin}
    )
    assert found(doubled) == [("duplicate", f"pairing:{twin.id}"), ("duplicate", f"partner:{again.id}")]


def test_conflicts_and_proposals_wait_for_the_ministry(ours: Ours) -> None:
    other = Waiting(1, f"pairing:{HOKKAIDO}", "signed_on", "2013-03-01", "month", "ข่าว")
    waiting = replace(
        ours,
        conflicting=(other,),
        proposed=(replace(other, id=2, field="term", value="5 ปี", precision=None),),
    )
    lines = [str(one) for one in check(waiting, TODAY)]
    assert lines == [
        f"conflict: {HOKKAIDO} เชียงใหม่–จังหวัดฮอกไกโด: signed_on 2013-03 beside 2013-02-26 (ข่าว) · the ministry decides which holds",
        f"proposal: {HOKKAIDO} เชียงใหม่–จังหวัดฮอกไกโด: term 5 ปี (ข่าว) · the ministry decides which holds",
    ]
