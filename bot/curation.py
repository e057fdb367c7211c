"""
What curators do, carried out in the turn's transaction: drafts, approvals, versions, wordings.

Two of them are needed for a new text: whoever wrote it cannot approve it. The right is read anew at the
moment of the effect. What goes live is checked against what is live, one transaction at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.base import (
    ApproveBatch,
    ApproveDraft,
    Curating,
    DecidePhrasing,
    EditEntry,
    ReturnDraft,
    RollBack,
    choice,
)
from bot.entry_views import draft_view, entry_of_draft, proposals
from bot.facts import seats_of
from bot.language.dates import ERA
from bot.live_knowledge import LiveKnowledge
from bot.messages import Reply
from bot.rights import may
from bot.saying import tell
from bot.texts import of_language
from knowledge.entries import FaqEntry
from knowledge.overlay import Fault, Proposal, body_of, edited, read_entry, sound
from knowledge.search import KnowledgeBase
from storage import people, revisions
from storage.models import FaqRevision, Person

Outcome = tuple[str, Any]
"""What became of it: forbidden, decided, own, faults, … with what there is to tell."""

FORBIDDEN: Outcome = ("forbidden", None)


class Curation:
    def __init__(self, clock: Clock, live: LiveKnowledge) -> None:
        self._clock = clock
        self._live = live

    def carry_out(self, command: Curating, acting: Acting) -> Outcome:
        """Nothing is done for somebody who is no curator at this moment; they learn nothing either."""
        now = self._clock.now()
        seats = seats_of(people.list_memberships(acting.session, acting.person.id, now))
        if not may(seats, "curate"):
            return FORBIDDEN
        revisions.lock(acting.session)
        match command:
            case ApproveDraft():
                return self._approve(command, acting)
            case ApproveBatch():
                return self._approve_batch(command, acting)
            case ReturnDraft():
                return self._return(command, acting)
            case EditEntry():
                return self._edit(command, acting)
            case RollBack():
                return self._roll_back(command, acting)
            case DecidePhrasing():
                return self._decide_phrasing(command, acting)

    # -------------------------------------------------------------- drafts

    def _approve(self, command: ApproveDraft, acting: Acting) -> Outcome:
        row = revisions.find_for_decision(acting.session, command.revision_id)
        if row is None:
            return FORBIDDEN
        if row.state != "draft":
            return "decided", row.state
        if row.author_id == acting.person.id:
            return "own", None
        return self._go_live(acting, [row])

    def _approve_batch(self, command: ApproveBatch, acting: Acting) -> Outcome:
        """All that was listed or nothing: the entries of a workbook refer to each other."""
        rows = revisions.list_batch_for_decision(acting.session, command.batch)
        if tuple(row.id for row in rows) != command.shown:
            return "changed", None
        if any(row.author_id == acting.person.id for row in rows):
            return "own", None
        return self._go_live(acting, rows)

    def _go_live(self, acting: Acting, rows: Sequence[FaqRevision]) -> Outcome:
        knowledge = self._live.current(acting.session)
        shipped = self._live.shipped.entries
        read = {row.id: entry_of_draft(acting.session, row, knowledge, shipped) for row in rows}
        faults: dict[str, tuple[Fault, ...]] = {
            row.entry_id: (found,) for row in rows if isinstance(found := read[row.id], Fault)
        }
        ready = {row_id: entry for row_id, entry in read.items() if isinstance(entry, FaqEntry)}
        faults.update(sound(knowledge.base, list(ready.values())).skipped)
        if faults:
            return "faults", faults
        now, curator = self._clock.now(), acting.person.id
        for row in rows:
            live = revisions.live_version(acting.session, row.entry_id)
            revisions.approve(acting.session, row, body_of(ready[row.id]), curator, now)
            self._keep_golden(acting, row)
            self._note_live(acting, "entry.approved", row, live, change=row.change)
        self._tell_authors(acting, rows, None)
        return "approved", len(rows)

    def _keep_golden(self, acting: Acting, row: FaqRevision) -> None:
        """What was asked is what the entry must be found by from now on."""
        if row.inquiry_id is None:
            return
        for text in revisions.list_questions_of_inquiry(acting.session, row.inquiry_id):
            revisions.add_golden(acting.session, text, row.entry_id, row.inquiry_id, self._clock.now())

    def _return(self, command: ReturnDraft, acting: Acting) -> Outcome:
        row = revisions.find_for_decision(acting.session, command.revision_id)
        if row is None:
            return FORBIDDEN
        if row.state != "draft":
            return "decided", row.state
        revisions.send_back(acting.session, row, command.reason, acting.person.id, self._clock.now())
        self._note_state(acting, "entry.returned", row, "draft")
        self._tell_authors(acting, [row], command.reason)
        return "returned", None

    # -------------------------------------------------------------- writing

    def _edit(self, command: EditEntry, acting: Acting) -> Outcome:
        knowledge = self._live.current(acting.session)
        row, entry = self._edited_from(command, acting, knowledge)
        if row is not None and row.state not in ("draft", "returned"):
            return "decided", row.state
        if not isinstance(entry, FaqEntry):
            return FORBIDDEN
        year = str(self._clock.today().year + ERA)
        changed = edited(entry, command.field, command.text, year)
        if isinstance(changed, Fault):
            return "faults", {entry.id: (changed,)}
        if changed == entry:
            return "same", None
        if faults := sound(knowledge.base, [changed]).skipped:
            return "faults", faults
        now, curator = self._clock.now(), acting.person.id
        if row is not None:
            row = revisions.replace_draft(acting.session, row, body_of(changed), curator, now)
        else:
            row = revisions.add_draft(
                acting.session,
                entry_id=entry.id,
                body=body_of(changed),
                change="phrasing" if command.field == "wording" else "edited",
                author_id=curator,
                now=now,
            )
        self._note_state(acting, "entry.drafted", row, None, field=command.field)
        shipped = self._live.shipped.entries
        return "drafted", draft_view(acting.session, row, knowledge, shipped, curator, self._clock.zone)

    def _edited_from(
        self, command: EditEntry, acting: Acting, knowledge: KnowledgeBase
    ) -> tuple[FaqRevision | None, FaqEntry | Fault | None]:
        """The draft to go on from, if any, and the entry as it stands there."""
        row = None
        if command.revision_id is not None:
            row = revisions.find_for_decision(acting.session, command.revision_id)
            if row is not None and row.state == "returned":  # which may be mended already
                row = revisions.find_own_draft(acting.session, row.entry_id, acting.person.id) or row
        elif command.entry_id is not None and command.entry_id in knowledge.entries:
            row = revisions.find_own_draft(acting.session, command.entry_id, acting.person.id)
        if row is not None:
            return row, entry_of_draft(acting.session, row, knowledge, self._live.shipped.entries)
        return None, knowledge.entries.get(command.entry_id or "")

    # -------------------------------------------------------------- versions

    def _roll_back(self, command: RollBack, acting: Acting) -> Outcome:
        """Live at once: that version was approved before."""
        knowledge = self._live.current(acting.session)
        entry = self._earlier(command, acting)
        if not isinstance(entry, FaqEntry):
            return FORBIDDEN
        if knowledge.entries.get(entry.id) == entry and entry.id not in self._live.skipped:
            return "same", None
        if faults := sound(knowledge.base, [entry]).skipped:
            return "faults", faults
        live = revisions.live_version(acting.session, entry.id)
        row = revisions.add_approved(
            acting.session,
            entry_id=entry.id,
            body=body_of(entry),
            change="rolled_back",
            by=acting.person.id,
            now=self._clock.now(),
            note=str(command.version),
        )
        self._note_live(acting, "entry.rolled_back", row, live, to=command.version)
        return "rolled_back", command.version

    def _earlier(self, command: RollBack, acting: Acting) -> FaqEntry | Fault | None:
        if command.version == 0:
            return self._live.shipped.entries.get(command.entry_id)
        for row in revisions.history(acting.session, command.entry_id):
            if row.version == command.version and row.state == "approved":
                return read_entry(row.entry_id, row.body)
        return None

    # -------------------------------------------------------------- wordings that people confirmed

    def _decide_phrasing(self, command: DecidePhrasing, acting: Acting) -> Outcome:
        """One curator is enough: people proposed it. A wording of another entry stays that entry's."""
        knowledge = self._live.current(acting.session)
        waiting = proposals(acting.session, knowledge)
        found = next(
            (one for one in waiting if (one.text, one.entry_id) == (command.text, command.entry_id)), None
        )
        if found is None:
            return "decided", None
        return self._add_phrasing(found, acting, knowledge) if command.accept else self._refuse(found, acting)

    def _add_phrasing(self, proposal: Proposal, acting: Acting, knowledge: KnowledgeBase) -> Outcome:
        changed = edited(knowledge.entries[proposal.entry_id], "wording", proposal.text, "")
        if isinstance(changed, Fault):
            return "faults", {proposal.entry_id: (changed,)}
        if faults := sound(knowledge.base, [changed]).skipped:
            return "faults", faults
        now, curator = self._clock.now(), acting.person.id
        revisions.decide_phrasing(
            acting.session, proposal.key, changed.id, accepted=True, by=curator, now=now
        )
        live = revisions.live_version(acting.session, changed.id)
        row = revisions.add_approved(
            acting.session,
            entry_id=changed.id,
            body=body_of(changed),
            change="phrasing",
            by=curator,
            now=now,
        )
        self._note_live(acting, "phrasing.added", row, live, asked=proposal.count)
        return "added", None

    def _refuse(self, proposal: Proposal, acting: Acting) -> Outcome:
        revisions.decide_phrasing(
            acting.session,
            proposal.key,
            proposal.entry_id,
            accepted=False,
            by=acting.person.id,
            now=self._clock.now(),
        )
        self._note(acting, "phrasing.refused", proposal.entry_id, asked=proposal.count)
        return "refused", None

    # -------------------------------------------------------------- shared

    def _tell_authors(self, acting: Acting, rows: Sequence[FaqRevision], reason: str | None) -> None:
        """One line to each author in the chat where they can be reached; a batch's author gets one as well."""
        told: dict[int, list[FaqRevision]] = {}
        for row in rows:
            if row.author_id is not None and row.author_id != acting.person.id:
                told.setdefault(row.author_id, []).append(row)
        for author_id, theirs in sorted(told.items()):
            self._tell(acting, author_id, theirs, reason)

    def _tell(self, acting: Acting, author_id: int, rows: Sequence[FaqRevision], reason: str | None) -> None:
        session = acting.session
        author, chat = session.get(Person, author_id), people.find_reachable_chat(session, author_id)
        if author is None or chat is None:
            return
        t = of_language(author.language)
        question = str(rows[0].body.get("question", rows[0].entry_id))
        reply = Reply(t.draft_approved(question, len(rows)))
        if reason is not None:
            # From here it is mended: one of a new entry is to be found nowhere else.
            edit = choice(t.EDIT_ANSWER, "curate.edit", revision=rows[0].id, field="answer")
            reply = Reply(t.draft_returned(question, reason), rows=((edit,),))
        tell(session, chat, author_id, reply, self._clock.now())

    def _note(self, acting: Acting, action: str, entry_id: str, **detail: Any) -> None:
        """Versions stand in the audit by their number: their texts are kept as they were."""
        acting.note(action, f"entry:{entry_id}", self._clock.now(), **detail)

    def _note_live(self, acting: Acting, action: str, row: FaqRevision, live: int, **detail: Any) -> None:
        changed = {"before": {"live": live}, "after": {"live": row.version}}
        self._note(acting, action, row.entry_id, **changed, **detail)

    def _note_state(
        self, acting: Acting, action: str, row: FaqRevision, before: str | None, **detail: Any
    ) -> None:
        changed = {"before": {"state": before}, "after": {"state": row.state}}
        self._note(acting, action, row.entry_id, version=row.version, **changed, **detail)
