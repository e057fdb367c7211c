"""
Carries out what changes a record of an activity: saving, editing, undoing, merging, deleting, and what follows.

Rights are checked on the person who acts, against the rows as they are now. What changes in a record is
noted in the audit where its revision is made, in `storage/activities.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.acting import Acting
from bot.clock import Clock
from bot.dialogues.base import (
    DETAILS,
    ActivityView,
    AttachFiles,
    DeleteActivity,
    DropDraft,
    Facts,
    FlagActivity,
    KeepDraft,
    LogDraft,
    MergeDraft,
    Recorded,
    RestoreActivity,
    ResumeDraft,
    SaveDraft,
    SetFields,
    SetPartner,
    SettleFlag,
    UndoSave,
)
from bot.dialogues.drafting import is_joint, own_pairing, proposed_title
from bot.dialogues.evidence import doubts, fitting
from bot.dialogues.merging import entry_of, last_day_of, merged
from bot.facts import activity_view, activity_views
from bot.flagging import Flagging
from bot.follow_ups import FollowUps
from bot.language.same_event import APART, most_alike
from bot.planning import Planner
from bot.records import Records
from bot.rights import may, provinces
from bot.sharing import Sharing
from storage import activities, conversations, owners, pairings
from storage.models import Activity, ActivityRevision, Draft

UNDO_WITHIN = timedelta(minutes=1)

DAYS = ("start", "end", "precision")

SETTABLE = (*DETAILS, *DAYS)
"""What `SetFields` may change: nothing by which a record would belong to somebody else."""


class Recording:
    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._records = Records(clock, planner)
        self._follow_ups = FollowUps(self._records)
        self._sharing = Sharing(self._records)
        self._flagging = Flagging(self._records)

    def carry_out(self, command: Recorded, acting: Acting) -> Any:
        """Returns the outcome that the command's `then` is given. On a duty phone it is kept who recorded it."""
        if acting.recorder is None:
            return self._carry_out(command, acting)
        before = activities.last_revision_id(acting.session)
        outcome = self._carry_out(command, acting)
        activities.note_recorder(acting.session, before, acting.person.id, acting.recorder)
        return outcome

    def _carry_out(self, command: Recorded, acting: Acting) -> Any:
        match command:
            case SaveDraft():
                return self._save_draft(command, acting)
            case DropDraft() | ResumeDraft() | KeepDraft():
                return self._handle_draft(command, acting)
            case AttachFiles():
                return self._attach_files(command, acting)
            case SetPartner():
                return self._set_partner(command, acting)
            case SetFields():
                return self._set_fields(command, acting)
            case UndoSave():
                return self._undo(command, acting)
            case MergeDraft():
                return self._merge(command, acting)
            case DeleteActivity():
                return self._delete_activity(command, acting)
            case RestoreActivity():
                return self._restore_activity(command, acting)
            case FlagActivity() | SettleFlag():
                return self._flagging.carry_out(command, acting)
            case _:
                return self._sharing.carry_out(command, acting)

    # -------------------------------------------------------------- saving

    def _save_draft(self, command: SaveDraft, acting: Acting) -> tuple[str, Any]:
        draft = acting.draft
        if draft is None:
            return "incomplete", None
        body, facts = LogDraft.model_validate(draft.body), acting.facts
        if body.pairing_id is None or body.type is None or body.start is None or doubts(body):
            return "incomplete", None
        if body.activity_id is not None:
            return self._save_edit(acting, draft, body)
        if own_pairing(facts, body.pairing_id) is None:
            return "forbidden", None
        if not command.anyway and (alike := self._alike(acting, draft, body)) is not None:
            return "alike", self._records.view(acting, alike)
        row = self._record(acting, draft, body)
        self._close(acting, draft, "saved")
        return "saved", self._settled(acting, row)

    def _alike(self, acting: Acting, draft: Draft, body: LogDraft) -> Activity | None:
        """The record that tells of the same event; whoever records it at this moment is waited for."""
        assert body.start is not None
        covered = {one for one in (body.pairing_id, *body.also) if own_pairing(acting.facts, one)}
        ids = [one for one in covered if one]
        pairings.lock(acting.session, ids)
        rows = activities.list_near(acting.session, ids, body.start, last_day_of(body), APART)
        others = activity_views(acting.session, [row for row in rows if row.draft_id != draft.id])
        entries = {view.id: entry_of(acting.facts, view) for view in others}
        found = most_alike(entry_of(acting.facts, body), entries)
        return next((row for row in rows if row.id == found), None)

    def _record(self, acting: Acting, draft: Draft, body: LogDraft) -> Activity:
        """A new record; from a draft whose saving was undone the same one again."""
        session, values, now = acting.session, _values(acting.facts, body), self._now()
        by = (acting.person.id, acting.channel, now)
        saved = activities.find_by_draft(session, draft.id)
        known = activities.find_locked(session, saved.id) if saved is not None else None

        def belong(row: Activity) -> None:
            activities.keep_evidence(session, row.id, [file.sha256 for file in body.files])
            self._set_belongings(acting, row, body)

        if known is None:
            known = activities.add(session, values, draft.id, *by, belongings=belong)
        elif activities.restore(session, known, *by, values, belongings=belong):
            self._sharing.ask_again(acting, known)
        else:
            activities.change(session, known, values, *by, belongings=belong)
        return known

    def _save_edit(self, acting: Acting, draft: Draft, body: LogDraft) -> tuple[str, Any]:
        row = self._records.standing(acting, int(body.activity_id or 0))
        if row is None:
            return "forbidden", None
        if body.pairing_id != row.pairing_id and not (
            self._records.is_of_own_pairing(acting, row) and own_pairing(acting.facts, body.pairing_id)
        ):
            return "forbidden", None
        before, begun = self._records.pairings(acting, row), self._begun(acting, row, body)
        if begun is not None and set(body.also) == set(begun.get("also", ())):  # not what this edit touched
            body = body.model_copy(update={"also": before[1:]})
        self._change(
            acting,
            row,
            _values(acting.facts, body) if begun is None else self._edited(acting, row, body, begun),
            lambda row: self._set_belongings(acting, row, body),
        )
        self._close(acting, draft, "saved")
        return "saved", self._settled(acting, row, before)

    def _begun(self, acting: Acting, row: Activity, body: LogDraft) -> Mapping[str, Any] | None:
        """The record as this edit found it, where somebody changed it meanwhile."""
        if row.version == body.base_version:
            return None
        begun = activities.find_revision(acting.session, row.id, body.base_version or 0)
        return begun.after if begun is not None else None

    def _edited(
        self, acting: Acting, row: Activity, body: LogDraft, begun: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the edit changes: the record keeps what somebody changed meanwhile and this edit did not touch."""
        values = _values(acting.facts, body)
        # A revision from before a field was kept: the field was empty then.
        touched = {
            name: value
            for name, value in values.items()
            if activities.as_json(value) != begun.get(name, [] if isinstance(value, list) else None)
        }
        if any(name in touched for name in DAYS):  # half of one and half of another are no days
            touched |= {name: values[name] for name in DAYS}
        merged_ = LogDraft(
            type=touched.get("type_code", row.type_code),
            state=touched.get("state", row.state),
            partner_joined=touched.get("partner_joined", row.partner_joined),
        )
        return {**touched, "joint": is_joint(acting.facts, merged_)}

    def _set_belongings(self, acting: Acting, row: Activity, body: LogDraft) -> None:
        """The evidence, and the further pairings of the officer's own provinces."""
        session, registry = acting.session, acting.facts.registry
        files = [file.model_dump() for file in body.files]
        activities.add_evidence(session, row.id, files, acting.person.id, self._now())
        also = [(one, registry.pairings[one].province_code) for one in body.also if one != row.pairing_id]
        own = [(one, code) for one, code in also if may(acting.facts.seats, "log_activity", code)]
        mine = provinces(acting.facts.seats)
        owners.set_pairings(session, row.id, own, mine, acting.person.id, self._now())

    def _change(
        self,
        acting: Acting,
        row: Activity,
        values: Mapping[str, Any],
        belongings: activities.Belongings | None = None,
        kind: str = "edited",
    ) -> None:
        by = (acting.person.id, acting.channel, self._now())
        activities.change(acting.session, row, values, *by, kind=kind, belongings=belongings)

    # -------------------------------------------------------------- the draft

    def _handle_draft(self, command: DropDraft | ResumeDraft | KeepDraft, acting: Acting) -> LogDraft | None:
        if isinstance(command, ResumeDraft):
            return self._resume_draft(command, acting)
        if isinstance(command, DropDraft):
            self._drop_draft(command, acting)
        else:
            self._keep_draft(command, acting)
        return None

    def _drop_draft(self, command: DropDraft, acting: Acting) -> None:
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is not None and draft.person_id == acting.person.id and draft.state == "open":
            self._note_draft(acting, "draft.cancelled", draft, "cancelled")
            self._close(acting, draft, "cancelled")

    def _resume_draft(self, command: ResumeDraft, acting: Acting) -> LogDraft | None:
        """The draft, also one that the person has just given up; a saved one is a record."""
        draft = conversations.find_draft(acting.session, command.draft_id)
        if draft is None or draft.person_id != acting.person.id or draft.state in ("saved", "left"):
            return None
        if not may(acting.facts.seats, "log_activity"):
            return None
        if draft.state != "open":
            self._note_draft(acting, "draft.reopened", draft, "open")
            conversations.open_again(draft, draft.body, self._now())
        return self._take_up(acting, draft)

    def _take_up(self, acting: Acting, draft: Draft) -> LogDraft:
        acting.draft = draft
        acting.conversation.draft_id = draft.id
        return LogDraft.model_validate(draft.body)

    def _keep_draft(self, command: KeepDraft, acting: Acting) -> None:
        body = command.body.model_dump(mode="json")
        if acting.draft is not None:
            conversations.change_draft(acting.draft, body, self._now())
            return
        acting.draft = conversations.add_draft(acting.session, acting.person.id, body, self._now())
        acting.conversation.draft_id = acting.draft.id

    def _note_draft(self, acting: Acting, action: str, draft: Draft, state: str) -> None:
        before, after = {"state": draft.state}, {"state": state}
        acting.note(action, f"draft:{draft.id}", self._now(), before=before, after=after)

    def _close(self, acting: Acting, draft: Draft, state: str) -> None:
        conversations.close_draft(draft, state, self._now())
        acting.draft = None
        acting.conversation.draft_id = None

    def _attach_files(self, command: AttachFiles, acting: Acting) -> tuple[ActivityView, int, int] | None:
        """The record with the open draft's evidence, how much of it was new, and how much there was no room for."""
        draft, row = acting.draft, self._records.standing(acting, command.activity_id)
        if draft is None or row is None:
            return None
        body, have = LogDraft.model_validate(draft.body), activity_view(acting.session, row).files
        new = [file for file in body.files if file.sha256 not in {one.sha256 for one in have}]
        kept = [file.model_dump() for file in fitting(have, new)]
        place = {"place": body.place} if body.place and not row.place else {}
        self._change(
            acting,
            row,
            place,
            lambda row: activities.add_evidence(acting.session, row.id, kept, acting.person.id, self._now()),
        )
        # By this a second press shows the record.
        conversations.change_draft(draft, {**draft.body, "activity_id": row.id}, self._now())
        self._close(acting, draft, "saved")
        return self._settled(acting, row), len(kept), len(new) - len(kept)

    # -------------------------------------------------------------- the same event

    def _merge(self, command: MergeDraft, acting: Acting) -> tuple[str, Any]:
        """What the draft knows more joins the record. A second press finds the draft saved, and the record."""
        draft, row = acting.draft, self._records.standing(acting, command.activity_id)
        if draft is None or row is None:
            return "forbidden", None
        body = LogDraft.model_validate(draft.body)
        before = self._records.pairings(acting, row)
        if body.activity_id is not None or not {body.pairing_id, *body.also} & set(before):
            return "forbidden", None
        view = self._records.view(acting, row)
        found = merged(acting.facts, view, body)
        joining = body.model_copy(update={"also": found.also, "files": fitting(view.files, body.files)})
        self._change(
            acting, row, found.values, lambda row: self._set_belongings(acting, row, joining), "merged"
        )
        draft.body = {**draft.body, "activity_id": row.id}
        self._close(acting, draft, "saved")
        return "merged", (self._settled(acting, row, before), found.differing, draft.id)

    # -------------------------------------------------------------- undoing

    def _undo(self, command: UndoSave, acting: Acting) -> tuple[str, ActivityView | None, LogDraft | None]:
        """`undone` with the draft that is open again; `closed` when it is too late; `gone`."""
        row = self._records.own(acting, command.activity_id)
        made = activities.find_revision(acting.session, row.id, command.version) if row else None
        if row is None or made is None:
            return "gone", None, None
        mine = made.person_id == acting.person.id
        last = activities.find_revision(acting.session, row.id, row.version)
        if mine and last is not None and last.change == "undone" and last.version == made.version + 1:
            return "undone", self._records.view(acting, row), self._reopened(acting, row, made, command)
        if row.deleted_at is not None:
            return "gone", None, None
        if not mine or row.version != made.version or self._now() - made.at > UNDO_WITHIN:
            return "closed", self._records.view(acting, row), None
        before = self._records.pairings(acting, row)
        if made.before is None or made.change == "restored":
            activities.take_back(acting.session, row, acting.person.id, acting.channel, self._now())
            self._sharing.withdraw(acting, row)
        else:
            self._go_back(acting, row, made.before)
        view = self._settled(acting, row, before)
        return "undone", view, self._reopened(acting, row, made, command)

    def _go_back(self, acting: Acting, row: Activity, before: Mapping[str, Any]) -> None:
        """The record as it stood before an edit."""
        session, registry = acting.session, acting.facts.registry
        mine = provinces(acting.facts.seats)
        also = [(one, registry.pairings[one].province_code) for one in before["also"]]

        def belong(row: Activity) -> None:
            activities.keep_evidence(session, row.id, [file["sha256"] for file in before["files"]])
            own = [(one, code) for one, code in also if code in mine]
            owners.set_pairings(session, row.id, own, mine, acting.person.id, self._now())

        self._change(acting, row, activities.values_of(before), belong, "undone")

    def _reopened(
        self, acting: Acting, row: Activity, made: ActivityRevision, command: UndoSave
    ) -> LogDraft | None:
        """The draft behind what was undone, open again; an edit has none, its values are back."""
        draft_id = command.draft_id if made.change == "merged" else row.draft_id
        draft = conversations.find_draft(acting.session, draft_id) if draft_id is not None else None
        if made.change == "edited" or draft is None or draft.person_id != acting.person.id:
            return None
        if draft.state == "saved":
            body = {**draft.body, "activity_id": None, "base_version": None}
            conversations.open_again(draft, body, self._now())
        return self._take_up(acting, draft) if draft.state == "open" else None

    # -------------------------------------------------------------- without a draft

    def _set_partner(self, command: SetPartner, acting: Acting) -> ActivityView | None:
        row = self._records.standing(acting, command.activity_id)
        if row is None:
            return None
        joint = row.state == "held" and command.value != "no"
        self._change(acting, row, {"partner_joined": command.value, "joint": joint})
        return self._settled(acting, row)

    def _set_fields(self, command: SetFields, acting: Acting) -> ActivityView | None:
        row = self._records.standing(acting, command.activity_id)
        if row is None:
            return None
        self._change(acting, row, {name: command.values[name] for name in SETTABLE if name in command.values})
        return self._settled(acting, row)

    def _delete_activity(self, command: DeleteActivity, acting: Acting) -> bool:
        row = self._records.own(acting, command.activity_id)
        if row is None or not self._records.is_of_own_pairing(acting, row):
            return False
        by = (acting.person.id, acting.channel, self._now())
        if activities.delete(acting.session, row, *by, reason=command.reason):
            self._sharing.withdraw(acting, row)
        self._settled(acting, row)
        return True

    def _restore_activity(self, command: RestoreActivity, acting: Acting) -> ActivityView | None:
        row = self._records.own(acting, command.activity_id)
        if row is None or not self._records.is_of_own_pairing(acting, row):
            return None
        if activities.restore(acting.session, row, acting.person.id, acting.channel, self._now()):
            self._sharing.ask_again(acting, row)
        return self._settled(acting, row)

    # -------------------------------------------------------------- shared

    def _settled(self, acting: Acting, row: Activity, before: Sequence[str] = ()) -> ActivityView:
        """What follows from every change: the plan that a follow-up is, and reminders."""
        self._follow_ups.keep_in_line(acting, row)
        return self._records.replanned(acting, row, before)

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
