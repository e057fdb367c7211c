"""
A duty phone belongs to the office: who records is asked before something is stored, and known for the day.

What was wanted waits with the question. A draft is stored all the while, so that nothing is lost when the question
is left.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.base import Facts, Intended, Intent, Turn, choice, quiet, rows_of, too_long
from bot.dialogues.own_data import is_name, one_line
from bot.dialogues.serving_facts import MOST_NAME
from bot.messages import Choice, Reply

DRAFT = "card."
"""Steps that act on the open draft."""

ASKING = "recorder"
"""Open field."""

RECORDS = frozenset(
    (
        *("card.save", "card.merge", "card.attach"),
        *(
            "activity.partner",
            "activity.delete_yes",
            "activity.delete_for",
            "activity.restore",
            "activity.undo",
        ),
        *("activity.set_day", "activity.new_day"),
        *("details.set", "details.take"),
        *("share.accept", "share.leave"),
    )
)
"""Steps that change a record."""


def on_duty_phone(facts: Facts) -> bool:
    return any(seat.office_held for seat in facts.seats)


def recorder_today(facts: Facts) -> str | None:
    """Who records on this phone today; None on a phone of one's own, or before it was said."""
    return facts.talk.recorder_on(facts.today) if on_duty_phone(facts) else None


def recorder_of(facts: Facts, turn: Turn) -> str | None:
    """Who records what this turn stores."""
    return recorder_today(replace(facts, talk=turn.talk))


def ask_first(facts: Facts, intent: Intent) -> Turn | None:
    """The question before the step; None where it is known, or not asked."""
    if intent.name not in RECORDS or not on_duty_phone(facts) or facts.talk.recorder_on(facts.today):
        return None
    step = "card.recorder" if intent.name.startswith(DRAFT) else "recorder.set"
    wanted = Intended(
        name=intent.name, args=dict(intent.args), asking=facts.talk.asking, subject=facts.talk.subject
    )
    then = wanted.model_dump(mode="json")
    buttons = [choice(name, step, recorder=name, then=then) for name in facts.serving.recorders]
    return _ask(facts, wanted, buttons)


def _ask(facts: Facts, wanted: Intended | None, buttons: list[Choice]) -> Turn:
    text = facts.t.WHO_RECORDS if buttons else facts.t.WHO_RECORDS_FIRST
    talk = facts.talk.asks(ASKING).model_copy(update={"wanted": wanted})
    return Turn(talk, (Reply(text, rows=rows_of(buttons), numbered=False),))


def ask(facts: Facts, _intent: Intent) -> Turn:
    """Somebody else has the phone now."""
    if not on_duty_phone(facts):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    buttons = [choice(name, "recorder.set", recorder=name) for name in facts.serving.recorders]
    return _ask(facts, None, buttons)


def set_(facts: Facts, intent: Intent) -> Turn:
    """A name was pressed; what was wanted goes on."""
    then = intent.args.get("then")
    wanted = Intended.model_validate(then) if then else None
    return _known(facts, str(intent.args["recorder"]), wanted)


def take(facts: Facts, intent: Intent) -> Turn:
    """A name was typed."""
    name = one_line(str(intent.args["text"]))
    if longer := too_long(facts, name, MOST_NAME):
        return longer
    if not is_name(name):
        return Turn(facts.talk, (Reply(facts.t.NAME_NOT_READ, numbered=False),))
    return _known(facts, name, facts.talk.wanted)


def _known(facts: Facts, name: str, wanted: Intended | None) -> Turn:
    if not on_duty_phone(facts):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    talk = facts.talk.records(name, facts.today)
    if wanted is not None and wanted.name.startswith(DRAFT) and facts.draft is None:
        return Turn(talk, (Reply(facts.t.STALE_BUTTON),))  # it was saved, or given up, from another chat
    if wanted is not None and wanted.name in RECORDS:
        talk = talk.asks(wanted.asking, wanted.subject)
        return Turn(talk, onward=Intent(wanted.name, wanted.args))
    back = ((choice(facts.t.BACK_TO_CARD, "card.show"),),) if facts.draft is not None else ()
    return Turn(talk, (Reply(facts.t.records_today(name), rows=back),))
