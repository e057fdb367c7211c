"""Words in records: whatever index finds them, what stands in the record decides."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Session

from storage import activities, activity_words
from storage.activities import Wanted
from storage.database import Database
from storage.models import Activity, ActivityRevision
from tests.storage.test_activities import change, delete, restore, save
from tests.world import CHENGDU, CHIANG_MAI, MUKDAHAN, SAVANNAKHET, World

ALL, ABSENT = 1, 10_000


@pytest.fixture(params=[ALL, ABSENT], ids=["taken for frequent", "taken for rare"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL looks for frequent words in another way than for rare ones."""
    monkeypatch.setattr(activity_words, "FREQUENT", request.param)


def found(session: Session, *words: str, **wanted: Any) -> list[str]:
    return [row.title for row in activities.search(session, Wanted(words=words, **wanted), 100)[0]]


@pytest.mark.usefixtures("_either_way")
def test_a_word_is_found_wherever_it_stands(database: Database, world: World, now: datetime) -> None:
    save(database, world, now, title="ประชุมความร่วมมือ", place="ศาลากลาง", result="จะไป Chengdu อีก")
    for word in ("ประชุม", "มคว", "ศาลากลาง", "chengdu", "ร่วมมือ", "อีก", "ลา"):
        with database.read() as session:
            assert found(session, word) == ["ประชุมความร่วมมือ"], word
            assert found(session, word, provinces=[CHIANG_MAI]) == ["ประชุมความร่วมมือ"], word
            assert found(session, word, provinces=[MUKDAHAN]) == [], word
            assert found(session, word, "เกษตร") == [], word


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("word", ['"', 'ab"', '" OR "', "a*b", "(กขค)", "100%_", "น้ำ^", "ชา-ชา", "ก\\ข/ค"])
def test_signs_mean_themselves(database: Database, world: World, now: datetime, word: str) -> None:
    save(database, world, now, title=f"เรื่อง {word} จริง")
    save(database, world, now, title="เรื่อง อื่น ๆ")
    with database.read() as session:
        assert found(session, word) == [f"เรื่อง {word} จริง"]


@pytest.mark.usefixtures("_either_way")
def test_letters_that_stand_apart_are_no_word(database: Database, world: World, now: datetime) -> None:
    save(database, world, now, title="ท่องเที่ เที่ยว ยวไทย")
    with database.read() as session:
        assert found(session, "ท่องเที่ยวไทย") == []


@pytest.mark.usefixtures("_either_way")
def test_a_word_does_not_go_from_one_field_into_the_next(
    database: Database, world: World, now: datetime
) -> None:
    save(database, world, now, title="เชียง", place="ใหม่")
    with database.read() as session:
        assert found(session, "เชียงใหม่") == []


@pytest.mark.usefixtures("_either_way")
def test_what_changes_is_found_as_it_is_now(database: Database, world: World, now: datetime) -> None:
    first = save(database, world, now, title="ประชุมการค้า", start=date(2026, 1, 1), end=None)
    save(database, world, now, title="ประชุมการเกษตร", start=date(2026, 2, 1), end=None)
    change(database, world, first.id, now, title="ประชุมชายแดน", start=date(2026, 3, 1))
    with database.read() as session:
        assert found(session, "ประชุม") == ["ประชุมชายแดน", "ประชุมการเกษตร"]
        assert found(session, "การค้า") == []
    delete(database, world, first.id, now)
    with database.read() as session:
        assert found(session, "ประชุม") == ["ประชุมการเกษตร"]
    restore(database, world, first.id, now)
    with database.read() as session:
        assert found(session, "ชายแดน") == ["ประชุมชายแดน"]
    stray = save(database, world, now, title="หลงมา").id
    with database.write() as session:
        session.execute(delete_rows(ActivityRevision).where(ActivityRevision.activity_id == stray))
        session.delete(session.get_one(Activity, stray))
    with database.read() as session:
        assert found(session, "หลงมา") == []


@pytest.mark.usefixtures("_either_way")
def test_any_piece_of_any_text_finds_the_records_that_hold_it(
    database: Database, world: World, now: datetime
) -> None:
    chance = random.Random(7)
    pieces = ["ประชุม", "การ", "ท่องเที่ยว", "ชา", "MOU", " ", "น้ำ", "ที่", "ปี 69", "กาแฟ", "mou", "ำ"]
    texts: dict[str, dict[str, Any]] = {}
    for number in range(25):
        title, place, result = ("".join(chance.choices(pieces, k=5)) for _ in range(3))
        kept: dict[str, Any] = {
            "title": f"{number} {title}",
            "place": place,
            "result": chance.choice((result, None)),
        }
        pairing = chance.choice((CHENGDU, SAVANNAKHET))
        save(
            database,
            world,
            now,
            **kept,
            pairing_id=pairing,
            start=now.date() - timedelta(days=number),
            end=None,
        )
        texts[f"{number} {title}"] = {**kept, "pairing": pairing}
    words = set()
    for said in texts.values():
        text = chance.choice([said["title"], said["place"]])
        at = chance.randrange(len(text))
        words.add(text[at : at + chance.randrange(1, 9)])
    for word in words - {" "}:
        holding = [
            title
            for title, said in texts.items()
            if any(word.lower() in (said[name] or "").lower() for name in ("title", "place", "result"))
        ]
        of_province = [one for one in holding if texts[one]["pairing"] == CHENGDU]
        with database.read() as session:
            assert found(session, word) == holding, word
            assert found(session, word, provinces=[CHIANG_MAI]) == of_province, word


def test_of_very_many_only_the_page_and_some_more_are_counted(
    database: Database, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activities, "MOST_COUNTED", 3)
    for number in range(6):
        save(database, world, now, title=f"ประชุม {number}")
    with database.read() as session:
        for wanted in (Wanted(), Wanted(words=["ประชุม"]), Wanted(provinces=[CHIANG_MAI])):
            assert activities.search(session, wanted, 2)[1] == 4
            rows, total = activities.search(session, wanted, 2, 3)
            assert ([row.title for row in rows], total) == (["ประชุม 2", "ประชุม 1"], 6)
            rows, total = activities.search(session, wanted, 2, 4)
            assert ([row.title for row in rows], total) == (["ประชุม 1", "ประชุม 0"], 6)
