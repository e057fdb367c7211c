"""Who serves in a province: the list, its check each October, and who stands in for the head."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.dialogues.base import Facts, Intended, Intent, Registry, Turn, choice, quiet, rows_of
from bot.dialogues.leaving import may_end_it, member_label
from bot.dialogues.own_data import own_chat_only
from bot.dialogues.serving_facts import ConfirmStaff, EndActing, Member, NameActing, StaffList
from bot.dialogues.typed import read_day
from bot.messages import Choice, Reply
from bot.rights import may
from bot.texts.th import Th

ASKING_PROVINCE, ASKING_DAYS, ASKING_LAST = "staff_province", "acting_days", "acting_last"
"""Open fields."""

MOST_BUTTONS = 20
"""Under one list: a phone's screen ends, and so does what a messenger takes."""

MOST_DAYS = 366
LENGTHS = (1, 3, 7, 30)
"""Days for which somebody stands in, as buttons."""

STANDS_IN = ("officer", "group_head")


# ------------------------------------------------------------------ the list


def staff(facts: Facts, intent: Intent) -> Turn:
    """ผู้ปฏิบัติงานของจังหวัด: of the person's provinces; the ministry names one."""
    if refused := own_chat_only(facts):
        return refused
    if not may(facts.seats, "see_staff"):
        return quiet(facts, Reply(facts.t.MEMBERS_ONLY, rows=((choice(facts.t.ASK_ACCESS, "join.ask"),),)))
    if facts.serving.staff:
        return quiet(facts, *(_list(facts, one) for one in facts.serving.staff))
    if intent.args.get("province"):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return ask_province(facts, intent)


def ask_province(facts: Facts, _intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    return Turn(facts.talk.asks(ASKING_PROVINCE), (Reply(facts.t.WHICH_PROVINCE, numbered=False),))


def take_province(facts: Facts, intent: Intent) -> Turn:
    """The province, typed; one that could be several is asked."""
    found = facts.registry.lexicon.resolve_province(str(intent.args["text"]))
    if len(found) == 1:
        return Turn(facts.talk.asks(), onward=Intent("staff", {"province": found[0]}))
    if not found:
        return Turn(facts.talk, (Reply(facts.t.PROVINCE_NOT_READ),))
    buttons = [choice(facts.registry.provinces[code], "staff", province=code) for code in found[:6]]
    return Turn(facts.talk, (Reply(facts.t.WHICH_PROVINCE, rows=rows_of(buttons)),))


def _list(facts: Facts, listed: StaffList) -> Reply:
    t, code = facts.t, listed.province
    lines = list_lines(t, listed)
    if listed.confirmed_on is not None:
        lines.append(t.staff_confirmed(listed.fiscal_year, listed.confirmed_on))
    buttons: list[Choice] = []
    if may(facts.seats, "confirm_staff", code) and listed.confirmed_on is None and listed.members:
        buttons.append(choice(t.STAFF_RIGHT, "staff.confirm", province=code))
    if may(facts.seats, "name_acting", code) and _who_could(listed):
        buttons.append(choice(t.NAME_ACTING, "acting.who", province=code))
    if any(may_end_it(facts, one) and not one.mine for one in listed.members):
        buttons.append(choice(t.NO_LONGER_SERVES, "staff.which", province=code))
    rows = [*_acting_rows(facts, listed), *rows_of(buttons)]
    if may(facts.seats, "see_staff", ""):  # of any province
        rows.append((choice(t.OTHER_PROVINCE_STAFF, "staff.other"),))
    return Reply("\n".join(lines), title=t.staff_of(facts.registry.provinces[code]), rows=tuple(rows))


def list_lines(t: Th, listed: StaffList) -> list[str]:
    """A line each, heads first."""
    order = ("head", "acting_head", "group_head", "officer")
    members = sorted(listed.members, key=lambda one: (order.index(one.post), one.id))
    lines = [
        t.staff_line(
            number,
            t.named(one.name, t.role(one.post)),
            one.title,
            one.since,
            one.until,
            office_held=one.office_held,
        )
        for number, one in enumerate(members, start=1)
    ]
    return lines or [t.NOBODY_SERVES]


def _acting_rows(facts: Facts, listed: StaffList) -> list[tuple[Choice, ...]]:
    """Whoever stands in may be taken back earlier."""
    if not may(facts.seats, "name_acting", listed.province):
        return []
    t = facts.t
    return [
        (choice(t.end_acting(one.name), "acting.end", member=one.id),) for one in listed.members if one.acting
    ]


def which(facts: Facts, _intent: Intent) -> Turn:
    """Whose post has ended."""
    if refused := own_chat_only(facts):
        return refused
    t = facts.t
    members = [one for listed in facts.serving.staff for one in listed.members]
    ended = [one for one in members if may_end_it(facts, one) and not one.mine]
    if not ended:
        return quiet(facts, Reply(t.NOT_FOUND))
    buttons = [choice(member_label(facts, one), "leave.ask", member=one.id) for one in ended[:MOST_BUTTONS]]
    back = choice(t.BACK, "staff", province=facts.serving.staff[0].province)
    return quiet(facts, Reply(t.WHO_LEFT, rows=(*rows_of(buttons, 1), (back,)), edits=True))


# ------------------------------------------------------------------ each October


def october_question(t: Th, registry: Registry, listed: StaffList, *, again: bool) -> Reply:
    """To the head of office: is this who serves; whoever left is one press away."""
    others = [one for one in listed.members if one.post in STANDS_IN]
    buttons = [choice(t.left_already(one.name), "leave.ask", member=one.id) for one in others[:MOST_BUTTONS]]
    rows = ((choice(t.STAFF_RIGHT, "staff.confirm", province=listed.province),), *rows_of(buttons, 1))
    title = t.october(registry.provinces[listed.province], listed.fiscal_year, again=again)
    text = "\n".join([*list_lines(t, listed), t.OCTOBER_HINT])
    return Reply(text, title=title, rows=rows, numbered=False)


def confirm(facts: Facts, intent: Intent) -> Turn:
    if refused := own_chat_only(facts):
        return refused
    code = str(intent.args["province"])
    if not may(facts.seats, "confirm_staff", code):
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return Turn(facts.talk, command=ConfirmStaff(code), then=_confirmed)


def _confirmed(facts: Facts, outcome: Any) -> Turn:
    if outcome is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    year, day = outcome
    return quiet(facts, Reply(facts.t.staff_confirmed(year, day), edits=True))


# ------------------------------------------------------------------ who stands in for the head


def _who_could(listed: StaffList) -> list[Member]:
    return [one for one in listed.members if one.post in STANDS_IN and not one.office_held]


def acting_who(facts: Facts, intent: Intent) -> Turn:
    """Which officer or head of group stands in."""
    if refused := own_chat_only(facts):
        return refused
    t, code = facts.t, str(intent.args["province"])
    found = [one for listed in facts.serving.staff for one in _who_could(listed)]
    if not may(facts.seats, "name_acting", code) or not found:
        return quiet(facts, Reply(t.NOT_FOUND))
    buttons = [choice(member_label(facts, one), "acting.days", member=one.id) for one in found[:MOST_BUTTONS]]
    rows = (*rows_of(buttons, 1), (choice(t.BACK, "staff", province=code),))
    return quiet(facts, Reply(t.WHO_STANDS_IN, rows=rows, edits=True))


def _candidate(facts: Facts) -> Member | None:
    member = facts.serving.member
    if member is None or member.province is None or member.post not in STANDS_IN:
        return None
    return member if may(facts.seats, "name_acting", member.province) else None


def acting_days(facts: Facts, _intent: Intent) -> Turn:
    """From when: by button, or both days typed."""
    if refused := own_chat_only(facts):
        return refused
    t, member = facts.t, _candidate(facts)
    if member is None:
        return quiet(facts, Reply(t.NOT_FOUND))
    days = (facts.today, facts.today + timedelta(days=1), _next_monday(facts.today))
    buttons = [
        choice(t.full_day(day), "acting.from", member=member.id, first=day.isoformat())
        for day in dict.fromkeys(days)
    ]
    rows = (tuple(buttons), (choice(t.BACK, "staff", province=member.province),))
    asked = Reply(t.stands_in_when(member.name), rows=rows, edits=True, numbered=False)
    return Turn(facts.talk.asks(ASKING_DAYS, str(member.id)), (asked,))


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def take_days(facts: Facts, intent: Intent) -> Turn:
    """Both days typed, or the first of them."""
    member, read = _candidate(facts), read_day(facts, str(intent.args["text"]), ahead=True)
    if member is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if isinstance(read, str) or read.doubtful:
        line = read if isinstance(read, str) else facts.t.DAY_WANTED
        return Turn(facts.talk, (Reply(line, numbered=False),))
    if read.end is None:
        return _ask_last(facts, member, read.start)
    return _name(facts, member, read.start, read.end)


def acting_from(facts: Facts, intent: Intent) -> Turn:
    member = _candidate(facts)
    if member is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _ask_last(facts, member, date.fromisoformat(str(intent.args["first"])))


def _ask_last(facts: Facts, member: Member, first: date) -> Turn:
    if refused := _out_of_time(facts, first, first):
        return refused
    t = facts.t
    buttons = [
        choice(t.for_days(number), "acting.until", member=member.id, first=first.isoformat(), days=number)
        for number in LENGTHS
    ]
    rows = (*rows_of(buttons), (choice(t.BACK, "acting.days", member=member.id),))
    asked = Reply(t.stands_in_until(member.name, first), rows=rows, edits=True, numbered=False)
    kept = Intended(name="acting.until", args={"first": first.isoformat()})
    return Turn(facts.talk.asks(ASKING_LAST, str(member.id)).model_copy(update={"wanted": kept}), (asked,))


def acting_until(facts: Facts, intent: Intent) -> Turn:
    member, first = _candidate(facts), date.fromisoformat(str(intent.args["first"]))
    if member is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _name(facts, member, first, first + timedelta(days=int(intent.args["days"]) - 1))


def take_last(facts: Facts, intent: Intent) -> Turn:
    """The last day, typed; the first is kept with the open field."""
    member, read = _candidate(facts), read_day(facts, str(intent.args["text"]), ahead=True)
    wanted = facts.talk.wanted
    if member is None or wanted is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if isinstance(read, str) or read.doubtful:
        line = read if isinstance(read, str) else facts.t.DAY_WANTED
        return Turn(facts.talk, (Reply(line, numbered=False),))
    if read.end is not None:
        return _name(facts, member, read.start, read.end)
    first = date.fromisoformat(str(wanted.args["first"]))
    return _name(facts, member, first, read.start)


def _out_of_time(facts: Facts, first: date, last: date) -> Turn | None:
    t = facts.t
    if first < facts.today:
        line = t.STANDS_IN_FROM_TODAY
    elif last < first:
        line = t.DATE_REVERSED
    elif (last - first).days >= MOST_DAYS:
        line = t.stands_in_too_long(MOST_DAYS)
    else:
        return None
    return Turn(facts.talk, (Reply(line, numbered=False),))


def _name(facts: Facts, member: Member, first: date, last: date) -> Turn:
    if refused := _out_of_time(facts, first, last):
        return refused
    return Turn(
        facts.talk.asks(),
        command=NameActing(member.id, first, last),
        then=lambda facts, outcome: _named(facts, outcome, member, first, last),
    )


def _named(facts: Facts, outcome: Any, member: Member, first: date, last: date) -> Turn:
    t = facts.t
    kind, acting = outcome
    if kind == "overlaps":
        back = ((choice(t.BACK, "staff", province=member.province),),)
        return quiet(facts, Reply(t.SOMEBODY_STANDS_IN, rows=back, edits=True))
    if kind != "named":
        return quiet(facts, Reply(t.NOT_FOUND))
    rows = (
        (
            choice(t.CANCEL_ACTING, "acting.end", member=acting),
            choice(t.STAFF, "staff", province=member.province),
        ),
    )
    text = t.stands_in(member.name, facts.registry.provinces[str(member.province)], first, last)
    return quiet(facts, Reply(text, rows=rows, edits=True))


def acting_end(facts: Facts, intent: Intent) -> Turn:
    """Earlier than was said."""
    if refused := own_chat_only(facts):
        return refused
    return Turn(facts.talk.asks(), command=EndActing(int(intent.args["member"])), then=_no_longer)


def _no_longer(facts: Facts, name: str | None) -> Turn:
    if name is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return quiet(facts, Reply(facts.t.stands_in_no_more(name), edits=True))


def told_acting(t: Th, name: str, province: str, first: date, last: date) -> Reply:
    """To whoever stands in, and to the head."""
    return Reply(t.stands_in(name, province, first, last), numbered=False)


def told_no_longer(t: Th, name: str) -> Reply:
    return Reply(t.stands_in_no_more(name), numbered=False)
