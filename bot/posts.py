"""Who a person is to others: the seats that they hold now, and the name and post that a history shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogues.base import Who
from bot.rights import Seat
from storage import people, serving
from storage.models import Membership


def seats_of(memberships: Sequence[Membership]) -> tuple[Seat, ...]:
    return tuple(
        Seat(
            one.role,
            one.province_code,
            curator=one.curator,
            acting=one.acting,
            office_held=one.office_held,
            title=one.post,
            membership=one.id,
        )
        for one in memberships
    )


def who_are(
    session: Session, persons: Sequence[int | None], now: datetime, provinces: Collection[str] = ()
) -> dict[int | None, Who]:
    """
    Each person's name and post, as they are now.

    Whoever left is named by the post that they held: in these provinces first, whatever they do elsewhere.
    """
    ids = [one for one in dict.fromkeys(persons) if one is not None]
    names = people.names_of(session, ids)
    held: defaultdict[int, list[Membership]] = defaultdict(list)
    for row in people.list_posts(session, ids):
        held[row.person_id].append(row)
    found: dict[int | None, Who] = {None: Who("")}
    for person_id in ids:
        found[person_id] = _who(names.get(person_id, ""), held[person_id], now, provinces)
    return found


def _who(name: str, held: Sequence[Membership], now: datetime, provinces: Collection[str]) -> Who:
    current = [one for one in held if one.since <= now and serving.holds(one, now)]
    past = [one for one in held if not serving.holds(one, now)]
    here = [one for one in current if one.province_code in provinces]
    was_here = [one for one in past if one.province_code in provinces]
    if here or (current and not was_here):
        return _in_post(name, (here or current)[0])
    if was_here or past:
        return _in_post("", (was_here or past)[-1])
    return Who(name)


def _in_post(name: str, row: Membership) -> Who:
    return Who(name, seats_of([row])[0].post, row.province_code)
