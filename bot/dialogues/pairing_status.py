"""The province's pairings: the list, its check by the province, and what the year still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.calendar import period_of
from bot.dialogues.base import (
    ConfirmList,
    Facts,
    Intent,
    MarkWrong,
    NoteMissing,
    PairingView,
    Turn,
    choice,
    quiet,
    rows_of,
    shortened,
    year_sums,
)
from bot.dialogues.checking import since_lines
from bot.dialogues.offices import counted_provinces, incomplete, post_of, priorities_of
from bot.dialogues.offices_facts import CheckView
from bot.messages import Choice, Reply
from bot.reminders import Count, counts, last_held, owes
from bot.rights import may, provinces

MAX_NAME = 120
MOST_MISSING_BUTTONS = 5


def pairings(facts: Facts, intent: Intent) -> Turn:
    """`/pairings`: the list of the person's provinces, or of the one a ministry officer names."""
    if not may(facts.seats, "see_pairings"):
        return _guest(facts)
    wanted = intent.args.get("province")
    codes = (str(wanted),) if wanted else provinces(facts.seats)
    if not codes:
        return Turn(facts.talk.asks("province", "pairings"), (Reply(facts.t.WHICH_PROVINCE),))
    allowed = _seen(facts, codes)
    if not allowed:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, *(list_of(facts, code) for code in allowed))


def _seen(facts: Facts, codes: Sequence[str]) -> list[str]:
    """Those of the provinces that there are and that the person may see."""
    known = (code for code in codes if code in facts.registry.provinces)
    return [code for code in known if may(facts.seats, "see_pairings", code)]


def _guest(facts: Facts) -> Turn:
    return quiet(facts, Reply(facts.t.MEMBERS_ONLY, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),)))


def list_of(facts: Facts, code: str) -> Reply:
    """The list of a province that the person may see."""
    t = facts.t
    found = facts.registry.of_province(code)
    lines = [
        f"{number}. {t.name(pairing.partner, pairing.partner_en)} ({t.name(pairing.country, pairing.country_en)}) · {t.stage(pairing)}"
        for number, pairing in enumerate(found, start=1)
    ]
    if not found:
        lines = [t.NO_PAIRINGS]
    if found:
        lines.append(t.countries_line(priorities_of(facts, found)))
    if code not in facts.confirmed:
        lines.append(t.INCOMPLETE)
    rows: tuple[tuple[Choice, ...], ...] = ()
    if may(facts.seats, "check_list", code):
        rows = ((choice(t.CHECK_LIST, "list.check", province=code), choice(t.STATUS, "status")),)
    rows = (*rows, (choice(t.PROFILE, "profile", province=code),))
    if code in facts.confirmed and (rows or may(facts.seats, "confirm_fact")):
        rows = (*rows, (choice(t.REOPEN_LIST, "list.reopen", province=code),))
    return Reply("\n".join(lines), title=t.pairings_of(facts.registry.provinces[code]), rows=rows)


# ------------------------------------------------------------------ the check of the list


def greet(facts: Facts, province: str, lead: str) -> Reply:
    """On first entry the officer is asked to check the province's list."""
    t = facts.t
    count = len(facts.registry.of_province(province))
    rows = (
        (choice(t.CHECK_LIST, "list.check", province=province),),
        (choice(t.LOG, "log.new"), choice(t.ASK, "ask")),
    )
    return Reply(f"{lead}\n{t.please_check(count)}" if lead else t.please_check(count), rows=rows)


def check(facts: Facts, intent: Intent) -> Turn:
    """ถูกต้อง · ไม่ใช่ · ขาดคู่."""
    codes = [code for code in provinces(facts.seats) if may(facts.seats, "check_list", code)]
    if len(codes) > 1 and "province" not in intent.args:
        buttons = [choice(facts.registry.provinces[code], "list.check", province=code) for code in codes]
        return quiet(facts, Reply(facts.t.WHICH_OF_YOUR_PROVINCES, rows=rows_of(buttons)))
    code = str(intent.args.get("province") or facts.home or "")
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t, found = facts.t, facts.registry.of_province(code)
    state = facts.offices.checks.get(code, CheckView())
    lines = [f"{number}. {one.partner} · {t.stage(one)}" for number, one in enumerate(found, start=1)]
    lines = lines or [t.NO_PAIRINGS]
    if state.confirmed_at is not None:
        lines.append(t.confirmed_on(state.confirmed_at.date(), post_of(facts, state.post, None)))
        lines += since_lines(facts, state)
    else:
        lines.append(t.INCOMPLETE)
    if state.missing:
        lines.append(t.missing_line(state.missing))
    rows = (
        (choice(t.LIST_RIGHT, "list.right", province=code),),
        (
            choice(t.LIST_WRONG, "list.wrong", province=code),
            choice(t.LIST_MISSING, "list.missing", province=code),
        ),
        *(
            (choice(shortened(t.drop_missing(name)), "list.drop_missing", province=code, missed=name),)
            for name in state.missing[:MOST_MISSING_BUTTONS]
        ),
        (choice(t.HISTORY, "list.history", province=code),),
    )
    title = t.is_list_right(facts.registry.provinces[code])
    return quiet(facts, Reply("\n".join(lines), title=title, rows=rows, edits=True))


def confirm(facts: Facts, intent: Intent) -> Turn:
    code = str(intent.args["province"])
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    before = facts.offices.checks.get(code, CheckView())
    undecided = [one.id for one in facts.registry.of_province(code) if one.verdict is None]

    def confirmed(facts: Facts, _done: Any) -> Turn:
        t, now = facts.t, facts.offices.checks.get(code, CheckView())
        undo = choice(
            t.UNDO_IT,
            "list.undo",
            province=code,
            at=now.confirmed_utc,
            before=before.confirmed_utc,
            person=before.person,
            pairings=undecided,
        )
        text = t.list_confirmed(facts.registry.provinces[code])
        return quiet(facts, Reply(text, rows=((undo,),), edits=True))

    return Turn(facts.talk, command=ConfirmList(code), then=confirmed)


def which_is_wrong(facts: Facts, intent: Intent) -> Turn:
    code = str(intent.args["province"])
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    buttons = [
        choice(pairing.partner, "list.mark", pairing=pairing.id)
        for pairing in facts.registry.of_province(code)
        if pairing.verdict != "wrong"
    ]
    rows = (*rows_of(buttons), (choice(facts.t.BACK, "list.check", province=code),))
    return quiet(facts, Reply(facts.t.WHICH_IS_WRONG, rows=rows, edits=True))


def mark_wrong(facts: Facts, intent: Intent) -> Turn:
    pairing = facts.registry.pairings.get(str(intent.args["pairing"]))
    if pairing is None or not may(facts.seats, "check_list", pairing.province_code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t, wrong = facts.t, bool(intent.args.get("wrong", True))
    buttons = [choice(t.CHECK_LIST, "list.check", province=pairing.province_code)]
    if wrong:
        buttons.append(choice(t.NOT_WRONG, "list.mark", pairing=pairing.id, wrong=False))
    text = t.marked_wrong(pairing.label) if wrong else t.not_wrong(pairing.label)
    reply = Reply(text, rows=(tuple(buttons),), edits=True)
    return Turn(
        facts.talk, command=MarkWrong(pairing.id, wrong), then=lambda facts, _done: quiet(facts, reply)
    )


def ask_missing(facts: Facts, intent: Intent) -> Turn:
    code = str(intent.args["province"])
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    cancel = ((choice(facts.t.CANCEL, "cancel"),),)
    return Turn(facts.talk.asks("missing_pair", code), (Reply(facts.t.WHICH_IS_MISSING, rows=cancel),))


def take_missing(facts: Facts, intent: Intent) -> Turn:
    code, name = str(facts.talk.subject), str(intent.args["text"]).strip()[:MAX_NAME]
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    undo = choice(facts.t.UNDO_IT, "list.drop_missing", province=code, missed=name)
    rows = ((choice(facts.t.CHECK_LIST, "list.check", province=code), undo),)
    reply = Reply(facts.t.missing_noted(name), rows=rows)
    return Turn(facts.talk, command=NoteMissing(code, name), then=lambda facts, _done: quiet(facts, reply))


# ------------------------------------------------------------------ what the year lacks


def status(facts: Facts, intent: Intent) -> Turn:
    """`/status`: for each pairing the year's count, the days left and the last activity."""
    if not may(facts.seats, "see_pairings"):
        return _guest(facts)
    wanted = intent.args.get("province")
    codes = (str(wanted),) if wanted else provinces(facts.seats)
    if not codes:
        return _country_status(facts)
    allowed = _seen(facts, codes)
    if not allowed:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, *(_province_status(facts, code) for code in allowed))


def _owing(facts: Facts, found: tuple[PairingView, ...]) -> list[PairingView]:
    return [
        one
        for one in found
        if one.verdict != "wrong" and owes(one.facts, period_of(facts.today, facts.basis, one.facts.signed))
    ]


def _province_status(facts: Facts, code: str) -> Reply:
    t = facts.t
    owing = _owing(facts, facts.registry.of_province(code))
    lines = _year_lines(facts, owing)
    if not owing:
        lines.append(t.NOTHING_OWED)
    if code not in facts.confirmed:
        lines.append(t.INCOMPLETE)
    rows: tuple[tuple[Choice, ...], ...] = ()
    if may(facts.seats, "log_activity", code):
        rows = ((choice(t.LOG, "log.new"), choice(t.ACTIVITIES, "activities")),)
    return Reply("\n".join(lines), title=t.status_of(facts.registry.provinces[code], facts.today), rows=rows)


def _year_lines(facts: Facts, owing: list[PairingView]) -> list[str]:
    """The silent pairings first, then the active ones; the other year in one line below."""
    t, lines = facts.t, []
    silent = [one for one in owing if not _active(facts, one)]
    for period, group in groupby(silent, key=lambda one: _duty(facts, one).period):
        found = list(group)
        duty = _duty(facts, found[0])
        lines.append(t.lacking(duty.basis, period, len(found), duty.days_left))
        lines += [_line(facts, number, one) for number, one in enumerate(found, start=1)]
    active = [one for one in owing if _active(facts, one)]
    if active:
        lines.append(t.active(len(active)))
        lines += [
            f"{_line(facts, number, one)} · {t.times(_duty(facts, one).count)}"
            for number, one in enumerate(active, start=1)
        ]
    others = [other for one in owing for other in year_sums(facts, one)[1:]]
    others.sort(key=_year)
    for (basis, period), several in groupby(others, key=_year):
        sums = list(several)
        lacking = sum(other.count == 0 for other in sums)
        lines.append(t.year_of_several(basis, period, lacking, len(sums), sums[0].days_left))
    return lines


def _year(one: Count) -> tuple[str, str]:
    return one.basis, one.period


def _line(facts: Facts, number: int, pairing: PairingView) -> str:
    name = facts.t.name(pairing.partner, pairing.partner_en)
    return f"{number}. {name} · {facts.t.last_activity(last_held(facts.activities, pairing.id))}"


def _duty(facts: Facts, pairing: PairingView) -> Count:
    return year_sums(facts, pairing)[0]


def _country_status(facts: Facts) -> Turn:
    """For the ministry: provinces with pairings that have nothing yet this year, by name."""
    t = facts.t
    lines, lacking = [], 0
    for code, name in facts.registry.provinces.items():
        owing = _owing(facts, facts.registry.of_province(code))
        silent = [one for one in owing if not _active(facts, one)]
        lacking += len(silent)
        if owing:
            lines.append(t.province_line(name, len(owing), len(owing) - len(silent), code in facts.confirmed))
    talk = facts.talk.asks("province", "status")
    title = t.country_status(lacking, facts.today)
    rows = (
        ((choice(t.CHECKS, "checks"), choice(t.COUNTRIES, "countries")),)
        if may(facts.seats, "see_unconfirmed")
        else ()
    )
    unsure = incomplete(facts, counted_provinces(facts))
    text = "\n".join([*lines, *([t.UNCONFIRMED_MARK, unsure] if unsure else []), t.NAME_A_PROVINCE])
    return Turn(talk, (Reply(text, title=title, rows=rows),))


def _active(facts: Facts, pairing: PairingView) -> bool:
    return counts(pairing.facts, facts.activities, facts.today, facts.basis) > 0


def take_province(facts: Facts, intent: Intent) -> Turn:
    """A ministry officer typed a province's name."""
    found = facts.registry.lexicon.resolve_province(str(intent.args["text"]))
    wanted = "status" if facts.talk.subject == "status" else "pairings"
    if len(found) == 1:
        return Turn(facts.talk, onward=Intent(wanted, {"province": found[0]}))
    if not found:
        return Turn(facts.talk, (Reply(facts.t.PROVINCE_NOT_READ),))
    buttons = [
        choice(facts.registry.provinces[code], str(facts.talk.subject), province=code) for code in found[:6]
    ]
    return Turn(facts.talk, (Reply(facts.t.WHICH_PROVINCE, rows=rows_of(buttons)),))
