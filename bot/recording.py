"""
Carries out what changes a record of an activity: saving, editing, deleting, and what follows from it.

Rights are checked on the person who acts, against the rows as they are now. What changes in a record is
noted in the audit where its revision is made, in `storage/activities.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.base import (
    ActivityView,
    DeleteActivity,
    DropDraft,
    Facts,
    LogDraft,
    Recorded,
    RestoreActivity,
    ResumeDraft,
    SaveDraft,
    SetPartner,
)
from bot.dialogues.drafting import is_joint, own_pairing, proposed_title
from bot.facts import activity_view
from bot.planning import Planner
from bot.rights import may, provinces
from storage import (
    activities,
    conversations,
    owners,
)
from storage.models import Activity, Draft


class Recording:
    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    def carry_out(self, command: Recorded, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given."""
        match command:
            case SaveDraft():
                return self._save_draft(command, acting)
            case DropDraft():
                return self._drop_draft(command, acting)
            case ResumeDraft():
                return self._resume_draft(command, acting)
            case SetPartner():
                return self._set_partner(command, acting)
            case DeleteActivity():
                return self._delete_activity(command, acting)
            case RestoreActivity():
                return self._restore_activity(command, acting)

    def _save_draft(self, command: SaveDraft, acting: Acting) -> tuple[str, Any]:
        session, draft = acting.session, acting.draft
        if draft is None:
            return "incomplete", None
        body, facts = LogDraft.model_validate(draft.body), acting.facts
        if body.pairing_id is None or body.type is None or body.start is None:
            return "incomplete", None
        if body.activity_id is not None:
            return self._save_edit(acting, draft, body)
        if own_pairing(facts, body.pairing_id) is None:
            return "forbidden", None
        if not command.anyway:
            alike = activities.list_alike(session, body.pairing_id, body.start, body.end, body.type, draft.id)
            if alike:
                return "alike", activity_view(session, alike[0])
        row = activities.add(
            session, _values(facts, body), draft.id, acting.person.id, acting.channel, self._now()
        )
        self._add_belongings(acting, row, body)
        self._close(acting, draft, "saved")
        return "saved", self._replanned(acting, row)

    def _save_edit(self, acting: Acting, draft: Draft, body: LogDraft) -> tuple[str, Any]:
        row = self._own_activity(acting, int(body.activity_id or 0))
        if row is None or row.deleted_at is not None:
            return "forbidden", None
        if body.pairing_id != row.pairing_id and own_pairing(acting.facts, body.pairing_id) is None:
            return "forbidden", None
        before = self._pairings(acting, row)
        values = self._edited(acting, row, body)
        activities.change(acting.session, row, values, acting.person.id, acting.channel, self._now())
        self._add_belongings(acting, row, body)
        self._close(acting, draft, "saved")
        return "saved", self._replanned(acting, row, before)

    def _edited(self, acting: Acting, row: Activity, body: LogDraft) -> dict[str, Any]:
        """What the edit changes. A record that somebody changed meanwhile keeps what this edit did not touch."""
        values = _values(acting.facts, body)
        begun = activities.find_revision(acting.session, row.id, body.base_version or 0)
        if row.version == body.base_version or begun is None or begun.after is None:
            return values
        touched = {
            name: value for name, value in values.items() if activities.as_json(value) != begun.after[name]
        }
        merged = LogDraft(
            type=touched.get("type_code", row.type_code),
            state=touched.get("state", row.state),
            partner_joined=touched.get("partner_joined", row.partner_joined),
        )
        return {**touched, "joint": is_joint(acting.facts, merged)}

    def _add_belongings(self, acting: Acting, row: Activity, body: LogDraft) -> None:
        """The evidence, and the further pairings of the officer's own provinces."""
        session, registry = acting.session, acting.facts.registry
        session.flush()
        files = [file.model_dump() for file in body.files]
        activities.add_evidence(session, row.id, files, acting.person.id, self._now())
        also = [(one, registry.pairings[one].province_code) for one in body.also if one != row.pairing_id]
        own = [(one, code) for one, code in also if may(acting.facts.seats, "log_activity", code)]
        mine = provinces(acting.facts.seats)
        owners.set_pairings(session, row.id, own, mine, acting.person.id, self._now())

    def _drop_draft(self, command: DropDraft, acting: Acting) -> None:
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is not None and draft.person_id == acting.person.id and draft.state == "open":
            self._close(acting, draft, "cancelled")
            before, after = {"state": "open"}, {"state": "cancelled"}
            acting.note("draft.cancelled", f"draft:{draft.id}", self._now(), before=before, after=after)

    def _resume_draft(self, command: ResumeDraft, acting: Acting) -> LogDraft | None:
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is None or draft.person_id != acting.person.id or draft.state != "open":
            return None
        acting.draft = draft
        acting.conversation.draft_id = draft.id
        return LogDraft.model_validate(draft.body)

    def _set_partner(self, command: SetPartner, acting: Acting) -> Any:
        row = self._own_activity(acting, command.activity_id)
        if row is None or row.deleted_at is not None:
            return None
        joint = row.state == "held" and command.value != "no"
        values = {"partner_joined": command.value, "joint": joint}
        activities.change(acting.session, row, values, acting.person.id, acting.channel, self._now())
        return self._replanned(acting, row)

    def _delete_activity(self, command: DeleteActivity, acting: Acting) -> bool:
        row = self._own_activity(acting, command.activity_id)
        if row is None:
            return False
        activities.delete(acting.session, row, acting.person.id, acting.channel, self._now())
        self._replanned(acting, row)
        return True

    def _restore_activity(self, command: RestoreActivity, acting: Acting) -> Any:
        row = self._own_activity(acting, command.activity_id)
        if row is None:
            return None
        activities.restore(acting.session, row, acting.person.id, acting.channel, self._now())
        return self._replanned(acting, row)

    def _replanned(self, acting: Acting, row: Activity, before: Sequence[str] = ()) -> ActivityView:
        """Reminders of every pairing that it covers, or covered before, are cancelled or revived at once."""
        acting.session.flush()
        view = activity_view(acting.session, row)
        for pairing_id in dict.fromkeys((*before, *view.pairings)):
            self._planner.replan_pairing(acting.session, acting.facts.registry, pairing_id)
        return view

    def _pairings(self, acting: Acting, row: Activity) -> tuple[str, ...]:
        return activity_view(acting.session, row).pairings

    def _own_activity(self, acting: Acting, activity_id: int) -> Activity | None:
        """The record, if the person may change it."""
        row = activities.find(acting.session, activity_id)
        if row is None:
            return None
        covered = [acting.facts.registry.pairings[one] for one in self._pairings(acting, row)]
        allowed = any(may(acting.facts.seats, "change_activity", one.province_code) for one in covered)
        return row if allowed else None

    def _close(self, acting: Acting, draft: Draft, state: str) -> None:
        conversations.close_draft(draft, state, self._now())
        acting.draft = None
        acting.conversation.draft_id = None

    # -------------------------------------------------------------- shared

    def _now(self) -> datetime:
        return self._clock.now()


def _values(facts: Facts, body: LogDraft) -> dict[str, Any]:
    """The record's fields. What lies ahead on the day of saving is a plan, whatever the card said before."""
    if body.start is not None and body.start > facts.today:
        body = body.model_copy(update={"state": "planned"})
    own = {name: getattr(body, name) for name in activities.FIELDS if name in LogDraft.model_fields}
    return {
        **own,
        "type_code": body.type,
        "title": body.title or proposed_title(facts, body),
        "joint": is_joint(facts, body),
        "sdgs": list(body.sdgs),
        "sectors": list(body.sectors),
    }
