"""
Carries out what is done to documents, contacts, what is said of provinces and countries, and the check of the list.

Rights are checked here once more. An event says what was changed and to what: of contacts and of what people
typed it holds no word.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.contacts import MOST_CONTACTS
from bot.dialogues.offices_facts import (
    AddDocuments,
    DecideStated,
    DropMissing,
    KeepContact,
    NameDocument,
    OfficeCommand,
    RemoveContact,
    RemoveDocument,
    SaveContact,
    State,
    TakeBackStated,
    UndoConfirm,
)
from bot.dialogues.papers import MOST_BYTES, MOST_DOCUMENTS
from bot.dialogues.stating import back_to, decides, fields_of, may_state, name_of_subject
from bot.messages import Reply
from bot.rights import Doing, may
from bot.telling import tell_person
from bot.texts import of_language
from bot.texts.th import Th
from storage import audit, contacts, meta, pairings, papers, people, registry
from storage.models import Contact, Pairing, Person, RegistryFact, RegistryFile

MOST_PROPOSED = 20
"""That wait for the ministry on one province."""


class Offices:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def carry_out(self, command: OfficeCommand, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case AddDocuments():
                return self._add_documents(command, acting)
            case NameDocument():
                return self._name_document(command, acting)
            case RemoveDocument():
                return self._remove_document(command, acting)
            case SaveContact():
                return self._save_contact(command, acting)
            case RemoveContact():
                return self._remove_contact(command, acting)
            case KeepContact():
                return self._keep_contact(command, acting)
            case State():
                return self._state(command, acting)
            case DecideStated():
                return self._decide(command, acting)
            case TakeBackStated():
                return self._take_back(command, acting)
            case UndoConfirm():
                return self._undo_confirm(command, acting)
            case DropMissing():
                return self._drop_missing(command, acting)

    # -------------------------------------------------------------- signed documents

    def _add_documents(self, command: AddDocuments, acting: Acting) -> tuple[tuple[int, ...], int, int]:
        """Ids of the new ones, how many were there already, how many found no room."""
        session = acting.session
        if not self._may(acting, command.pairing_id, "keep_documents"):
            return (), 0, 0
        pairings.lock(session, [command.pairing_id])
        have = {row.sha256 for row in papers.list_of(session, command.pairing_id)}
        used = papers.count_bytes(session, command.pairing_id)
        new: list[int] = []
        known = left = 0
        for file in command.files:
            if file.sha256 is None:
                continue
            if file.sha256 in have:
                known += 1
                continue
            if len(have) >= MOST_DOCUMENTS or used + file.size > MOST_BYTES:
                left += 1
                continue
            row = papers.add(
                session,
                command.pairing_id,
                sha256=file.sha256,
                name=file.name or acting.facts.t.DOCUMENTS,
                mime=file.mime,
                size=file.size,
                person_id=acting.person.id,
                now=self._now(),
            )
            have.add(file.sha256)
            used += file.size
            new.append(row.id)
            self._note_document(acting, "document.added", row, before=None, after={"sha256": row.sha256})
        return tuple(new), known, left

    def _document(self, acting: Acting, document_id: int) -> RegistryFile | None:
        row = papers.find(acting.session, document_id)
        if row is None or not self._may(acting, row.pairing_id, "keep_documents"):
            return None
        return papers.find_locked(acting.session, document_id)

    def _name_document(self, command: NameDocument, acting: Acting) -> bool:
        row = self._document(acting, command.document_id)
        if row is None:
            return False
        before, row.name = row.name, command.name
        changed = {"before": {"name": _key(before)}, "after": {"name": _key(command.name)}}
        self._note_document(acting, "document.named", row, **changed)
        return True

    def _remove_document(self, command: RemoveDocument, acting: Acting) -> bool:
        row = self._document(acting, command.document_id)
        if row is None:
            return False
        known = command.reason in of_language("th").DOCUMENT_REMOVALS
        reason = command.reason if known else _key(command.reason)
        self._note_document(
            acting, "document.removed", row, before={"sha256": row.sha256}, after=None, reason=reason
        )
        papers.remove(acting.session, row)
        return True

    def _note_document(self, acting: Acting, action: str, row: RegistryFile, **detail: Any) -> None:
        acting.note(action, f"pairing:{row.pairing_id}", self._now(), document=row.id, **detail)

    # -------------------------------------------------------------- contacts

    def _save_contact(self, command: SaveContact, acting: Acting) -> str:
        """ "saved", "full" or "gone"."""
        if acting.chat.group or not self._may(acting, command.pairing_id, "keep_contacts"):
            return "gone"
        said = {"name": command.name, "post": command.post, "reached_by": command.reached_by}
        session, now = acting.session, self._now()
        if command.contact_id is None:
            pairings.lock(session, [command.pairing_id])
            have = [one for one in contacts.list_of(session, command.pairing_id) if one.side == command.side]
            if len(have) >= MOST_CONTACTS:
                return "full"
            row = contacts.add(
                session,
                command.pairing_id,
                command.side,
                name=command.name,
                post=command.post,
                reached_by=command.reached_by,
                person_id=acting.person.id,
                now=now,
            )
            self._note_contact(acting, "contact.added", row, before=None, after=_keys(said))
            return "saved"
        found = self._contact(acting, command.contact_id)
        if found is None or found.removed_at is not None or found.pairing_id != command.pairing_id:
            return "gone"
        changed = audit.changes({name: getattr(found, name) for name in said}, said)
        keeper = self._looks_after(acting, found)
        for name, value in said.items():
            setattr(found, name, value)
        told = {
            when: {**_keys(changed.get(when, {})), **keeper.get(when, {})} for when in ("before", "after")
        }
        if told["after"]:
            self._note_contact(acting, "contact.changed", found, **told)
        return "saved"

    def _looks_after(self, acting: Acting, row: Contact) -> dict[str, dict[str, Any]]:
        """The person looks after the contact from now on; who did before, for the audit."""
        keeper = acting.session.get(Person, row.kept_by) if row.kept_by is not None else None
        row.kept_by = acting.person.id
        return audit.changes(
            {"kept_by": keeper.public_id if keeper else None}, {"kept_by": acting.person.public_id}
        )

    def _contact(self, acting: Acting, contact_id: int) -> Contact | None:
        row = contacts.find(acting.session, contact_id)
        if row is None or not self._may(acting, row.pairing_id, "keep_contacts"):
            return None
        return contacts.find_locked(acting.session, contact_id)

    def _remove_contact(self, command: RemoveContact, acting: Acting) -> bool:
        row = self._contact(acting, command.contact_id)
        if row is None or (row.removed_at is None) is command.back:
            return False
        if command.back and not row.name:  # what it said is gone already
            return False
        row.removed_at = None if command.back else self._now()
        action = "contact.restored" if command.back else "contact.removed"
        changed = {"before": {"removed": command.back}, "after": {"removed": not command.back}}
        self._note_contact(acting, action, row, **changed)
        return True

    def _keep_contact(self, command: KeepContact, acting: Acting) -> bool:
        row = self._contact(acting, command.contact_id)
        if row is None or row.removed_at is not None:
            return False
        if changed := self._looks_after(acting, row):
            self._note_contact(acting, "contact.kept", row, **changed)
        return True

    def _note_contact(self, acting: Acting, action: str, row: Contact, **detail: Any) -> None:
        """Which contact and which of its fields: an event stays, and a contact is to be forgotten."""
        acting.note(action, f"contact:{row.id}", self._now(), pairing=row.pairing_id, side=row.side, **detail)

    # -------------------------------------------------------------- what is said of provinces and countries

    def _state(self, command: State, acting: Acting) -> tuple[int, str] | str | None:
        facts, session, now = acting.facts, acting.session, self._now()
        if not may_state(facts, command.subject) or command.field not in fields_of(command.subject):
            return None
        registry.lock(session, command.subject)
        holds = decides(facts, command.subject)
        if not holds and len(registry.list_of(session, command.subject, ["proposed"])) >= MOST_PROPOSED:
            return "full"
        said = registry.Value(
            field=command.field,
            value=command.value,
            source=command.source,
            source_on=command.source_on,
            precision=command.precision,
            note=command.note,
        )
        row = registry.add(session, command.subject, said, registry.PROPOSED, acting.person.id, now)
        before = _told(registry.find_current(session, command.subject, command.field)) if holds else None
        if holds:
            registry.make_current(session, row, acting.person.id, now)
        changed = {"before": before, "after": _told(row)}
        action = "fact.stated" if holds else "fact.proposed"
        acting.note(action, command.subject, now, fact=row.id, field=row.field, **changed)
        return row.id, row.state

    def _decide(self, command: DecideStated, acting: Acting) -> bool:
        row = self._proposal(acting, command.fact_id)
        if row is None or not decides(acting.facts, row.subject):
            return False
        now = self._now()
        if command.accept:
            before = _told(registry.find_current(acting.session, row.subject, row.field))
            registry.make_current(acting.session, row, acting.person.id, now)
            changed = {"before": before, "after": _told(row)}
        else:
            changed = self._refuse(acting, row, command.note)
        action = "fact.confirmed" if command.accept else "fact.refused"
        acting.note(action, row.subject, now, fact=row.id, field=row.field, **changed)
        self._tell_proposer(acting, row, command)
        return True

    def _refuse(
        self, acting: Acting, row: RegistryFact, note: str | None
    ) -> dict[str, dict[str, Any] | None]:
        before = row.state
        registry.refuse(row, note, acting.person.id, self._now())
        return {"before": {"state": before}, "after": {"state": row.state}}

    def _proposal(self, acting: Acting, fact_id: int) -> RegistryFact | None:
        row = registry.find(acting.session, fact_id)
        ours = row is not None and row.subject.partition(":")[0] in ("province", "country")
        return row if ours and row is not None and row.state == registry.PROPOSED else None

    def _tell_proposer(self, acting: Acting, row: RegistryFact, command: DecideStated) -> None:
        proposer = acting.session.get(Person, row.proposed_by) if row.proposed_by is not None else None
        if proposer is None or proposer.id == acting.person.id:
            return

        def decided(t: Th) -> Reply:
            value = t.office_value(row.field, row.value, row.precision)
            subject = name_of_subject(acting.facts, row.subject)
            text = t.fact_decided(subject, row.field, value, command.accept, command.note)
            return Reply(text, rows=(back_to(acting.facts, row.subject),), numbered=False)

        tell_person(acting.session, proposer, decided, self._now())

    def _take_back(self, command: TakeBackStated, acting: Acting) -> bool:
        """The ministry's current value goes back to the one before it; a proposal is withdrawn by its author."""
        row, now = registry.find(acting.session, command.fact_id), self._now()
        if row is None or row.field not in fields_of(row.subject):
            return False
        if row.state == registry.PROPOSED and row.proposed_by == acting.person.id:
            changed = self._refuse(acting, row, None)
            acting.note("fact.withdrawn", row.subject, now, fact=row.id, field=row.field, **changed)
            return True
        before = _told(row)
        mine = row.decided_by == acting.person.id and decides(acting.facts, row.subject)
        if not mine or not registry.take_back(acting.session, row, acting.person.id, now):
            return False
        held = registry.find_current(acting.session, row.subject, row.field)
        acting.note(
            "fact.taken_back",
            row.subject,
            now,
            fact=row.id,
            field=row.field,
            before=before,
            after=_told(held),
        )
        return True

    # -------------------------------------------------------------- the check of the list

    def _undo_confirm(self, command: UndoConfirm, acting: Acting) -> bool:
        if not may(acting.facts.seats, "check_list", command.province):
            return False
        check = people.get_or_add_check(acting.session, command.province)
        stands = check.confirmed_at.isoformat() if check.confirmed_at is not None else None
        if stands != command.at:
            return False
        check.confirmed_at = datetime.fromisoformat(command.before) if command.before else None
        check.person_id = command.person
        for pairing_id in command.pairings:
            row = acting.session.get(Pairing, pairing_id)
            if row is not None and row.province_code == command.province and row.verdict == "correct":
                row.verdict = row.verdict_at = None
                cleared = audit.changes({"verdict": "correct"}, {"verdict": None})
                acting.note("list.mark_cleared", f"pairing:{row.id}", self._now(), **cleared)
        meta.bump_registry(acting.session)
        changed = {"before": {"confirmed_at": stands}, "after": {"confirmed_at": command.before}}
        acting.note("list.unconfirmed", f"province:{command.province}", self._now(), **changed)
        return True

    def _drop_missing(self, command: DropMissing, acting: Acting) -> bool:
        if not may(acting.facts.seats, "check_list", command.province):
            return False
        check = people.get_or_add_check(acting.session, command.province)
        before = list(check.missing)
        check.missing = [one for one in before if one != command.name]
        if check.missing == before:
            return False
        changed = {"before": {"missing": before}, "after": {"missing": check.missing}}
        acting.note("list.missing_dropped", f"province:{command.province}", self._now(), **changed)
        return True

    # -------------------------------------------------------------- shared

    def _may(self, acting: Acting, pairing_id: str, doing: Doing) -> bool:
        pairing = acting.facts.registry.pairings.get(pairing_id)
        return pairing is not None and may(acting.facts.seats, doing, pairing.province_code)

    def _now(self) -> datetime:
        return self._clock.now()


def _key(text: object) -> str | None:
    """By which a text can be told from another without standing in an event."""
    if text in (None, ""):
        return None
    written = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _keys(said: dict[str, Any]) -> dict[str, Any]:
    """Which fields say something: a hash of a telephone number is soon undone."""
    return {name: "*" if value else None for name, value in said.items()}


def _told(row: RegistryFact | None) -> dict[str, Any] | None:
    """A value as an event holds it: free text may name people, so only its key."""
    return None if row is None else {"value": _key(row.value), "state": row.state}
