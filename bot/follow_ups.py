"""
A follow-up with a date is a plan of its own, as long as nobody has touched that plan.

What was promised last stands in the plan's newest revision that was made from here; the plan is brought in
line when the record promises something else by now. Nothing hangs on how the record came to say so: editing,
undoing, deleting and restoring it all lead here.
"""

from __future__ import annotations

from typing import Any

from bot.acting import Acting
from bot.dialogues.limits import MAX_TITLE
from bot.language.text import clean
from bot.records import Records
from storage import activities
from storage.models import Activity

PROMISE = "promise"
"""Reason of a revision that was made from here; the texts' `reason` has words for it."""

USUAL_TYPE = "meeting"


class FollowUps:
    def __init__(self, records: Records) -> None:
        self._records = records

    def keep_in_line(self, acting: Acting, row: Activity) -> None:
        """Make, change, delete or bring back the plan that the record's follow-up is."""
        known = activities.list_following(acting.session, row.id)
        plan = known[-1] if known else None
        wanted = self._wanted(acting, row)
        if wanted is None:
            if plan is not None and self._is_untouched(acting, plan):
                activities.delete(acting.session, plan, *self._by(acting), reason=PROMISE)
        elif plan is None:
            self._add(acting, wanted)
        else:
            self._bring_in_line(acting, plan, wanted)

    def _wanted(self, acting: Acting, row: Activity) -> dict[str, Any] | None:
        """What the record promises by now: text and date."""
        if row.deleted_at is not None or not row.follow_up or row.follow_up_on is None:
            return None
        read = acting.facts.registry.lexicon.read_type(clean(row.follow_up))
        return {
            "pairing_id": row.pairing_id,
            "type_code": read.code if read.settled else USUAL_TYPE,
            "state": "planned",
            "start": row.follow_up_on,
            "end": None,
            "title": row.follow_up[:MAX_TITLE],
            "joint": False,
            "follows_id": row.id,
        }

    def _add(self, acting: Acting, wanted: dict[str, Any]) -> None:
        values = {**wanted, "sdgs": [], "sectors": []}
        activities.add(acting.session, values, None, *self._by(acting), reason=PROMISE)

    def _bring_in_line(self, acting: Acting, plan: Activity, wanted: dict[str, Any]) -> None:
        revisions = activities.list_revisions(acting.session, plan.id)
        kept = [one for one in revisions if one.reason == PROMISE and one.after is not None]
        before = activities.values_of(kept[-1].after or {}) if kept else {}
        changed = {name: wanted[name] for name in wanted if name in before and wanted[name] != before[name]}
        if plan.deleted_at is not None and revisions[-1].reason == PROMISE:
            activities.restore(acting.session, plan, *self._by(acting), changed, reason=PROMISE)
        elif plan.deleted_at is None and plan.state == "planned":
            if changed:
                activities.change(acting.session, plan, changed, *self._by(acting), reason=PROMISE)
        elif "start" in changed:  # the one before was held, or given up: this is another promise
            self._add(acting, wanted)

    def _is_untouched(self, acting: Acting, plan: Activity) -> bool:
        found = activities.list_revisions(acting.session, plan.id)
        return plan.state == "planned" and all(one.reason == PROMISE for one in found)

    def _by(self, acting: Acting) -> tuple[int, str, Any]:
        return acting.person.id, acting.channel, self._records.now()
