"""What the database knows of provinces, countries, contacts and documents, as the dialogues are given it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any, Literal, cast

from sqlalchemy.orm import Session

from bot.dialogues.base import Facts
from bot.dialogues.offices_facts import (
    CheckEvent,
    CheckView,
    ContactView,
    DocumentView,
    OfficeFacts,
    PlaceView,
    Side,
    StatedView,
)
from bot.rights import Seat, may, provinces
from storage import checks, contacts, pairings, papers, people, registry
from storage.models import Membership, RegistryFact

OfficeNeed = Literal["documents", "contacts", "stated", "checks", "list_events"]
MOST_EVENTS = 20
MOST_STATED = 40


def load(
    session: Session,
    facts: Facts,
    needs: Sequence[str],
    args: Mapping[str, Any],
    person_id: int,
    now: datetime,
    zone: tzinfo,
) -> OfficeFacts:
    """
    What the intent needs, each part only where the person may see it.

    Args:
        args: Of the intent. While a field is open the subject of the conversation names the pairing.
        now: Real, in UTC.
        zone: In which days begin.
    """
    found = facts.offices
    if "documents" in needs:
        found = replace(found, documents=_documents(session, facts, args, now, zone))
    if "contacts" in needs and not facts.group:
        found = replace(found, contacts=_contacts(session, facts, args, person_id, now))
    if "stated" in needs:
        found = _stated(session, facts, found, args, person_id, now, zone)
    if "checks" in needs:
        codes = _provinces_in_question(facts, args)
        found = replace(found, checks=_checks(session, codes, now, zone), places=_places(session))
    if "list_events" in needs:
        found = replace(found, events=_events(session, facts, args, now, zone))
    return found


def _pairing(facts: Facts, args: Mapping[str, Any], doing: Any) -> str | None:
    wanted = str(args.get("pairing") or str(facts.talk.subject or "").partition(" ")[0])
    pairing = facts.registry.pairings.get(wanted)
    return wanted if pairing is not None and may(facts.seats, doing, pairing.province_code) else None


def _seats(session: Session, persons: Sequence[int | None], now: datetime) -> dict[int | None, Membership]:
    """The first post that each holds now."""
    found: dict[int | None, Membership] = {}
    for person_id in dict.fromkeys(persons):
        held = people.list_memberships(session, person_id, now) if person_id is not None else []
        if held:
            found[person_id] = held[0]
    return found


def _post(seat: Membership | None) -> str | None:
    return Seat(seat.role, seat.province_code, seat.curator, seat.acting).post if seat is not None else None


def _documents(
    session: Session, facts: Facts, args: Mapping[str, Any], now: datetime, zone: tzinfo
) -> tuple[DocumentView, ...]:
    pairing_id = _pairing(facts, args, "see_documents")
    rows = papers.list_of(session, pairing_id) if pairing_id is not None else []
    seats = _seats(session, [row.added_by for row in rows], now)
    return tuple(
        DocumentView(
            id=row.id,
            pairing_id=row.pairing_id,
            sha256=row.sha256,
            name=row.name,
            mime=row.mime,
            size=row.size,
            at=row.added_at.astimezone(zone),
            post=_post(seats.get(row.added_by)),
            province=seats[row.added_by].province_code if row.added_by in seats else None,
        )
        for row in rows
    )


def _contacts(
    session: Session, facts: Facts, args: Mapping[str, Any], person_id: int, now: datetime
) -> tuple[ContactView, ...]:
    pairing_id = _pairing(facts, args, "see_contacts")
    rows = contacts.list_of(session, pairing_id) if pairing_id is not None else []
    keepers = [row.kept_by for row in rows]
    seats = _seats(session, keepers, now)
    names = people.names_of(session, [one for one in keepers if one is not None])
    return tuple(
        ContactView(
            id=row.id,
            pairing_id=row.pairing_id,
            side=cast(Side, row.side),
            name=row.name,
            post=row.post,
            reached_by=row.reached_by,
            keeper=names.get(row.kept_by, "") if row.kept_by is not None else "",
            keeper_post=_post(seats.get(row.kept_by)),
            keeper_is_me=row.kept_by == person_id,
            removed=row.removed_at is not None,
        )
        for row in rows
    )


def _stated(
    session: Session,
    facts: Facts,
    found: OfficeFacts,
    args: Mapping[str, Any],
    person_id: int,
    now: datetime,
    zone: tzinfo,
) -> OfficeFacts:
    subject = _subject(facts, args)
    kind, _, key = subject.partition(":")
    if not may(facts.seats, "see_history", key if kind == "province" else None):
        return found
    rows = registry.list_history(session, subject)[:MOST_STATED]
    seats = _seats(session, [row.decided_by or row.proposed_by for row in rows], now)
    staff = checks.count_staff(session, key, now) if kind == "province" else None
    stated = tuple(_stated_view(row, seats, person_id, zone) for row in rows)
    return replace(found, stated=stated, staff=staff)


def _subject(facts: Facts, args: Mapping[str, Any]) -> str:
    if "subject" in args:
        return str(args["subject"])
    if "country" in args:
        return f"country:{args['country']}"
    return f"province:{args.get('province') or facts.home or ''}"


def _stated_view(
    row: RegistryFact, seats: Mapping[int | None, Membership], person_id: int, zone: tzinfo
) -> StatedView:
    seat = seats.get(row.decided_by or row.proposed_by)
    return StatedView(
        id=row.id,
        subject=row.subject,
        field=row.field,
        value=row.value,
        precision=row.precision,
        source=row.source,
        state=row.state,
        note=row.note,
        at=(row.decided_at or row.proposed_at).astimezone(zone),
        post=_post(seat),
        province=seat.province_code if seat is not None else None,
        mine=row.proposed_by == person_id,
    )


def _provinces_in_question(facts: Facts, args: Mapping[str, Any]) -> Sequence[str] | None:
    """Of which provinces single rows matter: of one that is named, else of the person's own; None: of all."""
    pairing = facts.registry.pairings.get(str(args.get("pairing")))
    named = str(args.get("province") or (pairing.province_code if pairing is not None else ""))
    kind, _, key = str(args.get("subject") or "").partition(":")
    if named or kind == "province":
        return [named or key]
    return provinces(facts.seats) or None


def _checks(
    session: Session, codes: Sequence[str] | None, now: datetime, zone: tzinfo
) -> dict[str, CheckView]:
    """How each province's list stands; rows that are new or changed since of these provinces, or of all."""
    rows = {row.province_code: row for row in checks.list_all(session)}
    seats = _seats(session, [row.person_id for row in rows.values()], now)
    new = _grouped(checks.list_undecided(session, codes))
    changed = _grouped(checks.list_changed(session, codes))
    found = {}
    for code, row in rows.items():
        at = row.confirmed_at
        found[code] = CheckView(
            confirmed_at=at.astimezone(zone) if at is not None else None,
            confirmed_utc=at.isoformat() if at is not None else None,
            person=row.person_id,
            post=_post(seats.get(row.person_id)),
            missing=tuple(str(name) for name in row.missing),
            new=new[code] if at is not None else (),
            changed=changed[code],
        )
    return found


def _grouped(rows: Sequence[tuple[str, str]]) -> defaultdict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for province, pairing in rows:
        found[province] = (*found[province], pairing)
    return found


def _places(session: Session) -> dict[str, PlaceView]:
    return {row.code: PlaceView(row.region_th, row.cluster_th) for row in pairings.list_provinces(session)}


def _events(
    session: Session, facts: Facts, args: Mapping[str, Any], now: datetime, zone: tzinfo
) -> tuple[CheckEvent, ...]:
    code = str(args.get("province") or "")
    if not may(facts.seats, "see_history", code):
        return ()
    ids = [one.id for one in facts.registry.of_province(code)]
    rows = checks.list_events(session, code, ids, MOST_EVENTS)
    seats = _seats(session, [row.person_id for row in rows], now)
    return tuple(
        CheckEvent(
            row.action,
            row.at.astimezone(zone),
            _post(seats.get(row.person_id)),
            next((one for one in (row.subject.removeprefix("pairing:"),) if one in ids), None),
        )
        for row in rows
    )
