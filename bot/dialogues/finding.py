"""
Looking a pairing up by any name: `/pairings ชื่อ`, or a line that is only a name.

What a person may not see is left out of what a name can mean, so that it reads like what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.dialogues import pairing_status
from bot.dialogues.base import Facts, Intent, PairingView, Turn, choice, quiet, rows_of
from bot.dialogues.offices import incomplete
from bot.language.finding import Found, Named, find
from bot.messages import Choice, Reply
from bot.rights import may

PAGE = 8
"""Buttons of pairings, provinces or countries on one card."""

DOUBTFUL = ("everyday", "beginning")
"""Reasons for which a line in a chat is not taken for a name: รอ is "wait" before it is ร้อยเอ็ด."""

SHORTEST_SLIP = 6
"""Letters. A shorter line that is only like a name is a word: ตรา, นาน."""


def is_name(facts: Facts, text: str) -> bool:
    """Whether a line is nothing but a name of something that the person may see."""
    if not may(facts.seats, "see_pairings"):
        return False
    found = find(text, facts.registry.lexicon, home=facts.home)
    if found.reason in DOUBTFUL or not _shown(facts, found):
        return False
    if found.reason != "alike":
        return True
    return len(text) >= SHORTEST_SLIP and facts.knowledge.find(text).decision == "unknown"


def find_named(facts: Facts, intent: Intent) -> Turn:
    """The pairing that a name means, or a choice of what it can mean."""
    if not may(facts.seats, "see_pairings"):
        return pairing_status.pairings(facts, intent)
    found = find(str(intent.args["text"]), facts.registry.lexicon, home=facts.home)
    if found.reason == "municipal":
        return quiet(facts, Reply(facts.t.MUNICIPAL_NOT_KEPT))
    shown = _shown(facts, found)
    if not shown:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    if found.kind != "ask":
        return Turn(facts.talk, onward=_leads_to(shown[0]))
    if found.more and (shared := _in_common(facts, shown)):
        return Turn(facts.talk, onward=Intent("find.among", shared))
    lines = [facts.t.which_name(found.reason or "alike")]
    if found.more and len(shown) == len(found.choices):
        lines.append(facts.t.MORE_NAMES)
    buttons = [choice(_label(facts, one), _leads_to(one).name, **_leads_to(one).args) for one in shown]
    return quiet(facts, Reply("\n".join(lines), rows=rows_of(buttons, width=1)))


def _in_common(facts: Facts, shown: Sequence[Named]) -> dict[str, str]:
    """Province and country of pairings that are one province's in one country: "คู่จีนของเชียงใหม่"."""
    names = facts.registry.lexicon.pairings
    pairings = [names[one.id] for one in shown if one.kind == "pairing"]
    found = {(one.province_code, one.country_code) for one in pairings}
    if len(pairings) < len(shown) or len(found) != 1:
        return {}
    ((province, country),) = found
    return {"province": province, "country": country}


def among(facts: Facts, intent: Intent) -> Turn:
    """The pairings of a partner, country and province: the one, a list of few, or first a province or country."""
    args = {
        key: str(value) for key, value in intent.args.items() if key in ("partner", "country", "province")
    }
    found = [one for one in _of(facts, args) if _may_see(facts, one)]
    if args.keys() == {"province"} and _is_seen(facts, Named("province", args["province"])):
        listed = pairing_status.list_of(facts, args["province"])
        rows = (*_buttons(facts, found, args, int(intent.args.get("page", 0))), *listed.rows)
        return quiet(facts, Reply(listed.text, title=listed.title, rows=rows))
    if not found:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    if len(found) == 1:
        return Turn(facts.talk, onward=Intent("pairing.show", {"pairing": found[0].id}))
    rows = _buttons(facts, found, args, int(intent.args.get("page", 0)))
    lines = [facts.t.pairings_found(len(found))]
    if unsure := incomplete(facts, (one.province_code for one in found)):
        lines.append(unsure)
    return quiet(facts, Reply("\n".join(lines), title=_title(facts, found[0], args), rows=rows))


# ------------------------------------------------------------------ what may be seen


def _may_see(facts: Facts, pairing: PairingView) -> bool:
    return may(facts.seats, "see_pairings", pairing.province_code)


def _shown(facts: Facts, found: Found) -> list[Named]:
    """
    What of it the person may see: a province as such, anything else by a pairing. That two of which one is not
    seen have no pairing is not told either.
    """
    seen = [one for one in found.choices if _is_seen(facts, one)]
    return [] if found.reason == "not_paired" and len(seen) < len(found.choices) else seen


def _is_seen(facts: Facts, named: Named) -> bool:
    if named.kind == "province":
        return named.id in facts.registry.provinces and may(facts.seats, "see_pairings", named.id)
    if named.kind == "pairing":
        return _may_see(facts, facts.registry.pairings[named.id])
    args: dict[str, str] = {named.kind: named.id}
    return any(_may_see(facts, one) for one in _of(facts, args))


def _of(facts: Facts, args: dict[str, str]) -> Iterator[PairingView]:
    """The pairings of a partner, country and province, each of them if it is named, in the registry's order."""
    names, views = facts.registry.lexicon, facts.registry.pairings
    found: Iterable[str] = names.pairings
    if "partner" in args:
        found = names.whole.pairings_with.get(args["partner"], ())
    elif "province" in args:
        found = names.whole.pairings_of.get(args["province"], ())
    for one in (names.pairings[pairing_id] for pairing_id in found):
        known = {"partner": one.partner_id, "country": one.country_code, "province": one.province_code}
        if all(known[key] == value for key, value in args.items()):
            yield views[one.id]


def _leads_to(named: Named) -> Intent:
    if named.kind == "pairing":
        return Intent("pairing.show", {"pairing": named.id})
    return Intent("find.among", {named.kind: named.id})


# ------------------------------------------------------------------ buttons


def _label(facts: Facts, named: Named) -> str:
    t, registry = facts.t, facts.registry
    if named.kind == "pairing":
        return registry.pairings[named.id].label
    if named.kind == "province":
        return t.of_province(registry.provinces[named.id])
    args: dict[str, str] = {named.kind: named.id}
    one = next(_of(facts, args))
    country = t.name(one.country, one.country_en)
    return country if named.kind == "country" else f"{t.name(one.partner, one.partner_en)} ({country})"


def _title(facts: Facts, one: PairingView, args: dict[str, str]) -> str:
    t = facts.t
    partner, country = t.name(one.partner, one.partner_en), t.name(one.country, one.country_en)
    parts = (("province", one.province), ("partner", partner), ("country", country))
    return " · ".join(name for key, name in parts if key in args)


def _buttons(
    facts: Facts, found: Sequence[PairingView], args: dict[str, str], page: int
) -> tuple[tuple[Choice, ...], ...]:
    """A button for each of few pairings; of many first the provinces, or of one province the countries."""
    t = facts.t
    if len(found) > PAGE and "province" not in args:
        return _narrowed(facts, found, args, page, "province", lambda one: one.province)
    if len(found) > PAGE and not args.keys() & {"country", "partner"}:
        return _narrowed(facts, found, args, page, "country", lambda one: t.name(one.country, one.country_en))
    ordered = sorted(found, key=lambda one: (one.province, one.partner))
    buttons = [choice(one.label, "pairing.show", pairing=one.id) for one in ordered]
    return _paged(facts, buttons, args, page)


def _narrowed(
    facts: Facts,
    found: Sequence[PairingView],
    args: dict[str, str],
    page: int,
    by: str,
    name: Callable[[PairingView], str],
) -> tuple[tuple[Choice, ...], ...]:
    """The same pairings by province or country, with how many each has."""
    groups: dict[str, list[PairingView]] = {}
    for one in found:
        groups.setdefault(name(one), []).append(one)
    buttons = []
    for label, group in sorted(groups.items()):
        names = facts.registry.lexicon.pairings[group[0].id]
        key = names.province_code if by == "province" else names.country_code
        buttons.append(choice(f"{label} ({len(group)})", "find.among", **{**args, by: key}))
    return _paged(facts, buttons, args, page)


def _paged(
    facts: Facts, buttons: list[Choice], args: dict[str, str], page: int
) -> tuple[tuple[Choice, ...], ...]:
    shown = buttons[page * PAGE : (page + 1) * PAGE]
    turn = []
    if page:
        turn.append(choice(facts.t.PREVIOUS_PAGE, "find.among", **args, page=page - 1))
    if len(buttons) > (page + 1) * PAGE:
        turn.append(choice(facts.t.NEXT_PAGE, "find.among", **args, page=page + 1))
    return (*rows_of(shown, width=1 if len(shown) <= PAGE // 2 else 2), *((tuple(turn),) if turn else ()))
