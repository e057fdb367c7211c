"""
Working contacts of a pairing, on both sides.

Personal data: seen by the own province and the ministry, in their own chats only. What was typed stands in the
conversation's state until it is saved, and in no button.
"""

from __future__ import annotations

from typing import Any, cast

from bot.dialogues.base import Facts, Intent, PairingView, Turn, choice, quiet, rows_of
from bot.dialogues.offices import only_in_private, post_of, seen_pairing
from bot.dialogues.offices_facts import ContactView, KeepContact, RemoveContact, SaveContact, Side
from bot.language.contact_line import ContactLine, read_contact
from bot.messages import Choice, Reply
from bot.rights import may

TYPING = "contact"
CHECKING = "contact_check"
"""Open fields. Their subject: pairing, side, id of the contact that is corrected or 0, and what was typed."""

MOST_CONTACTS = 10
"""On each side of a pairing."""

MOST_TYPED = 500


def contacts(facts: Facts, intent: Intent) -> Turn:
    """Both sides' contacts with who looks after each."""
    pairing = seen_pairing(facts, intent.args["pairing"], "see_contacts")
    if pairing is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    return only_in_private(facts) or quiet(facts, _list(facts, pairing))


def _list(facts: Facts, pairing: PairingView, lead: str = "") -> Reply:
    t, found = facts.t, [one for one in facts.offices.contacts if not one.removed]
    lines = [lead] if lead else []
    side = None
    for number, one in enumerate(found, start=1):
        if one.side != side:
            side = one.side
            lines.append(t.side(side))
        lines.append(f"{number}. {t.contact(one.name, one.post, one.reached_by)}")
    if not found:
        lines.append(t.NO_CONTACTS)
    keeps = may(facts.seats, "keep_contacts", pairing.province_code)
    opens = [
        choice(t.contact_number(number), "contacts.show", pairing=pairing.id, contact=one.id)
        for number, one in enumerate(found, start=1)
    ]
    last = [choice(t.BACK, "pairing.show", pairing=pairing.id)]
    if keeps:
        last.insert(0, choice(t.ADD_CONTACT, "contacts.side", pairing=pairing.id))
    return Reply("\n".join(lines), title=t.contacts_of(pairing.label), rows=(*rows_of(opens, 3), tuple(last)))


def show(facts: Facts, intent: Intent) -> Turn:
    """One contact, and what may be done with it."""
    pairing, one = _contact(facts, intent, "see_contacts")
    if turn := only_in_private(facts):
        return turn
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, _card(facts, pairing, one))


def _card(facts: Facts, pairing: PairingView, one: ContactView, lead: str = "") -> Reply:
    t, args = facts.t, {"pairing": pairing.id, "contact": one.id}
    post = post_of(facts, one.keeper_post, None)
    keeper = f"{one.keeper} ({post})" if one.keeper and post else one.keeper
    text = f"{t.contact_parts(one.side, one.name, one.post, one.reached_by)}\n{t.kept_by(keeper)}"
    rows: list[tuple[Choice, ...]] = []
    if may(facts.seats, "keep_contacts", pairing.province_code):
        rows.append(
            (choice(t.CORRECT_IT, "contacts.correct", **args), choice(t.TAKE_OUT, "contacts.remove", **args))
        )
        if not one.keeper_is_me:
            rows.append((choice(t.KEEP_CONTACT, "contacts.keep", **args),))
    rows.append((choice(t.BACK, "contacts", pairing=pairing.id),))
    return Reply(f"{lead}\n{text}" if lead else text, title=t.contacts_of(pairing.label), rows=tuple(rows))


# ------------------------------------------------------------------ adding and correcting


def which_side(facts: Facts, intent: Intent) -> Turn:
    pairing = seen_pairing(facts, intent.args["pairing"], "keep_contacts")
    if pairing is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    t = facts.t
    sides = tuple(choice(t.side(side), "contacts.add", pairing=pairing.id, side=side) for side in t.SIDES)
    rows = (sides, (choice(t.BACK, "contacts", pairing=pairing.id),))
    return quiet(facts, Reply(t.WHICH_SIDE, title=pairing.label, rows=rows))


def add(facts: Facts, intent: Intent) -> Turn:
    pairing = seen_pairing(facts, intent.args["pairing"], "keep_contacts")
    side = str(intent.args["side"])
    if pairing is None or side not in facts.t.SIDES:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    have = sum(one.side == side and not one.removed for one in facts.offices.contacts)
    if have >= MOST_CONTACTS:
        return quiet(facts, _list(facts, pairing, facts.t.contacts_full(MOST_CONTACTS)))
    return _ask(facts, pairing, cast(Side, side), 0)


def correct(facts: Facts, intent: Intent) -> Turn:
    """The whole line is typed anew."""
    pairing, one = _contact(facts, intent, "keep_contacts")
    if turn := only_in_private(facts):
        return turn
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _ask(facts, pairing, one.side, one.id)


def _ask(facts: Facts, pairing: PairingView, side: Side, contact_id: int, lead: str = "") -> Turn:
    t = facts.t
    text = f"{lead}\n{t.ask_contact(side)}" if lead else t.ask_contact(side)
    rows = ((choice(t.BACK, "contacts", pairing=pairing.id),),)
    talk = facts.talk.asks(TYPING, f"{pairing.id} {side} {contact_id}")
    return Turn(talk, (Reply(text, title=pairing.label, rows=rows, numbered=False),))


def take(facts: Facts, intent: Intent) -> Turn:
    """The line that was typed, read back before it is saved."""
    pairing, side, contact_id, _typed = _subject(facts)
    if pairing is None or side is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    t, typed = facts.t, str(intent.args["text"]).strip()
    read = read_contact(typed) if len(typed) <= MOST_TYPED else None
    if len(typed) > MOST_TYPED or (read is not None and read.is_too_long):
        return _ask(facts, pairing, side, contact_id, t.CONTACT_TOO_LONG)
    if read is None:
        return _ask(facts, pairing, side, contact_id, t.CONTACT_NOT_READ)
    rows = (
        (choice(t.SAVE, "contacts.save"), choice(t.TYPE_CONTACT_AGAIN, "contacts.again")),
        (choice(t.BACK, "contacts", pairing=pairing.id),),
    )
    text = t.contact_parts(side, read.name, read.post, read.reached_by)
    talk = facts.talk.asks(CHECKING, f"{pairing.id} {side} {contact_id} {typed}")
    return Turn(talk, (Reply(text, title=t.CHECK_CONTACT, rows=rows),))


def again(facts: Facts, _intent: Intent) -> Turn:
    pairing, side, contact_id, _typed = _subject(facts)
    if pairing is None or side is None:
        return quiet(facts, Reply(facts.t.STALE_BUTTON))
    return _ask(facts, pairing, side, contact_id)


def save(facts: Facts, _intent: Intent) -> Turn:
    """What was read back; when the conversation went on meanwhile there is nothing to save any more."""
    pairing, side, contact_id, typed = _subject(facts)
    read: ContactLine | None = read_contact(typed) if facts.talk.asking == CHECKING else None
    if pairing is None or side is None or read is None:
        return quiet(facts, Reply(facts.t.STALE_BUTTON))
    return Turn(
        facts.talk.asks(),
        command=SaveContact(pairing.id, side, read.name, read.post, read.reached_by, contact_id or None),
        then=lambda facts, outcome: _saved(facts, pairing, outcome),
    )


def _saved(facts: Facts, pairing: PairingView, outcome: Any) -> Turn:
    t = facts.t
    lines = {"saved": t.CONTACT_SAVED, "full": t.contacts_full(MOST_CONTACTS)}
    if outcome not in lines:
        return quiet(facts, Reply(t.NOT_FOUND))
    return quiet(facts, _list(facts, pairing, lines[outcome]))


# ------------------------------------------------------------------ taking out, looking after


def remove(facts: Facts, intent: Intent) -> Turn:
    """It goes from the list at once and for good later; one press brings it back meanwhile."""
    pairing, one = _contact(facts, intent, "keep_contacts")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    back = choice(facts.t.UNDO_IT, "contacts.back", pairing=pairing.id, contact=one.id)

    def removed(facts: Facts, _done: Any) -> Turn:
        listed = _list(facts, pairing, facts.t.CONTACT_REMOVED)
        return quiet(facts, Reply(listed.text, title=listed.title, rows=((back,), *listed.rows)))

    return Turn(facts.talk.asks(), command=RemoveContact(one.id), then=removed)


def bring_back(facts: Facts, intent: Intent) -> Turn:
    pairing = seen_pairing(facts, intent.args["pairing"], "keep_contacts")
    if pairing is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return Turn(
        facts.talk.asks(),
        command=RemoveContact(int(intent.args["contact"]), back=True),
        then=lambda facts, done: quiet(
            facts, _list(facts, pairing, facts.t.CONTACT_BACK if done else facts.t.NOT_FOUND)
        ),
    )


def keep(facts: Facts, intent: Intent) -> Turn:
    pairing, one = _contact(facts, intent, "keep_contacts")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return Turn(
        facts.talk.asks(),
        command=KeepContact(one.id),
        then=lambda facts, _done: quiet(facts, _list(facts, pairing, facts.t.CONTACT_KEPT)),
    )


def _contact(facts: Facts, intent: Intent, doing: Any) -> tuple[PairingView | None, ContactView | None]:
    pairing = seen_pairing(facts, intent.args.get("pairing"), doing)
    wanted = int(intent.args.get("contact", 0))
    found = (one for one in facts.offices.contacts if one.id == wanted and not one.removed)
    return pairing, next(found, None)


def _subject(facts: Facts) -> tuple[PairingView | None, Side | None, int, str]:
    """What the open field is about, where the person may still change it."""
    parts = str(facts.talk.subject or "").split(" ", 3) if facts.talk.asking in (TYPING, CHECKING) else []
    if len(parts) < 3 or parts[1] not in facts.t.SIDES or not parts[2].isdecimal():
        return None, None, 0, ""
    pairing = seen_pairing(facts, parts[0], "keep_contacts")
    return pairing, cast(Side, parts[1]), int(parts[2]), parts[3] if len(parts) > 3 else ""
