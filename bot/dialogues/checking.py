"""Who has confirmed their list of pairings, and what happened to it: for the ministry, and the province's own history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.dialogues.base import Facts, Intent, Turn, choice, quiet, rows_of
from bot.dialogues.offices import counted_provinces, post_of
from bot.dialogues.offices_facts import CheckView, DropMissing, UndoConfirm
from bot.messages import Choice, Reply
from bot.rights import may

PAGE = 8


# ------------------------------------------------------------------ the ministry's list


def checks(facts: Facts, intent: Intent) -> Turn:
    """Provinces with pairings and how their confirmation stands, page by page; those not confirmed first."""
    if not may(facts.seats, "see_unconfirmed"):  # a province has its own list to check
        return Turn(facts.talk, onward=Intent("list.check"))
    t, page = facts.t, int(intent.args.get("page", 0))
    found = counted_provinces(facts)
    fitting = [code for code in found if _fits(facts, code, intent)]
    fitting.sort(key=lambda code: _check(facts, code).confirmed_at is not None)
    shown = fitting[page * PAGE : (page + 1) * PAGE]
    narrow = {key: intent.args[key] for key in ("only", "region", "cluster") if key in intent.args}
    names = [str(value) for key, value in narrow.items() if key != "only"]
    names += [t.ONLY_UNCONFIRMED] if "only" in narrow else []
    counted = t.confirmed_of(_confirmed(facts, fitting), len(fitting))
    lines = [" · ".join((*names, counted))] if narrow else []
    lines += [_line(facts, code) for code in shown] or [t.NO_PROVINCE_FITS]
    buttons = [choice(facts.registry.provinces[code], "checks.show", province=code) for code in shown]
    rows = (*rows_of(buttons, 2), *_pages(facts, narrow, page, len(fitting)), *_filters(facts, narrow))
    title = t.confirmed_of(_confirmed(facts, found), len(found))
    edits = bool(intent.args)
    return quiet(facts, Reply("\n".join(lines), title=title, rows=rows, edits=edits))


def _check(facts: Facts, code: str) -> CheckView:
    return facts.offices.checks.get(code, CheckView())


def _confirmed(facts: Facts, codes: Sequence[str]) -> int:
    return sum(_check(facts, code).confirmed_at is not None for code in codes)


def _fits(facts: Facts, code: str, intent: Intent) -> bool:
    place, args = facts.offices.places.get(code), intent.args
    if args.get("only") and _check(facts, code).confirmed_at is not None:
        return False
    if "region" in args and (place is None or place.region != args["region"]):
        return False
    return "cluster" not in args or (place is not None and place.cluster == args["cluster"])


def _line(facts: Facts, code: str) -> str:
    check, found = _check(facts, code), facts.registry.of_province(code)
    day = check.confirmed_at.date() if check.confirmed_at else None
    wrong = sum(one.verdict == "wrong" for one in found)
    since = len(check.new) + len(check.changed)
    return facts.t.check_line(
        facts.registry.provinces[code], len(found), day, len(check.missing), wrong, since
    )


def _pages(facts: Facts, narrow: dict[str, Any], page: int, total: int) -> tuple[tuple[Choice, ...], ...]:
    t, turn = facts.t, []
    if page:
        turn.append(choice(t.PREVIOUS_PAGE, "checks", **narrow, page=page - 1))
    if total > (page + 1) * PAGE:
        turn.append(choice(t.NEXT_PAGE, "checks", **narrow, page=page + 1))
    return (tuple(turn),) if turn else ()


def _filters(facts: Facts, narrow: dict[str, Any]) -> tuple[tuple[Choice, ...], ...]:
    t = facts.t
    only = choice(t.ONLY_UNCONFIRMED, "checks", **{**narrow, "only": True})
    every = choice(t.ALL_PROVINCES, "checks", page=0)
    return (
        ((every if "only" in narrow or narrow else only),),
        (choice(t.BY_REGION, "checks.by", by="region"), choice(t.BY_CLUSTER, "checks.by", by="cluster")),
    )


def narrow_by(facts: Facts, intent: Intent) -> Turn:
    """Regions or clusters of provinces with pairings, as buttons."""
    by = str(intent.args["by"])
    if not may(facts.seats, "see_unconfirmed") or by not in ("region", "cluster"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    places = [facts.offices.places[code] for code in counted_provinces(facts) if code in facts.offices.places]
    values = sorted({str(getattr(one, by)) for one in places} - {""})
    buttons = [choice(value, "checks", **{by: value}) for value in values]
    rows = (*rows_of(buttons, 2), (choice(facts.t.BACK, "checks", page=0),))
    return quiet(
        facts, Reply(facts.t.BY_REGION if by == "region" else facts.t.BY_CLUSTER, rows=rows, edits=True)
    )


def show(facts: Facts, intent: Intent) -> Turn:
    """One province: when and by which post, what it misses and does not know, what came since."""
    code = str(intent.args["province"])
    if not may(facts.seats, "see_unconfirmed") or code not in facts.registry.provinces:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t, check, found = facts.t, _check(facts, code), facts.registry.of_province(code)
    day = check.confirmed_at.date() if check.confirmed_at else None
    lines = [t.confirmed_on(day, post_of(facts, check.post, None))]
    if day is None:
        lines.append(t.INCOMPLETE)
    if check.missing:
        lines.append(t.missing_line(check.missing))
    wrong = [one.label for one in found if one.verdict == "wrong"]
    if wrong:
        lines.append(t.wrong_line(wrong))
    lines += since_lines(facts, check)
    rows = (
        (choice(t.PROFILE, "profile", province=code), choice(t.PAIRINGS, "find.among", province=code)),
        (choice(t.PROVINCE_LIST_HISTORY, "list.history", province=code), choice(t.BACK, "checks", page=0)),
    )
    return quiet(
        facts, Reply("\n".join(lines), title=t.profile_of(facts.registry.provinces[code]), rows=rows)
    )


def since_lines(facts: Facts, check: CheckView) -> list[str]:
    """Pairings that came or were changed since the province confirmed; nothing where it has not."""
    known = facts.registry.pairings
    ids = [one for one in (*check.new, *check.changed) if one in known] if check.confirmed_at else []
    return [facts.t.since_confirmed([known[one].label for one in dict.fromkeys(ids)])] if ids else []


# ------------------------------------------------------------------ history and undoing


def history(facts: Facts, intent: Intent) -> Turn:
    """What the province said of its list, when and by which post."""
    code = str(intent.args["province"])
    if not may(facts.seats, "see_history", code) or code not in facts.registry.provinces:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t, known = facts.t, facts.registry.pairings
    lines = [
        t.list_event(
            one.action,
            one.at,
            post_of(facts, one.post, None),
            known[one.pairing].label if one.pairing is not None and one.pairing in known else None,
        )
        for one in facts.offices.events
    ]
    title = f"{t.PROVINCE_LIST_HISTORY} {facts.registry.provinces[code]}"
    back = choice(t.PROFILE, "profile", province=code)
    return quiet(facts, Reply("\n".join(lines or [t.NO_LIST_HISTORY]), title=title, rows=((back,),)))


def undo(facts: Facts, intent: Intent) -> Turn:
    """Takes the confirmation back."""
    code, args = str(intent.args["province"]), intent.args
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    command = UndoConfirm(
        province=code,
        at=str(args["at"]),
        before=str(args["before"]) if args.get("before") else None,
        person=int(args["person"]) if args.get("person") else None,
        pairings=tuple(str(one) for one in args["pairings"]),
    )
    rows = ((choice(facts.t.CHECK_LIST, "list.check", province=code),),)

    def undone(facts: Facts, done: Any) -> Turn:
        return quiet(facts, Reply(facts.t.CONFIRMATION_UNDONE if done else facts.t.NOT_UNDONE, rows=rows))

    return Turn(facts.talk.asks(), command=command, then=undone)


def drop_missing(facts: Facts, intent: Intent) -> Turn:
    """A pairing that was noted as missing is not."""
    code, name = str(intent.args["province"]), str(intent.args["missed"])
    if not may(facts.seats, "check_list", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    rows = ((choice(facts.t.CHECK_LIST, "list.check", province=code),),)
    reply = Reply(facts.t.missing_dropped(name), rows=rows)
    return Turn(
        facts.talk.asks(), command=DropMissing(code, name), then=lambda facts, _done: quiet(facts, reply)
    )
