"""Samples of the wording of invitations, requests to join, and the notice of what is kept."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import BANGKOK
from bot.texts.th import Th

AT = datetime(2026, 11, 22, 9, 5, tzinfo=BANGKOK)
REFUSALS = ("unknown", "used", "yours", "expired", "withdrawn", "already", "locked")


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    office, link = "Chiang Mai", "https://t.me/a_bot?start=SC-AAAAAAAAAAAAAAAAAAAAAA"
    return {
        "notice": [t.notice(None), t.notice("dpo@example.org")],
        "joined": [t.joined("a", office), t.joined("a", None)],
        "invited_as": [t.invited_as("a", office), t.invited_as("a", None)],
        "code_refused": [t.code_refused(reason) for reason in REFUSALS],
        "post_kept": [t.post_kept("x")],
        "duty_phone": [t.duty_phone(on=on) for on in (True, False)],
        "invitation_link": [t.invitation_link(link)],
        "valid_until": [t.valid_until(AT)],
        "not_invited": [t.not_invited(reason) for reason in ("full", "issued", "gone")],
        "letter_prepared": [t.letter_prepared(one) for one in ("asked", "nobody", "full", "gone")],
        "letter_decided": [t.letter_decided(one) for one in ("approved", "refused", "decided", "gone")],
        "prepared_by": [t.prepared_by("Malee"), t.prepared_by("")],
        "open_invitations": [t.open_invitations(3)],
        "open_invitation": [
            t.open_invitation(1, "a", place, AT, state)
            for place in (office, "")
            for state in ("open", "waiting", "approved")
        ],
        "withdraw_invitation": [t.withdraw_invitation(1)],
        "show_code_of": [t.show_code_of(1)],
        "change_request": [t.change_request(field) for field in ("province", "role", "name", "post")],
        "request_lines": [t.request_lines("Malee", "x", "a", office)],
        "request_sent": [t.request_sent(to, office) for to in ("heads", "ministry")],
        "not_requested": [t.not_requested(reason) for reason in ("waiting", "often", "already", "gone")],
        "requests_waiting": [t.requests_waiting(2)],
        "request_item": [t.request_item("Malee", "a", office)],
        "letter_item": [t.letter_item("a", office)],
        "asked_on": [t.asked_on(channel, AT) for channel in ("web", "telegram", "line", "terminal", "other")],
        "decided_already": [
            t.decided_already(state, AT.date()) for state in ("approved", "refused", "withdrawn")
        ],
        "your_request_refused": [t.your_request_refused("a", office)],
        "refused_because": [t.refused_because("x")],
    }
