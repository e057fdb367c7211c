"""What the database knows of one pairing and of what waits for the ministry, as dialogues are given it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from bot import held
from bot.clock import Clock
from bot.dialogues.base import Facts, Who
from bot.dialogues.relation_facts import (
    DATES,
    NEW,
    PARTNER_FIELDS,
    By,
    CardView,
    CountryView,
    EventPage,
    EventView,
    FactView,
    Merged,
    Missing,
    Page,
    RelationFacts,
    StageView,
)
from bot.dialogues.relation_fields import may_see
from bot.dialogues.relation_history import EVENTS_PAGE
from bot.dialogues.relation_history import PAGE as HISTORY_PAGE
from bot.dialogues.reviewing import PAGE as REVIEW_PAGE
from bot.dialogues.reviewing import PROPOSED as WAITING
from bot.language.written_days import Precision
from bot.rights import may
from storage import registry, relations
from storage.models import AuditEvent, Pairing, Partner, RegistryFact
from storage.registry import CONFLICTING, CURRENT, PROPOSED

Names = Callable[[Session, Sequence[int | None], datetime], Mapping[int | None, Who]]
"""Persons by their posts as they are now."""


@dataclass(frozen=True)
class Reader:
    """One reading: for whom, and by which clock."""

    session: Session
    facts: Facts
    person_id: int
    clock: Clock
    names: Names

    # -------------------------------------------------------------- what a step needs

    def read(self, needs: Sequence[str], args: Mapping[str, Any]) -> Facts:
        """The facts with all that the arguments of a step of this area name."""
        fact = self._named_fact(args)
        pairing = str(args.get("pairing") or (fact.pairing if fact else "") or self._open_pairing())
        found = RelationFacts(fact=fact, countries=self._countries(pairing))
        if may_see(self.facts, pairing):
            row = self.session.get_one(Pairing, pairing)
            found = replace(found, card=self.card(row))
            if "relation_history" in needs:
                found = replace(found, history=self._history(row, args))
            if "relation_events" in needs and may(self.facts.seats, "see_audit"):
                found = replace(found, events=self._events(row, args))
        if "review" in needs and may(self.facts.seats, "confirm_fact"):
            found = self._queue(found, args)
        facts = replace(self.facts, relation=found)
        if found.card is None:
            return facts
        return replace(facts, activities=held.this_year(self.session, [pairing], facts.today))

    def _open_pairing(self) -> str:
        """The pairing whose open field is being answered."""
        talk = self.facts.talk
        return (talk.subject or "").rpartition("/")[0] if (talk.asking or "").startswith("fact_") else ""

    def _countries(self, pairing: str) -> tuple[CountryView, ...]:
        adds = self.facts.talk.adding is not None or pairing.startswith(NEW)
        if not (adds and may(self.facts.seats, "confirm_fact")):
            return ()
        return tuple(
            CountryView(
                row.code,
                row.name_th,
                row.name_en,
                (row.name_th, row.name_th_official, row.name_en, row.code, *row.aliases),
            )
            for row in relations.list_countries(self.session)
        )

    # -------------------------------------------------------------- the card

    def card(self, row: Pairing) -> CardView:
        partner = row.partner
        subjects = (f"pairing:{row.id}", f"partner:{partner.id}")
        views = self.views(relations.list_facts(self.session, subjects), row.id)
        current = _shipped(row, partner) | {one.field: one for one in views if one.state == CURRENT}
        into = self.session.get(Partner, partner.merged_into) if partner.merged_into else None
        confirmed = relations.confirmed_at(self.session, row.province_code)
        return CardView(
            pairing=row.id,
            partner=partner.id,
            source=row.source,
            current=current,
            conflicting=tuple(one for one in views if one.state == CONFLICTING),
            proposed=tuple(one for one in views if one.state == PROPOSED),
            stages=tuple(
                StageView(one.stage, one.reached_on, cast(Precision | None, one.precision), one.source)
                for one in relations.list_stages(self.session, row.id)
            ),
            merged=Merged(into.name_th, into.name_en) if into else None,
            contacts=relations.count_contacts(self.session, row.id),
            documents=tuple(relations.list_documents(self.session, row.id)),
            confirmed_on=confirmed.astimezone(self.clock.zone).date() if confirmed else None,
        )

    # -------------------------------------------------------------- facts

    def views(self, rows: Sequence[RegistryFact], pairing: str | None = None) -> tuple[FactView, ...]:
        """
        Args:
            pairing: Through which they are looked at; without it a partner's facts are shown by one of its
                pairings.
        """
        persons = [one for row in rows for one in (row.proposed_by, row.decided_by)]
        names = self.names(self.session, persons, self.clock.now())
        return tuple(self._view(row, pairing or self._pairing_of(row.subject), names) for row in rows)

    def _view(self, row: RegistryFact, pairing: str, names: Mapping[int | None, Who]) -> FactView:
        zone = self.clock.zone
        shipped = row.proposed_by is None and row.import_id is None
        return FactView(
            id=row.id,
            subject=row.subject,
            field=row.field,
            value=row.value,
            precision=cast(Precision | None, row.precision) if row.field in (*DATES, "stage") else None,
            source=row.source,
            source_on=row.source_on,
            state=row.state,
            pairing=pairing,
            note=row.note,
            origin="shipped" if shipped else "sheet" if row.proposed_by is None else "person",
            at=row.proposed_at.astimezone(zone),
            by=self._by(row.proposed_by, names),
            decided_at=row.decided_at.astimezone(zone) if row.decided_at else None,
            decided_by=self._by(row.decided_by, names),
            undoable=relations.is_undoable(row),
        )

    def _by(self, person_id: int | None, names: Mapping[int | None, Who]) -> By:
        who = names.get(person_id) or Who("")
        return By(who.post, who.province, me=person_id is not None and person_id == self.person_id)

    def _pairing_of(self, subject: str) -> str:
        kind, _, key = subject.partition(":")
        if kind == "pairing":
            return key
        shared = (one.id for one in self.facts.registry.pairings.values() if one.partner_id == key)
        return next(shared, "")

    def _named_fact(self, args: Mapping[str, Any]) -> FactView | None:
        """The fact that a button names, with what holds: for the ministry, and for whoever proposed it."""
        row = self.session.get(RegistryFact, int(args["fact"])) if args.get("fact") else None
        if row is None:
            return None
        view = self.views([row], str(args["pairing"]) if "pairing" in args else None)[0]
        if not (view.by.me or may(self.facts.seats, "confirm_fact")) or not view.pairing:
            return None
        if row.state == CURRENT:
            before = relations.list_of_ids(self.session, [row.replaces_id])
            held = next(iter(self.views([*before.values()], view.pairing)), None)
            return replace(view, before=held)
        pairing = self.session.get(Pairing, view.pairing)
        return replace(view, before=self.card(pairing).current.get(row.field)) if pairing else None

    # -------------------------------------------------------------- history and events

    def _history(self, row: Pairing, args: Mapping[str, Any]) -> Page:
        subjects = (f"pairing:{row.id}", f"partner:{row.partner_id}")
        field, page = args.get("field"), int(args.get("page", 0))
        rows, total = relations.search_history(
            self.session, subjects, field, HISTORY_PAGE, HISTORY_PAGE * page
        )
        views = self.views(rows, row.id)
        waiting = {one.field for one in views if one.state in (PROPOSED, CONFLICTING)}
        held = {one.field: one for one in (self.card(row).current.values() if waiting else ())}
        before = relations.list_of_ids(self.session, [one.replaces_id for one in rows])
        replaced = {view.id: view for view in self.views([*before.values()], row.id)}
        channels = relations.channels_of(self.session, subjects)
        shown = tuple(
            replace(
                view,
                before=replaced.get(one.replaces_id or 0)
                or (held.get(view.field) if view.state in (PROPOSED, CONFLICTING) else None),
                channel=channels.get(view.id),
            )
            for view, one in zip(views, rows, strict=True)
        )
        return Page(shown, total)

    def _events(self, row: Pairing, args: Mapping[str, Any]) -> EventPage:
        page = int(args.get("page", 0))
        rows, total = relations.search_events(self.session, row.id, EVENTS_PAGE, EVENTS_PAGE * page)
        names = self.names(self.session, [one.person_id for one in rows], self.clock.now())
        return EventPage(tuple(self._event(one, names) for one in rows), total)

    def _event(self, row: AuditEvent, names: Mapping[int | None, Who]) -> EventView:
        kind, _, key = row.subject.partition(":")
        return EventView(
            at=row.at.astimezone(self.clock.zone),
            by=self._by(row.person_id, names),
            channel=row.channel,
            action=row.action,
            activity=int(key) if kind == "activity" and key.isdigit() else None,
            field=row.detail.get("field"),
        )

    # -------------------------------------------------------------- what waits for the ministry

    def _queue(self, found: RelationFacts, args: Mapping[str, Any]) -> RelationFacts:
        state, page = str(args.get("state", WAITING)), int(args.get("page", 0))
        waiting = relations.count_in_states(self.session)
        rows = relations.list_in_state(self.session, state, REVIEW_PAGE, REVIEW_PAGE * page)
        missing = tuple(
            Missing(province, str(name))
            for province, names in relations.list_missing(self.session)
            for name in names
        )
        review = Page(self.views(rows), waiting.get(state, 0))
        return replace(found, review=review, waiting=waiting, missing=missing)


def _shipped(row: Pairing, partner: Partner) -> dict[str, FactView]:
    """What the rows' own columns hold, for fields of which nobody said anything yet."""
    signed = row.signed_on.isoformat() if row.signed_on else None
    values: dict[str, Any] = {
        "stage": row.status,
        "signed_on": signed,
        "level": row.level,
        "note": row.note,
        **{name: getattr(partner, name) for name in PARTNER_FIELDS},
    }
    return {
        name: FactView(
            id=0,
            subject=f"partner:{partner.id}" if name in PARTNER_FIELDS else f"pairing:{row.id}",
            field=name,
            value=value,
            precision=cast(Precision | None, row.signed_precision) if name == "signed_on" else None,
            source="" if name in PARTNER_FIELDS else row.source,
            source_on=None,
            state=registry.CURRENT,
            pairing=row.id,
        )
        for name, value in values.items()
    }
