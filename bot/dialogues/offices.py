"""What the steps for provinces, countries, contacts and documents share, and their part of a pairing's card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.dialogues.base import Facts, PairingView, Turn, choice, quiet
from bot.dialogues.offices_facts import CheckView
from bot.messages import Choice, Reply
from bot.rights import Doing, may


def seen_pairing(facts: Facts, pairing_id: object, doing: Doing = "see_pairings") -> PairingView | None:
    """The pairing, where the person may do this with it; a foreign one is like one that does not exist."""
    found = facts.registry.pairings.get(str(pairing_id))
    return found if found is not None and may(facts.seats, doing, found.province_code) else None


def only_in_private(facts: Facts) -> Turn | None:
    """What to say to a press in a group, where others would see what comes; None in a chat of their own."""
    return quiet(facts, Reply(facts.t.PRIVATE_ONLY)) if facts.group else None


def post_of(facts: Facts, post: str | None, province: str | None) -> str:
    """ "เจ้าหน้าที่ เชียงใหม่": by post, not by name."""
    role = facts.t.role(post) if post else ""
    return " ".join(part for part in (role, facts.registry.provinces.get(province or "", "")) if part)


def incomplete(facts: Facts, codes: Iterable[str]) -> str:
    """The line below any list or figure of provinces that have not all confirmed their list; "" where all have."""
    wanted = tuple(dict.fromkeys(codes))
    confirmed = sum(code in facts.confirmed for code in wanted)
    if confirmed == len(wanted):
        return ""
    return facts.t.INCOMPLETE if len(wanted) == 1 else facts.t.incomplete_of(confirmed, len(wanted))


def counted_provinces(facts: Facts) -> tuple[str, ...]:
    """Provinces that have pairings of provincial level: Bangkok's own stay out of the figures."""
    having = {one.province_code for one in facts.registry.pairings.values() if one.level != "bma"}
    return tuple(code for code in facts.registry.provinces if code in having)


def country_of(facts: Facts, pairing: PairingView) -> str:
    """CN"""
    return facts.registry.lexicon.pairings[pairing.id].country_code


def priorities_of(facts: Facts, found: Iterable[PairingView]) -> Mapping[str, str | None]:
    """The countries of these pairings by name, with how each ranks."""
    t = facts.t
    return {
        t.name(one.country, one.country_en): facts.registry.priorities.get(country_of(facts, one))
        for one in found
    }


def rank_line(facts: Facts, pairing: PairingView) -> str:
    """What a pairing's card says of its country."""
    return facts.t.country_line(facts.registry.priorities.get(country_of(facts, pairing)))


def card_buttons(facts: Facts, pairing: PairingView) -> tuple[tuple[Choice, ...], ...]:
    """The buttons of a pairing's card that lead to documents, contacts, the check, province and country."""
    t, code = facts.t, pairing.province_code
    papers = []
    if may(facts.seats, "see_documents", code):
        papers.append(choice(t.DOCUMENTS, "docs", pairing=pairing.id))
    if may(facts.seats, "see_contacts", code):
        papers.append(choice(t.CONTACTS, "contacts", pairing=pairing.id))
    check = []
    if may(facts.seats, "check_list", code):
        changed = pairing.id in facts.offices.checks.get(code, CheckView()).changed
        if pairing.verdict != "correct" or changed:
            check.append(choice(t.PAIRING_RIGHT, "list.mark", pairing=pairing.id, wrong=False))
        if pairing.verdict != "wrong":
            check.append(choice(t.PAIRING_WRONG, "list.mark", pairing=pairing.id))
    places = [choice(t.PROFILE, "profile", province=code)]
    if may(facts.seats, "rank_country"):
        places.append(choice(t.COUNTRIES, "countries.show", country=country_of(facts, pairing)))
    return tuple(tuple(row) for row in (papers, check, places) if row)
