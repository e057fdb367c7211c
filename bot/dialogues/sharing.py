"""An activity of several provinces: inviting one, and what the invited province answers."""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import (
    ActivityView,
    AnswerInvitation,
    Facts,
    Intent,
    InviteProvince,
    LeaveActivity,
    PairingView,
    Registry,
    Turn,
    choice,
    quiet,
    rows_of,
)
from bot.dialogues.records import gone, is_of_own_pairing, receipt, show_button
from bot.dialogues.values import activity_line, label_of
from bot.messages import Choice, Reply
from bot.texts.th import Th

ASKING = "share_province"
MOST_OFFERED = 8
"""Provinces that twin with the same partner, or pairings of a province, as buttons."""


# ------------------------------------------------------------------ inviting


def ask(facts: Facts, _intent: Intent) -> Turn:
    """Which province took part too: those of the same partner as buttons, any other typed."""
    activity = _own(facts)
    if activity is None:
        return quiet(facts, gone(facts))
    rows = (*rows_of(_offered(facts, activity), 2), _back(facts, activity.id))
    text = f"{activity_line(facts.t, facts.registry, activity)}\n{facts.t.WHICH_OTHER_PROVINCE}"
    return Turn(
        facts.talk.asks(ASKING, str(activity.id)), (Reply(text, rows=rows, edits=True, numbered=False),)
    )


def _own(facts: Facts) -> ActivityView | None:
    activity = facts.activity
    return activity if activity and not activity.deleted and is_of_own_pairing(facts, activity) else None


def _back(facts: Facts, activity_id: int) -> tuple[Choice, ...]:
    return (choice(facts.t.BACK, "activity.show", activity=activity_id),)


def _offered(facts: Facts, activity: ActivityView) -> list[Choice]:
    registry = facts.registry
    covered = [registry.pairings[one] for one in activity.pairings]
    partners = {(one.country, one.partner) for one in covered}
    taken = {*(one.province_code for one in covered), *activity.invited}
    codes = [
        one.province_code for one in registry.pairings.values() if (one.country, one.partner) in partners
    ]
    found = [code for code in dict.fromkeys(codes) if code not in taken]
    return [_invite_button(facts, activity.id, code) for code in found[:MOST_OFFERED]]


def _invite_button(facts: Facts, activity_id: int, code: str) -> Choice:
    label = facts.registry.provinces[code]
    return choice(label, "share.invite", activity=activity_id, province=code)


def take_province(facts: Facts, intent: Intent) -> Turn:
    """The province, typed."""
    activity = _own(facts)
    if activity is None:
        return quiet(facts, gone(facts))
    codes = facts.registry.lexicon.resolve_province(str(intent.args["text"]))
    if len(codes) == 1:
        return _invite(facts, activity.id, codes[0])
    text = facts.t.WHICH_OTHER_PROVINCE if codes else facts.t.PROVINCE_NOT_READ
    buttons = [_invite_button(facts, activity.id, code) for code in codes[:MOST_OFFERED]]
    rows = (*rows_of(buttons, 2), _back(facts, activity.id))
    return Turn(facts.talk, (Reply(text, rows=rows, numbered=False),))


def invite(facts: Facts, intent: Intent) -> Turn:
    return _invite(facts, int(intent.args["activity"]), str(intent.args["province"]))


def _invite(facts: Facts, activity_id: int, province: str) -> Turn:
    return Turn(
        facts.talk,
        command=InviteProvince(activity_id, province),
        then=lambda facts, outcome: _invited(facts, outcome, province),
    )


def _invited(facts: Facts, outcome: Any, province: str) -> Turn:
    kind, activity = outcome
    if activity is None:
        return quiet(facts, gone(facts))
    line = facts.t.invited(kind, facts.registry.provinces[province])
    return quiet(facts, receipt(facts, activity, facts.t.RECORD, lead=line))


# ------------------------------------------------------------------ what the other province is told


def invitation(t: Th, registry: Registry, activity: ActivityView, invitation_id: int, province: str) -> Reply:
    """To the officers of an invited province: the activity in one line, their pairings, or no."""
    own = registry.pairings[activity.pairing_id]
    ours = [one for one in registry.of_province(province) if one.verdict != "wrong"]
    ours.sort(key=lambda one: (one.partner != own.partner, one.country != own.country))
    buttons = [_accept_button(invitation_id, one) for one in ours[:MOST_OFFERED]]
    no = choice(t.DID_NOT_TAKE_PART, "share.decline", invitation=invitation_id)
    text = f"{activity_line(t, registry, activity)}\n{t.WITH_WHICH_PAIRING}"
    title = t.asks_to_join(own.province, registry.provinces[province])
    return Reply(text, title=title, rows=(*rows_of(buttons, 2), (no,)), numbered=False)


def _accept_button(invitation_id: int, pairing: PairingView) -> Choice:
    return choice(pairing.partner, "share.accept", invitation=invitation_id, pairing=pairing.id)


def answered(
    t: Th, registry: Registry, activity: ActivityView, province: str, pairing_id: str | None
) -> Reply:
    """To whoever invited: what the other province said."""
    said = (
        t.province_joined(province, label_of(registry, pairing_id)) if pairing_id else t.declined_by(province)
    )
    line = activity_line(t, registry, activity)
    return Reply(line, title=said, rows=((show_button(t, activity.id),),), numbered=False)


# ------------------------------------------------------------------ answering


def accept(facts: Facts, intent: Intent) -> Turn:
    return _answer(facts, int(intent.args["invitation"]), str(intent.args["pairing"]))


def decline(facts: Facts, intent: Intent) -> Turn:
    return _answer(facts, int(intent.args["invitation"]), None)


def _answer(facts: Facts, invitation_id: int, pairing_id: str | None) -> Turn:
    return Turn(
        facts.talk,
        command=AnswerInvitation(invitation_id, pairing_id),
        then=_answer_stored,
    )


def leave(facts: Facts, intent: Intent) -> Turn:
    """A province that had joined did not take part after all."""
    return Turn(facts.talk, command=LeaveActivity(int(intent.args["activity"])), then=_answer_stored)


def _answer_stored(facts: Facts, outcome: Any) -> Turn:
    t = facts.t
    kind, activity = outcome
    if kind == "gone":
        return quiet(facts, gone(facts))
    if activity is None:
        return quiet(
            facts, Reply(t.INVITATION_WITHDRAWN if kind == "withdrawn" else t.NOT_COUNTED_HERE, edits=True)
        )
    headline = t.JOINED_IN if kind == "accepted" else t.RECORD
    return quiet(facts, receipt(facts, activity, headline))
