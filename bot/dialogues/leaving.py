"""Leaving a post, or ending somebody's: what stays and what goes, and who takes over."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of
from bot.dialogues.handing import work_line
from bot.dialogues.home import menu
from bot.dialogues.own_data import own_chat_only, seat_buttons
from bot.dialogues.serving_facts import EndMembership, Member, Work, members_in
from bot.messages import Choice, Reply
from bot.rights import may_end
from bot.texts.th import Th

PAGE = 8
"""Colleagues as buttons."""


def leave(facts: Facts, _intent: Intent) -> Turn:
    """ออกจากระบบงาน · ย้ายหน่วยงาน: which membership, where there are several."""
    if refused := own_chat_only(facts):
        return refused
    if not facts.seats:
        return quiet(facts, Reply(facts.t.NO_POST))
    if len(facts.seats) == 1:
        return Turn(facts.talk, onward=Intent("leave.ask", {"member": facts.seats[0].membership}))
    rows = (*((one,) for one in seat_buttons(facts, "leave.ask")), (choice(facts.t.BACK, "settings"),))
    return quiet(facts, Reply(facts.t.WHICH_SEAT_TO_LEAVE, rows=rows, edits=True))


def may_end_it(facts: Facts, member: Member) -> bool:
    """Whether the person may end this membership, their own or somebody's."""
    if member.mine:
        return True
    headed = any(one.post in ("head", "acting_head") for one in members_in(facts.serving.staff))
    return may_end(facts.seats, member.post, member.province, has_head=headed)


def _member(facts: Facts) -> Member | None:
    member = facts.serving.member
    return member if member is not None and may_end_it(facts, member) else None


def ask(facts: Facts, _intent: Intent) -> Turn:
    """Before anything happens: what stays, what goes."""
    if refused := own_chat_only(facts):
        return refused
    t, member = facts.t, _member(facts)
    if member is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    lines = [t.leaving_own() if member.mine else t.leaving_other(member.name)]
    lines += [work_line(t, facts.serving.member_work)] if facts.serving.member_work else []
    lines += [t.OTHER_POSTS_STAY] if member.mine and len(facts.seats) > 1 else []
    lines += [t.LAST_HEAD] if _is_last_head(facts, member) else []
    rows = (
        (_next(facts, member),),
        (choice(t.BACK, "settings") if member.mine else choice(t.BACK, "staff", province=member.province),),
    )
    return quiet(facts, Reply("\n".join(lines), title=_title(facts, member), rows=rows, edits=True))


def _title(facts: Facts, member: Member) -> str:
    t = facts.t
    province = facts.registry.provinces[member.province] if member.province else None
    return t.seat_label(t.role(member.post), province)


def _next(facts: Facts, member: Member) -> Choice:
    """Who takes over is asked where there is something to take over, and somebody who could."""
    if facts.serving.colleagues and facts.serving.member_work:
        return choice(facts.t.CHOOSE_SUCCESSOR, "leave.who", member=member.id)
    label = facts.t.CONFIRM_LEAVING if member.mine else facts.t.CONFIRM_ENDING
    return choice(label, "leave.do", member=member.id)


def _is_last_head(facts: Facts, member: Member) -> bool:
    others = (one for one in members_in(facts.serving.staff) if one.id != member.id)
    return member.post == "head" and not any(one.post == "head" for one in others)


def who(facts: Facts, intent: Intent) -> Turn:
    """The colleagues as buttons; the press is the end of it."""
    if refused := own_chat_only(facts):
        return refused
    t, member = facts.t, _member(facts)
    if member is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    page, found = int(intent.args.get("page", 0)), facts.serving.colleagues
    shown = found[PAGE * page : PAGE * (page + 1)]
    buttons = [
        choice(member_label(facts, one), "leave.do", member=member.id, successor=one.id) for one in shown
    ]
    more = (choice(t.MORE_COLLEAGUES, "leave.who", member=member.id, page=page + 1),)
    rows = (
        *rows_of(buttons, 1),
        *([more] if len(found) > PAGE * (page + 1) else []),
        (choice(t.NO_SUCCESSOR, "leave.do", member=member.id),),
        (choice(t.BACK, "leave.ask", member=member.id),),
    )
    return quiet(facts, Reply(t.WHO_TAKES_OVER, title=_title(facts, member), rows=rows, edits=True))


def member_label(facts: Facts, member: Member) -> str:
    """Name and post, as a button or a line."""
    return facts.t.named(member.name, facts.t.role(member.post))


def do(facts: Facts, intent: Intent) -> Turn:
    """The membership ends; what comes back tells what became of the work."""
    if refused := own_chat_only(facts):
        return refused
    successor = intent.args.get("successor")
    command = EndMembership(int(intent.args["member"]), int(successor) if successor is not None else None)
    member = facts.serving.member
    return Turn(
        facts.talk.asks(),
        command=command,
        then=lambda facts, outcome: _ended(facts, outcome, member),
    )


def _ended(facts: Facts, outcome: Any, member: Member | None) -> Turn:
    t = facts.t
    kind, work, successor = outcome
    if kind == "successor_gone":
        again = Intent("leave.who", {"member": member.id if member else 0})
        return Turn(facts.talk, (Reply(t.SUCCESSOR_GONE),), onward=again)
    if kind != "ended" or member is None:
        return quiet(facts, Reply(t.NOT_FOUND, edits=True))
    lines = [work_line(t, work)] if work else []
    lines += [t.given_to(successor) if successor else t.LEFT_TO_THE_POST] if work else []
    if member.mine:
        text = "\n".join([t.STILL_SERVES if facts.is_member else t.STILL_ASKS, *lines])
        return quiet(facts, Reply(text, title=t.LEFT, rows=menu(facts), edits=True))
    rows = ((choice(t.STAFF, "staff", province=member.province),),)
    return quiet(facts, Reply("\n".join([t.ended_for(member.name), *lines]), rows=rows, edits=True))


# ------------------------------------------------------------------ who is told


def handed_over(t: Th, post: str, province: str, work: Work) -> Reply:
    """To the successor."""
    rows = ((choice(t.RESUME_DRAFTS, "log"),),) if work.drafts else ()
    return Reply(work_line(t, work), title=t.you_take_over(t.role(post), province), rows=rows, numbered=False)


def told_ended(t: Th, post: str, province: str | None) -> Reply:
    """To whom it was ended for."""
    return Reply(t.your_post_ended(t.role(post), province), numbered=False)


def told_head(t: Th, name: str, post: str, province: str, work: Work, successor: str | None) -> Reply:
    """To the head, when somebody of the office left by themselves."""
    lines = [t.member_left(t.named(name, t.role(post)), province)]
    if work:
        lines += [work_line(t, work), t.given_to(successor) if successor else t.LEFT_TO_THE_POST]
    rows = ((choice(t.SHOW_WORK, "work"),),) if work and not successor else ()
    return Reply("\n".join(lines), rows=rows, numbered=False)


def told_ministry(t: Th, province: str, code: str) -> Reply:
    """That a province has no head in the system any more."""
    rows = ((choice(t.STAFF, "staff", province=code),),)
    return Reply(t.no_head_left(province), rows=rows, numbered=False)
