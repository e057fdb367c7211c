"""Samples of the wording of those who serve: their own data, leaving, handing over, standing in, the list of staff."""

from __future__ import annotations

from datetime import date

from bot.texts.th import Th

FIRST, LAST = date(2026, 11, 22), date(2026, 12, 5)


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    office, malee = "Chiang Mai", "Malee"
    works = [t.work_part(kind, 3) for kind in ("drafts", "plans", "contacts")]
    return {
        "privacy_contact": [t.privacy_contact(None), t.privacy_contact("dpo@example.org")],
        "own_name": [t.own_name(""), t.own_name(malee)],
        "own_language": [t.own_language()],
        "own_channels": [t.own_channels(["a", "b"])],
        "channel_name": [t.channel_name(channel) for channel in (*t.CHANNELS, "other")],
        "channel_line": [t.channel_line("web", here=here) for here in (True, False)],
        "own_seat_line": [t.own_seat_line("a", office, "b"), t.own_seat_line("a", None, None)],
        "own_seat": [
            t.own_seat("a", office, "b", FIRST, LAST, "c", office_held=True),
            t.own_seat("a", None, None, FIRST, None, None, office_held=False),
        ],
        "own_count": [
            t.own_count(kind, number)
            for kind in ("drafts", "records", "questions", "reminders", "holds", "contacts", "events")
            for number in (0, 1, 1200)
        ],
        "how_to_erase": [t.how_to_erase(None), t.how_to_erase("dpo@example.org")],
        "write_name": [t.write_name(""), t.write_name(malee)],
        "write_post": [t.write_post("a", None), t.write_post("a", "b")],
        "seat_label": [t.seat_label("a", None), t.seat_label("a", office)],
        "named": [t.named("", "a"), t.named(malee, "a")],
        "leaving_own": [t.leaving_own()],
        "leaving_other": [t.leaving_other(""), t.leaving_other(malee)],
        "work": [t.work(works)],
        "work_part": works,
        "given_to": [t.given_to(malee)],
        "ended_for": [t.ended_for(""), t.ended_for(malee)],
        "work_waits": [t.work_waits(office)],
        "you_take_over": [t.you_take_over("a", office)],
        "your_post_ended": [t.your_post_ended("a", None), t.your_post_ended("a", office)],
        "member_left": [t.member_left(t.named(malee, "a"), office)],
        "no_head_left": [t.no_head_left(office)],
        "staff_of": [t.staff_of(office)],
        "staff_line": [
            t.staff_line(1, "a", None, FIRST, None, office_held=False),
            t.staff_line(2, "a", "b", FIRST, LAST, office_held=True),
        ],
        "staff_confirmed": [t.staff_confirmed(2570, FIRST)],
        "october": [t.october(office, 2570, again=again) for again in (False, True)],
        "left_already": [t.left_already(""), t.left_already("x" * 80)],
        "full_day": [t.full_day(FIRST)],
        "for_days": [t.for_days(1), t.for_days(30)],
        "stands_in_when": [t.stands_in_when(""), t.stands_in_when(malee)],
        "stands_in_until": [t.stands_in_until("", FIRST), t.stands_in_until(malee, FIRST)],
        "stands_in_too_long": [t.stands_in_too_long(366)],
        "stands_in": [t.stands_in("", office, FIRST, FIRST), t.stands_in(malee, office, FIRST, LAST)],
        "end_acting": [t.end_acting(""), t.end_acting("x" * 80)],
        "stands_in_no_more": [t.stands_in_no_more(""), t.stands_in_no_more(malee)],
        "link_refused": [
            t.link_refused(reason) for reason in ("unknown", "used", "expired", "locked", "self")
        ],
        "is_that_you": [t.is_that_you("", []), t.is_that_you(malee, ["a", "b"])],
        "channel_linked": [t.channel_linked("web")],
        "unlink": [t.unlink("web")],
        "really_unlink": [t.really_unlink("web")],
        "recorder_today": [t.recorder_today(malee)],
        "records_today": [t.records_today(malee)],
        "on_duty_phone": [t.on_duty_phone(malee, "", ""), t.on_duty_phone(malee, "a", office)],
    }
