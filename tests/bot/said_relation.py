"""Samples of the wording of one pairing: everything that is known of it, with sources, and how it is changed."""

from __future__ import annotations

from datetime import date, datetime

from bot.calendar import BANGKOK
from bot.dialogues.relation_facts import FIELDS
from bot.texts.th import Th

DAY = date(2015, 6, 12)
AT = datetime(2026, 11, 22, 9, 5, tzinfo=BANGKOK)


def said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings."""
    label, province = "Chiang Mai–Chengdu", "Chiang Mai"
    days = [(DAY, precision) for precision in ("day", "month", "year")]
    return {
        "stage_of": [t.stage_of(stage) for stage in (*t.STAGES, "a")],
        "fact_name": [t.fact_name(field) for field in (*FIELDS, "a")],
        "known_day": [t.known_day(*day) for day in days],
        "fact_line": [t.fact_line("a", "b")],
        "agreement": [
            t.agreement("a", "", None),
            *(t.agreement("a", "b", left) for left in (-1200, -1, 0, 1, 1200)),
            t.agreement("", "b", 3),
        ],
        "merged_into": [t.merged_into("a")],
        "conflicts_mark": [t.conflicts_mark(count) for count in (1, 2)],
        "proposals_mark": [t.proposals_mark(count) for count in (1, 2)],
        "kept_beside": [t.kept_beside(0, 0), t.kept_beside(2, 1)],
        "list_confirmed_on": [t.list_confirmed_on(DAY)],
        "conflict": [t.conflict("a", "b", "c")],
        "waits": [t.waits("a")],
        "source_dated": [t.source_dated("a", None), t.source_dated("a", DAY)],
        "shared_with": [t.shared_with([province, "a"])],
        "post_of": [t.post_of("a", province), t.post_of("a", "")],
        "history_of": [t.history_of(label)],
        "audit_of": [t.audit_of(label)],
        "fact_changed": [t.fact_changed("a", "b", "c")],
        "said_by": [t.said_by("a", AT, "b"), t.said_by("a", None, "")],
        "standing_of": [
            t.standing_of(standing, who, note)
            for standing in t.STANDINGS
            for who, note in (("", ""), ("a", "b"))
        ],
        "fact_note": [t.fact_note(note) for note in ("not_a_pairing", *t.REFUSALS, "a")],
        "back_to_before": [t.back_to_before("a")],
        "withdraw_fact": [t.withdraw_fact("a")],
        "really_take_back": [t.really_take_back("a", "b", "c")],
        "audit_line": [t.audit_line(AT, "a", "b", "c", "d"), t.audit_line(AT, "a", "", "c", "")],
        "ask_fact": [t.ask_fact(field, 500) for field in FIELDS],
        "fact_now": [t.fact_now("a")],
        "fact_before": [t.fact_before("a")],
        "fact_after": [t.fact_after("a")],
        "too_many_items": [t.too_many_items(20)],
        "day_is_ahead": [t.day_is_ahead(*day) for day in days],
        "attached_document": [t.attached_document("a.pdf")],
        "also_signed_on": [t.also_signed_on(*day) for day in days],
        "facts_waiting": [t.facts_waiting(count) for count in (0, 1, 2)],
        "facts_conflicting": [t.facts_conflicting(count) for count in (0, 1, 2)],
        "already_decided": [
            t.already_decided(standing, who) for standing in t.STANDINGS for who in ("", "b")
        ],
        "proposal_decided": [
            t.proposal_decided(decision, label, "a", "b") for decision in ("confirm", "keep", "refuse")
        ],
        "missing_named": [t.missing_named(2)],
        "province_misses": [t.province_misses(province, "a")],
        "marked_count": [t.marked_count(2)],
        "province_marked": [t.province_marked(province, "a")],
        "adding_to": [t.adding_to(province)],
        "which_partner_of": [t.which_partner_of("a")],
        "no_partner_of": [t.no_partner_of("a")],
        "pairing_added": [t.pairing_added(label)],
        "pairing_was_added": [t.pairing_was_added("a")],
        "missing_was_refused": [t.missing_was_refused("a", "b")],
        "mark_was_settled": [t.mark_was_settled(label, "a")],
        "list_reopened": [t.list_reopened(province)],
    }
