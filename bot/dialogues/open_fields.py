"""What was being asked when a question came in its midst: it is asked once more below the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogues import activities, card, details, fact_questions, flagging, requesting, sharing
from bot.dialogues.base import Facts, choice
from bot.dialogues.records import NEW_DAY
from bot.messages import Reply
from bot.texts.th import Th

ASKED: Mapping[str, Callable[[Th], str]] = {
    activities.ASKING_REASON: lambda t: t.WRITE_DELETION,
    flagging.ASKING: lambda t: t.WRITE_COMMENT,
    sharing.ASKING: lambda t: t.WHICH_OTHER_PROVINCE,
    NEW_DAY: lambda t: t.NEW_DAY,
}
"""Open fields of a record that take any words, and the line that asks for them."""


def asked_again(facts: Facts) -> Reply | None:
    """The open field of a record or a request, or the open draft; None where nothing is unfinished."""
    asked = ASKED.get(facts.talk.asking or "")
    if asked is not None:
        back = choice(facts.t.BACK, "activity.show", activity=int(facts.talk.subject or 0))
        return Reply(asked(facts.t), rows=((back,),), numbered=False)
    if begun := requesting.asked_again(facts):
        return begun
    open_field = details.asked_again(facts) or fact_questions.asked_again(facts)
    return open_field or (card.ask_again(facts) if facts.draft is not None else None)
