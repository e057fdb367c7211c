"""Carries out what the head of office notes on a record, and its settling."""

from __future__ import annotations

from bot.acting import Acting
from bot.dialogues.base import ActivityView, FlagActivity, Flagged, SettleFlag
from bot.dialogues.flagging import raised, settled
from bot.records import Records
from storage import flags
from storage.models import Activity, ActivityFlag


class Flagging:
    def __init__(self, records: Records) -> None:
        self._records = records

    def carry_out(self, command: Flagged, acting: Acting) -> ActivityView | None:
        """The record as it stands then; None where the person may not."""
        match command:
            case FlagActivity():
                return self._flag(command, acting)
            case SettleFlag():
                return self._settle(command, acting)

    def _flag(self, command: FlagActivity, acting: Acting) -> ActivityView | None:
        row = self._records.standing(acting, command.activity_id, "flag_activity")
        if row is None:
            return None
        registry, now = acting.facts.registry, self._records.now()
        flags.raise_flag(acting.session, row.id, command.comment, acting.person.id, now)
        view = self._records.view(acting, row)
        self._records.note(acting, "activity.flagged", row)
        self._records.tell(acting, self._records.recorders(acting, row), lambda t: raised(t, registry, view))
        return view

    def _settle(self, command: SettleFlag, acting: Acting) -> ActivityView | None:
        row = self._records.standing(acting, command.activity_id)
        if row is None:
            return None
        for one in flags.settle(acting.session, row.id, acting.person.id, self._records.now()):
            self._records.note(acting, "activity.settled", row)
            self._tell_head(acting, row, one)
        return self._records.view(acting, row)

    def _tell_head(self, acting: Acting, row: Activity, flag: ActivityFlag) -> None:
        registry, view = acting.facts.registry, self._records.view(acting, row)
        province = registry.pairings[row.pairing_id].province_code
        head = self._records.those_who_may(acting, row, [flag.raised_by], "flag_activity")
        self._records.tell(
            acting,
            head or self._records.heads(acting, province),
            lambda t: settled(t, registry, view, flag.comment),
        )
