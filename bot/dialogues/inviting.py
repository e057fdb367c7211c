"""
Inviting in the chat: the role by buttons, one card, one press; the code is shown once. A code for an official
letter is prepared by a head of group and approved by the head of office; what is one's own may be withdrawn.
"""

from __future__ import annotations

from typing import Any

from bot import qr
from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of
from bot.dialogues.joining import place_of
from bot.dialogues.joining_facts import (
    DecideLetter,
    InvitationView,
    IssueCode,
    MadeCode,
    MakeInvitation,
    PrepareLetter,
    WithdrawInvitation,
)
from bot.language.own_province import OwnProvince, read_own_province
from bot.messages import Choice, Reply, SentFile
from bot.rights import may, provinces
from bot.texts.th import Th

PROVINCE = "invite_province"
"""Open field: for which province the ministry invites; its subject says whether by letter."""

BY_LETTER = "1"
INVITED_ROLES = ("officer", "group_head")
"""By the head of their province; a head is invited by the ministry."""

PAGE = 8


def may_invite(facts: Facts, role: str, province: str) -> bool:
    """A head is invited by the ministry, others of a province by its head; nobody else by anybody in the chat."""
    if role not in ("head", *INVITED_ROLES):
        return False
    return may(facts.seats, "invite_head" if role == "head" else "invite_officer", province)


def invites(facts: Facts) -> bool:
    """Whether there is anything that the person may invite to."""
    return any(may(facts.seats, one) for one in ("invite_head", "invite_officer", "prepare_letter"))


# ------------------------------------------------------------------ whom


def start(facts: Facts, intent: Intent) -> Turn:
    """The roles that the person may give, in each of their provinces; with `letter` by an official letter."""
    t = facts.t
    if not invites(facts):
        return quiet(facts, Reply(t.MAY_NOT_INVITE))
    letter = bool(intent.args.get("letter"))
    buttons = _roles(facts, letter=letter)
    rows = [*rows_of(buttons, 2)]
    if not letter:
        rows.append((choice(t.BY_LETTER, "invite", letter=True),))
    if facts.joining.invitations:
        rows.append((choice(t.open_invitations(len(facts.joining.invitations)), "invite.list"),))
    text = t.WHICH_ROLE_BY_LETTER if letter else t.WHICH_ROLE
    return quiet(facts, Reply(text, rows=tuple(rows), edits=letter))


def _roles(facts: Facts, *, letter: bool) -> list[Choice]:
    t, doing = facts.t, "prepare_letter" if letter else "invite_officer"
    own = [code for code in provinces(facts.seats) if may(facts.seats, doing, code)]  # type: ignore[arg-type]
    buttons = []
    for code in own:
        beside = f" · {facts.registry.provinces[code]}" if len(own) > 1 else ""
        buttons += [
            choice(f"{t.role(role)}{beside}", "invite.card", role=role, province=code, letter=letter)
            for role in INVITED_ROLES
        ]
    if may(facts.seats, "invite_head"):
        buttons.append(choice(t.role("head"), "invite.province", letter=letter))
    return buttons


def ask_province(facts: Facts, intent: Intent) -> Turn:
    if not may(facts.seats, "invite_head"):
        return quiet(facts, Reply(facts.t.MAY_NOT_INVITE))
    subject = BY_LETTER if intent.args.get("letter") else None
    rows = ((choice(facts.t.CANCEL, "cancel"),),)
    return Turn(
        facts.talk.asks(PROVINCE, subject), (Reply(facts.t.HEAD_OF_WHICH, rows=rows, numbered=False),)
    )


def take_province(facts: Facts, intent: Intent) -> Turn:
    letter = facts.talk.subject == BY_LETTER
    read = read_own_province(str(intent.args["text"]), facts.registry.lexicon)
    if read.code is not None:
        return card(facts, Intent("invite.card", {"role": "head", "province": read.code, "letter": letter}))
    buttons = [
        choice(facts.registry.provinces[code], "invite.card", role="head", province=code, letter=letter)
        for code in read.candidates[:PAGE]
    ]
    rows = (*rows_of(buttons, 2), (choice(facts.t.CANCEL, "cancel"),))
    return Turn(facts.talk, (Reply(province_line(facts.t, read), rows=rows, numbered=False),))


def province_line(t: Th, read: OwnProvince) -> str:
    """What to say to a name that is no province beyond doubt."""
    if read.municipal:
        return t.OF_A_PROVINCE
    return t.WHICH_OF_THESE if read.candidates else t.PROVINCE_NOT_READ


# ------------------------------------------------------------------ the card, and the code


def card(facts: Facts, intent: Intent) -> Turn:
    """What will be made, with one button to make it."""
    t = facts.t
    role, province = str(intent.args["role"]), str(intent.args["province"])
    letter, duty = bool(intent.args.get("letter")), bool(intent.args.get("duty"))
    if province not in facts.registry.provinces:
        return quiet(facts, Reply(t.NOT_FOUND))
    may_make = may_invite(facts, role, province)
    may_prepare = letter and role in INVITED_ROLES and may(facts.seats, "prepare_letter", province)
    if not may_make and not may_prepare:
        return quiet(facts, Reply(t.NOT_FOUND))
    lines = [t.invited_as(t.role(role), facts.registry.provinces[province])]
    args = {"role": role, "province": province, "letter": letter, "duty": duty}
    rows: list[tuple[Choice, ...]] = []
    if not letter:
        lines.append(t.VALID_SHORTLY)
        rows.append((choice(t.MAKE_CODE, "invite.make", **args),))
        if role == "officer":
            lines.append(t.duty_phone(on=duty))
            label = t.NO_DUTY_PHONE if duty else t.DUTY_PHONE
            rows.append((choice(label, "invite.card", **{**args, "duty": not duty}),))
    elif may_make:
        lines.append(t.LETTER_CONFIRMED_BY_PRESS)
        rows.append((choice(t.CONFIRM_LETTER, "invite.make", **args),))
    else:
        lines.append(t.LETTER_WAITS_FOR_HEAD)
        rows.append((choice(t.PUT_TO_HEAD, "invite.prepare", role=role, province=province),))
    rows.append((choice(t.CANCEL, "cancel"),))
    return quiet(facts, Reply("\n".join(lines), title=t.CHECK_INVITATION, rows=tuple(rows), edits=True))


def make(facts: Facts, intent: Intent) -> Turn:
    command = MakeInvitation(
        str(intent.args["role"]),
        str(intent.args["province"]),
        office_held=bool(intent.args.get("duty")),
        by_letter=bool(intent.args.get("letter")),
    )
    return Turn(facts.talk, command=command, then=_made)


def _made(facts: Facts, outcome: Any) -> Turn:
    if isinstance(outcome, MadeCode):
        return quiet(facts, shown_once(facts, outcome))
    return quiet(facts, Reply(facts.t.not_invited(str(outcome)), rows=_list_row(facts)))


def shown_once(facts: Facts, made: MadeCode) -> Reply:
    """The code with its link, if there are links, to be handed on as it stands."""
    t, one = facts.t, made.invitation
    lines = [
        t.invited_as(t.role(one.role), place_of(facts, one.province)),
        t.invitation_link(made.link) if made.link else t.TYPE_THE_CODE,
        made.code,
        t.valid_until(one.until),
    ]
    return Reply(
        "\n".join(lines),
        title=t.INVITATION,
        note=t.SHOWN_ONCE,
        rows=_list_row(facts),
        file=SentFile(f"{t.INVITATION}.png", qr.MIME, content=qr.draw(made.link or made.code)),
        secret=True,
    )


def _list_row(facts: Facts) -> tuple[tuple[Choice, ...], ...]:
    return ((choice(facts.t.OPEN_INVITATIONS, "invite.list"), choice(facts.t.INVITE, "invite")),)


# ------------------------------------------------------------------ letters


def prepare(facts: Facts, intent: Intent) -> Turn:
    command = PrepareLetter(str(intent.args["role"]), str(intent.args["province"]))
    return Turn(
        facts.talk,
        command=command,
        then=lambda facts, outcome: quiet(facts, Reply(facts.t.letter_prepared(str(outcome)), edits=True)),
    )


def letter_card(t: Th, one: InvitationView, place: str | None) -> Reply:
    """What the head approves or not, each with one tap."""
    rows = (
        (
            choice(t.APPROVE, "invite.decide", invitation=one.id, approve=True),
            choice(t.REFUSE, "invite.decide", invitation=one.id, approve=False),
        ),
    )
    lines = [t.invited_as(t.role(one.role), place), t.prepared_by(one.by), t.LETTER_CODE_AFTER]
    return Reply("\n".join(lines), title=t.LETTER_WAITS, rows=rows, numbered=False)


def show_letter(facts: Facts, intent: Intent) -> Turn:
    found = next((one for one in facts.joining.letters if one.id == intent.args["invitation"]), None)
    if found is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, letter_card(facts.t, found, place_of(facts, found.province)))


def decide(facts: Facts, intent: Intent) -> Turn:
    command = DecideLetter(int(intent.args["invitation"]), bool(intent.args["approve"]))
    return Turn(
        facts.talk,
        command=command,
        then=lambda facts, outcome: quiet(facts, Reply(facts.t.letter_decided(str(outcome)), edits=True)),
    )


def approved(t: Th, one: InvitationView, place: str | None) -> Reply:
    """To who prepared it: the code is made when they ask for it."""
    rows = ((choice(t.SHOW_CODE, "invite.issue", invitation=one.id),),)
    lines = [t.invited_as(t.role(one.role), place), t.valid_until(one.until)]
    return Reply("\n".join(lines), title=t.LETTER_APPROVED, rows=rows, numbered=False)


def refused(t: Th, one: InvitationView, place: str | None) -> Reply:
    return Reply(t.invited_as(t.role(one.role), place), title=t.LETTER_REFUSED)


def issue(facts: Facts, intent: Intent) -> Turn:
    return Turn(facts.talk, command=IssueCode(int(intent.args["invitation"])), then=_made)


# ------------------------------------------------------------------ one's own


def listed(facts: Facts, intent: Intent) -> Turn:
    """What can still be used or waits, with role, province and day, and a button to take each back."""
    t, found, page = facts.t, facts.joining.invitations, int(intent.args.get("page", 0))
    if not found:
        rows = ((choice(t.INVITE, "invite"),),) if invites(facts) else ()
        return quiet(facts, Reply(t.NO_OPEN_INVITATIONS, rows=rows, edits=True))
    first = page * PAGE
    shown = list(enumerate(found, 1))[first : first + PAGE]
    lines = [
        t.open_invitation(number, t.role(one.role), place_of(facts, one.province) or "", one.until, one.state)
        for number, one in shown
    ]
    buttons = [
        choice(t.show_code_of(number), "invite.issue", invitation=one.id)
        for number, one in shown
        if one.state == "approved"
    ]
    buttons += [
        choice(t.withdraw_invitation(number), "invite.withdraw", invitation=one.id) for number, one in shown
    ]
    turns = [choice(t.PREVIOUS_PAGE, "invite.list", page=page - 1)] if page else []
    turns += [choice(t.NEXT_PAGE, "invite.list", page=page + 1)] if len(found) > first + PAGE else []
    all_rows = (*rows_of(buttons, 2), *((tuple(turns),) if turns else ()))
    reply = Reply("\n".join(lines), title=t.OPEN_INVITATIONS, rows=all_rows, numbered=False, edits=True)
    return quiet(facts, reply)


def withdraw(facts: Facts, intent: Intent) -> Turn:
    return Turn(
        facts.talk,
        command=WithdrawInvitation(int(intent.args["invitation"])),
        then=lambda facts, done: quiet(
            facts,
            Reply(
                facts.t.INVITATION_TAKEN_BACK if done else facts.t.NOT_FOUND,
                rows=_list_row(facts),
                edits=True,
            ),
        ),
    )
