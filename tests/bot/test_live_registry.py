"""The registry between turns: what changed is seen at the next turn, and nothing else is made anew."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from bot.dialogues.base import Registry
from bot.language.finding import find
from bot.live_registry import LiveRegistry, read_registry
from storage import meta, registry
from storage.database import Database
from storage.models import Pairing, PairingStage, Partner, Province
from storage.registry import Value
from tests.conftest import NOW
from tests.world import CHENGDU, CHIANG_MAI, HOKKAIDO


def at(live: LiveRegistry, session: Session) -> Registry:
    return live.at(session, meta.registry_version(session))


def change(database: Database, make: Callable[[Session], None]) -> None:
    with database.write() as session:
        make(session)
        meta.bump_registry(session)


def judge(session: Session, pairing: str = CHENGDU, verdict: str = "wrong") -> None:
    session.get_one(Pairing, pairing).verdict = verdict


def rename(session: Session) -> None:
    partner = session.get_one(Pairing, CHENGDU).partner
    partner.name_th, partner.former_names = "นครบ้านใหม่", ["บ้านเก่า"]


def remove(session: Session) -> None:
    for stage in session.query(PairingStage).filter_by(pairing_id=CHENGDU):
        session.delete(stage)
    session.delete(session.get_one(Pairing, CHENGDU))


def add(session: Session) -> None:
    partner = Partner(
        id="new-town",
        country_code="CN",
        name_th="นครเมืองใหม่เอี่ยม",
        name_en="New Town",
        aliases=[],
        kind="city",
        parent="",
        former_names=[],
    )
    session.add(partner)
    session.flush()
    values = {"status": "established", "level": "province", "source": "", "confidence": "", "note": ""}
    session.add(Pairing(id="50-new-town", province_code=CHIANG_MAI, partner_id="new-town", **values))


def expire(session: Session) -> None:
    subject = f"pairing:{CHENGDU}"
    said = Value("expires_on", "2028-06-11", "MOU", precision="day")
    row = registry.add(session, subject, said, registry.PROPOSED, None, NOW)
    registry.make_current(session, row, None, NOW)
    other = Value("expires_on", "2029-01-01", "ข่าว", precision="day")
    registry.add(session, subject, other, registry.CONFLICTING, None, NOW)


def rename_province(session: Session) -> None:
    session.get_one(Province, CHIANG_MAI).name_th = "เวียงพิงค์"


@pytest.mark.parametrize("make", [judge, rename, remove, add, expire, rename_province])
def test_what_was_kept_and_changed_is_as_if_read_anew(
    database: Database, make: Callable[[Session], None]
) -> None:
    live = LiveRegistry()
    with database.read() as session:
        at(live, session)
    change(database, make)
    with database.read() as session:
        kept, anew = at(live, session), read_registry(session)
        assert (kept.version, kept.pairings, kept.provinces) == (
            anew.version,
            anew.pairings,
            anew.provinces,
        )
        assert list(kept.pairings) == list(anew.pairings)
        assert kept.lexicon.pairings == anew.lexicon.pairings
        assert kept.of_province(CHIANG_MAI) == anew.of_province(CHIANG_MAI)


def test_what_no_column_holds_is_read_of_the_current_fact_alone(database: Database) -> None:
    live = LiveRegistry()
    with database.read() as session:
        assert at(live, session).pairings[CHENGDU].expires_on is None
    change(database, expire)
    with database.read() as session:
        view = at(live, session).pairings[CHENGDU]
    assert (view.expires_on, view.expires_precision) == (date(2028, 6, 11), "day")


def test_a_verdict_makes_one_view_and_no_names(database: Database) -> None:
    live = LiveRegistry()
    with database.read() as session:
        before = at(live, session)
    change(database, judge)
    with database.read() as session:
        after = at(live, session)
    assert after.pairings[CHENGDU].verdict == "wrong"
    assert after.pairings[HOKKAIDO] is before.pairings[HOKKAIDO]
    assert after.lexicon is before.lexicon


def test_a_former_name_is_found_from_the_next_turn_on(database: Database) -> None:
    live = LiveRegistry()
    with database.read() as session:
        assert not find("บ้านเก่า", at(live, session).lexicon, home=None).choices
    change(database, rename)
    with database.read() as session:
        found = find("บ้านเก่า", at(live, session).lexicon, home=CHIANG_MAI)
    assert [one.id for one in found.choices] == [CHENGDU]


def test_what_was_rolled_back_is_not_held_for_what_came_instead(database: Database) -> None:
    """Both raise the version to the same number."""
    live = LiveRegistry()
    with database.read() as session:
        at(live, session)
    with contextlib.suppress(RuntimeError), database.write() as session:
        judge(session)
        meta.bump_registry(session)
        session.flush()
        seen = live.at(session, meta.registry_version(session), keep=False)
        assert seen.pairings[CHENGDU].verdict == "wrong"
        raise RuntimeError
    change(database, lambda session: judge(session, HOKKAIDO))
    with database.read() as session:
        found = at(live, session)
    assert found.pairings[CHENGDU].verdict is None
    assert found.pairings[HOKKAIDO].verdict == "wrong"
