"""
Carries out what is said of a pairing: proposals, decisions, undoing, and what the ministry does with the lists.

Rights are checked on the person who acts, against the rows as they are now; whoever is concerned is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.base import choice
from bot.dialogues.relation_facts import (
    NOT_A_PAIRING,
    PAIRING_FIELDS,
    AddPairing,
    Change,
    DecideFact,
    Related,
    ReopenList,
    SayFact,
    SettleMark,
    SettleMissing,
    TakeBackFact,
)
from bot.dialogues.relation_fields import label_of
from bot.facts import FactReader
from bot.language.dates import thai_date
from bot.language.partner_ids import free_id
from bot.messages import Reply
from bot.planning import Planner
from bot.posts import seats_of
from bot.rights import may
from bot.telling import tell_others, tell_person
from bot.texts.th import Th
from storage import audit, people, registry, relations
from storage.models import Pairing, Person, RegistryFact
from storage.registry import CONFLICTING, PROPOSED, Value

FACTS = "facts"
"""Kind of the message that tells the ministry that something waits."""

JUDGED_BY = ("stage", "signed_on", "level")
"""Facts by which the yearly rule judges."""

BANGKOK = "TH-10"


class Relations:
    def __init__(self, clock: Clock, planner: Planner, facts: FactReader) -> None:
        self._clock = clock
        self._planner = planner
        self._facts = facts

    def carry_out(self, command: Related, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case SayFact():
                return self._say_fact(command, acting)
            case DecideFact(decision="withdraw"):
                return self._withdraw(command, acting)
            case DecideFact():
                return self._decide(command, acting)
            case TakeBackFact():
                return self._take_back(command, acting)
            case ReopenList():
                return self._reopen_list(command, acting)
            case SettleMark():
                return self._settle_mark(command, acting)
            case SettleMissing():
                return self._settle_missing(command, acting)
            case AddPairing():
                return self._add_pairing(command, acting)

    # -------------------------------------------------------------- saying

    def _say_fact(self, command: SayFact, acting: Acting) -> str:
        """
        `applied` or `proposed`; `same` as what holds, `waiting` when the same is proposed already, `changed`
        when something else holds than was shown, `forbidden`.
        """
        change, session, now = command.change, acting.session, self._clock.now()
        pairing = session.get(Pairing, change.pairing)
        if pairing is None or not may(acting.facts.seats, "propose_fact", pairing.province_code):
            return "forbidden"
        if not change.given or not change.source:
            return "forbidden"
        subject = _subject(pairing, change.field)
        relations.lock(session, subject)
        said, held = _said(change), registry.find_current(session, subject, change.field)
        if held is not None and _is_same(held, said):
            return "same"
        applies = may(acting.facts.seats, "confirm_fact")
        if applies and (held.id if held else 0) != command.seen:
            return "changed"
        if not applies and any(
            _is_same(one, said) and one.field == change.field
            for one in registry.list_of(session, subject, (PROPOSED,))
        ):
            return "waiting"
        row = registry.add(session, subject, said, PROPOSED, acting.person.id, now)
        if not applies:
            self._note(acting, "fact.proposed", row, before=None, after={"state": PROPOSED})
            self.tell_ministry(acting)
            return "proposed"
        self._hold(acting, row, "fact.applied")
        return "applied"

    def _hold(self, acting: Acting, row: RegistryFact, action: str) -> None:
        """The fact holds from now on; reminders follow at once, and a stage settles what the province marked."""
        registry.make_current(acting.session, row, acting.person.id, self._clock.now())
        kind, _, key = row.subject.partition(":")
        if (kind, row.field) == ("pairing", "stage") and row.note != NOT_A_PAIRING:
            self._clear_mark(acting, key)
        self._note(acting, action, row, before={"holds": row.replaces_id}, after={"holds": row.id})
        self._replan(acting, row)

    def _clear_mark(self, acting: Acting, pairing: str) -> None:
        """What the province said against the pairing is settled."""
        if acting.session.get_one(Pairing, pairing).verdict == "wrong":
            relations.clear_verdict(acting.session, pairing)
            changed = audit.changes({"verdict": "wrong"}, {"verdict": None})
            acting.note("list.mark_settled", f"pairing:{pairing}", self._clock.now(), **changed)

    def _replan(self, acting: Acting, row: RegistryFact) -> None:
        kind, _, key = row.subject.partition(":")
        if kind == "pairing" and row.field in JUDGED_BY:
            acting.session.flush()
            self._planner.replan_pairing(
                acting.session, self._facts.registry(acting.session, keep=False), key
            )

    # -------------------------------------------------------------- deciding

    def _decide(self, command: DecideFact, acting: Acting) -> str:
        """The decision's name; `late` when somebody was faster, `changed` when something else holds by now."""
        session, now = acting.session, self._clock.now()
        row = relations.find_locked(session, command.fact)
        if row is None or not may(acting.facts.seats, "confirm_fact"):
            return "forbidden"
        before = {"state": row.state}
        if row.state not in (PROPOSED, CONFLICTING) or (command.decision == "keep" and row.state != PROPOSED):
            return "late"
        if command.decision == "confirm":
            held = registry.find_current(session, row.subject, row.field)
            if (held.id if held else 0) != command.seen:
                return "changed"
            self._hold(acting, row, "fact.confirmed")
        elif command.decision == "keep":
            relations.keep_beside(row, acting.person.id, now)
            self._note(acting, "fact.kept", row, before=before, after={"state": row.state})
        else:
            registry.refuse(row, command.reason, acting.person.id, now)
            self._note(acting, "fact.refused", row, before=before, after={"state": row.state})
        self._tell_proposer(acting, row, command)
        return command.decision

    def _withdraw(self, command: DecideFact, acting: Acting) -> str:
        row = relations.find_locked(acting.session, command.fact)
        if row is None or row.proposed_by != acting.person.id:
            return "forbidden"
        if row.state != PROPOSED:
            return "late"
        relations.withdraw(row, acting.person.id, self._clock.now())
        self._note(acting, "fact.withdrawn", row, before={"state": PROPOSED}, after={"state": row.state})
        return command.decision

    def _take_back(self, command: TakeBackFact, acting: Acting) -> str:
        """`done`, `late` when it does not hold any more or nothing stands before it, `forbidden`."""
        session = acting.session
        row = relations.find_locked(session, command.fact)
        if row is None or not may(acting.facts.seats, "confirm_fact"):
            return "forbidden"
        before = row.replaces_id
        if not relations.take_back(session, row, acting.person.id, self._clock.now()):
            return "late"
        self._note(acting, "fact.taken_back", row, before={"holds": row.id}, after={"holds": before})
        self._replan(acting, row)
        return "done"

    # -------------------------------------------------------------- lists

    def _reopen_list(self, command: ReopenList, acting: Acting) -> bool | None:
        """False when the list was not confirmed; None when the person may not, or there is no such province."""
        seats, province = acting.facts.seats, command.province
        own = may(seats, "check_list", province)
        if not own and not may(seats, "confirm_fact"):
            return None
        if province not in acting.facts.registry.provinces:
            return None
        confirmed, now = relations.confirmed_at(acting.session, province), self._clock.now()
        rows = relations.reopen_list(acting.session, province)
        if rows is None or confirmed is None:
            return False
        for pairing in rows:
            changed = audit.changes({"verdict": "correct"}, {"verdict": None})
            acting.note("list.mark_cleared", f"pairing:{pairing}", now, **changed)
        changed = audit.changes({"confirmed_at": confirmed.isoformat()}, {"confirmed_at": None})
        acting.note("list.reopened", f"province:{province}", now, **changed)
        if not own:
            self._tell_province(acting, province, lambda t: _check_again(t, province))
        return True

    def _settle_mark(self, command: SettleMark, acting: Acting) -> bool:
        relations.lock(acting.session, f"pairing:{command.pairing}")
        row = acting.session.get(Pairing, command.pairing)
        if row is None or row.verdict != "wrong" or not may(acting.facts.seats, "confirm_fact"):
            return False
        self._clear_mark(acting, row.id)
        acting.session.flush()
        self._planner.replan_pairing(acting.session, self._facts.registry(acting.session, keep=False), row.id)
        label = label_of(acting.facts, row.id)

        def told(t: Th) -> Reply:
            shown = ((choice(t.SHOW_PAIRING, "pairing.show", pairing=row.id),),)
            return Reply(t.mark_was_settled(label, command.reason), rows=shown)

        self._tell_province(acting, row.province_code, told)
        return True

    def _settle_missing(self, command: SettleMissing, acting: Acting) -> bool:
        if not may(acting.facts.seats, "confirm_fact"):
            return False
        if not self._drop_missing(acting, command.province, command.name):
            return False
        self._tell_province(
            acting,
            command.province,
            lambda t: Reply(t.missing_was_refused(command.name, command.reason)),
        )
        return True

    def _drop_missing(self, acting: Acting, province: str, name: str) -> bool:
        left = relations.drop_missing(acting.session, province, name)
        if left is None:
            return False
        changed = audit.changes({"missing": [*left, name]}, {"missing": left})
        acting.note("list.missing_settled", f"province:{province}", self._clock.now(), **changed)
        return True

    def _add_pairing(self, command: AddPairing, acting: Acting) -> tuple[str, str | None]:
        """`added` or `there`, with the pairing; `forbidden`."""
        adding, session, now = command.adding, acting.session, self._clock.now()
        if not may(acting.facts.seats, "confirm_fact") or not command.stage.source:
            return "forbidden", None
        taken = relations.lock_ids(session)
        partner_id, partner = adding.partner, None
        if partner_id is None:
            if not (adding.name_th and adding.name_en and adding.country):
                return "forbidden", None
            partner_id = free_id(adding.name_en, adding.country, taken)
            names = {"name_th": adding.name_th, "name_en": adding.name_en}
            partner = relations.NewPartner(partner_id, adding.country, "", names)
        elif partner_id not in taken:
            return "forbidden", None
        new = relations.NewPairing(
            province=adding.province,
            partner_id=partner_id,
            partner=partner,
            level="bma" if adding.province == BANGKOK else "province",
            source=_source(command.stage),
            source_on=command.stage.source_on,
            facts=_first_facts(command.stage),
        )
        if not relations.add_pairing(session, new, acting.person.id, now):
            return "there", new.id
        if adding.listed:
            self._drop_missing(acting, adding.province, adding.listed)
        made = {"partner": partner_id, "stage": command.stage.value}
        acting.note("pairing.added", f"pairing:{new.id}", now, before=None, after=made)
        name = adding.name_th or partner_id

        def told(t: Th) -> Reply:
            shown = ((choice(t.SHOW_PAIRING, "pairing.show", pairing=new.id),),)
            return Reply(t.pairing_was_added(name), rows=shown)

        self._tell_province(acting, adding.province, told)
        return "added", new.id

    # -------------------------------------------------------------- who is told

    def tell_ministry(self, acting: Acting) -> None:
        """That something waits, in office hours; one message, however much came since."""
        ministry = people.list_holders(acting.session, "ministry", None, self._clock.now())
        tell_others(self._clock, acting, ministry, _new_facts, kind=FACTS, once=True)

    def _tell_proposer(self, acting: Acting, row: RegistryFact, command: DecideFact) -> None:
        """What became of the proposal, in the chat where its proposer can be reached."""
        if row.proposed_by is None or row.proposed_by == acting.person.id:
            return
        person = acting.session.get(Person, row.proposed_by)
        pairing = self._pairing_for(acting, row, person) if person is not None else None
        if person is None or pairing is None:
            return

        def decided(t: Th) -> Reply:
            label, name = label_of(acting.facts, pairing), t.fact_name(row.field)
            text = t.proposal_decided(command.decision, label, name, command.reason or "")
            return Reply(text, rows=((choice(t.SHOW_PAIRING, "pairing.show", pairing=pairing),),))

        tell_person(acting.session, person, decided, self._clock.now())

    def _pairing_for(self, acting: Acting, row: RegistryFact, person: Person) -> str | None:
        """
        The pairing by which the proposer knows the fact, of a shared partner their own province's; None for
        somebody who serves there no more.
        """
        kind, _, key = row.subject.partition(":")
        seats = seats_of(people.list_memberships(acting.session, person.id, self._clock.now()))
        found = (
            one
            for one in acting.facts.registry.pairings.values()
            if (one.id if kind == "pairing" else one.partner_id) == key
        )
        return next((one.id for one in found if may(seats, "propose_fact", one.province_code)), None)

    def _tell_province(self, acting: Acting, province: str, make: Callable[[Th], Reply]) -> None:
        """The province's officers, in office hours; where there is none, its heads of office."""
        now = self._clock.now()
        officers = people.list_holders(acting.session, "officer", province, now)
        told = officers or people.list_holders(acting.session, "head", province, now)
        tell_others(self._clock, acting, told, make)

    def _note(self, acting: Acting, action: str, row: RegistryFact, **detail: Any) -> None:
        acting.note(action, row.subject, self._clock.now(), fact=row.id, field=row.field, **detail)


def _new_facts(t: Th) -> Reply:
    return Reply(t.NEW_FACTS, rows=((choice(t.REVIEW, "review"),),), numbered=False)


def _check_again(t: Th, province: str) -> Reply:
    return Reply(t.PLEASE_CHECK_AGAIN, rows=((choice(t.CHECK_LIST, "list.check", province=province),),))


def _subject(pairing: Pairing, field: str) -> str:
    """Names, kind and parent are the partner's, whichever province says them."""
    return f"pairing:{pairing.id}" if field in PAIRING_FIELDS else f"partner:{pairing.partner_id}"


def _source(change: Change) -> str:
    """The paper; of a stage with its date, because the fact's own date is the day on which it was reached."""
    source = change.source or ""
    if change.field == "stage" and change.source_on is not None:
        return f"{source} ลว. {thai_date(change.source_on)}"
    return source


def _said(change: Change) -> Value:
    if change.field == "stage":
        return Value(
            change.field,
            change.value,
            _source(change),
            change.reached,
            change.reached_precision,
            change.note,
        )
    return Value(change.field, change.value, _source(change), change.source_on, change.precision, change.note)


def _first_facts(stage: Change) -> tuple[Value, ...]:
    """Of a new pairing: its stage, and the day of signature where that is the day on which it was reached."""
    said = _said(stage)
    if stage.value != "signed" or stage.reached is None:
        return (said,)
    signed = Value(
        "signed_on",
        stage.reached.isoformat(),
        stage.source or "",
        stage.source_on,
        stage.reached_precision,
    )
    return said, signed


def _is_same(row: RegistryFact, said: Value) -> bool:
    """Whether it says the same from the same source: a better source for a value is something new."""
    held = (row.value or None, row.precision, row.source, row.source_on, row.note)
    return held == (said.value or None, said.precision, said.source, said.source_on, said.note)
