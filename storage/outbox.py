"""
Everything the bot says leaves through this table.

A row may go out when its time has come and no earlier open row of its chat whose time has come is left:
order is kept per chat, and a row that is due later blocks nobody. `sending` rows carry a lease; a lease that
ran out means that nobody knows whether the service got the message. It is then repeated once and marked
`maybe_duplicate`; a second unknown outcome makes it `uncertain`, which `status` shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage import digests
from storage.models import ChannelState, Chat, Identity, Outbox

LEASE = timedelta(seconds=180)
"""Longer than any send may take: an upload of a picture and its text, two requests of 65 s."""

TOO_FAR = LEASE + timedelta(minutes=10)
"""No lease and no retry lies further ahead, but that of a clock which was set back since: it holds nobody."""

LONGEST_WAIT = timedelta(days=1)
"""Nor does a pause: one that ends later was set by such a clock too."""

EDIT_TRIES = 5
"""How often an edit whose outcome is unknown is repeated: it may have become a new message."""

OPEN = ("queued", "sending")

CODE = "code"
"""Kind of a message with a code that is shown once: nothing of it stays when it has gone out, or will not."""


@dataclass(frozen=True)
class Clock:
    """Both clocks: `now` is real (leases, back-off), `business` decides what is due (office hours)."""

    now: datetime
    business: datetime


def add(
    session: Session,
    chat: Chat,
    kind: str,
    body: dict[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    claim: tuple[str, Clock] | None = None,
) -> Outbox:
    """Queue a row. With `claim` (process, clock) it is that process's to send at once."""
    row = Outbox(
        channel=chat.channel,
        chat_id=chat.id,
        kind=kind,
        body=body,
        created_at=now,
        not_before=not_before,
        state="queued",
        attempts=0,
        maybe_duplicate=False,
    )
    if claim is not None:
        row.attempts = 1
        mark_claimed(row, *claim)
    session.add(row)
    return row


def _lies_ahead(moment: Any, now: Any, furthest: Any) -> Any:
    return and_(moment > now, moment <= furthest)


_WAITS_OR_PAUSED = select(
    or_(
        exists().where(
            Outbox.channel == bindparam("channel"),  # so the index of what is open is read
            Outbox.state.in_(OPEN),
            Outbox.chat_id == bindparam("chat_id"),
            or_(Outbox.not_before.is_(None), Outbox.not_before <= bindparam("business")),
        ),
        exists().where(
            ChannelState.channel == bindparam("channel"),
            _lies_ahead(ChannelState.paused_until, bindparam("now"), bindparam("furthest")),
        ),
    )
)


def is_followed(session: Session, row: Outbox, business: datetime) -> bool:
    """Whether more is due for the row's chat that was queued after it and still waits to be sent."""
    later = select(Outbox.id).where(
        Outbox.channel == row.channel,
        Outbox.state.in_(OPEN),
        Outbox.chat_id == row.chat_id,
        Outbox.id > row.id,
        or_(Outbox.not_before.is_(None), Outbox.not_before <= business),
    )
    return session.scalar(later.limit(1)) is not None


def has_queued(session: Session, chat_id: int, kind: str) -> bool:
    """Whether a message of this kind waits to be sent to the chat."""
    waiting = select(Outbox.id).where(
        Outbox.chat_id == chat_id, Outbox.kind == kind, Outbox.state == "queued"
    )
    return session.scalar(waiting.limit(1)) is not None


def count_said(session: Session, kind: str, since: datetime) -> Counter[int]:
    """How many messages of this kind were made for each chat since then."""
    rows = session.execute(
        select(Outbox.chat_id, func.count())
        .where(Outbox.kind == kind, Outbox.created_at >= since)
        .group_by(Outbox.chat_id)
    )
    return Counter({chat_id: number for chat_id, number in rows})  # noqa: C416 - as in `reminders`


def cancel_queued(session: Session, kind: str, about: str) -> None:
    """Take back messages of this kind about something that is no more, where they have not gone out."""
    queued = and_(Outbox.kind == kind, Outbox.state == "queued")
    bodies = session.execute(select(Outbox.id, Outbox.body).where(queued))
    ids = [outbox_id for outbox_id, body in bodies if body.get("about") == about]
    # One that is taken to be sent while its row is waited for has gone out.
    waiting = select(Outbox).where(Outbox.id.in_(ids), queued).order_by(Outbox.id).with_for_update()
    for row in session.scalars(waiting.execution_options(populate_existing=True)):
        cancel(row)


def cancel_in(session: Session, chat_ids: Sequence[int], *, office_hours_only: bool) -> None:
    """Say nothing of what waits to be said in these chats; or only nothing of what waits for office hours."""
    queued = and_(Outbox.chat_id.in_(chat_ids), Outbox.state == "queued")
    if office_hours_only:
        queued = and_(queued, Outbox.not_before.is_not(None))
    waiting = select(Outbox).where(queued).order_by(Outbox.id).with_for_update()
    for row in session.scalars(waiting.execution_options(populate_existing=True)):
        cancel(row)


def may_claim_at_once(session: Session, chat: Chat, clock: Clock) -> bool:
    """Whether a turn may insert its replies already claimed: nothing earlier waits, nothing is paused."""
    furthest = clock.now + LONGEST_WAIT
    if chat.paused_until and clock.now < chat.paused_until <= furthest:
        return False
    known = {
        "chat_id": chat.id,
        "channel": chat.channel,
        "now": clock.now,
        "furthest": furthest,
        "business": clock.business,
    }
    return not session.scalar(_WAITS_OR_PAUSED, known)


def mark_claimed(row: Outbox, process: str, clock: Clock) -> None:
    row.state = "sending"
    row.claimed_by = process
    row.lease_until = clock.now + LEASE


def _due(row: Any, clock: Clock) -> Any:
    return and_(row.state.in_(OPEN), or_(row.not_before.is_(None), row.not_before <= clock.business))


def _is_too_far(moment: Any, clock: Clock) -> Any:
    return moment > clock.now + TOO_FAR


def claim(session: Session, channels: Sequence[str], process: str, clock: Clock, limit: int) -> list[Outbox]:
    """
    Take up to `limit` rows to send, at most one a chat, in order.

    A row whose lease ran out is taken again and marked `maybe_duplicate`, or closed as `uncertain` when
    that happened before.
    """
    earlier = aliased(Outbox)
    waits = exists().where(
        and_(earlier.chat_id == Outbox.chat_id, earlier.id < Outbox.id, _due(earlier, clock))
    )
    ahead = (clock.now, clock.now + LONGEST_WAIT)
    chat_paused = exists().where(Chat.id == Outbox.chat_id, _lies_ahead(Chat.paused_until, *ahead))
    channel_paused = exists().where(
        ChannelState.channel == Outbox.channel, _lies_ahead(ChannelState.paused_until, *ahead)
    )
    rows = session.scalars(
        select(Outbox)
        .where(
            Outbox.channel.in_(channels),
            _due(Outbox, clock),
            or_(
                Outbox.state == "queued",
                Outbox.lease_until < clock.now,
                _is_too_far(Outbox.lease_until, clock),
            ),
            or_(Outbox.retry_at.is_(None), Outbox.retry_at <= clock.now, _is_too_far(Outbox.retry_at, clock)),
            ~waits,
            ~chat_paused,
            ~channel_paused,
        )
        .order_by(Outbox.id)
        .limit(limit)
        # "no key": the plan may point at a row meanwhile
        .with_for_update(skip_locked=True, of=Outbox, key_share=True)
    ).all()
    taken = []
    for row in rows:
        if row.state == "sending" and not note_unknown(row):
            continue
        row.attempts += 1
        mark_claimed(row, process, clock)
        taken.append(row)
    return taken


def note_unknown(row: Outbox) -> bool:
    """
    An outcome that nobody can know. Edits and the chat page may be repeated at will; a message once.

    Returns:
        True when the row may be sent again.
    """
    if row.body.get("edit") and row.attempts < EDIT_TRIES:
        return True
    if row.maybe_duplicate:
        row.state = "uncertain"
        row.claimed_by = row.lease_until = None
        return False
    row.maybe_duplicate = True
    return True


def expire_leases(session: Session, channels: Sequence[str], now: datetime) -> None:
    """On SQLite one process serves a channel, so at its start every claim is a dead process's."""
    session.execute(
        update(Outbox)
        .where(Outbox.state == "sending", Outbox.channel.in_(channels))
        .values(lease_until=now - timedelta(seconds=1))
    )


def close_as_unknown(session: Session, business: datetime) -> int:
    """
    After a backup was put back: what waited to be sent when it was made was sent since, as far as anybody can
    know. It is closed as uncertain, which `status` shows; returns how many. What is due later goes out.
    """
    due = and_(Outbox.state.in_(OPEN), or_(Outbox.not_before.is_(None), Outbox.not_before <= business))
    rows = session.scalars(
        update(Outbox)
        .where(due)
        .values(state="uncertain", claimed_by=None, lease_until=None)
        .returning(Outbox.id)
    ).all()
    digests.close_as_unknown(session, rows)
    return len(rows)


def get_for_result(session: Session, outbox_id: int) -> Outbox | None:
    return session.get(Outbox, outbox_id, with_for_update=True)


def mark_sent(row: Outbox, message_ref: str, now: datetime) -> None:
    row.state = "sent"
    row.message_ref = message_ref
    row.sent_at = now
    row.claimed_by = row.lease_until = row.retry_at = None
    if row.kind == CODE:
        row.body = {}


_MARK_SENT = (
    update(Outbox)
    .where(
        Outbox.id == bindparam("outbox_id"),
        Outbox.state == "sending",
        Outbox.claimed_by == bindparam("process"),
    )
    .values(
        state="sent",
        message_ref=bindparam("ref"),
        sent_at=bindparam("now"),
        claimed_by=None,
        lease_until=None,
        retry_at=None,
    )
)


def mark_many_sent(session: Session, sent: Sequence[tuple[int, str]], process: str, now: datetime) -> None:
    """(row, the channel's message id) of plain messages that arrived, in one statement."""
    if sent:
        session.connection().execute(
            _MARK_SENT,
            [{"outbox_id": row, "ref": ref, "process": process, "now": now} for row, ref in sent],
        )


def put_back(row: Outbox, retry_at: datetime | None, error: str) -> None:
    row.state = "queued"
    row.claimed_by = row.lease_until = None
    row.retry_at = retry_at
    row.error = error


def cancel(row: Outbox) -> None:
    """A digest that has nothing to say any more, or goes with another day's; its text is not kept."""
    row.state = "cancelled"
    row.body = {}
    row.claimed_by = row.lease_until = None


def mark_failed(row: Outbox, error: str) -> None:
    row.state = "failed"
    row.error = error
    row.claimed_by = row.lease_until = None


def pause_chat(session: Session, chat_id: int, until: datetime) -> None:
    session.execute(update(Chat).where(Chat.id == chat_id).values(paused_until=until))


def pause_channel(session: Session, channel: str, until: datetime) -> None:
    state = session.get(ChannelState, channel)
    if state is None:
        session.add(ChannelState(channel=channel, paused_until=until))
    else:
        state.paused_until = until


def close_chat(session: Session, chat_id: int, error: str) -> None:
    """The person cannot be reached here: nothing more is sent, and reminders look for another way."""
    session.execute(
        update(Outbox)
        .where(Outbox.chat_id == chat_id, Outbox.state.in_(OPEN))
        .values(state="failed", error=error, claimed_by=None, lease_until=None)
    )
    session.execute(update(Identity).where(Identity.chat_id == chat_id).values(reachable=False))


def begin_again(row: Outbox, chat: Chat, not_before: datetime) -> None:
    """A digest that did not go out is planned once more: its text is made anew, for the chat it goes to now."""
    row.state, row.chat_id, row.channel, row.not_before = "queued", chat.id, chat.channel, not_before
    row.body, row.kind, row.error, row.retry_at = {}, "digest", None, None
    row.attempts, row.maybe_duplicate = 0, False


def list_digests(session: Session, person_ids: Collection[int], since: date) -> dict[int, dict[date, Outbox]]:
    """The digests of these persons of that day and later, and earlier ones that still wait; by person and day."""
    rows = session.scalars(
        select(Outbox).where(
            Outbox.digest_person_id.in_(person_ids),
            or_(Outbox.digest_on >= since, Outbox.state == "queued"),
        )
    )
    found: dict[int, dict[date, Outbox]] = {}
    for row in rows:
        if row.digest_person_id is not None and row.digest_on is not None:
            found.setdefault(row.digest_person_id, {})[row.digest_on] = row
    return found


def is_digest(session: Session, person_id: int, chat_id: int, message_ref: str) -> bool:
    """Whether this message in a chat was one of the person's digests."""
    found = select(Outbox.id).where(
        Outbox.digest_person_id == person_id, Outbox.chat_id == chat_id, Outbox.message_ref == message_ref
    )
    return session.scalar(found.limit(1)) is not None


def next_due_at(session: Session, channels: Sequence[str], clock: Clock) -> float | None:
    """
    Seconds until a row may go out by time alone: retry, lease, office hours, pauses. None if none waits.

    A row that waits for an earlier one of its chat is not counted.
    """
    rows = session.execute(
        select(
            Outbox.chat_id,
            Outbox.not_before,
            Outbox.retry_at,
            Outbox.lease_until,
            Chat.paused_until,
            ChannelState.paused_until,
        )
        .join(Chat, Chat.id == Outbox.chat_id)
        .outerjoin(ChannelState, ChannelState.channel == Outbox.channel)
        .where(Outbox.channel.in_(channels), Outbox.state.in_(OPEN))
        # What waits for office hours comes last: many digests must not hide what is due.
        .order_by(Outbox.not_before.is_not(None) & (Outbox.not_before > clock.business), Outbox.id)
        .limit(500)
    )
    waits: list[float] = []
    held: set[int] = set()
    for chat_id, not_before, retry_at, lease_until, *pauses in rows:
        if chat_id in held:
            continue
        opens = (not_before - clock.business).total_seconds() if not_before else 0.0
        holds = [one for one in (retry_at, lease_until) if one and one <= clock.now + TOO_FAR]
        holds += [one for one in pauses if one and one <= clock.now + LONGEST_WAIT]
        waits.append(max(0.0, opens, *((one - clock.now).total_seconds() for one in holds)))
        if opens <= 0:
            held.add(chat_id)
    return min(waits, default=None)


def count_by_state(session: Session) -> dict[str, int]:
    """Open, uncertain and failed rows by state and channel, and messages that may have come twice."""
    rows = session.execute(
        select(Outbox.state, Outbox.channel, func.count())
        .where(Outbox.state.in_(("queued", "sending", "uncertain", "failed")))
        .group_by(Outbox.state, Outbox.channel)
    )
    counts = {f"{state}/{channel}": number for state, channel, number in rows}
    doubled = session.scalar(select(func.count()).where(Outbox.maybe_duplicate)) or 0
    return {**counts, **({"maybe_duplicate": doubled} if doubled else {})}


def count_failed_digests(session: Session) -> int:
    """Digests that the service refused, or that could not be made: nobody was told."""
    lost = or_(
        *(
            exists().where(model.outbox_id == Outbox.id, model.state == "uncertain")
            for model in digests.CARRIED
        )
    )
    return session.scalar(select(func.count()).where(Outbox.state == "failed", lost)) or 0
