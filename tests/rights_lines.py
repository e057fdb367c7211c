"""
What each step takes, for the walk through the rights (`conversations/test_rights_walk.py`): one line a step.

A step that is added to `bot.dialogues.route.STEPS` gets one line in `LINES`; the walk fails until it is there:

    "contact.show": line("see_contacts", contact=Of.CONTACT),

- First the doing of `bot.rights.RIGHTS` under which it falls, or nothing where it is everybody's own business
  (help, settings, one's own draft). The table then says who is to be served and who is to be answered as if the
  row did not exist.
- Then its arguments by name. What names a row is a member of `Of`, never an id: the walk puts in the person's own
  row, one of the neighbouring province, and one that does not exist. A row of a new kind is planted in
  `rights_world.plant` and named in `Of`.
- `Subject("pairing", Of.PAIRING)` is the row with its kind before it: `pairing:50-chengdu`.
- `Spelled("{} 2026-12-20", Of.PAIRING)` is the row within other words.
- `open_field=("asking", Of.PROVINCE)` for a step that reads what is asked for (`Talk.asking`) and about what.
- `on_card=True` for the buttons of an open draft.
- Several lines for one step stand in a tuple: `(line(…), line(…))`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.rights import Doing


class Of(Enum):
    """A row that an argument names. The value is its kind: all rows of one kind are tried where one is named."""

    ACTIVITY = ("activity", "held")
    PLAN = ("activity", "planned")
    DELETED = ("activity", "deleted")
    FLAGGED = ("activity", "flagged")
    JOINED = ("activity", "of another province, joined")
    INVITATION = ("invitation", "to join an activity")
    PAIRING = ("pairing", "")
    SECOND_PAIRING = ("pairing", "another one")
    PARTNER = ("partner", "")
    PROVINCE = ("province", "")
    FACT = ("fact", "proposed")
    PROVINCE_FACT = ("fact", "of a province")
    DOCUMENT = ("document", "")
    CONTACT = ("contact", "")
    REQUEST = ("request", "")
    CODE = ("code", "of an officer")
    LETTER_CODE = ("code", "in a letter")
    MEMBERSHIP = ("membership", "of an officer")
    SEAT = ("membership", "one's own")
    PERSON = ("person", "an officer")
    SNOOZE = ("snooze", "")
    EXEMPTION = ("exemption", "waiting")
    SUSPENSION = ("suspension", "")
    INQUIRY = ("inquiry", "")
    REVISION = ("revision", "")
    DRAFT = ("draft", "")
    QUESTION = ("question", "")

    @property
    def kind(self) -> str:
        return self.value[0]

    @property
    def is_personal(self) -> bool:
        """It is the person's own, and no colleague's or superior's either."""
        return self in (Of.DRAFT, Of.QUESTION, Of.SEAT)


@dataclass(frozen=True)
class Subject:
    """A row that is named with its kind before it: `pairing:50-chengdu`, `draft:3`."""

    kind: str
    of: Of


@dataclass(frozen=True)
class Spelled:
    """A row that is named within other words, in place of the braces: `50-chengdu 2026-12-20`."""

    words: str
    of: Of


@dataclass(frozen=True)
class Line:
    """
    How a step is pressed.

    Attributes:
        doing: Under which it falls in the table of rights; None: everybody's own business.
        open_field: What is asked for, and about which row.
        on_card: It belongs to the person's open draft.
        besides: Another doing, of which either is enough.
        heads_first: Where a province has a head, it is the head's alone: the ministry is answered as if there were
            no such row. Our province has one, the neighbour none.
        alike: What it answers is the same for every row, so that it cannot show that anybody is served.
    """

    doing: Doing | None = None
    args: Mapping[str, Any] = field(default_factory=dict)
    open_field: tuple[str, Any] | None = None
    on_card: bool = False
    alike: bool = False
    heads_first: bool = False
    besides: Doing | None = None

    @property
    def named(self) -> tuple[Of, ...]:
        """The rows that it names, one inside of a list or of further arguments too."""
        subject = self.open_field[1] if self.open_field else None
        return tuple(dict.fromkeys(_named((*self.args.values(), subject))))


def _named(values: Iterable[Any]) -> Iterator[Of]:
    for value in values:
        if isinstance(value, Of):
            yield value
        elif isinstance(value, (Subject, Spelled)):
            yield value.of
        elif isinstance(value, list):
            yield from _named(value)
        elif isinstance(value, Mapping):
            yield from _named(value.values())


def line(
    doing: Doing | None = None,
    /,
    *,
    open_field: tuple[str, Any] | None = None,
    on_card: bool = False,
    alike: bool = False,
    heads_first: bool = False,
    besides: Doing | None = None,
    **args: Any,
) -> Line:
    return Line(doing, args, open_field, on_card, alike, heads_first, besides)


ENTRY = "yearly-activity"
"""Of the knowledge base with which the walk is made."""

SENTENCE = "ประชุมกับเฉิงตู 4 พ.ย. 69 เรื่องท่องเที่ยว"

LINES: Mapping[str, Line | tuple[Line, ...]] = {
    # ------------------------------------------------------------ everybody's
    "start": line(),
    "help": line(),
    "thanks": line(),
    "settings": line(),
    "settings.language": line(language="en"),
    "privacy": line(),
    "mydata": line(),
    "cancel": line(),
    "join.ask": line(),
    "join.code": line(text="SC-no-code-of-anybody"),
    "unsupported": line(kind="sticker"),
    "not_read": line(),
    "too_long": line(limit=4000),
    "secret": line(),
    "stale": line(),
    "which_way": line(text=SENTENCE),
    # ------------------------------------------------------------ asking
    "ask": line("ask"),
    "ask.text": line("ask", text="ต้องมีกิจกรรมปีละกี่ครั้ง"),
    "ask.topic": line("ask", topic="kpi", page=0),
    "ask.entry": (
        line("ask", entry=ENTRY, question=Of.QUESTION),
        line("ask", entry=ENTRY, question=Of.QUESTION, plain=True),
    ),
    "ask.more": line("ask", entry=ENTRY, question=Of.QUESTION, alike=True),
    "ask.source": line("ask", entry=ENTRY, question=Of.QUESTION, alike=True),
    "ask.quote": line("ask", title="x", text="x", note="x"),
    "ask.copy": (line("ask", entry=ENTRY, question=Of.QUESTION, alike=True), line("ask", text="x")),
    "ask.contact": line("ask"),
    "ask.our_pairs": line("ask", question=Of.QUESTION),
    "ask.our_status": line("ask", question=Of.QUESTION),
    "ask.rate": line("ask", question=Of.QUESTION, rating=-1, entry=ENTRY),
    "ask.reason": line("ask", question=Of.QUESTION, reason="unclear"),
    "ask.take_reason": line("ask", question=Of.QUESTION, text="x"),
    "ask.not_this": line("ask", question=Of.QUESTION),
    "ask.none": line("ask", question=Of.QUESTION),
    "ask.send": line("ask", question=Of.QUESTION, keep=True),
    # ------------------------------------------------------------ the ministry's curators
    "queue": line("answer_question", page=0),
    "queue.show": line("answer_question", inquiry=Of.INQUIRY),
    "queue.near": line("answer_question", inquiry=Of.INQUIRY, entry=ENTRY),
    "queue.link": line("answer_question", inquiry=Of.INQUIRY, entry=ENTRY),
    "queue.answer": line("answer_question", inquiry=Of.INQUIRY, again=True),
    "queue.take": line("answer_question", inquiry=Of.INQUIRY, text="x"),
    "queue.source": line("answer_question", inquiry=Of.INQUIRY),
    "queue.take_source": line("answer_question", inquiry=Of.INQUIRY, text="x"),
    "queue.preview": line("answer_question", inquiry=Of.INQUIRY),
    "queue.send": line("answer_question", inquiry=Of.INQUIRY),
    "queue.drop": line("answer_question", inquiry=Of.INQUIRY),
    "queue.reject": line("answer_question", inquiry=Of.INQUIRY),
    "queue.reject_type": line("answer_question", inquiry=Of.INQUIRY),
    "queue.reject_for": (
        line("answer_question", inquiry=Of.INQUIRY, reason="duplicate"),
        line("answer_question", inquiry=Of.INQUIRY, text="x"),
    ),
    "curate.drafts": line("curate", page=0),
    "curate.draft": line("curate", revision=Of.REVISION),
    "curate.approve": line("curate", revision=Of.REVISION),
    "curate.batch": line("curate", batch="workbook", page=0),
    "curate.approve_batch": line("curate", batch="workbook", shown=[1]),
    "curate.return": line("curate", revision=Of.REVISION),
    "curate.take_reason": line("curate", text="x", open_field=("curate_reason", Of.REVISION)),
    "curate.entry": line("curate", entry=ENTRY),
    "curate.edit": (
        line("curate", revision=Of.REVISION, field="answer"),
        line("curate", entry=ENTRY, field="source"),
    ),
    "curate.take": (
        line("curate", text="x", open_field=("curate_answer", f"entry:{ENTRY}")),
        line("curate", text="x", open_field=("curate_answer", Subject("draft", Of.REVISION))),
    ),
    "curate.roll_back": line("curate", entry=ENTRY, version=0),
    "curate.phrasings": line("curate", at=0),
    "curate.decide": line("curate", text="x", entry=ENTRY, accept=True, at=0),
    # ------------------------------------------------------------ pairings, the year
    "pairings": (line("see_pairings"), line("see_pairings", province=Of.PROVINCE)),
    "find": line("see_pairings", text="เฉิงตู"),
    "find.among": (
        line("see_pairings", province=Of.PROVINCE, page=0),
        line("see_pairings", partner=Of.PARTNER, page=0),
        line("see_pairings", country="CN", province=Of.PROVINCE, page=0),
    ),
    "pairing.show": line("see_pairings", pairing=Of.PAIRING),
    "status": (line("see_pairings"), line("see_pairings", province=Of.PROVINCE)),
    "province": line("see_pairings", text="มุกดาหาร", open_field=("province", "status")),
    "list.check": line("check_list", province=Of.PROVINCE),
    "list.right": line("check_list", province=Of.PROVINCE),
    "list.wrong": line("check_list", province=Of.PROVINCE),
    "list.mark": (
        line("check_list", pairing=Of.PAIRING),
        line("check_list", pairing=Of.PAIRING, wrong=False),
    ),
    "list.missing": line("check_list", province=Of.PROVINCE),
    "list.take": line("check_list", text="x", open_field=("missing_pair", Of.PROVINCE)),
    # ------------------------------------------------------------ records
    "activities": (
        line("see_activities", sought=True, page=0),
        line("see_activities", sought=True, pairings=[Of.PAIRING]),
        line("see_activities", text="กิจกรรมทั้งหมด"),
    ),
    "activities.by": (
        line("see_activities", by="pairing"),
        line("see_activities", by="year"),
        line("see_activities", by="type"),
        line("see_activities", by="more"),
    ),
    "activities.search": line("see_activities"),
    "activity.show": line("see_activities", activity=Of.ACTIVITY),
    "activity.edit": line("change_activity", activity=Of.ACTIVITY, held=True),
    "activity.fix": line(
        "change_activity",
        activity=Of.ACTIVITY,
        text="ไม่ใช่ วันที่ 5 พ.ย. 69",
        name="not_read",
        args={},
    ),
    "activity.partner": line("change_activity", activity=Of.ACTIVITY, value="no"),
    "activity.history": line("see_activities", activity=Of.ACTIVITY),
    "activity.delete": line("change_activity", activity=Of.ACTIVITY),
    "activity.delete_yes": line("change_activity", activity=Of.ACTIVITY, reason="duplicate"),
    "activity.delete_type": line("change_activity", activity=Of.ACTIVITY),
    "activity.delete_for": line("change_activity", activity=Of.ACTIVITY, text="x"),
    "activity.restore": line("change_activity", activity=Of.DELETED),
    "activity.undo": line("change_activity", activity=Of.ACTIVITY, version=1),
    "activity.more": line("see_activities", activity=Of.ACTIVITY),
    "activity.copy": line("see_activities", activity=Of.ACTIVITY),
    "activity.postpone": line("change_activity", activity=Of.PLAN),
    "activity.new_day": line("change_activity", activity=Of.PLAN, text="9 ธ.ค. 69"),
    "activity.set_day": line("change_activity", activity=Of.PLAN, day="2026-12-09"),
    "details.show": line("change_activity", activity=Of.ACTIVITY),
    "details.ask": line("change_activity", activity=Of.ACTIVITY, field="result"),
    "details.set": (
        line("change_activity", activity=Of.ACTIVITY, field="spent_source", value="province"),
        line("change_activity", activity=Of.ACTIVITY, field="result", value=None),
    ),
    "details.take": line("change_activity", activity=Of.ACTIVITY, text="ผลที่ได้รับ: x"),
    "share.ask": line("change_activity", activity=Of.ACTIVITY),
    "share.take": line("change_activity", activity=Of.ACTIVITY, text="ขอนแก่น"),
    "share.invite": line("change_activity", activity=Of.ACTIVITY, province="TH-40"),
    "share.accept": line("log_activity", invitation=Of.INVITATION, pairing="50-chengdu"),
    "share.decline": line("log_activity", invitation=Of.INVITATION),
    "share.leave": line("change_activity", activity=Of.JOINED),
    "flag.ask": line("flag_activity", activity=Of.ACTIVITY),
    "flag.take": line("flag_activity", activity=Of.ACTIVITY, text="x"),
    "flag.settle": line("change_activity", activity=Of.FLAGGED),
    # ------------------------------------------------------------ what keeps reminders quiet
    "holds.pick": line("quiet_reminders", page=0),
    "holds.menu": line("quiet_reminders", pairing=Of.PAIRING),
    "holds.plan": line("quiet_reminders", pairing=Of.PAIRING),
    "holds.snooze": line("quiet_reminders", pairing=Of.PAIRING),
    "holds.snooze_until": line("quiet_reminders", pairing=Of.PAIRING, day="2026-12-20"),
    "holds.snooze_why": line("quiet_reminders", about=Spelled("{} 2026-12-20", Of.PAIRING), text="x"),
    "holds.snooze_end": line("quiet_reminders", snooze=Of.SNOOZE, pairing=Of.PAIRING),
    "holds.exempt": (
        line("quiet_reminders", pairing=Of.PAIRING),
        line("quiet_reminders", pairing=Of.SECOND_PAIRING),
    ),
    "holds.exempt_until": line("quiet_reminders", pairing=Of.PAIRING, day="2026-12-31"),
    "holds.exempt_why": (
        line("quiet_reminders", about=Spelled("{} 2026-12-31", Of.PAIRING), text="x"),
        line("quiet_reminders", about=Spelled("{} 2026-12-31", Of.SECOND_PAIRING), text="x"),
    ),
    "holds.other": line("quiet_reminders", pairing=Of.PAIRING),
    "holds.why": line("see_pairings", pairing=Of.PAIRING),
    "holds.waiting": line("decide_exemption"),
    "holds.decide": (
        line("decide_exemption", exemption=Of.EXEMPTION, decision="granted"),
        line("decide_exemption", exemption=Of.EXEMPTION, decision="refused"),
    ),
    "holds.schedule": line("see_pairings"),
    "suspend.list": line("suspend_reminders"),
    "suspend.ask": line("suspend_reminders"),
    "suspend.take_what": line("suspend_reminders", text="จีน"),
    "suspend.what": (
        line("suspend_reminders", about=Spelled("partner {}", Of.PARTNER)),
        line("suspend_reminders", about="country LA"),
    ),
    "suspend.why": line(
        "suspend_reminders", text="x", open_field=("suspend_why", Spelled("partner {}", Of.PARTNER))
    ),
    "suspend.review": (
        line("suspend_reminders", about=Spelled("partner {}\nx", Of.PARTNER), day="2027-03-01"),
        line("suspend_reminders", about="country LA\nx", day="2027-03-01"),
    ),
    "suspend.end": line("suspend_reminders", suspension=Of.SUSPENSION),
    # ------------------------------------------------------------ joining
    "join.accept": line(invitation=Of.CODE, alike=True),  # only where its code was read by this person
    "join.decline": line(),
    "join.ask_post": line(membership=Of.SEAT, alike=True),
    "join.take_post": line(membership=Of.SEAT, text="x", alike=True),
    "join.request": line(),
    "join.write": line(),
    "join.set": line(field="province", value="TH-50"),
    "join.edit": line(field="name"),
    "join.province": line(text="เชียงใหม่"),
    "join.role": line(text="x"),
    "join.name": line(text="x"),
    "join.post": line(text="x"),
    "join.send": line(),
    "join.withdraw": line(request=Of.REQUEST, alike=True),  # one's own
    "requests": line("decide_request", page=0),
    "request.show": line("decide_request", request=Of.REQUEST, heads_first=True),
    "request.decide": (
        line("decide_request", request=Of.REQUEST, approve=True, heads_first=True),
        line("decide_request", request=Of.REQUEST, approve=False, heads_first=True),
    ),
    "request.reason": line("decide_request", request=Of.REQUEST, alike=True),  # of one that was refused
    "request.take_reason": line("decide_request", request=Of.REQUEST, text="x", alike=True),
    "invite": (line("invite_officer"), line("prepare_letter", letter=True)),
    "invite.province": line("invite_head", letter=False),
    "invite.take_province": line("invite_head", text="เชียงใหม่", open_field=("invite_province", None)),
    "invite.card": (
        line("invite_officer", role="officer", province=Of.PROVINCE, letter=False, duty=False),
        line("invite_head", role="head", province=Of.PROVINCE, letter=False),
        line("prepare_letter", role="officer", province=Of.PROVINCE, letter=True),
    ),
    "invite.make": (
        line("invite_officer", role="officer", province=Of.PROVINCE, letter=False, duty=True),
        line("invite_head", role="head", province=Of.PROVINCE, letter=False),
    ),
    "invite.prepare": line("prepare_letter", role="officer", province=Of.PROVINCE),
    "invite.letter": line("invite_officer", invitation=Of.LETTER_CODE),
    "invite.decide": line("invite_officer", invitation=Of.LETTER_CODE, approve=True),
    "invite.issue": line("invite_officer", invitation=Of.LETTER_CODE, alike=True),  # one that is approved
    "invite.list": line("invite_officer", page=0),
    "invite.withdraw": line(invitation=Of.CODE, alike=True),  # who made it
    # ------------------------------------------------------------ those who serve
    "mydata.file": line(),
    "own.erase": line(),
    "own.name": line(),
    "own.take_name": line(text="x"),
    "own.post": line(),
    "own.post_of": line(member=Of.SEAT, alike=True),
    "own.take_post": line(member=Of.SEAT, text="x", alike=True),
    "own.post_none": line(member=Of.SEAT, alike=True),
    "leave": line(),
    "leave.ask": line("end_membership", member=Of.MEMBERSHIP, heads_first=True),
    "leave.who": line("end_membership", member=Of.MEMBERSHIP, page=0, heads_first=True),
    "leave.do": (
        line("end_membership", member=Of.MEMBERSHIP, heads_first=True),
        line("end_membership", member=Of.MEMBERSHIP, successor=0, heads_first=True),
    ),
    "work": line("log_activity"),
    "work.take": line("log_activity", province=Of.PROVINCE),
    "staff": (line("see_staff"), line("see_staff", province=Of.PROVINCE)),
    "staff.other": line("see_staff"),
    "staff.of": line("see_staff", text="เชียงใหม่"),
    "staff.which": line("end_membership", province=Of.PROVINCE),
    "staff.confirm": line("confirm_staff", province=Of.PROVINCE),
    "acting.who": line("name_acting", province=Of.PROVINCE),
    "acting.days": line("name_acting", member=Of.MEMBERSHIP),
    "acting.take_days": line("name_acting", member=Of.MEMBERSHIP, text="1 ธ.ค. 69 - 5 ธ.ค. 69"),
    "acting.from": line("name_acting", member=Of.MEMBERSHIP, first="2026-12-01"),
    "acting.take_last": line(
        "name_acting", member=Of.MEMBERSHIP, text="5 ธ.ค. 69", alike=True
    ),  # the first day is in the open field
    "acting.until": line("name_acting", member=Of.MEMBERSHIP, first="2026-12-01", days=5),
    "acting.end": line("name_acting", member=Of.MEMBERSHIP, alike=True),  # who is no acting head
    "link": line(),
    "link.code": line(),
    "link.use": line(text="SL-no-code-of-anybody-at-all"),
    "link.join": line(link=6_999_999),
    "link.not": line(),
    "link.ask_out": line(identity=6_999_999),
    "link.out": line(identity=6_999_999),
    "recorder.ask": line("log_activity"),
    "recorder.set": line("log_activity", recorder="x"),
    "recorder.take": line("log_activity", text="x"),
    "card.recorder": line("log_activity", recorder="x", on_card=True),
    # ------------------------------------------------------------ one pairing
    "pairing.details": line("see_pairings", pairing=Of.PAIRING),
    "pairing.history": line("see_history", pairing=Of.PAIRING, page=0),
    "pairing.take_back": line("confirm_fact", pairing=Of.PAIRING, fact=Of.FACT),
    "pairing.take_back_yes": line("confirm_fact", pairing=Of.PAIRING, fact=Of.FACT),
    "pairing.audit": line("see_audit", pairing=Of.PAIRING, page=0),
    "fact.menu": line("propose_fact", pairing=Of.PAIRING),
    "fact.ask": line("propose_fact", pairing=Of.PAIRING, field="note"),
    "fact.resume": line("propose_fact", pairing=Of.PAIRING, field="note"),
    "fact.set": line("propose_fact", pairing=Of.PAIRING, field="stage", value="dormant"),
    "fact.tick": line("propose_fact", pairing=Of.PAIRING, field="areas", value="tourism", on=True),
    "fact.ticked": line("propose_fact", pairing=Of.PAIRING, field="areas"),
    "fact.take": line("propose_fact", text="x"),
    "fact.reached": line("propose_fact", pairing=Of.PAIRING, field="stage", value=None),
    "fact.ask_source": line("propose_fact", pairing=Of.PAIRING, field="note"),
    "fact.source": line("propose_fact", pairing=Of.PAIRING, field="note", source="x"),
    "fact.paper": line("propose_fact", pairing=Of.PAIRING, field="note"),
    "fact.send": line("propose_fact", pairing=Of.PAIRING, field="note", seen=0),
    "fact.also_signed": line(
        "propose_fact", pairing=Of.PAIRING, change={"pairing": "50-chengdu", "field": "stage"}, alike=True
    ),
    "fact.drop": line(
        "propose_fact", pairing=Of.PAIRING, field="note", alike=True
    ),  # a change that was begun
    "fact.withdraw": line("propose_fact", pairing=Of.PAIRING, fact=Of.FACT, alike=True),  # who proposed it
    "review": line("confirm_fact", page=0),
    "review.show": line("confirm_fact", fact=Of.FACT),
    "review.confirm": line("confirm_fact", fact=Of.FACT, seen=0),
    "review.keep": line("confirm_fact", fact=Of.FACT),
    "review.refuse": line("confirm_fact", fact=Of.FACT),
    "review.refuse_type": line("confirm_fact", fact=Of.FACT),
    "review.refuse_for": (
        line("confirm_fact", fact=Of.FACT, reason="source"),
        line("confirm_fact", fact=Of.FACT, text="x"),
    ),
    "review.missing": line("confirm_fact", page=0),
    "review.missing_one": line(
        "confirm_fact", province=Of.PROVINCE, listed="x", alike=True
    ),  # a name that is on the list
    "review.marked": line("confirm_fact", page=0),
    "review.marked_one": line("confirm_fact", pairing=Of.PAIRING),
    "missing.why": line("confirm_fact", province=Of.PROVINCE, listed="x", alike=True),  # likewise
    "missing.take": line("confirm_fact", text="x"),
    "mark.why": line("confirm_fact", pairing=Of.PAIRING),
    "mark.take": line("confirm_fact", text="x"),
    "add.province": line("confirm_fact"),
    "add.take_province": line("confirm_fact", text="เชียงใหม่"),
    "add.begin": line("confirm_fact", province=Of.PROVINCE),
    "add.take_partner": line("confirm_fact", text="x"),
    "add.partner": line("confirm_fact", partner=Of.PARTNER, alike=True),  # while one is added
    "add.new_partner": line("confirm_fact"),
    "add.take_english": line("confirm_fact", text="x"),
    "add.take_country": line("confirm_fact", text="จีน"),
    "add.country": line("confirm_fact", country="CN"),
    "add.resume": line("confirm_fact"),
    "add.drop": line("confirm_fact"),
    "list.reopen": line("check_list", besides="confirm_fact", province=Of.PROVINCE),
    # ------------------------------------------------------------ provinces, countries, contacts, documents
    "docs": line("see_documents", pairing=Of.PAIRING),
    "docs.add": line("keep_documents", pairing=Of.PAIRING),
    "docs.take": line("keep_documents", text="x"),
    "docs.kind": line("keep_documents", pairing=Of.PAIRING, document=Of.DOCUMENT, kind="mou"),
    "docs.rename": line("keep_documents", pairing=Of.PAIRING, document=Of.DOCUMENT),
    "docs.take_name": line("keep_documents", text="x"),
    "docs.open": line("see_documents", pairing=Of.PAIRING, document=Of.DOCUMENT),
    "docs.remove": line("keep_documents", pairing=Of.PAIRING, document=Of.DOCUMENT),
    "docs.remove_type": line("keep_documents", pairing=Of.PAIRING, document=Of.DOCUMENT),
    "docs.remove_for": line("keep_documents", pairing=Of.PAIRING, document=Of.DOCUMENT, reason="x"),
    "contacts": line("see_contacts", pairing=Of.PAIRING),
    "contacts.show": line("see_contacts", pairing=Of.PAIRING, contact=Of.CONTACT),
    "contacts.side": line("keep_contacts", pairing=Of.PAIRING),
    "contacts.add": line("keep_contacts", pairing=Of.PAIRING, side="theirs"),
    "contacts.correct": line("keep_contacts", pairing=Of.PAIRING, contact=Of.CONTACT),
    "contacts.take": line("keep_contacts", text="x"),
    "contacts.again": line("keep_contacts"),
    "contacts.save": line("keep_contacts"),
    "contacts.remove": line("keep_contacts", pairing=Of.PAIRING, contact=Of.CONTACT),
    "contacts.back": line(
        "keep_contacts", pairing=Of.PAIRING, contact=Of.CONTACT, alike=True
    ),  # it is not removed
    "contacts.keep": line("keep_contacts", pairing=Of.PAIRING, contact=Of.CONTACT),
    "profile": line("see_pairings", province=Of.PROVINCE),
    "countries": line("rank_country", page=0),
    "countries.show": line("rank_country", country="CN"),
    "stated.which": line("propose_fact", subject=Subject("province", Of.PROVINCE)),
    "stated.ask": line("propose_fact", subject=Subject("province", Of.PROVINCE), field="office"),
    "stated.pick": line(
        "propose_fact", subject=Subject("province", Of.PROVINCE), field="special_zone", value="yes"
    ),
    "stated.take": line("propose_fact", text="x"),
    "stated.take_reason": line("propose_fact", text="x"),
    "stated.take_source": line("propose_fact", text="x"),
    "stated.send": line("propose_fact"),
    "stated.undo": line(
        "propose_fact", subject=Subject("province", Of.PROVINCE), fact=Of.PROVINCE_FACT, alike=True
    ),  # what one just said
    "stated.proposal": line("confirm_fact", subject=Subject("province", Of.PROVINCE), fact=Of.PROVINCE_FACT),
    "stated.accept": line("confirm_fact", subject=Subject("province", Of.PROVINCE), fact=Of.PROVINCE_FACT),
    "stated.refuse": line("confirm_fact", subject=Subject("province", Of.PROVINCE), fact=Of.PROVINCE_FACT),
    "stated.take_refusal": line("confirm_fact", text="x"),
    "stated.history": line("see_history", subject=Subject("province", Of.PROVINCE)),
    "checks": line("see_unconfirmed", page=0),
    "checks.by": (line("see_unconfirmed", by="region"), line("see_unconfirmed", by="cluster")),
    "checks.show": line("see_unconfirmed", province=Of.PROVINCE),
    "list.history": line("see_history", province=Of.PROVINCE),
    "list.undo": line("check_list", province=Of.PROVINCE, at=None, before=None, person=None, pairings=[]),
    "list.drop_missing": line("check_list", province=Of.PROVINCE, missed="x"),
    # ------------------------------------------------------------ logging
    "log": line("log_activity"),
    "log.new": line("log_activity", pairing=Of.PAIRING),
    "log.resume": line("log_activity", draft=Of.DRAFT),
    "log.sentence": line("log_activity", text=SENTENCE),
    "log.files": line("log_activity", text="https://example.org/a", activity=Of.ACTIVITY),
    "log.keep_files": line(
        "see_activities", text="https://example.org/a", name="activity.show", args={"activity": Of.ACTIVITY}
    ),
    "card.attach": line("log_activity", activity=Of.ACTIVITY, on_card=True),
    "card.new": line("log_activity", on_card=True),
    "card.use_files": line("log_activity", on_card=True),
    "card.drop_files": line("log_activity", on_card=True),
    "card.show": line("log_activity", on_card=True),
    "card.open": line("log_activity", on_card=True),
    "card.edit": line("log_activity", on_card=True),
    "card.ask": line("log_activity", field="start", on_card=True),
    "card.set": (
        line("log_activity", field="pairing_id", value=Of.SECOND_PAIRING, on_card=True),
        line("log_activity", field="type", value="meeting", on_card=True),
        line("log_activity", field="start", value="2026-11-02", then="end", on_card=True),
        line("log_activity", field="end", value="2026-11-06", on_card=True),
        line("log_activity", field="participants", value="30", on_card=True),
        line("log_activity", field="budget_thb", value="5000", on_card=True),
        line("log_activity", field="partner_joined", value="yes", on_card=True),
        line("log_activity", field="title", value=None, on_card=True),
        line("log_activity", field="place", value="x", on_card=True),
        line("log_activity", field="direction", value="inbound", on_card=True),
        line("log_activity", field="state", value="held", on_card=True),
        line("log_activity", field="sdgs", value=[], on_card=True),
    ),
    "card.calendar": (
        line("log_activity", field="start", page="2026-11", several=True, on_card=True),
        line("log_activity", field="end", page="2026", on_card=True),
    ),
    "card.tick": (
        line("log_activity", field="also", value=Of.SECOND_PAIRING, on=True, on_card=True),
        line("log_activity", field="sdgs", value="4", on=True, on_card=True),
        line("log_activity", field="sectors", value="tourism", on=True, on_card=True),
    ),
    "card.drop_tags": line("log_activity", on_card=True),
    "card.fill_in": line("log_activity", on_card=True),
    "card.answer": line("log_activity", text="x", on_card=True, open_field=("title", None)),
    "card.fix": line("log_activity", text="30 คน", on_card=True),
    "card.save": line("log_activity", anyway=True, on_card=True),
    "card.merge": line("log_activity", activity=Of.ACTIVITY, on_card=True),
    "card.cancel": line("log_activity", on_card=True),
}


def lines_of(name: str) -> tuple[Line, ...]:
    """The lines of a step."""
    found = LINES[name]
    return found if isinstance(found, tuple) else (found,)


def every_line() -> Iterator[tuple[str, Line]]:
    for name in LINES:
        for one in lines_of(name):
            yield name, one
