"""Samples of the wording of provinces, countries, contacts and signed documents."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.dialogues.stating import COUNTRY_FIELDS, MOST_TEXT, PICKED, PROVINCE_FIELDS
from bot.texts.th import Th

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
DAY = date(2026, 11, 22)
FIELDS = (*PROVINCE_FIELDS, *COUNTRY_FIELDS)
TYPED = {
    "office": "Office",
    "group_order": "123/1",
    "group_members": "a, b",
    "group_order_on": "2023-01-05",
}


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    chengdu, office = "Chengdu", "Chiang Mai"
    values = [
        *(t.office_value(name, value) for name in PICKED for value in getattr(t, PICKED[name])),
        *(t.office_value(name, value) for name, value in TYPED.items()),
        t.office_value("group_order_on", "2023-01-01", "year"),
        t.office_value("group_meetings", ["2026-01-05", "2026-04-03"]),
        t.office_value("special_zone", None),
    ]
    return {
        "documents_of": [t.documents_of(chengdu, count) for count in (0, 3)],
        "document_kind": [t.document_kind(kind) for kind in t.DOCUMENT_KINDS],
        "document_line": [
            t.document_line(1, "a.pdf", size, AT, post) for size, post in ((900, ""), (3 << 20, "x"))
        ],
        "document_added": [t.document_added("a.pdf")],
        "ask_document_name": [t.ask_document_name("a.pdf")],
        "documents_known": [t.documents_known(count) for count in (1, 2)],
        "documents_full": [t.documents_full(20, 100)],
        "document_removed": [t.document_removed("a.pdf")],
        "document_removal": [t.document_removal(reason) for reason in (*t.DOCUMENT_REMOVALS, "as typed")],
        "name_too_long": [t.name_too_long(100)],
        "side": [t.side(side) for side in t.SIDES],
        "contacts_of": [t.contacts_of(chengdu)],
        "contact_number": [t.contact_number(2)],
        "contact": [t.contact("Malee", None, None), t.contact("Malee", "a", "02 000 0000")],
        "contact_parts": [
            t.contact_parts("ours", "Malee", None, None),
            t.contact_parts("theirs", "Li", "a", "li@example.org"),
        ],
        "kept_by": [t.kept_by(""), t.kept_by("Malee")],
        "ask_contact": [t.ask_contact(side) for side in t.SIDES],
        "contacts_full": [t.contacts_full(10)],
        "office_field": [t.office_field(name) for name in FIELDS],
        "office_value": values,
        "ask_office_field": [t.ask_office_field(name, MOST_TEXT.get(name, 0)) for name in FIELDS],
        "office_value_not_read": [t.office_value_not_read("x" * 900)],
        "office_day_ahead": [t.office_day_ahead("x")],
        "profile_of": [t.profile_of(office)],
        "office_line": [t.office_line(name, "x", source) for name in FIELDS for source in (None, "Plan")],
        "region_line": [t.region_line("a", ""), t.region_line("a", "b")],
        "pairings_line": [t.pairings_line(signed, left) for signed in (0, 1, 8) for left in (0, 2)],
        "unfinished_line": [t.unfinished_line([chengdu])],
        "staff_count": [t.staff_count(count) for count in (0, 1, 4)],
        "proposals_line": [t.proposals_line(count) for count in (1, 3)],
        "proposal_of": [t.proposal_of("office", "x")],
        "fact_source": [t.fact_source("Plan")],
        "fact_reason": [t.fact_reason("as typed")],
        "stated_line": [
            t.stated_line("office", "x", state, AT, post) for state in t.STATED_STATES for post in ("", "a")
        ],
        "fact_decided": [
            t.fact_decided(office, "office", "x", accepted, note)
            for accepted in (True, False)
            for note in (None, "as typed")
        ],
        "country_rank": [t.country_rank(level) for level in (None, *t.PRIORITIES)],
        "country_line": [t.country_line(level) for level in (None, "first")],
        "countries_line": [t.countries_line({"a": None}), t.countries_line({"a": "first", "b": None})],
        "country_choice": [t.country_choice("a", count, None) for count in (1, 30)],
        "countries_ranked": [t.countries_ranked(0, 12), t.countries_ranked(3, 12)],
        "confirmed_of": [t.confirmed_of(0, 1), t.confirmed_of(12, 39)],
        "incomplete_of": [t.incomplete_of(0, 1), t.incomplete_of(12, 39)],
        "check_line": [t.check_line(office, 1, None, 0, 0, 0), t.check_line(office, 8, DAY, 1, 2, 3)],
        "confirmed_on": [t.confirmed_on(None, ""), t.confirmed_on(DAY, ""), t.confirmed_on(DAY, "a")],
        "missing_line": [t.missing_line([chengdu])],
        "wrong_line": [t.wrong_line([chengdu])],
        "since_confirmed": [t.since_confirmed([chengdu])],
        "drop_missing": [t.drop_missing(chengdu)],
        "missing_dropped": [t.missing_dropped(chengdu)],
        "list_event": [
            t.list_event(action, AT, post, pairing)
            for action in t.LIST_EVENTS
            for post, pairing in (("", None), ("a", chengdu))
        ],
    }
