"""Whatever changes something leaves an event: who, on which channel, to what, and what stood before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select

from bot.dialogues import base, relation_facts, serving_facts
from bot.dialogues import joining_facts as joining
from knowledge.overlay import body_of
from storage import audit, erasure, people, revisions
from storage.database import Database
from storage.models import AuditEvent, Chat, Draft, Identity, Pairing, Question
from tests.conversations.test_rights import forged
from tests.support import Conversation, HandClock, Office, few_entries, photo
from tests.world import CHENGDU, SAVANNAKHET

SENTENCE = "ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30คน"
YEARLY = "yearly-activity"
UNKNOWN = "ขอหวยงวดนี้"
TYPED = "ความเห็นที่พิมพ์มา"

CHANGES_NOTHING_OF_OTHERS = {
    base.KeepQuestion: "the question itself is kept, with who asked",
    base.ChooseAnswer: "stands in the asker's own question",
    base.RateAnswer: "stands in the asker's own question",
    base.GiveReason: "stands in the asker's own question",
    base.KeepDraft: "a draft is its owner's alone until it is saved",
}


@dataclass
class Scene:
    """People who know how to do things."""

    office: Office
    officer: Conversation
    guest: Conversation
    curator: Conversation
    second: Conversation
    neighbour: Conversation = field(init=False)
    """An officer of another province, once invited."""
    head: Conversation = field(init=False)
    """Of the officer's province, once there is one."""
    preparer: Conversation = field(init=False)
    """A head of group who prepared a letter."""

    def log(self) -> None:
        self.officer.say(SENTENCE)
        self.officer.press("บันทึก")

    def edit(self) -> None:
        self.log()
        self.officer.press("แก้ไข")
        self.officer.say("45 คน")
        self.officer.press("บันทึก")

    def drop(self) -> None:
        self.officer.say(SENTENCE)
        forged(self.office, self.officer, "cancel")

    def partner(self) -> None:
        self.log()
        forged(self.office, self.officer, "activity.partner", activity=1, value="no")

    def resume(self) -> None:
        self.drop()
        forged(self.office, self.officer, "log.resume", draft=1)

    def attach(self) -> None:
        self.log()
        self.officer.send_photo(f"{TYPED}.jpg")
        self.officer.press("แนบกับรายการที่ 1")

    def move(self) -> None:
        self.officer.say(SENTENCE.replace("พ.ย.", "ธ.ค."))
        self.officer.press("บันทึก")
        self.officer.press("เลื่อนวัน")
        self.officer.say("15 ธ.ค. 69")

    def tell_more(self) -> None:
        self.log()
        self.officer.press("ผลกิจกรรม")
        self.officer.say(f"ผลที่ได้รับ: {TYPED}")

    def undo(self) -> None:
        self.log()
        self.officer.press("เลิกทำ")

    def undo_edit(self) -> None:
        self.edit()
        self.officer.press("เลิกทำ")

    def merge(self) -> None:
        self.officer.say(SENTENCE.removesuffix(" 30คน"))
        self.officer.press("บันทึก")
        colleague = self.office.person("มานี", "officer", "TH-50")
        colleague.say(SENTENCE)
        colleague.press("บันทึก")
        colleague.press("กิจกรรมเดียวกัน รวมรายการ")

    def invite(self) -> None:
        self.neighbour = self.office.person("ปรีชา", "officer", "TH-49")
        self.neighbour.say("/start")
        self.log()
        forged(self.office, self.officer, "share.invite", activity=1, province="TH-49")

    def accept(self) -> None:
        self.invite()
        forged(self.office, self.neighbour, "share.accept", invitation=1, pairing=SAVANNAKHET)

    def decline(self) -> None:
        self.invite()
        forged(self.office, self.neighbour, "share.decline", invitation=1)

    def leave(self) -> None:
        self.accept()
        forged(self.office, self.neighbour, "share.leave", activity=1)

    def comment(self) -> None:
        head = self.office.person("ประภา", "head", "TH-50")
        self.log()
        forged(self.office, head, "flag.ask", activity=1)
        head.say(TYPED)

    def settle(self) -> None:
        self.comment()
        forged(self.office, self.officer, "flag.settle", activity=1)

    def delete(self) -> None:
        self.log()
        self.officer.press("ลบ")
        self.officer.press("อื่น ๆ")
        self.officer.say(TYPED)

    def restore(self) -> None:
        self.delete()
        self.officer.press("นำรายการกลับมา")

    def send(self) -> None:
        self.guest.say(UNKNOWN)
        self.guest.press("ส่งคำถาม")

    def open_inquiry(self) -> None:
        self.send()
        self.curator.say("/queue")
        self.curator.press(self.curator.buttons()[0])

    def answer(self) -> None:
        self.open_inquiry()
        self.curator.press("ตอบคำถามนี้")
        self.curator.say(TYPED)
        self.curator.say(TYPED)
        self.curator.press("ส่งคำตอบ")

    def link(self) -> None:
        self.send()
        forged(self.office, self.curator, "queue.link", inquiry=1, entry=YEARLY)

    def reject(self) -> None:
        self.open_inquiry()
        self.curator.press("แจ้งว่าตอบไม่ได้")
        self.curator.press("นอกขอบเขตแนวทางปฏิบัติ")

    def write(self) -> None:
        forged(self.office, self.curator, "curate.entry", entry=YEARLY)
        self.curator.press("แก้คำตอบ")
        self.curator.say(TYPED)

    def approve(self) -> None:
        self.write()
        forged(self.office, self.second, "curate.approve", revision=1)

    def send_back(self) -> None:
        self.write()
        forged(self.office, self.second, "curate.return", revision=1)
        self.second.say(TYPED)

    def approve_batch(self) -> None:
        with self.office.database.write() as session:
            body = {**body_of(self.office.knowledge.entries[YEARLY]), "answer": TYPED}
            revisions.add_draft(
                session,
                entry_id=YEARLY,
                body=body,
                change="imported",
                author_id=None,
                now=self.office.clock.now(),
                batch="b",
            )
        forged(self.office, self.second, "curate.approve_batch", batch="b", shown=[1])

    def roll_back(self) -> None:
        self.approve()
        forged(self.office, self.second, "curate.roll_back", entry=YEARLY, version=0)

    def add_wording(self) -> None:
        with self.office.database.write() as session:
            asked_at = self.office.clock.now()
            session.add(
                Question(
                    inbox_id=1000,
                    text="กี่หนต่อปี",
                    decision="suggest",
                    score=0.6,
                    chosen=YEARLY,
                    asked_at=asked_at,
                )
            )
        forged(self.office, self.curator, "curate.phrasings")
        self.curator.press("เพิ่มถ้อยคำ")

    def join(self) -> None:
        with self.office.database.write() as session:
            now = self.office.clock.now()
            code, _ = people.add_invitation(session, "head", "TH-50", now, timedelta(hours=1))
        self.guest.say(code)
        self.guest.press("รับทราบและเข้าใช้งาน")

    def add_post(self) -> None:
        self.join()
        self.guest.press("ระบุตำแหน่ง")
        self.guest.say(TYPED)

    def be_told(self) -> None:
        self.office.person("มานี", "officer", "TH-50", noticed=False).say("/start")

    def invite_officer(self) -> None:
        self.head = self.office.person("ประภา", "head", "TH-50")
        self.head.say("/invite")
        self.head.press("เจ้าหน้าที่")
        self.head.press("ออกรหัสเชิญ")

    def take_back(self) -> None:
        self.invite_officer()
        self.head.press("คำเชิญที่เปิดอยู่")
        self.head.press("ยกเลิก 1")

    def prepare_letter(self) -> None:
        self.head = self.office.person("ประภา", "head", "TH-50")
        self.preparer = self.office.person("อารี", "group_head", "TH-50")
        self.preparer.say("/start")
        forged(self.office, self.preparer, "invite.prepare", role="officer", province="TH-50")

    def approve_letter(self) -> None:
        self.prepare_letter()
        forged(self.office, self.head, "invite.decide", invitation=1, approve=True)

    def open_letter(self) -> None:
        self.approve_letter()
        forged(self.office, self.preparer, "invite.issue", invitation=1)

    def ask_to_join(self) -> None:
        self.head = self.office.person("ประภา", "head", "TH-50")
        self.guest.say("ขอเข้าใช้งาน")
        for label in ("เขียนคำขอ", "รับทราบและเขียนคำขอ"):
            self.guest.press(label)
        for answer in ("เชียงใหม่", "เจ้าหน้าที่", TYPED, TYPED):
            self.guest.say(answer)
        self.guest.press("ส่งคำขอ")

    def withdraw_request(self) -> None:
        self.ask_to_join()
        self.guest.press("ถอนคำขอ")

    def let_in(self) -> None:
        self.ask_to_join()
        forged(self.office, self.head, "request.decide", request=1, approve=True)

    def explain_refusal(self) -> None:
        self.ask_to_join()
        forged(self.office, self.head, "request.decide", request=1, approve=False)
        self.head.press("ระบุเหตุผล")
        self.head.say(TYPED)

    def guess(self) -> None:
        self.guest.say("SC-AAAAAAAAAAAAAAAAAAAAAA")

    def confirm_list(self) -> None:
        forged(self.office, self.officer, "list.mark", pairing="50-austin")
        forged(self.office, self.officer, "list.right", province="TH-50")

    def mark(self) -> None:
        forged(self.office, self.officer, "list.mark", pairing="50-austin")

    def miss(self) -> None:
        forged(self.office, self.officer, "list.missing", province="TH-50")
        self.officer.say("จังหวัดเซียงของ")

    def leave_office(self) -> None:
        self.officer.say(SENTENCE)
        self.officer.say("ออกจากระบบงาน")
        self.officer.press("ยืนยันออกจากระบบงาน")

    def take_over(self) -> None:
        self.leave_office()
        forged(self.office, self.office.person("ปรีชา", "officer", "TH-50"), "work.take", province="TH-50")

    def name_acting(self) -> None:
        args = {"member": 1, "first": "2026-12-01", "days": 3}
        forged(self.office, self.curator, "acting.until", **args)

    def end_acting(self) -> None:
        self.name_acting()
        self.curator.press("ยกเลิกการรักษาราชการแทน")

    def confirm_staff(self) -> None:
        forged(self.office, self.office.person("ประภา", "head", "TH-50"), "staff.confirm", province="TH-50")

    def rename(self) -> None:
        forged(self.office, self.officer, "own.name")
        self.officer.say(TYPED)

    def retitle(self) -> None:
        forged(self.office, self.officer, "own.post_of", member=1)
        self.officer.say(TYPED)

    def offer_link(self) -> None:
        forged(self.office, self.officer, "link.code")

    def link_channel(self) -> None:
        self.offer_link()
        self.guest.say(self.officer.answer[-1].text)

    def link_two(self) -> None:
        self.offer_link()
        self.curator.say(self.officer.answer[-1].text)
        self.curator.press("เป็นคนเดียวกัน เชื่อม")

    def guess_link(self) -> None:
        self.guest.say("SL-AAAAAAAAAAAAAAAAAAAAAA")

    def unlink(self) -> None:
        self.link_channel()
        with self.office.database.read() as session:
            identity = people.find_identity(session, "web", self.guest.name)
            assert identity is not None
        forged(self.office, self.officer, "link.out", identity=identity.id)

    def speak_english(self) -> None:
        self.guest.say("/settings")
        self.guest.press("English")

    # ---- what is said of a pairing

    def say_fact(self, person: Conversation, value: str) -> None:
        """The term of Chengdu's agreement, with its source, up to the last press."""
        forged(self.office, person, "fact.ask", pairing=CHENGDU, field="term")
        person.say(value)
        person.say(f"{TYPED} ลว. 5 มี.ค. 69")
        forged(self.office, person, "fact.send", pairing=CHENGDU, field="term", seen=0)

    def propose(self) -> None:
        self.say_fact(self.officer, "5 ปี")

    def apply(self) -> None:
        self.say_fact(self.curator, "5 ปี")

    def confirm_fact(self) -> None:
        self.propose()
        forged(self.office, self.curator, "review.confirm", fact=1, seen=0)

    def refuse_fact(self) -> None:
        self.propose()
        forged(self.office, self.curator, "review.refuse_for", fact=1, reason=TYPED)

    def keep_fact(self) -> None:
        self.propose()
        forged(self.office, self.curator, "review.keep", fact=1)

    def withdraw_fact(self) -> None:
        self.propose()
        forged(self.office, self.officer, "fact.withdraw", pairing=CHENGDU, fact=1)

    def take_back_fact(self) -> None:
        self.apply()
        forged(self.office, self.curator, "pairing.take_back_yes", pairing=CHENGDU, fact=1)

    def reopen_list(self) -> None:
        self.confirm_list()
        forged(self.office, self.curator, "list.reopen", province="TH-50")

    def settle_mark(self) -> None:
        self.mark()
        forged(self.office, self.curator, "mark.why", pairing="50-austin")
        self.curator.say(TYPED)

    def settle_missing(self) -> None:
        self.miss()
        forged(self.office, self.curator, "missing.why", province="TH-50", listed="จังหวัดเซียงของ")
        self.curator.say(TYPED)

    def add_pairing(self) -> None:
        forged(self.office, self.curator, "add.begin", province="TH-50")
        self.curator.say("สะหวันนะเขต")
        self.curator.press("แขวงสะหวันนะเขต (ลาว)")
        self.curator.press("เสนอเรื่อง")
        self.curator.press("ไม่ทราบวันที่")
        self.curator.say(f"{TYPED} ลว. 5 มี.ค. 69")
        self.curator.press("ยืนยันและบันทึก")


Does = Callable[[Scene], None]
Expected = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]
"""Action and subject of the last event, and what stood before and after."""

CREATED = {
    "pairing_id": "50-chengdu",
    "type_code": "meeting",
    "state": "held",
    "start": "2026-11-03",
    "precision": "day",
    "title": "ท่องเที่ยว",
    "participants": 30,
    "partner_joined": "yes",
    "joint": True,
    "sdgs": ["8"],
    "sectors": ["tourism"],
}
CURATED = f"entry:{YEARLY}"
NOW = "2026-11-22T03:00:00+00:00"

GIVEN = {"role": "officer", "province": "TH-50", "office_held": False}

LEAVES: dict[type[Any], list[tuple[Does, Expected]]] = {
    base.SaveDraft: [
        (Scene.log, ("activity.created", "activity:1", None, CREATED)),
        (Scene.edit, ("activity.edited", "activity:1", {"participants": 30}, {"participants": 45})),
    ],
    base.DropDraft: [(Scene.drop, ("draft.cancelled", "draft:1", {"state": "open"}, {"state": "cancelled"}))],
    base.SetPartner: [
        (
            Scene.partner,
            (
                "activity.edited",
                "activity:1",
                {"partner_joined": "yes", "joint": True},
                {"partner_joined": "no", "joint": False},
            ),
        )
    ],
    base.ResumeDraft: [
        (Scene.resume, ("draft.reopened", "draft:1", {"state": "cancelled"}, {"state": "open"}))
    ],
    base.AttachFiles: [
        (
            Scene.attach,
            ("activity.edited", "activity:1", {"files": []}, {"files": [photo(f"{TYPED}.jpg").sha256]}),
        )
    ],
    base.SetFields: [
        (
            Scene.move,
            ("activity.edited", "activity:1", {"start": "2026-12-03"}, {"start": "2026-12-15"}),
        ),
        (Scene.tell_more, ("activity.edited", "activity:1", {"result": None}, {"result": "*"})),
    ],
    base.UndoSave: [
        (Scene.undo, ("activity.undone", "activity:1", {"deleted": False}, {"deleted": True})),
        (Scene.undo_edit, ("activity.undone", "activity:1", {"participants": 45}, {"participants": 30})),
    ],
    base.MergeDraft: [
        (Scene.merge, ("activity.merged", "activity:1", {"participants": None}, {"participants": 30}))
    ],
    base.InviteProvince: [(Scene.invite, ("activity.invited", "activity:1", None, None))],
    base.AnswerInvitation: [
        (Scene.accept, ("activity.joined", "activity:1", None, None)),
        (Scene.decline, ("activity.declined", "activity:1", None, None)),
    ],
    base.LeaveActivity: [(Scene.leave, ("activity.left", "activity:1", None, None))],
    base.FlagActivity: [(Scene.comment, ("activity.flagged", "activity:1", None, None))],
    base.SettleFlag: [(Scene.settle, ("activity.settled", "activity:1", None, None))],
    base.DeleteActivity: [
        (Scene.delete, ("activity.deleted", "activity:1", {"deleted": False}, {"deleted": True}))
    ],
    base.RestoreActivity: [
        (Scene.restore, ("activity.restored", "activity:1", {"deleted": True}, {"deleted": False}))
    ],
    base.SendQuestion: [(Scene.send, ("inquiry.opened", "inquiry:1", None, None))],
    base.AnswerInquiry: [
        (
            Scene.answer,
            (
                "inquiry.answered",
                "inquiry:1",
                {"state": "waiting", "entry": None},
                {"state": "answered", "entry": "asked-1"},
            ),
        )
    ],
    base.LinkInquiry: [
        (
            Scene.link,
            (
                "inquiry.linked",
                "inquiry:1",
                {"state": "waiting", "entry": None},
                {"state": "linked", "entry": YEARLY},
            ),
        )
    ],
    base.RejectInquiry: [
        (Scene.reject, ("inquiry.rejected", "inquiry:1", {"state": "waiting"}, {"state": "rejected"}))
    ],
    base.EditEntry: [(Scene.write, ("entry.drafted", CURATED, {"state": None}, {"state": "draft"}))],
    base.ApproveDraft: [(Scene.approve, ("entry.approved", CURATED, {"live": 0}, {"live": 1}))],
    base.ApproveBatch: [(Scene.approve_batch, ("entry.approved", CURATED, {"live": 0}, {"live": 1}))],
    base.ReturnDraft: [
        (Scene.send_back, ("entry.returned", CURATED, {"state": "draft"}, {"state": "returned"}))
    ],
    base.RollBack: [(Scene.roll_back, ("entry.rolled_back", CURATED, {"live": 1}, {"live": 2}))],
    base.DecidePhrasing: [(Scene.add_wording, ("phrasing.added", CURATED, {"live": 0}, {"live": 1}))],
    joining.ReadCode: [(Scene.guess, ("invitation.refused", "person:", None, None))],
    joining.AcceptInvitation: [
        (
            Scene.join,
            ("invitation.used", "person:", None, {"role": "head", "province": "TH-50", "curator": False}),
        )
    ],
    joining.NoteNotice: [
        (
            Scene.be_told,
            (
                "person.noticed",
                "person:",
                {"noticed_at": None},
                {"noticed_at": "2026-11-22T03:00:00+00:00"},
            ),
        )
    ],
    joining.SetPost: [(Scene.add_post, ("membership.post", "person:", {"post": None}, {"post": "*"}))],
    joining.MakeInvitation: [
        (Scene.invite_officer, ("invitation.made", "invitation:1", None, {**GIVEN, "by_letter": False}))
    ],
    joining.PrepareLetter: [
        (Scene.prepare_letter, ("invitation.prepared", "invitation:1", None, {**GIVEN, "by_letter": True}))
    ],
    joining.DecideLetter: [
        (
            Scene.approve_letter,
            ("letter.approved", "invitation:1", {"state": "waiting"}, {"state": "approved"}),
        )
    ],
    joining.IssueCode: [
        (Scene.open_letter, ("letter.issued", "invitation:1", {"issued": False}, {"issued": True}))
    ],
    joining.WithdrawInvitation: [
        (
            Scene.take_back,
            ("invitation.withdrawn", "invitation:1", {"state": "open"}, {"state": "withdrawn"}),
        )
    ],
    joining.SendRequest: [
        (Scene.ask_to_join, ("request.sent", "request:1", None, {"role": "officer", "province": "TH-50"}))
    ],
    joining.WithdrawRequest: [
        (
            Scene.withdraw_request,
            ("request.withdrawn", "request:1", {"state": "waiting"}, {"state": "withdrawn"}),
        )
    ],
    joining.DecideRequest: [
        (Scene.let_in, ("request.approved", "request:1", {"state": "waiting"}, {"state": "approved"}))
    ],
    joining.ExplainRefusal: [(Scene.explain_refusal, ("request.explained", "request:1", None, None))],
    base.ConfirmList: [
        (
            Scene.confirm_list,
            (
                "list.confirmed",
                "province:TH-50",
                {"confirmed_at": None},
                {"confirmed_at": "2026-11-22T03:00:00+00:00"},
            ),
        )
    ],
    base.MarkWrong: [
        (Scene.mark, ("list.marked_wrong", "pairing:50-austin", {"verdict": None}, {"verdict": "wrong"}))
    ],
    base.NoteMissing: [
        (Scene.miss, ("list.missing", "province:TH-50", {"missing": []}, {"missing": ["จังหวัดเซียงของ"]}))
    ],
    serving_facts.EndMembership: [
        (Scene.leave_office, ("membership.ended", "membership:1", {"until": None}, {"until": NOW}))
    ],
    serving_facts.TakeOver: [(Scene.take_over, ("work.taken", "province:TH-50", None, None))],
    serving_facts.NameActing: [
        (
            Scene.name_acting,
            ("acting.named", "membership:", None, {"first": "2026-12-01", "last": "2026-12-03"}),
        )
    ],
    serving_facts.EndActing: [
        (
            Scene.end_acting,
            ("acting.ended", "membership:", {"until": "2026-12-03T17:00:00+00:00"}, {"until": NOW}),
        )
    ],
    serving_facts.ConfirmStaff: [
        (
            Scene.confirm_staff,
            ("staff.confirmed", "province:TH-50", {"confirmed_at": None}, {"confirmed_at": NOW}),
        )
    ],
    serving_facts.Rename: [(Scene.rename, ("person.renamed", "person:", None, None))],
    serving_facts.Retitle: [(Scene.retitle, ("membership.retitled", "membership:1", None, None))],
    serving_facts.MakeLinkCode: [(Scene.offer_link, ("link.offered", "person:", None, None))],
    serving_facts.UseLinkCode: [
        (Scene.link_channel, ("person.linked", "person:", None, None)),
        (Scene.guess_link, ("link.refused", "person:", None, None)),
    ],
    serving_facts.JoinLinked: [(Scene.link_two, ("person.linked", "person:", None, None))],
    serving_facts.Unlink: [(Scene.unlink, ("person.unlinked", "person:", None, None))],
    relation_facts.SayFact: [
        (Scene.propose, ("fact.proposed", f"pairing:{CHENGDU}", None, {"state": "proposed"})),
        (Scene.apply, ("fact.applied", f"pairing:{CHENGDU}", {"holds": None}, {"holds": 1})),
    ],
    relation_facts.DecideFact: [
        (Scene.confirm_fact, ("fact.confirmed", f"pairing:{CHENGDU}", {"holds": None}, {"holds": 1})),
        (
            Scene.refuse_fact,
            ("fact.refused", f"pairing:{CHENGDU}", {"state": "proposed"}, {"state": "refused"}),
        ),
        (
            Scene.keep_fact,
            ("fact.kept", f"pairing:{CHENGDU}", {"state": "proposed"}, {"state": "conflicting"}),
        ),
        (
            Scene.withdraw_fact,
            ("fact.withdrawn", f"pairing:{CHENGDU}", {"state": "proposed"}, {"state": "replaced"}),
        ),
    ],
    relation_facts.TakeBackFact: [
        (Scene.take_back_fact, ("fact.taken_back", f"pairing:{CHENGDU}", {"holds": 1}, {"holds": None}))
    ],
    relation_facts.ReopenList: [
        (
            Scene.reopen_list,
            (
                "list.reopened",
                "province:TH-50",
                {"confirmed_at": "2026-11-22T03:00:00+00:00"},
                {"confirmed_at": None},
            ),
        )
    ],
    relation_facts.SettleMark: [
        (
            Scene.settle_mark,
            ("list.mark_settled", "pairing:50-austin", {"verdict": "wrong"}, {"verdict": None}),
        )
    ],
    relation_facts.SettleMissing: [
        (
            Scene.settle_missing,
            (
                "list.missing_settled",
                "province:TH-50",
                {"missing": ["จังหวัดเซียงของ"]},
                {"missing": []},
            ),
        )
    ],
    relation_facts.AddPairing: [
        (
            Scene.add_pairing,
            (
                "pairing.added",
                "pairing:50-savannakhet",
                None,
                {"partner": "savannakhet", "stage": "proposed"},
            ),
        )
    ],
    base.SetLanguage: [
        (Scene.speak_english, ("person.language", "person:", {"language": "th"}, {"language": "en"}))
    ],
}


@pytest.fixture
def scene(database: Database, tmp_path: Path, now: datetime) -> Scene:
    """With a base that is made anew in no time."""
    office = Office(database, tmp_path / "media", HandClock(now), knowledge=few_entries())
    return Scene(
        office,
        office.person("สมศรี", "officer", "TH-50"),
        office.person("ผู้สนใจ"),
        office.person("วิภา", "ministry", curator=True),
        office.person("มานพ", "ministry", curator=True),
    )


def events(office: Office) -> list[AuditEvent]:
    with office.database.read() as session:
        return list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def test_of_every_command_it_is_known_what_it_leaves() -> None:
    def commands(of: Any) -> set[type[Any]]:
        return {one for part in get_args(of) for one in (commands(part) or {part})}

    assert commands(base.Command) == {*LEAVES, *CHANGES_NOTHING_OF_OTHERS}


@pytest.mark.parametrize(
    ("does", "expected"),
    [pytest.param(*one, id=one[0].__name__) for scenes in LEAVES.values() for one in scenes],
)
def test_a_command_leaves_its_event_and_no_words(scene: Scene, does: Does, expected: Expected) -> None:
    does(scene)
    found = events(scene.office)
    last = found[-1]
    action, subject, before, after = expected
    assert last.action == action
    assert last.subject.startswith(subject)
    assert (last.detail.get("before"), last.detail.get("after")) == (before, after)
    assert last.channel == "web"
    assert last.person_id is not None
    written = str([one.detail for one in found])
    assert TYPED not in written
    assert UNKNOWN not in written
    assert not any(one.name in written for one in (scene.officer, scene.guest, scene.curator))
    with scene.office.database.snapshot() as session:
        assert audit.verify(session).fault is None


def test_what_changes_nothing_leaves_no_event(scene: Scene) -> None:
    scene.log()
    before = len(events(scene.office))
    scene.officer.press("แก้ไข")
    scene.officer.press("บันทึก")
    scene.guest.say("/settings")
    scene.guest.press("ไทย")
    scene.guest.say("ต้องมีกิจกรรมร่วมปีละกี่ครั้ง")
    assert len(events(scene.office)) == before


def test_every_pairing_of_a_confirmed_list_has_its_event(scene: Scene) -> None:
    scene.confirm_list()
    of_pairings = [one for one in events(scene.office) if one.subject.startswith("pairing:")]
    assert {one.action for one in of_pairings} == {"list.marked_wrong", "list.marked_correct"}
    with scene.office.database.read() as session:
        own = session.scalars(select(Pairing.id).where(Pairing.province_code == "TH-50")).all()
    assert sorted(one.subject for one in of_pairings) == sorted(f"pairing:{one}" for one in own)


def test_a_code_is_in_no_event(scene: Scene) -> None:
    with scene.office.database.write() as session:
        now = scene.office.clock.now()
        code, _ = people.add_invitation(session, "head", "TH-50", now, timedelta(hours=1))
    scene.guest.say(code)
    scene.guest.press("รับทราบและเข้าใช้งาน")
    scene.curator.say(code)
    assert [one.action for one in events(scene.office)] == ["invitation.used", "invitation.refused"]
    assert code not in str([(one.subject, one.detail) for one in events(scene.office)])


# ------------------------------------------------------------------ people who were erased


def erase(office: Office, person: Conversation, log: Path) -> None:
    with office.database.write() as session:
        identity = people.find_identity(session, "web", person.name)
        assert identity is not None
        erasure.erase(session, log, identity.person_id, office.clock.now())


def test_what_an_erased_person_asked_is_answered_and_told_to_the_others(scene: Scene, tmp_path: Path) -> None:
    scene.send()
    scene.officer.say(UNKNOWN)
    scene.officer.press("ส่งคำถาม")
    erase(scene.office, scene.guest, tmp_path / "erased.log")
    forged(scene.office, scene.curator, "queue.link", inquiry=1, entry=YEARLY)
    assert len(scene.officer.receive()) == 1
    assert scene.guest.receive() == []


def test_buttons_of_an_erased_person_do_nothing_any_more(scene: Scene, tmp_path: Path) -> None:
    scene.log()
    delete, card = scene.officer.button("ลบ")
    erase(scene.office, scene.officer, tmp_path / "erased.log")
    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in scene.officer.press_id(delete, card)
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in scene.officer.say("/activities")


def test_their_records_are_still_shown_to_their_colleagues(scene: Scene, tmp_path: Path) -> None:
    scene.log()
    colleague = scene.office.person("มานี", "officer", "TH-50")
    erase(scene.office, scene.officer, tmp_path / "erased.log")
    assert "ผู้เข้าร่วม: 30 คน" in forged(scene.office, colleague, "activity.show", activity=1)
    history = forged(scene.office, colleague, "activity.history", activity=1)
    assert "สมศรี" not in history
    assert "เจ้าหน้าที่ เชียงใหม่" in history


def test_a_turn_may_erase_the_person_who_acts_and_still_answer(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a dialogue will: the conversation it is led in goes, its last word arrives."""
    effects = scene.office.assistant._effects

    def instead(command: base.SetLanguage, acting: Any) -> None:
        acting.session.flush()
        erasure.erase(
            acting.session,
            tmp_path / "erased.log",
            acting.person.id,
            scene.office.clock.now(),
            by=acting.person.id,
            channel=acting.channel,
            farewell=acting.chat.id,
        )

    monkeypatch.setattr(effects, "_set_language", instead)
    scene.log()
    scene.officer.say(SENTENCE.replace("เฉิงตู", "ฮอกไกโด"))
    scene.officer.say("/settings")
    assert scene.officer.press("English") != ""
    with scene.office.database.read() as session:
        assert people.find_identity(session, "web", "สมศรี") is None
        assert session.scalars(select(Identity.person_id)).all() != []
        assert session.scalars(select(Chat).where(Chat.external_id == "สมศรี")).one_or_none() is not None
        assert session.scalars(select(Draft.id).where(Draft.state == "open")).all() == []
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in scene.officer.say("/activities")
