"""What somebody who left has left to the post: it waits for whoever serves there."""

from __future__ import annotations

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet
from bot.dialogues.own_data import own_chat_only
from bot.dialogues.serving_facts import TakeOver, Work
from bot.messages import Reply
from bot.rights import may
from bot.texts.th import Th


def work_line(t: Th, work: Work) -> str:
    """How much there is of each kind."""
    counted = {"drafts": work.drafts, "plans": work.plans, "contacts": work.contacts}
    return t.work([t.work_part(kind, number) for kind, number in counted.items() if number])


def waiting(facts: Facts) -> tuple[Reply, ...]:
    """Below the first page: what somebody who left has left to the post; needs `work`."""
    t = facts.t
    if facts.group:
        return ()
    return tuple(
        Reply(
            work_line(t, work),
            title=t.work_waits(facts.registry.provinces[code]),
            rows=((choice(t.TAKE_OVER, "work.take", province=code),),),
        )
        for code, work in facts.serving.work
    )


def show_work(facts: Facts, _intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    return quiet(facts, *(waiting(facts) or (Reply(facts.t.NO_WORK_WAITS),)))


def take_over(facts: Facts, intent: Intent) -> Turn:
    """Everything that waits for the post is the person's from now on."""
    code = str(intent.args["province"])
    if not may(facts.seats, "log_activity", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return Turn(facts.talk, command=TakeOver(code), then=_taken)


def _taken(facts: Facts, work: Work) -> Turn:
    t = facts.t
    if not work:
        return quiet(facts, Reply(t.NO_WORK_WAITS, edits=True))
    rows = ((choice(t.RESUME_DRAFTS, "log"),),) if work.drafts else ()
    return quiet(facts, Reply(f"{t.TAKEN_OVER}\n{work_line(t, work)}", rows=rows, edits=True))
