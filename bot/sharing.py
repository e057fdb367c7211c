"""Carries out what makes an activity one of several provinces: inviting, answering, leaving."""

from __future__ import annotations

from bot.acting import Acting
from bot.dialogues.base import ActivityView, AnswerInvitation, InviteProvince, Joined, LeaveActivity
from bot.dialogues.drafting import own_pairing
from bot.dialogues.sharing import answered, invitation
from bot.records import Records
from bot.rights import may, provinces
from storage import activities, outbox, owners
from storage.models import Activity, ActivityOwner

INVITATION = "invitation"
"""Kind of the message that asks a province."""

MOST_PROVINCES = 10
"""That joined, or were asked and have not answered, beside the record's own."""

Outcome = tuple[str, ActivityView | None]


class Sharing:
    def __init__(self, records: Records) -> None:
        self._records = records

    def carry_out(self, command: Joined, acting: Acting) -> Outcome:
        """What became of it, and the record where the person may see it."""
        match command:
            case InviteProvince():
                return self._invite(command, acting)
            case AnswerInvitation():
                return self._answer(command, acting)
            case LeaveActivity():
                return self._leave(command, acting)

    def _invite(self, command: InviteProvince, acting: Acting) -> Outcome:
        row = self._records.standing(acting, command.activity_id)
        registry, province = acting.facts.registry, command.province
        if row is None or province not in registry.provinces:
            return "gone", None
        if not self._records.is_of_own_pairing(acting, row):
            return "gone", None
        view = self._records.view(acting, row)
        covered = {registry.pairings[one].province_code for one in view.pairings}
        if province in covered or province in provinces(acting.facts.seats):
            return "own", view
        if len({*covered, *view.invited}) > MOST_PROVINCES:
            return "full", view
        persons = self._records.in_charge(acting, province)
        if not persons or not registry.of_province(province):
            return "nobody", view
        now = self._records.now()
        asked = owners.invite(acting.session, row.id, province, acting.person.id, now)
        if asked is None:
            return "already", view
        asked_id = asked.id
        self._records.note(acting, "activity.invited", row, province=province)
        self._records.tell(
            acting,
            persons,
            lambda t: invitation(t, registry, view, asked_id, province),
            kind=INVITATION,
            about=_about(row),
        )
        return "invited", self._records.view(acting, row)

    def _answer(self, command: AnswerInvitation, acting: Acting) -> Outcome:
        session = acting.session
        asked = session.get(ActivityOwner, command.invitation_id)
        if asked is None or not may(acting.facts.seats, "log_activity", asked.province_code):
            return "gone", None
        row = activities.find_locked(
            session, asked.activity_id
        )  # before its belongings: always in this order
        asked = owners.find_locked(session, asked.id)
        if row is None or asked is None:
            return "gone", None
        if row.deleted_at is not None or asked.state == owners.WITHDRAWN:
            return "withdrawn", None
        if asked.state == owners.ACCEPTED:
            again = asked.pairing_id == command.pairing_id
            return "accepted" if again else "decided", self._records.view(acting, row)
        if command.pairing_id is None:
            return self._decline(acting, row, asked)
        pairing = own_pairing(acting.facts, command.pairing_id)
        if pairing is None or pairing.province_code != asked.province_code:
            return "gone", None
        return self._accept(acting, row, asked, pairing.id)

    def _decline(self, acting: Acting, row: Activity, asked: ActivityOwner) -> Outcome:
        if asked.state != owners.DECLINED:
            owners.decide(acting.session, asked, owners.DECLINED, None, acting.person.id, self._records.now())
            self._records.note(acting, "activity.declined", row, province=asked.province_code)
            self._tell_inviter(acting, row, asked, None)
        return "declined", None

    def _accept(self, acting: Acting, row: Activity, asked: ActivityOwner, pairing_id: str) -> Outcome:
        now = self._records.now()

        def take(_row: Activity) -> None:
            others = owners.list_of(acting.session, row.id)
            if any(one.pairing_id == pairing_id for one in others):  # somebody of both provinces added it
                acting.session.delete(asked)
            else:
                owners.decide(acting.session, asked, owners.ACCEPTED, pairing_id, acting.person.id, now)

        activities.change(acting.session, row, {}, acting.person.id, acting.channel, now, belongings=take)
        self._records.note(acting, "activity.joined", row, pairing=pairing_id)
        self._tell_inviter(acting, row, asked, pairing_id)
        return "accepted", self._records.replanned(acting, row)

    def _leave(self, command: LeaveActivity, acting: Acting) -> Outcome:
        row = self._records.standing(acting, command.activity_id)
        if row is None or self._records.is_of_own_pairing(acting, row):
            return "gone", None
        before, now = self._records.pairings(acting, row), self._records.now()
        mine = provinces(acting.facts.seats)
        joined = [
            one
            for one in owners.list_of(acting.session, row.id)
            if one.state == owners.ACCEPTED and one.province_code in mine
        ]

        def leave(_row: Activity) -> None:
            for one in joined:
                owners.decide(acting.session, one, owners.DECLINED, None, acting.person.id, now)

        activities.change(acting.session, row, {}, acting.person.id, acting.channel, now, belongings=leave)
        self._records.replanned(acting, row, before)
        self._records.note(acting, "activity.left", row)
        for one in joined[:1]:
            self._tell_inviter(acting, row, one, None)
        return "declined", None

    def _tell_inviter(
        self, acting: Acting, row: Activity, asked: ActivityOwner, pairing_id: str | None
    ) -> None:
        view, registry = self._records.view(acting, row), acting.facts.registry
        province = registry.provinces[asked.province_code]
        inviter = self._records.those_who_may(acting, row, [asked.added_by])
        self._records.tell(
            acting,
            inviter or self._records.recorders(acting, row),
            lambda t: answered(t, registry, view, province, pairing_id),
        )

    # -------------------------------------------------------------- with the record itself

    def withdraw(self, acting: Acting, row: Activity) -> None:
        """The record is gone: nobody is asked about it any more."""
        if owners.set_open(acting.session, row.id, owners.WITHDRAWN):
            outbox.cancel_queued(acting.session, INVITATION, _about(row))

    def ask_again(self, acting: Acting, row: Activity) -> None:
        """The record is back: what was asked may be answered."""
        owners.set_open(acting.session, row.id, owners.INVITED)


def _about(row: Activity) -> str:
    return f"activity:{row.id}"
