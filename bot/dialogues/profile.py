"""A province's own page, and which countries come first."""

from __future__ import annotations

from bot.dialogues.base import Facts, Intent, PairingView, Turn, choice, quiet, rows_of, shortened
from bot.dialogues.offices import country_of, incomplete, only_in_private, post_of
from bot.dialogues.offices_facts import CheckView, StatedView
from bot.dialogues.stating import PROVINCE_FIELDS, decides, may_state, name_of_subject
from bot.messages import Choice, Reply
from bot.rights import may, provinces

PAGE = 8
MOST_PROPOSALS = 6
MOST_UNFINISHED = 12


def show(facts: Facts, intent: Intent) -> Turn:
    """`ข้อมูลจังหวัด`: of the person's own province, or of the one that a button names."""
    if not may(facts.seats, "see_pairings"):
        return quiet(facts, Reply(facts.t.MEMBERS_ONLY, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),)))
    wanted = intent.args.get("province")
    codes = (str(wanted),) if wanted else provinces(facts.seats)
    if not codes and may(facts.seats, "see_unconfirmed"):
        return Turn(facts.talk.asks(), onward=Intent("checks"))
    code = codes[0] if codes else ""
    if code not in facts.registry.provinces or not may(facts.seats, "see_pairings", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return only_in_private(facts) or quiet(facts, _profile(facts, code))


def _profile(facts: Facts, code: str) -> Reply:
    t, subject = facts.t, f"province:{code}"
    current = {one.field: one for one in facts.offices.stated if one.state == "current"}
    waiting = [one for one in facts.offices.stated if one.state == "proposed"]
    lines = [*_place(facts, code), *_pairings(facts, code)]
    lines += [_line(facts, name, current.get(name)) for name in PROVINCE_FIELDS]
    if facts.offices.staff is not None and may(facts.seats, "see_staff", code):
        lines.append(t.staff_count(facts.offices.staff))
    if waiting:
        lines.append(t.proposals_line(len(waiting)))
    if unsure := incomplete(facts, [code]):
        lines.append(unsure)
    rows = [*_proposals(facts, subject, waiting)]
    first = [choice(t.CHANGE_PROFILE, "stated.which", subject=subject)] if may_state(facts, subject) else []
    first.append(choice(t.HISTORY, "stated.history", subject=subject))
    rows.append(tuple(first))
    rows.append(
        (
            choice(t.PAIRINGS, "find.among", province=code),
            choice(t.PROVINCE_LIST_HISTORY, "list.history", province=code),
        )
    )
    return Reply("\n".join(lines), title=t.profile_of(facts.registry.provinces[code]), rows=tuple(rows))


def _place(facts: Facts, code: str) -> list[str]:
    place = facts.offices.places.get(code)
    return [facts.t.region_line(place.region, place.cluster)] if place is not None else []


def _pairings(facts: Facts, code: str) -> list[str]:
    t = facts.t
    found = [one for one in facts.registry.of_province(code) if one.verdict != "wrong"]
    unfinished = [one for one in found if one.status == "in_progress"]
    signed = sum(one.status == "established" for one in found)
    check = facts.offices.checks.get(code, CheckView())
    confirmed = check.confirmed_at.date() if check.confirmed_at else None
    lines = [t.pairings_line(signed, len(unfinished))]
    if unfinished:
        names = [t.name(one.partner, one.partner_en) for one in unfinished[:MOST_UNFINISHED]]
        lines.append(t.unfinished_line(names))
    return [*lines, t.confirmed_on(confirmed, post_of(facts, check.post, None))]


def _line(facts: Facts, name: str, one: StatedView | None) -> str:
    t = facts.t
    if one is None:
        return t.office_line(name, t.NOT_STATED, None)
    return t.office_line(name, t.office_value(name, one.value, one.precision), one.source or None)


def _proposals(facts: Facts, subject: str, waiting: list[StatedView]) -> list[tuple[Choice, ...]]:
    """For the ministry a button each."""
    if not decides(facts, subject):
        return []
    t = facts.t
    return [
        (
            choice(
                shortened(t.proposal_of(one.field, t.office_value(one.field, one.value, one.precision)), 55),
                "stated.proposal",
                fact=one.id,
                subject=subject,
            ),
        )
        for one in waiting[:MOST_PROPOSALS]
    ]


# ------------------------------------------------------------------ countries


def countries(facts: Facts, intent: Intent) -> Turn:
    """Countries with pairings and how each ranks; those that come first stand first."""
    if not may(facts.seats, "rank_country"):  # to anybody else it is a question
        return Turn(facts.talk, onward=Intent("ask.text", {"text": facts.t.COUNTRIES}))
    t, page = facts.t, int(intent.args.get("page", 0))
    groups: dict[str, list[PairingView]] = {}
    for one in facts.registry.pairings.values():
        if one.level != "bma":
            groups.setdefault(country_of(facts, one), []).append(one)
    levels = list(t.PRIORITIES)
    ranked = facts.registry.priorities

    def place(code: str) -> tuple[int, int, str]:
        level = ranked.get(code)
        return (levels.index(level) if level in levels else len(levels), -len(groups[code]), code)

    ordered = sorted(groups, key=place)
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    buttons = [
        choice(
            t.country_choice(name_of_subject(facts, f"country:{code}"), len(groups[code]), ranked.get(code)),
            "countries.show",
            country=code,
        )
        for code in shown
    ]
    turn = []
    if page:
        turn.append(choice(t.PREVIOUS_PAGE, "countries", page=page - 1))
    if len(ordered) > (page + 1) * PAGE:
        turn.append(choice(t.NEXT_PAGE, "countries", page=page + 1))
    counted = t.countries_ranked(sum(code in ranked for code in ordered), len(ordered))
    rows = (*rows_of(buttons, 1), *((tuple(turn),) if turn else ()))
    edits = "page" in intent.args
    return quiet(facts, Reply(f"{t.ABOUT_RANKING}\n{counted}", title=t.COUNTRIES, rows=rows, edits=edits))


def country(facts: Facts, intent: Intent) -> Turn:
    """One country: its rank with reason and source, to be changed."""
    code = str(intent.args["country"])
    subject = f"country:{code}"
    found = [one for one in facts.registry.pairings.values() if country_of(facts, one) == code]
    if not found or not may(facts.seats, "rank_country"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t = facts.t
    now = next((one for one in facts.offices.stated if one.state == "current"), None)
    lines = [t.country_line(now.value if now is not None else None)]
    if now is not None:
        lines += [t.fact_reason(now.note)] if now.note else []
        lines += [t.fact_source(now.source)] if now.source else []
    rows = (
        (
            choice(t.RANK, "stated.ask", subject=subject, field="priority"),
            choice(t.HISTORY, "stated.history", subject=subject),
        ),
        (choice(t.COUNTRIES, "countries"),),
    )
    return quiet(facts, Reply("\n".join(lines), title=name_of_subject(facts, subject), rows=rows))
