"""
What a source says of a province or a country: the value, for a ranking the reason, the source, then the card.

A province's officer proposes, the ministry's own word holds at once and can be taken back. What is being typed
stands in the conversation's state: subject, field, value, precision, reason and source as JSON.
"""

from __future__ import annotations

import json
from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.offices import only_in_private, post_of
from bot.dialogues.offices_facts import DecideStated, State, StatedView, TakeBackStated
from bot.language.dates import DateSpan, read_date
from bot.messages import Reply
from bot.rights import may

PROVINCE_FIELDS = (
    "office",
    "group_order",
    "group_order_on",
    "group_members",
    "group_meetings",
    "special_zone",
)
COUNTRY_FIELDS = ("priority",)
PICKED = {"special_zone": "YES_NO", "priority": "PRIORITIES"}
"""Fields whose value is a button."""

WITH_REASON = ("priority",)

VALUE, REASON, SOURCE = "stated_value", "stated_reason", "stated_source"
REFUSING = "stated_refusal"
"""Open field; its subject is the proposal's id and whose page it stands on."""

MOST_TEXT = {"group_members": 800, "office": 200, "group_order": 200}
MOST_REASON, MOST_SOURCE = 300, 300
MOST_MEETINGS = 24


def may_state(facts: Facts, subject: str) -> bool:
    kind, _, key = subject.partition(":")
    if kind == "province":
        return key in facts.registry.provinces and may(facts.seats, "propose_fact", key)
    return kind == "country" and may(facts.seats, "rank_country")


def decides(facts: Facts, subject: str) -> bool:
    """Whether the person's word on it holds at once."""
    return may(facts.seats, "rank_country" if subject.startswith("country:") else "confirm_fact")


def fields_of(subject: str) -> tuple[str, ...]:
    return PROVINCE_FIELDS if subject.startswith("province:") else COUNTRY_FIELDS


def name_of_subject(facts: Facts, subject: str) -> str:
    kind, _, key = subject.partition(":")
    if kind == "province":
        return facts.registry.provinces.get(key, key)
    found = (one for one in facts.registry.pairings.values() if _country(facts, one.id) == key)
    one = next(found, None)
    return facts.t.name(one.country, one.country_en) if one is not None else key


def _country(facts: Facts, pairing_id: str) -> str:
    return facts.registry.lexicon.pairings[pairing_id].country_code


def back_to(facts: Facts, subject: str) -> tuple[Any, ...]:
    """The button that leads to the page of a province or country."""
    kind, _, key = subject.partition(":")
    step = "profile" if kind == "province" else "countries.show"
    return (choice(facts.t.BACK, step, **{kind: key}),)


# ------------------------------------------------------------------ saying


def which(facts: Facts, intent: Intent) -> Turn:
    """The fields that can be changed, as buttons."""
    subject = str(intent.args["subject"])
    if not may_state(facts, subject):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t = facts.t
    buttons = [
        choice(t.office_field(name), "stated.ask", subject=subject, field=name) for name in fields_of(subject)
    ]
    rows = (*rows_of(buttons, 2), back_to(facts, subject))
    return quiet(facts, Reply(t.WHICH_OFFICE_FIELD, title=name_of_subject(facts, subject), rows=rows))


def ask(facts: Facts, intent: Intent) -> Turn:
    """The value: a button, or typed."""
    subject, name = str(intent.args["subject"]), str(intent.args["field"])
    if not may_state(facts, subject) or name not in fields_of(subject):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t = facts.t
    text = t.ask_office_field(name, MOST_TEXT.get(name, 0))
    title = f"{name_of_subject(facts, subject)} · {t.office_field(name)}"
    if name in PICKED:
        values = getattr(t, PICKED[name])
        picks = [
            choice(label, "stated.pick", subject=subject, field=name, value=value)
            for value, label in values.items()
        ]
        return quiet(facts, Reply(text, title=title, rows=(*rows_of(picks, 1), back_to(facts, subject))))
    return _asked(facts, {"subject": subject, "field": name}, VALUE, Reply(text, title=title))


def _asked(facts: Facts, saying: dict[str, Any], field: str, reply: Reply, lead: str = "") -> Turn:
    text = f"{lead}\n{reply.text}" if lead else reply.text
    rows = (back_to(facts, str(saying["subject"])),)
    said = Reply(text, title=reply.title, rows=rows, numbered=False)
    return Turn(facts.talk.asks(field, json.dumps(saying, ensure_ascii=False)), (said,))


def _saying(facts: Facts) -> dict[str, Any] | None:
    """What is being typed, where the person may still say it."""
    try:
        found = json.loads(facts.talk.subject or "")
    except ValueError:
        return None
    if not isinstance(found, dict) or not may_state(facts, str(found.get("subject"))):
        return None
    return found if found.get("field") in fields_of(str(found["subject"])) else None


def pick(facts: Facts, intent: Intent) -> Turn:
    subject, name, value = (str(intent.args[one]) for one in ("subject", "field", "value"))
    picked = name in PICKED and value in getattr(facts.t, PICKED[name])
    if not picked or not may_state(facts, subject) or name not in fields_of(subject):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _next(facts, {"subject": subject, "field": name, "value": value})


def take_value(facts: Facts, intent: Intent) -> Turn:
    saying = _saying(facts)
    if saying is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    typed, name = str(intent.args["text"]).strip(), str(saying["field"])
    if name in MOST_TEXT:
        if longer := too_long(facts, typed, MOST_TEXT[name]):
            return longer
        return _next(facts, {**saying, "value": typed})
    days = [typed] if name == "group_order_on" else [one for one in _parts(typed) if one]
    read = [(one, read_date(one, facts.today)) for one in days]
    wrong = next((one for one, day in read if not _is_day(day)), None)
    if wrong is not None or not read or len(read) > MOST_MEETINGS:
        reply = Reply(facts.t.office_value_not_read(wrong or typed))
        return _asked(facts, saying, VALUE, reply)
    spans = [(one, day) for one, day in read if isinstance(day, DateSpan)]
    ahead = next((one for one, day in spans if day.start > facts.today), None)
    if ahead is not None and name == "group_order_on":
        return _asked(facts, saying, VALUE, Reply(facts.t.office_day_ahead(ahead)))
    if name == "group_order_on":
        day = spans[0][1]
        return _next(facts, {**saying, "value": day.start.isoformat(), "precision": day.precision})
    value = sorted({day.start.isoformat() for _one, day in spans})
    return _next(facts, {**saying, "value": value})


def _parts(typed: str) -> list[str]:
    return [one.strip() for one in typed.replace("\n", ",").replace(";", ",").replace("และ", ",").split(",")]


def _is_day(found: object) -> bool:
    return (
        isinstance(found, DateSpan) and not found.doubtful and found.end is None and found.precision == "day"
    )


def take_reason(facts: Facts, intent: Intent) -> Turn:
    saying, typed = _saying(facts), str(intent.args["text"]).strip()
    if saying is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return too_long(facts, typed, MOST_REASON) or _next(facts, {**saying, "note": typed})


def take_source(facts: Facts, intent: Intent) -> Turn:
    saying, typed = _saying(facts), str(intent.args["text"]).strip()
    if saying is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return too_long(facts, typed, MOST_SOURCE) or _next(facts, {**saying, "source": typed})


def _next(facts: Facts, saying: dict[str, Any]) -> Turn:
    """What is still to be said; then the card."""
    t, name, subject = facts.t, str(saying["field"]), str(saying["subject"])
    value = t.office_value(name, saying["value"], saying.get("precision"))
    title = f"{name_of_subject(facts, subject)} · {t.office_field(name)}"
    if name in WITH_REASON and not saying.get("note"):
        return _asked(facts, saying, REASON, Reply(t.WRITE_FACT_REASON, title=title), value)
    if not saying.get("source"):
        return _asked(facts, saying, SOURCE, Reply(t.WRITE_FACT_SOURCE, title=title), value)
    lines = [t.office_line(name, value, None), t.fact_source(str(saying["source"]))]
    if saying.get("note"):
        lines.insert(1, t.fact_reason(str(saying["note"])))
    send = t.SAVE if decides(facts, subject) else t.PROPOSE
    rows = ((choice(send, "stated.send"),), back_to(facts, subject))
    talk = facts.talk.asks(SOURCE, json.dumps(saying, ensure_ascii=False))
    heading = f"{t.CHECK_FACT} · {name_of_subject(facts, subject)}"
    return Turn(talk, (Reply("\n".join(lines), title=heading, rows=rows),))


def send(facts: Facts, _intent: Intent) -> Turn:
    saying = _saying(facts)
    if saying is None or "value" not in saying or not saying.get("source"):
        return quiet(facts, Reply(facts.t.STALE_BUTTON))
    command = State(
        subject=str(saying["subject"]),
        field=str(saying["field"]),
        value=saying["value"],
        source=str(saying["source"]),
        precision=saying.get("precision"),
        note=saying.get("note"),
    )
    return Turn(
        facts.talk.asks(), command=command, then=lambda facts, outcome: _sent(facts, command, outcome)
    )


def _sent(facts: Facts, command: State, outcome: Any) -> Turn:
    t = facts.t
    if outcome is None or outcome == "full":
        text = t.NOT_FOUND if outcome is None else t.TOO_MANY_PROPOSED
        return quiet(facts, Reply(text, rows=(back_to(facts, command.subject),)))
    fact_id, state = outcome
    value = t.office_value(command.field, command.value, command.precision)
    lead = t.FACT_SAVED if state == "current" else t.PROPOSED_TO_MINISTRY
    undo = choice(t.UNDO_IT, "stated.undo", fact=fact_id, subject=command.subject)
    rows = ((undo, *back_to(facts, command.subject)),)
    return quiet(facts, Reply(f"{lead}\n{t.office_line(command.field, value, None)}", rows=rows))


def undo(facts: Facts, intent: Intent) -> Turn:
    subject = str(intent.args["subject"])
    return Turn(
        facts.talk.asks(),
        command=TakeBackStated(int(intent.args["fact"])),
        then=lambda facts, done: quiet(
            facts,
            Reply(
                facts.t.FACT_TAKEN_BACK if done else facts.t.FACT_NOT_OPEN, rows=(back_to(facts, subject),)
            ),
        ),
    )


# ------------------------------------------------------------------ the ministry on a proposal


def proposal(facts: Facts, intent: Intent) -> Turn:
    """One proposal beside what holds now."""
    subject = str(intent.args["subject"])
    one = _open_proposal(facts, subject, int(intent.args["fact"]))
    if one is None or not decides(facts, subject):
        return quiet(facts, Reply(facts.t.FACT_NOT_OPEN))
    t = facts.t
    now = next((it for it in facts.offices.stated if it.state == "current" and it.field == one.field), None)
    lines = [
        t.proposal_of(one.field, t.office_value(one.field, one.value, one.precision)),
        t.fact_source(one.source),
    ]
    if now is not None:
        value = t.office_value(now.field, now.value, now.precision)
        lines.append(t.stated_line(now.field, value, now.state, now.at, ""))
    rows = (
        (
            choice(t.CONFIRM_FACT, "stated.accept", fact=one.id, subject=subject),
            choice(t.REFUSE_FACT, "stated.refuse", fact=one.id, subject=subject),
        ),
        back_to(facts, subject),
    )
    return quiet(facts, Reply("\n".join(lines), title=name_of_subject(facts, subject), rows=rows))


def _open_proposal(facts: Facts, subject: str, fact_id: int) -> StatedView | None:
    found = (one for one in facts.offices.stated if one.id == fact_id and one.subject == subject)
    one = next(found, None)
    return one if one is not None and one.state == "proposed" else None


def accept(facts: Facts, intent: Intent) -> Turn:
    return _decide(facts, str(intent.args["subject"]), DecideStated(int(intent.args["fact"]), accept=True))


def ask_refusal(facts: Facts, intent: Intent) -> Turn:
    subject, fact_id = str(intent.args["subject"]), int(intent.args["fact"])
    if _open_proposal(facts, subject, fact_id) is None or not decides(facts, subject):
        return quiet(facts, Reply(facts.t.FACT_NOT_OPEN))
    reply = Reply(facts.t.WRITE_FACT_REFUSAL, rows=(back_to(facts, subject),), numbered=False)
    return Turn(facts.talk.asks(REFUSING, f"{fact_id} {subject}"), (reply,))


def refuse(facts: Facts, intent: Intent) -> Turn:
    fact_id, _, subject = str(facts.talk.subject or "").partition(" ")
    typed = str(intent.args["text"]).strip()
    if longer := too_long(facts, typed, MOST_REASON):
        return longer
    return _decide(facts, subject, DecideStated(int(fact_id or 0), accept=False, note=typed))


def _decide(facts: Facts, subject: str, command: DecideStated) -> Turn:
    if not decides(facts, subject):
        return quiet(facts, Reply(facts.t.NOT_FOUND))

    def decided(facts: Facts, done: Any) -> Turn:
        t = facts.t
        if not done:
            return quiet(facts, Reply(t.FACT_NOT_OPEN, rows=(back_to(facts, subject),)))
        text = t.FACT_CONFIRMED if command.accept else t.FACT_REFUSED
        return quiet(facts, Reply(text, rows=(back_to(facts, subject),)))

    return Turn(facts.talk.asks(), command=command, then=decided)


# ------------------------------------------------------------------ history


def history(facts: Facts, intent: Intent) -> Turn:
    """Everything that was said of it, the latest first."""
    subject = str(intent.args["subject"])
    if not _sees(facts, subject):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    t, lines = facts.t, []
    for one in facts.offices.stated:
        value = t.office_value(one.field, one.value, one.precision)
        by = post_of(facts, one.post, one.province)
        lines.append(t.stated_line(one.field, value, one.state, one.at, by))
        lines += [f"   {t.fact_reason(one.note)}"] if one.note else []
        lines += [f"   {t.fact_source(one.source)}"] if one.source else []
    title = f"{t.HISTORY} {name_of_subject(facts, subject)}"
    return quiet(
        facts, Reply("\n".join(lines or [t.NOT_STATED]), title=title, rows=(back_to(facts, subject),))
    )


def _sees(facts: Facts, subject: str) -> bool:
    kind, _, key = subject.partition(":")
    return may(facts.seats, "see_history", key if kind == "province" else None)
