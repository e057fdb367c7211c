"""
The table of rights, walked: every step of every dialogue, by a person of every post, with a row of their own
province, each of the neighbour's, and one that does not exist.

What each step takes stands in `tests/rights_lines.py`, one line a step, and is to be added to there; what is
planted, in `tests/rights_world.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, get_args

import pytest
from sqlalchemy import Text, select

from bot.dialogues.base import Talk
from bot.dialogues.route import DRAFT_BOUND, FREE_TEXT, STEPS
from bot.rights import POSTS, RIGHTS, Doing, Row, may
from bot.texts import THAI
from storage import conversations, people
from storage.models import Base, Membership
from tests.conftest import NOW
from tests.rights_lines import LINES, Line, Of, Spelled, every_line, lines_of
from tests.rights_world import (
    FIRST_THEIRS,
    GONE,
    MARKER,
    OURS,
    THEIRS,
    Actor,
    Said,
    World,
    is_allowed,
)
from tests.support import Conversation

ONE_ENGINE = True

LEAST_TRIALS = 500

NOT_PLANTED = {
    "activity_type": "the ministry's table of types",
    "alembic_version": "of the schema",
    "channel_state": "of a channel",
    "chat": "an address, which is said nowhere",
    "column_mapping": "hashes and headings of the ministry's sheet",
    "country": "public",
    "draft": "its body is marked",
    "golden_question": "curators' figures, said nowhere in a chat",
    "identity": "an address, which is said nowhere",
    "knowledge_document": "public",
    "meta": "of the database itself",
    "phrasing_decision": "curators' figures, said nowhere in a chat",
    "province": "public",
}
"""Tables without a text of a province, and why."""

CODES = frozenset(
    {
        *("pairing.status", "pairing.level", "pairing.verdict", "question.chosen", "question.entry_id"),
        *("inquiry.entry_id", "activity_revision.channel", "audit_event.subject"),
        *("registry_fact.subject", "audit_event.channel", "inbox.update_id", "inbox.chat_key", "inbox.error"),
        *("pairing.signed_precision", "pairing_stage.stage", "pairing_stage.precision"),
    }
)
"""Columns of text that hold a code."""

LEAK = re.compile(re.escape(MARKER) + r" [a-z_]+\.[a-z_]+")
"""What is planted, beyond what was typed."""

CENTRAL: frozenset[Doing] = frozenset({"suspend_reminders"})
"""Doings whose rows are no province's: who may do them sees the list of all."""

AT_HOME = ("officer", "group_head", "head", "acting_head")


@pytest.fixture(scope="module")
def world(two_provinces: World) -> World:
    return two_provinces


# ------------------------------------------------------------------ the walk is complete


def test_every_step_has_its_line() -> None:
    assert set(LINES) == set(STEPS), "see the docstring of tests/rights_lines.py"


def test_every_doing_has_a_line() -> None:
    assert set(get_args(Doing)) - {line.doing for _, line in every_line()} == set()


def test_every_post_walks(world: World) -> None:
    served = {post for actor in world.actors.values() for post in actor.posts}
    assert served | {"guest"} == set(POSTS)
    assert [one.label for one in world.actors.values() if not one.seats] == ["guest", *GONE]


def test_every_table_is_planted_next_door_or_said_to_hold_nothing_of_a_province(world: World) -> None:
    bare = set()
    with world.database.read() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(select(table)).all()
            if not any(MARKER in str(row) or is_planted(row[0]) for row in rows):
                bare.add(table.name)
    assert bare - set(NOT_PLANTED) == set()


def is_planted(key: Any) -> bool:
    """Whether it is an id of a row that was planted next door."""
    return isinstance(key, int) and FIRST_THEIRS < key < FIRST_THEIRS + 100_000


def test_every_text_next_door_bears_the_marker(world: World) -> None:
    bare = set()
    with world.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for column in (one for one in table.columns if type(one.type) is Text and not one.foreign_keys):
                found = session.scalars(select(column).where(column.like(f"{MARKER}%")).limit(1)).all()
                if not found and table.name not in NOT_PLANTED:
                    bare.add(f"{table.name}.{column.name}")
    assert bare - CODES == set()


def test_the_walk_is_long_enough(world: World) -> None:
    foreign = [
        id_
        for actor in world.actors.values()
        for _, line in walked_by(actor)
        for id_ in tried(world, actor, line)
    ]
    assert len(foreign) >= LEAST_TRIALS


# ------------------------------------------------------------------ every row, by every post


WALKERS = ("guest", "officer", "group_head", "head", "acting_head", "ministry", "curator", "operator")


KIN = {"group_head": "officer", "acting_head": "head", "curator": "ministry"}
"""Posts that the table tells from another in few rows."""


def walked_by(actor: Actor) -> list[tuple[str, Line]]:
    """
    The lines that name a row, all of them; for one of `KIN` all under the doings that tell the two apart, and of
    every other doing one for each kind of row.
    """
    named = [(name, line) for name, line in every_line() if line.named]
    if actor.label not in KIN:
        return named
    alike = {
        (line.doing, line.named[0].kind): (name, line)
        for name, line in named
        if not tells_apart(line.doing, actor.label, KIN[actor.label])
    }
    apart = [(name, line) for name, line in named if tells_apart(line.doing, actor.label, KIN[actor.label])]
    return [*apart, *alike.values()]


def tells_apart(doing: Doing | None, *labels: str) -> bool:
    """Whether the table says something else of these posts."""
    row = RIGHTS[doing] if doing else Row()
    return len({(label in row.own, label in row.anywhere) for label in labels}) > 1


def tried(world: World, actor: Actor, line: Line) -> list[Any]:
    """Of the neighbour's rows those that this person tries: the head all of a kind, everybody else the named one."""
    if not line.named or actor.label in GONE:
        return []
    of = line.named[0]
    return world.foreign(of) if actor.label == "head" else world.foreign_named(of)


@pytest.mark.parametrize("label", WALKERS)
def test_a_row_is_served_to_whom_the_table_says_and_is_like_a_missing_one_to_others(
    world: World, label: str
) -> None:
    actor = world.actors[label]
    walked = walked_by(actor)
    assert [
        f"{name}: {fault}" for name, line in walked for fault in faults_of(world, actor, name, line)
    ] == []


def faults_of(world: World, actor: Actor, name: str, line: Line) -> Iterator[str]:
    """A missing row, the neighbour's and the own one, and how the answers differ where they must not, or do not."""
    of = line.named[0]
    missing, changed = world.pressed(actor, name, line, world.missing)
    unknown = missing.without(world.missing(of))
    if changed:
        yield f"a missing {of.name} changes {changed}"
    for id_ in tried(world, actor, line):
        said, changed = world.pressed(actor, name, line, partial(world.foreign_or, of=of, id_=id_))
        if line.doing and not of.is_personal and is_allowed(actor, line, THEIRS):
            if said.without(id_) == unknown and not line.alike:
                yield f"{of.name} {id_} next door is not served"
        else:
            yield from leaks(world, said)
            yield from told_apart(of, id_, said.without(id_), unknown, changed)
    own = world.own(actor, of)
    said, changed = world.pressed(actor, name, line, partial(world.own, actor))
    if line.doing not in CENTRAL or not is_allowed(actor, line, THEIRS):
        yield from leaks(world, said)
    if not is_allowed(actor, line, OURS):
        yield from told_apart(of, own, said.without(own), unknown, changed)
    elif said.without(own) == unknown and not line.alike:
        yield f"own {of.name} is not served"


def told_apart(of: Of, id_: Any, said: str, unknown: str, changed: set[str]) -> Iterator[str]:
    """By what a row that the person may not touch differs from one that does not exist."""
    if said != unknown:
        yield f"{of.name} {id_} is told from a missing one: {said[:200]!r}"
    if changed:
        yield f"{of.name} {id_} changes {changed}"


def leaks(world: World, said: Said, typed: str = "") -> list[str]:
    """What stands there and is the neighbour's."""
    text = said.everything.replace(typed, "") if typed else said.everything
    found = LEAK.findall(text) if MARKER in typed else [MARKER] * text.count(MARKER)
    return [*found, *(one for one in world.their_files if one in text)]


GUESTS: dict[tuple[str, str], str] = {}


def as_a_guest(world: World, name: str, line: Line) -> str:
    """What a guest is answered; once for all that are told the same."""
    key = (name, json.dumps(line.args, default=str) + str(line.open_field))
    if key not in GUESTS:
        guest = world.actors["guest"]
        said, _ = world.pressed(guest, name, line, partial(world.own, guest))
        GUESTS[key] = said.without(*guest.own.values())
    return GUESTS[key]


@pytest.mark.parametrize("label", GONE)
def test_who_serves_no_more_or_not_yet_is_a_guest_at_the_next_press(world: World, label: str) -> None:
    """To one of them every button is shown, to the others one of each doing."""
    actor, faults = world.actors[label], []
    lines = [(name, line) for name, line in every_line() if line.doing not in (None, "ask")]
    if label != GONE[0]:
        lines = list({line.doing: (name, line) for name, line in lines}.values())
    for name, line in lines:
        said, changed = world.pressed(actor, name, line, partial(world.own, actor))
        if said.without(*actor.own.values()) != as_a_guest(world, name, line):
            faults.append(f"{name}: {said.everything[:200]!r}")
        if changed:
            faults.append(f"{name}: changes {changed}")
    assert faults == []


OWN_TABLES = {"card.save": {"activity", "activity_revision", "evidence"}, "link.code": {"link_code"}}
"""What a step makes for the person who presses, where a table holds the rows of others too."""


@pytest.mark.parametrize("label", ["guest", "officer", "operator"])
def test_a_step_that_names_no_row_tells_and_changes_nothing_of_others(world: World, label: str) -> None:
    actor, faults = world.actors[label], []
    for name, line in every_line():
        if line.named:
            continue
        said, changed = world.pressed(actor, name, line, partial(world.own, actor))
        faults += [f"{name}: {fault}" for fault in leaks(world, said)]
        if changed - {"audit_event", "meta"} - OWN_TABLES.get(name, set()):
            faults.append(f"{name}: changes {changed}")
    assert faults == []


def test_a_card_of_another_persons_draft_is_an_old_one(world: World) -> None:
    actor, faults = world.actors["head"], []
    [theirs] = world.foreign(Of.DRAFT)
    for name, line in every_line():
        if not name.startswith(DRAFT_BOUND):
            continue
        with world.trial(actor):
            args = {
                key: world.own(actor, one) if isinstance(one, Of) else one for key, one in line.args.items()
            }
            said = world.press(actor, name, args, draft_id=theirs)
            if said.messages[0].text != "ปุ่มนี้ใช้ไม่ได้แล้ว" or leaks(world, said) or world.changed(actor):
                faults.append(f"{name}: {said.everything[:200]!r}")
    assert faults == []


# ------------------------------------------------------------------ who may is served


@pytest.mark.parametrize("doing", list(RIGHTS))
def test_each_post_of_the_table_is_served(world: World, doing: Doing) -> None:
    """So that refusing everybody everything is no way to pass."""
    row = RIGHTS[doing]
    unserved = [
        post
        for post in dict.fromkeys((*row.own, *row.anywhere))
        if not any(served(world, world.actors[post], name, line) for name, line in lines_under(doing))
    ]
    assert unserved == []


def lines_under(doing: Doing) -> list[tuple[str, Line]]:
    return [(name, line) for name, line in every_line() if line.doing == doing]


def served(world: World, actor: Actor, name: str, line: Line) -> bool:
    """Whether their own row, or the step that names none, gives more than a missing one, or than a stranger gets."""
    said, _ = world.pressed(actor, name, line, partial(world.own, actor))
    if line.named:
        other, _ = world.pressed(actor, name, line, world.missing)
        return said.without(world.own(actor, line.named[0])) != other.without(world.missing(line.named[0]))
    if line.doing == "ask":
        return bool(said.messages)
    stranger = world.actors["guest"]
    return said != world.pressed(stranger, name, line, partial(world.own, stranger))[0]


# ------------------------------------------------------------------ typed


TYPED = (
    "/start", "/help", "/mydata", "/settings", "/activities", "/pairings", "/status", "/queue", "/drafts", "/log",
    MARKER,
    f"ค้นหา {MARKER}",
    f"/activities {MARKER}",
    f"/pairings {MARKER}",
    f"/ask {MARKER}",
    f"ประชุมกับ{MARKER} 3 พ.ย. 69",
    "/activities สะหวันนะเขต", "/activities มุกดาหาร", "/activities ปี 69", "กิจกรรมของมุกดาหาร",
    "กิจกรรมกับสะหวันนะเขต", "กิจกรรมที่มีข้อสังเกต", "กิจกรรมที่ฉันบันทึก", "รายการที่ {activity}", "ดูรายการที่ {activity}",
    "/activities #{activity}",
    "/status มุกดาหาร", "สถานะปีนี้ของมุกดาหาร", "จังหวัดของเรามีคู่ใดบ้าง",
    "/pairings สะหวันนะเขต", "/pairings มุกดาหาร", "สะหวันนะเขต", "Savannakhet", "มุกดาหาร", "สปป.ลาว", "ลาว",
    "คำขอยกเว้น", "ชะลอการแจ้งเตือน", "กำหนดการแจ้งเตือน", "จัดการการแจ้งเตือน",
    "ประชุมกับสะหวันนะเขต 3 พ.ย. 69", "มุกดาหารประชุมกับสะหวันนะเขต 3 พ.ย. 69 30 คน",
)  # fmt: skip


@pytest.mark.parametrize("label", ["officer", "acting_head", "guest", "operator", "ended officer"])
def test_no_typed_words_bring_out_anything_of_the_neighbour(world: World, label: str) -> None:
    actor, faults = world.actors[label], []
    for words in TYPED:
        text = words.format(activity=world.foreign_named(Of.ACTIVITY)[0])
        with world.trial(actor):
            said = world.say(actor, text)
            faults += [f"{text}: {fault}" for fault in leaks(world, said, text)]
            if "สะหวันนะเขต" in said.everything.replace(text, "") or "Savannakhet" in said.everything.replace(
                text, ""
            ):
                faults.append(f"{text}: the neighbour's partner is named")
            if changed := world.changed(actor) - {"audit_event", "meta"}:
                faults.append(f"{text}: changes {changed}")
    assert faults == []


@pytest.mark.parametrize("text", [f"/activities {MARKER}", f"/pairings {MARKER}", "/activities #{activity}"])
def test_the_same_words_bring_it_out_to_the_ministry(world: World, text: str) -> None:
    """What is searched for is there to be found."""
    text = text.format(activity=world.foreign_named(Of.ACTIVITY)[0])
    with world.trial(world.actors["ministry"]):
        assert leaks(world, world.say(world.actors["ministry"], text), text)


OPEN_TEXTS = {"share_province": "ขอนแก่น", "new_day": "9 ธ.ค. 69", "code": "SC-no-code-of-anybody"}


def subject_of(asking: str) -> tuple[Of, str, Line] | None:
    """Which row an open field is about, as the line of its step says, within which words, and that line."""
    step, subject = FREE_TEXT[asking]
    for line in lines_of(step):
        about = line.args.get(subject) if subject is not None else None
        if about is None and line.open_field is not None:
            about = line.open_field[1]
        if isinstance(about, Of):
            return about, "{}", line
        if isinstance(about, Spelled):
            return about.of, about.words, line
    return None


@pytest.mark.parametrize("label", ["officer", "head", "guest", "ministry"])
def test_an_answer_about_a_row_of_the_neighbour_is_like_one_about_a_missing_row(
    world: World, label: str
) -> None:
    actor, faults = world.actors[label], []
    for asking, (step, _) in FREE_TEXT.items():
        found = subject_of(asking)
        if found is None:
            continue
        of, words, line = found
        if line.doing and not of.is_personal and is_allowed(actor, line, THEIRS):
            continue
        text = OPEN_TEXTS.get(asking, "ข้อความทดลอง")
        missing, _ = answered(
            world, actor, Talk(asking=asking, subject=words.format(world.missing(of))), text
        )
        for id_ in world.foreign_named(of):
            said, changed = answered(world, actor, Talk(asking=asking, subject=words.format(id_)), text)
            faults += [f"{step}: {fault}" for fault in leaks(world, said)]
            unknown = missing.without(world.missing(of))
            faults += [f"{step}: {one}" for one in told_apart(of, id_, said.without(id_), unknown, changed)]
    assert faults == []


def answered(world: World, actor: Actor, talk: Talk, text: str) -> tuple[Said, set[str]]:
    with world.trial(actor):
        said = world.say(actor, text, talk)
        return said, world.changed(actor)


# ------------------------------------------------------------------ said unasked


def test_what_is_said_unasked_tells_nobody_of_the_neighbour(world: World) -> None:
    """Digests of what the year lacks, plans whose day has come, details that are wanted, drafts that wait."""
    office, here = (
        world.office,
        {one.talk.name for one in world.actors.values() if not may(one.seats, "see_audit")},
    )
    with world.database.trial():
        clock, office.clock.at = office.clock.at, NOW
        try:
            for day in (date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 9)):
                office.clock.set_day(day)
                office.plan()
                letters = [(chat, message) for (_, chat), message in office.deliver()]
                office.letters.clear()
                told = {chat for chat, message in letters if leaks(world, Said((message,), ()))}
                assert told & here == set()
                if day == date(2026, 12, 1):
                    assert "บุญมี" in told  # whose they are
                    assert {chat for chat, _ in letters} & here >= {"officer", "head"}
        finally:
            office.clock.at = clock


# ------------------------------------------------------------------ in a group, and when a right ends


def test_a_button_in_a_group_acts_for_whoever_presses_it(world: World) -> None:
    action = {"name": "activity.show", "args": {"activity": world.foreign_named(Of.ACTIVITY)[0]}}
    with world.database.trial():
        with world.database.write() as session:
            chat = people.get_or_add_chat(session, "web", "กลุ่มงาน", group=True)
            button = conversations.NewChoice("in-the-group", action)
            conversations.add_choices(session, chat.id, [button], world.office.clock.now())
        said = {
            name: Conversation(world.office, name, group="กลุ่มงาน").press_id(button.id, "a-card")
            for name in ("บุญมี", "ministry", "officer", "guest", "ended officer", "a stranger")
        }
    assert [name for name, text in said.items() if MARKER in text] == ["บุญมี", "ministry"]
    refused = {text.removesuffix(f"\n{THAI.SHORT_NOTICE}") for text in said.values() if MARKER not in text}
    assert refused == {"ไม่พบรายการนี้"}


@pytest.mark.parametrize("label", [*AT_HOME, "ministry", "curator"])
def test_a_right_that_ends_is_refused_at_the_next_press(world: World, label: str) -> None:
    actor, guest = world.actors[label], world.actors["guest"]
    args = {"activity": world.own(actor, Of.ACTIVITY)}
    with world.trial(actor):
        assert "ของเรา" in world.press(actor, "activity.show", args).everything
    with world.trial(guest):
        refused = world.press(guest, "activity.show", args).everything
    with world.trial(actor):
        with world.database.write() as session:
            for one in session.scalars(select(Membership).where(Membership.person_id == actor.person)):
                one.until = world.office.clock.now()
        assert world.press(actor, "activity.show", args).everything == refused


def test_an_acting_head_is_refused_when_the_last_day_is_over(world: World) -> None:
    actor, clock = world.actors["acting_head"], world.office.clock
    args, before = {"activity": world.own(actor, Of.ACTIVITY)}, clock.at
    with world.trial(actor):
        assert "พิมพ์ข้อสังเกต" in world.press(actor, "flag.ask", args).everything
    try:
        clock.move(days=30)
        with world.trial(actor):
            assert world.press(actor, "flag.ask", args).messages[0].text == "ไม่พบรายการนี้"
    finally:
        clock.at = before
