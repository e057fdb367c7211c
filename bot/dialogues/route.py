"""
What is this? Command → press or typed choice → an answer that the open field can read → a name → a log
sentence → a question. Doubt between the last two is asked with two buttons.

`STEPS` is the one table of everything the bot can be asked to do; `NEEDS` says which costly facts a step
wants loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.dialogues import (
    activities,
    adding,
    answers,
    ask,
    attaching,
    card,
    changing,
    checking,
    contacts,
    curate,
    deciding,
    details,
    fact_questions,
    feedback,
    finding,
    fixing,
    flagging,
    handing,
    history,
    holds,
    home,
    inviting,
    joining,
    leaving,
    line_text,
    linking,
    listing,
    log_activity,
    open_fields,
    own_data,
    pairing_status,
    papers,
    profile,
    queue,
    recorder,
    records,
    relation,
    relation_history,
    requesting,
    reviewing,
    sharing,
    staff,
    stating,
    suspending,
)
from bot.dialogues.base import DETAILS, Facts, Intent, LogDraft, Step
from bot.dialogues.joining_facts import FORM_FIELDS
from bot.dialogues.reports import is_report, says_something
from bot.language.corrections import read_correction
from bot.language.labelled import read_labelled
from bot.language.letting_in import wants_in
from bot.language.links import read_links, without_links
from bot.language.secrecy import is_marked_secret
from bot.language.seeking import wants_list
from bot.language.utterances import is_log_like
from bot.messages import Action, Incoming
from bot.rights import may

MAX_TEXT = 4000
"""Characters. Telegram's own limit is 4,096; the chat page has none."""

Need = Literal[
    "activities",  # of the pairings of one record, pairing or draft, of every year
    "year",  # of all pairings of the person's provinces, or of the province that is asked for: this year's
    "records",
    "activity",
    "question",
    "inquiry",
    "queue",
    "drafts",
    "confirmed",
    "entry_drafts",
    "entry_draft",
    "entry_versions",
    "entry_counts",
    "proposals",
    "used_files",
    "hold",
    "exemptions",
    "suspensions",
    "schedule",
    "documents",
    "contacts",
    "stated",
    "checks",
    "list_events",
    "own",
    "own_copy",
    "staff",
    "member",
    "work",
    "invitations",
    "requests",
    "own_request",
    "relation",
    "relation_history",
    "relation_events",
    "review",
]

STEPS: Mapping[str, Step] = {
    "start": home.start,
    "help": home.help_,
    "thanks": home.thanks,
    "settings.language": home.set_language,
    "cancel": log_activity.cancel,
    "unsupported": home.unsupported,
    "not_read": home.not_read,
    "too_long": home.too_long,
    "secret": home.secret,
    "stale": home.stale,
    "which_way": home.which_way,
    "ask": ask.topics,
    "ask.text": ask.question,
    "ask.topic": ask.topic,
    "ask.entry": ask.entry,
    "ask.more": ask.more,
    "ask.source": ask.source_text,
    "ask.quote": ask.quote,
    "ask.copy": ask.copy_for_line,
    "ask.contact": ask.contact,
    "ask.our_pairs": ask.our_pairs,
    "ask.our_status": ask.our_status,
    "ask.rate": feedback.rate,
    "ask.reason": feedback.reason,
    "ask.take_reason": feedback.take_reason,
    "ask.not_this": feedback.not_this,
    "ask.none": feedback.none_of_these,
    "ask.send": feedback.send,
    "queue": queue.queue,
    "queue.show": queue.show,
    "queue.near": queue.near,
    "queue.link": queue.link,
    "queue.answer": queue.ask_for_answer,
    "queue.take": queue.take_answer,
    "queue.source": queue.ask_for_source,
    "queue.take_source": queue.take_source,
    "queue.preview": queue.preview,
    "queue.send": queue.send,
    "queue.drop": queue.drop,
    "queue.reject": queue.why_reject,
    "queue.reject_type": queue.ask_rejection,
    "queue.reject_for": queue.reject,
    "curate.drafts": curate.drafts,
    "curate.draft": curate.draft,
    "curate.approve": curate.approve,
    "curate.batch": curate.batch,
    "curate.approve_batch": curate.approve_batch,
    "curate.return": curate.ask_reason,
    "curate.take_reason": curate.take_reason,
    "curate.entry": curate.entry,
    "curate.edit": curate.ask_text,
    "curate.take": curate.take_text,
    "curate.roll_back": curate.roll_back,
    "curate.phrasings": curate.phrasings,
    "curate.decide": curate.decide_phrasing,
    "pairings": pairing_status.pairings,
    "find": finding.find_named,
    "find.among": finding.among,
    "status": pairing_status.status,
    "province": pairing_status.take_province,
    "list.check": pairing_status.check,
    "list.right": pairing_status.confirm,
    "list.wrong": pairing_status.which_is_wrong,
    "list.mark": pairing_status.mark_wrong,
    "list.missing": pairing_status.ask_missing,
    "list.take": pairing_status.take_missing,
    "activities": listing.records,
    "activities.by": listing.narrow,
    "activities.search": listing.ask_words,
    "activity.show": activities.show,
    "activity.edit": records.edit_activity,
    "activity.fix": records.fix_saved,
    "activity.partner": records.set_partner,
    "activity.history": history.history,
    "activity.delete": activities.ask_delete,
    "activity.delete_yes": activities.delete,
    "activity.delete_type": activities.ask_reason,
    "activity.delete_for": activities.take_reason,
    "activity.restore": activities.restore,
    "activity.undo": records.undo,
    "activity.more": records.more,
    "activity.copy": line_text.copy_for_line,
    "activity.postpone": records.postpone,
    "activity.new_day": records.take_new_day,
    "activity.set_day": records.set_day,
    "details.show": details.show,
    "details.ask": details.ask,
    "details.set": details.set_value,
    "details.take": details.take,
    "share.ask": sharing.ask,
    "share.take": sharing.take_province,
    "share.invite": sharing.invite,
    "share.accept": sharing.accept,
    "share.decline": sharing.decline,
    "share.leave": sharing.leave,
    "flag.ask": flagging.ask,
    "flag.take": flagging.take,
    "flag.settle": flagging.settle,
    # reminders and what keeps them quiet
    "holds.pick": holds.pick,
    "holds.menu": holds.menu,
    "holds.plan": holds.plan,
    "holds.snooze": holds.snooze,
    "holds.snooze_until": holds.snooze_until,
    "holds.snooze_why": holds.take_snooze,
    "holds.snooze_end": holds.end_snooze,
    "holds.exempt": holds.exempt,
    "holds.exempt_until": holds.exempt_until,
    "holds.exempt_why": holds.take_exemption,
    "holds.other": holds.other,
    "holds.why": holds.why,
    "holds.waiting": holds.waiting,
    "holds.decide": holds.decide,
    "holds.schedule": suspending.schedule,
    "suspend.list": suspending.listed,
    "suspend.ask": suspending.ask,
    "suspend.take_what": suspending.take_what,
    "suspend.what": suspending.what,
    "suspend.why": suspending.take_why,
    "suspend.review": suspending.take_review,
    "suspend.end": suspending.end,
    "log": log_activity.start,
    "log.new": log_activity.start_new,
    "log.resume": log_activity.resume,
    "log.sentence": log_activity.read_sentence,
    "log.files": log_activity.take_files,
    "log.keep_files": log_activity.keep_files,
    "card.attach": attaching.attach,
    "card.new": attaching.begin_new,
    "card.use_files": attaching.use_files,
    "card.drop_files": attaching.drop_files,
    "card.show": card.show_card,
    "card.open": card.open_again,
    "card.edit": card.edit_menu,
    "card.ask": card.ask_field,
    "card.set": card.set_field,
    "card.calendar": card.calendar,
    "card.tick": card.tick,
    "card.drop_tags": card.drop_tags,
    "card.fill_in": card.fill_in,
    "card.answer": card.answer_field,
    "card.fix": card.fix_by_typing,
    "card.save": log_activity.save,
    "card.merge": log_activity.merge_into,
    "card.cancel": log_activity.cancel_draft,
    # joining
    "join.code": joining.read_code,
    **{
        name: joining.private(step)
        for name, step in {
            "join.accept": joining.accept,
            "join.decline": joining.decline,
            "join.ask_post": joining.ask_post,
            "join.take_post": joining.take_post,
            "join.ask": requesting.ask,
            "join.request": requesting.begin,
            "join.write": requesting.write,
            "join.set": requesting.set_value,
            "join.edit": requesting.edit,
            "join.province": requesting.take_province,
            "join.role": requesting.take_role,
            "join.name": requesting.take_name,
            "join.post": requesting.take_post,
            "join.send": requesting.send,
            "join.withdraw": requesting.withdraw,
            "requests": deciding.waiting,
            "request.show": deciding.show,
            "request.decide": deciding.decide,
            "request.reason": deciding.ask_reason,
            "request.take_reason": deciding.take_reason,
            "invite": inviting.start,
            "invite.province": inviting.ask_province,
            "invite.take_province": inviting.take_province,
            "invite.card": inviting.card,
            "invite.make": inviting.make,
            "invite.prepare": inviting.prepare,
            "invite.letter": inviting.show_letter,
            "invite.decide": inviting.decide,
            "invite.issue": inviting.issue,
            "invite.list": inviting.listed,
            "invite.withdraw": inviting.withdraw,
        }.items()
    },
    # provinces, countries, contacts, signed documents
    "docs": papers.documents,
    "docs.add": papers.add,
    "docs.take": papers.take,
    "docs.kind": papers.set_kind,
    "docs.rename": papers.rename,
    "docs.take_name": papers.take_name,
    "docs.open": papers.open_,
    "docs.remove": papers.remove,
    "docs.remove_type": papers.ask_removal,
    "docs.remove_for": papers.remove_for,
    "contacts": contacts.contacts,
    "contacts.show": contacts.show,
    "contacts.side": contacts.which_side,
    "contacts.add": contacts.add,
    "contacts.correct": contacts.correct,
    "contacts.take": contacts.take,
    "contacts.again": contacts.again,
    "contacts.save": contacts.save,
    "contacts.remove": contacts.remove,
    "contacts.back": contacts.bring_back,
    "contacts.keep": contacts.keep,
    "profile": profile.show,
    "countries": profile.countries,
    "countries.show": profile.country,
    "stated.which": stating.which,
    "stated.ask": stating.ask,
    "stated.pick": stating.pick,
    "stated.take": stating.take_value,
    "stated.take_reason": stating.take_reason,
    "stated.take_source": stating.take_source,
    "stated.send": stating.send,
    "stated.undo": stating.undo,
    "stated.proposal": stating.proposal,
    "stated.accept": stating.accept,
    "stated.refuse": stating.ask_refusal,
    "stated.take_refusal": stating.refuse,
    "stated.history": stating.history,
    "checks": checking.checks,
    "checks.by": checking.narrow_by,
    "checks.show": checking.show,
    "list.history": checking.history,
    "list.undo": checking.undo,
    "list.drop_missing": checking.drop_missing,
    # Those who serve: their own data, leaving, standing in, who serves, channels, a duty phone.
    "settings": own_data.settings,
    "privacy": own_data.privacy,
    "mydata": own_data.mydata,
    "mydata.file": own_data.copy,
    "own.erase": own_data.erase,
    "own.name": own_data.ask_name,
    "own.take_name": own_data.take_name,
    "own.post": own_data.which_post,
    "own.post_of": own_data.ask_post,
    "own.take_post": own_data.take_post,
    "own.post_none": own_data.drop_post,
    "leave": leaving.leave,
    "leave.ask": leaving.ask,
    "leave.who": leaving.who,
    "leave.do": leaving.do,
    "work": handing.show_work,
    "work.take": handing.take_over,
    "staff": staff.staff,
    "staff.other": staff.ask_province,
    "staff.of": staff.take_province,
    "staff.which": staff.which,
    "staff.confirm": staff.confirm,
    "acting.who": staff.acting_who,
    "acting.days": staff.acting_days,
    "acting.take_days": staff.take_days,
    "acting.from": staff.acting_from,
    "acting.take_last": staff.take_last,
    "acting.until": staff.acting_until,
    "acting.end": staff.acting_end,
    "link": linking.link,
    "link.code": linking.make_code,
    "link.use": linking.use_code,
    "link.join": linking.join,
    "link.not": linking.do_not,
    "link.ask_out": linking.ask_out,
    "link.out": linking.out,
    "recorder.ask": recorder.ask,
    "recorder.set": recorder.set_,
    "recorder.take": recorder.take,
    "card.recorder": recorder.set_,
    # one pairing: what is known, how it is changed, and what the ministry decides
    "pairing.show": relation.show,
    "pairing.details": relation.details,
    "pairing.history": relation_history.history,
    "pairing.take_back": relation_history.ask_take_back,
    "pairing.take_back_yes": relation_history.take_back,
    "pairing.audit": relation_history.audit,
    "fact.menu": changing.menu,
    "fact.ask": changing.ask,
    "fact.resume": changing.resume,
    "fact.set": changing.set_value,
    "fact.tick": changing.tick,
    "fact.ticked": changing.ticked,
    "fact.take": changing.take,
    "fact.reached": changing.set_reached,
    "fact.ask_source": changing.ask_source,
    "fact.source": changing.set_source,
    "fact.paper": changing.no_paper,
    "fact.send": changing.send,
    "fact.also_signed": changing.also_signed,
    "fact.drop": changing.drop,
    "fact.withdraw": reviewing.withdraw,
    "review": reviewing.review,
    "review.show": reviewing.show,
    "review.confirm": reviewing.confirm,
    "review.keep": reviewing.keep,
    "review.refuse": reviewing.why_refuse,
    "review.refuse_type": reviewing.ask_reason,
    "review.refuse_for": reviewing.refuse,
    "review.missing": adding.missing,
    "review.missing_one": adding.missing_one,
    "review.marked": adding.marked,
    "review.marked_one": adding.marked_one,
    "missing.why": adding.why_not_added,
    "missing.take": adding.take_missing_reason,
    "mark.why": adding.why_it_is_one,
    "mark.take": adding.take_mark_reason,
    "add.province": adding.ask_province,
    "add.take_province": adding.take_province,
    "add.begin": adding.begin,
    "add.take_partner": adding.take_partner,
    "add.partner": adding.set_partner,
    "add.new_partner": adding.new_partner,
    "add.take_english": adding.take_english,
    "add.take_country": adding.take_country,
    "add.country": adding.set_country,
    "add.resume": adding.resume,
    "add.drop": adding.drop,
    "list.reopen": adding.reopen,
}

NEEDS: Mapping[str, tuple[Need, ...]] = {
    "start": ("drafts", "requests", "work"),
    "help": ("drafts", "requests"),
    "log": ("drafts",),
    "cancel": ("drafts",),
    "card.cancel": ("drafts",),
    "log.sentence": ("used_files",),
    "log.files": ("used_files", "activity"),
    "log.keep_files": ("used_files",),
    "card.attach": ("activities",),
    "pairings": ("confirmed",),
    "find.among": ("confirmed",),
    "status": ("year", "confirmed"),
    "card.save": ("activities",),
    "activities": ("records", "confirmed"),
    "activity.show": ("activity", "activities"),
    "activity.edit": ("activity",),
    "activity.fix": ("activity",),
    "activity.partner": ("activities", "activity"),
    "activity.history": ("activity",),
    "activity.delete": ("activity",),
    "activity.delete_yes": ("activity",),
    "activity.delete_type": ("activity",),
    "activity.restore": ("activities", "activity"),
    "activity.undo": ("activities",),
    "activity.more": ("activity",),
    "activity.copy": ("activity",),
    "activity.postpone": ("activity",),
    "activity.new_day": ("activities", "activity"),
    "activity.set_day": ("activities", "activity"),
    "card.merge": ("activities",),
    **{name: ("activity",) for name in STEPS if name.startswith("details.")},
    "share.ask": ("activity",),
    "share.take": ("activities", "activity"),
    **dict.fromkeys(("share.invite", "share.accept", "share.decline", "share.leave"), ("activities",)),
    "flag.ask": ("activity",),
    "flag.take": ("activities",),
    "flag.settle": ("activities",),
    "ask.our_pairs": ("confirmed", "question"),
    "ask.our_status": ("year", "confirmed", "question"),
    **dict.fromkeys(
        (
            "ask.entry",
            "ask.more",
            "ask.source",
            "ask.copy",
            "ask.rate",
            "ask.reason",
            "ask.take_reason",
            "ask.not_this",
            "ask.none",
            "ask.send",
        ),
        ("question",),
    ),
    **dict.fromkeys(
        (
            "holds.menu",
            "holds.snooze_why",
            "holds.snooze_end",
            "holds.exempt",
            "holds.exempt_why",
            "holds.other",
            "holds.why",
        ),
        ("hold",),
    ),
    "holds.waiting": ("exemptions",),
    "holds.schedule": ("schedule",),
    **dict.fromkeys(("suspend.list", "suspend.review", "suspend.end"), ("suspensions",)),
    "queue": ("queue", "entry_counts"),
    **{name: ("inquiry",) for name in STEPS if name.startswith("queue.")},
    "curate.drafts": ("entry_drafts",),
    "curate.draft": ("entry_draft",),
    "curate.approve": ("entry_drafts",),
    "curate.batch": ("entry_drafts",),
    "curate.approve_batch": ("entry_drafts",),
    "curate.return": ("entry_draft",),
    "curate.take_reason": ("entry_drafts",),
    "curate.entry": ("entry_versions",),
    "curate.edit": ("entry_draft",),
    "curate.roll_back": ("entry_versions",),
    "curate.phrasings": ("proposals",),
    "curate.decide": ("proposals",),
    # provinces, countries, contacts, signed documents
    **{name: ("documents",) for name in STEPS if name.partition(".")[0] == "docs"},
    **{name: ("contacts",) for name in STEPS if name.partition(".")[0] == "contacts"},
    **{name: ("stated",) for name in STEPS if name.partition(".")[0] == "stated"},
    "profile": ("stated", "checks", "confirmed"),
    "countries.show": ("stated",),
    **{name: ("checks",) for name in STEPS if name.partition(".")[0] == "checks"},
    **dict.fromkeys(("list.check", "list.right", "list.undo"), ("checks", "confirmed")),
    "list.history": ("list_events",),
    # Those who serve.
    **dict.fromkeys(
        ("mydata", "own.take_name", "own.take_post", "own.post_none", "link", "link.ask_out", "link.out"),
        ("own",),
    ),
    **dict.fromkeys(("leave.ask", "leave.who", "leave.do"), ("member",)),
    **dict.fromkeys(
        ("acting.days", "acting.take_days", "acting.from", "acting.take_last", "acting.until"), ("member",)
    ),
    **dict.fromkeys(("staff", "staff.which", "acting.who"), ("staff",)),
    "work": ("work",),
    "mydata.file": ("own_copy",),
    # joining
    "join.ask": ("own_request",),
    "join.request": ("own_request",),
    "join.accept": ("requests", "work"),
    "invite": ("invitations",),
    "invite.list": ("invitations",),
    "invite.letter": ("requests",),
    "requests": ("requests",),
    "request.show": ("requests",),
    # one pairing
    **{
        name: ("relation", "confirmed", "checks")
        for name in STEPS
        if name.startswith(("pairing.", "fact.", "review.", "add."))
    },
    "pairing.history": ("relation", "relation_history"),
    "pairing.audit": ("relation", "relation_events"),
    **dict.fromkeys(("review", "review.missing", "review.missing_one"), ("relation", "review")),
    "list.reopen": ("confirmed",),
}

FREE_TEXT: Mapping[str, tuple[str, str | None]] = {
    "missing_pair": ("list.take", None),
    "seek": ("activities", None),
    "reason": ("ask.take_reason", "question"),
    "answer": ("queue.take", "inquiry"),
    "answer_source": ("queue.take_source", "inquiry"),
    "rejection": ("queue.reject_for", "inquiry"),
    "curate_reason": ("curate.take_reason", None),
    "curate_answer": ("curate.take", None),
    "curate_source": ("curate.take", None),
    "curate_wording": ("curate.take", None),
    activities.ASKING_REASON: ("activity.delete_for", "activity"),
    records.NEW_DAY: ("activity.new_day", "activity"),
    sharing.ASKING: ("share.take", "activity"),
    holds.SNOOZE_UNTIL: ("holds.snooze_until", "pairing"),
    holds.SNOOZE_WHY: ("holds.snooze_why", "about"),
    holds.EXEMPT_UNTIL: ("holds.exempt_until", "pairing"),
    holds.EXEMPT_WHY: ("holds.exempt_why", "about"),
    suspending.WHAT: ("suspend.take_what", None),
    suspending.WHY: ("suspend.why", None),
    suspending.REVIEW: ("suspend.review", "about"),
    flagging.ASKING: ("flag.take", "activity"),
    **{f"{details.OPEN}{field}": ("details.take", "activity") for field in DETAILS},
    # Those who serve.
    own_data.OWN_NAME: ("own.take_name", None),
    own_data.OWN_POST: ("own.take_post", "member"),
    staff.ASKING_PROVINCE: ("staff.of", None),
    staff.ASKING_DAYS: ("acting.take_days", "member"),
    staff.ASKING_LAST: ("acting.take_last", "member"),
    recorder.ASKING: ("recorder.take", None),
    papers.NAMING: ("docs.take_name", None),
    papers.REMOVING: ("docs.remove_for", None),
    contacts.TYPING: ("contacts.take", None),
    contacts.CHECKING: ("contacts.take", None),
    stating.VALUE: ("stated.take", None),
    stating.REASON: ("stated.take_reason", None),
    stating.SOURCE: ("stated.take_source", None),
    stating.REFUSING: ("stated.take_refusal", None),
    # joining
    joining.CODE: ("join.code", None),
    joining.POST: ("join.take_post", "membership"),
    inviting.PROVINCE: ("invite.take_province", None),
    deciding.REASON: ("request.take_reason", "request"),
    **{f"{requesting.ASKING}{field}": (f"join.{field}", None) for field in FORM_FIELDS},
    **dict.fromkeys(fact_questions.ASKED, ("fact.take", None)),
    reviewing.REASON: ("review.refuse_for", "fact"),
    adding.MISSING_REASON: ("missing.take", None),
    adding.MARK_REASON: ("mark.take", None),
    adding.PROVINCE: ("add.take_province", None),
    adding.PARTNER: ("add.take_partner", None),
    adding.ENGLISH: ("add.take_english", None),
    adding.COUNTRY: ("add.take_country", None),
}
"""Open fields that take any words: the step that does, and what the field's subject is the id of."""

NAMED = ("pairing", "about")
"""Subjects that are no number."""
NAMES = (own_data.OWN_NAME, own_data.OWN_POST, staff.ASKING_PROVINCE, recorder.ASKING)
"""Open fields that take a name."""

OFFICE_TEXTS = (
    papers.NAMING,
    papers.REMOVING,
    contacts.TYPING,
    contacts.CHECKING,
    stating.VALUE,
    stating.REASON,
    stating.SOURCE,
    stating.REFUSING,
)
"""Open fields about a document, a contact, a province or a country."""

HOLD_DAYS = (holds.SNOOZE_UNTIL, holds.EXEMPT_UNTIL, suspending.WHAT, suspending.REVIEW)
HOLD_REASONS = (holds.SNOOZE_WHY, holds.EXEMPT_WHY, suspending.WHY)
"""Open fields about what keeps reminders quiet: a day or a name, and a reason in any words."""

DRAFT_BOUND = "card."
"""Buttons of these steps act on one version of one draft: an older card's do nothing."""
ANY_VERSION = ("card.tick",)
"""But these say what they make of a value, so that two may be pressed before the first is answered."""

COMMANDS: Mapping[str, str] = {
    "/start": "start",
    "หน้าแรก": "start",
    "เริ่ม": "start",
    "เมนู": "start",
    "สวัสดี": "start",
    "hello": "start",
    "ขอบคุณ": "thanks",
    "thank you": "thanks",
    "/help": "help",
    "ช่วยเหลือ": "help",
    "วิธีใช้": "help",
    "help": "help",
    "/ask": "ask",
    "ถาม": "ask",
    "ถามคำถาม": "ask",
    "/log": "log",
    "บันทึกกิจกรรม": "log",
    "/activities": "activities",
    "activities": "activities",
    "กิจกรรมที่บันทึกไว้": "activities",
    "ค้นหากิจกรรม": "activities.search",
    "/pairings": "pairings",
    "คู่ของจังหวัด": "pairings",
    "คู่เมืองพี่เมืองน้อง": "pairings",
    "/status": "status",
    "สถานะปีนี้": "status",
    "ตรวจรายชื่อคู่": "list.check",
    "ทำรายการต่อ": "log",
    "รายการที่ทำค้าง": "log",
    "รายการค้าง": "log",
    "สถานะ": "status",
    "กำหนดการแจ้งเตือน": "holds.schedule",
    "reminder schedule": "holds.schedule",
    "จัดการการแจ้งเตือน": "holds.pick",
    "เลื่อนการแจ้งเตือน": "holds.pick",
    "คำขอยกเว้น": "holds.waiting",
    "ชะลอการแจ้งเตือน": "suspend.list",
    "/settings": "settings",
    "ตั้งค่า": "settings",
    "/privacy": "privacy",
    "ความเป็นส่วนตัว": "privacy",
    "/mydata": "mydata",
    "ข้อมูลของฉัน": "mydata",
    "/cancel": "cancel",
    "ยกเลิก": "cancel",
    "cancel": "cancel",
    "/queue": "queue",
    "คำถามที่รอตอบ": "queue",
    "ออกจากระบบงาน": "leave",
    "ย้ายหน่วยงาน": "leave",
    "ลาออก": "leave",
    "งานที่รอผู้รับช่วง": "work",
    "ผู้ปฏิบัติงาน": "staff",
    "ผู้ปฏิบัติงานของจังหวัด": "staff",
    "เชื่อมช่องทางอื่น": "link",
    "/drafts": "curate.drafts",
    "ฉบับร่างรออนุมัติ": "curate.drafts",
    "ข้อมูลจังหวัด": "profile",
    "ลำดับความสำคัญของประเทศ": "countries",
    "การยืนยันรายชื่อคู่": "checks",
    # joining
    "/join": "join.ask",
    "/invite": "invite",
    "เชิญเข้าใช้งาน": "invite",
    "เชิญเจ้าหน้าที่": "invite",
    "เชิญ": "invite",
    "คำเชิญที่เปิดอยู่": "invite.list",
    "/requests": "requests",
    "คำขอที่รอ": "requests",
    "/review": "review",
    "ข้อมูลที่รอยืนยัน": "review",
}

COMMAND_WORD = re.compile(r"^/\S+\s+")
POLITE_END = re.compile(r"\s*(?:ครับ|ค่ะ|คะ|นะคะ|นะครับ)$")

SAVES = re.compile(r"(?:บันทึก|เซฟ|save)\s*(?:(?:ได้|ไว้|ไป|เลย)\s*)*(?:นะ)?", re.IGNORECASE)
AGREES = re.compile(r"(?:ตกลง|ยืนยัน|โอเค|ok(?:ay)?|ใช่|yes|ถูกต้อง|เรียบร้อย)(?:แล้ว|เลย)?", re.IGNORECASE)
"""What is said of a card that is right: it is shown again, and one tap saves it."""

BEGINS_CORRECTING = re.compile(
    r"(?:ขอ|ช่วย)?(?:แก้|เปลี่ยน|เลื่อน|ขยับ|ไม่ใช่|ผิด|ต้องเป็น|ที่ถูก|ที่จริง|จริง ?ๆ)|(?:change|correct|postpone|move|not|it should be)\b",
    re.IGNORECASE,
)

CODE = re.compile(r"(?<![A-Za-z0-9_-])SC-[A-Za-z0-9_-]{16,40}(?![A-Za-z0-9_-])")
"""An invitation's, wherever it stands: people paste the link, or the whole message that they were sent."""
LINK_CODE = re.compile(r"SL-[A-Za-z0-9_-]{16,40}")
"""By which somebody joins another channel; told apart from an invitation at first sight."""

CODE_LIKE = re.compile(r"[A-Za-z0-9_-]+")
"""While a code is asked for. Thai has no blanks between words: a whole question may be without one."""


ASKS = re.compile(
    r"[?？]|ไหม|มั้ย|หรือไม่|หรือเปล่า|หรือยัง|กี่|อะไร|อย่างไร|ยังไง|ทำไม|เท่าไ|เท่าใด|เมื่อไ|เมื่อใด|ที่ไหน|ที่ใด|ใคร"
    r"|\b(?:what|how|why|who|when|where|which|must|does|do)\b",
    re.IGNORECASE,
)
"""Words without which a text in an open field of a record is no question: what is suggested often says ควร."""

INTERRUPTED = (requesting.ASKING, joining.CODE, joining.POST, inviting.PROVINCE)
"""How open fields begin in whose midst a question is answered."""

A_REPORT = "ประชุม 1 ม.ค. 2560"

Offered = tuple[str, str, bool]
"""Choice id, label, and whether its number may be typed."""


def typed_choice(text: str, offered: Sequence[Offered]) -> str | None:
    """The choice that was typed: its label, or its number on the last card."""
    text = text.strip()
    for choice_id, label, _numbered in offered:
        if POLITE_END.sub("", text).casefold() == label.casefold():
            return choice_id
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= len(offered):
        choice_id, _label, numbered = offered[int(text) - 1]
        return choice_id if numbered else None
    return None


def route(incoming: Incoming, facts: Facts, pressed: Action | None) -> Intent:
    """
    Read what was said.

    Args:
        incoming: The message; files are fetched already.
        facts: What is known of the person and the conversation.
        pressed: The action of the pressed or typed choice, checked by the assistant; None if there was none.
    """
    text = incoming.text.strip()
    if pressed is not None:
        return Intent(pressed.name, pressed.args)
    if incoming.files or incoming.location is not None:
        return _with_evidence(incoming, facts, text)
    said = COMMAND_WORD.sub("", text)
    if len(text) <= MAX_TEXT and is_marked_secret(said, whole=incoming.unsupported is not None):
        return Intent("secret")
    if wanted := _asked_for(text, forwarded=incoming.forwarded):
        return wanted
    if incoming.unsupported:
        return _unsupported(incoming, facts, text)
    if not _says_anything(text):
        return Intent("not_read")
    return (
        (_forwarded(facts, text) if incoming.forwarded else None)
        or _with_links(facts, text)
        or _open_field(facts, text)
        or _fix_of_saved(facts, text)
        or _log_or_question(facts, text)
    )


def _asked_for(text: str, *, forwarded: bool) -> Intent | None:
    """A command, a code, or a text that is too long for anything. Somebody else's words command nothing."""
    if len(text) > MAX_TEXT:
        return Intent("too_long", {"limit": MAX_TEXT})
    if not forwarded and (command := _command(text)):
        return command
    if LINK_CODE.fullmatch(text):
        return Intent("link.use", {"text": text})
    code = CODE.search(text)
    return Intent("join.code", {"text": code[0]}) if code else None


def _says_anything(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _command(text: str) -> Intent | None:
    word, _, rest = text.partition(" ")
    if word.startswith("/"):
        name = COMMANDS.get(word.lower())
        if name is None:
            return Intent("help")
        if name in ("ask", "log") and rest.strip():
            return Intent(f"{name}.{'text' if name == 'ask' else 'sentence'}", {"text": rest.strip()})
        if name == "pairings" and rest.strip():
            return Intent("find", {"text": rest.strip()})
        return Intent(name, {"text": rest.strip()} if rest.strip() else {})
    name = COMMANDS.get(POLITE_END.sub("", text.lower()))
    return Intent(name) if name else None


def _with_evidence(incoming: Incoming, facts: Facts, text: str) -> Intent:
    """
    A caption is read like a sentence; without one that says anything the evidence joins the draft. Where it asks
    or commands something, the evidence is kept first.
    """
    sent = {
        "files": incoming.files,
        "location": incoming.location,
        "unsupported": incoming.unsupported,
        "forwarded": incoming.forwarded,
    }
    if _is_secret(incoming):  # what is said about it is not kept either
        return Intent("log.files", {**sent, "text": ""})
    words = without_links(text)
    wanted = _asked_for(text, forwarded=incoming.forwarded)
    if incoming.files and wanted is None and facts.talk.asking in papers.TAKES_FILES:
        return Intent("docs.take", {"files": incoming.files, "text": text})
    if wanted is not None and wanted.name == "log.sentence":
        return Intent("log.sentence", {**sent, **wanted.args})
    if wanted is None and _says_anything(words):
        kind = _kind_of_caption(incoming, facts, words)
        if kind == "log":
            return Intent("log.sentence", {**sent, "text": text})
        wanted = Intent("ask.text", {"text": text}) if kind == "question" else None
    if wanted is None:
        return _only_evidence(facts, {**sent, "text": text})
    if not may(facts.seats, "log_activity"):
        return wanted
    return Intent("log.keep_files", {**sent, "name": wanted.name, "args": wanted.args})


def _is_secret(incoming: Incoming) -> bool:
    """A message with a secret paper, or of which the caption says so, and no file that may be kept."""
    files = incoming.files
    return any(file.problem == "secret" for file in files) and not any(file.sha256 for file in files)


def _kind_of_caption(
    incoming: Incoming, facts: Facts, words: str
) -> Literal["log", "question", "description"]:
    """What comes with a photo is a report rather than a question, where it could be both."""
    if incoming.forwarded and is_report(words) and says_something(facts, words):
        return "log"
    if _kind(facts, words) != "question":
        return "log"
    return "question" if _asks(facts, words) else "description"


def _only_evidence(facts: Facts, args: Mapping[str, Any]) -> Intent:
    """Without words, shortly after saving, it may belong to what was saved."""
    just_saved = facts.talk.just_saved(facts.now)
    if facts.draft is None and just_saved is not None and not _says_anything(without_links(args["text"])):
        return Intent("log.files", {**args, "activity": just_saved})
    return Intent("log.files", args)


def _with_links(facts: Facts, text: str) -> Intent | None:
    """Links that come alone, or with an answer to what the open draft asks, join the draft. None without links."""
    if not read_links(text) or not may(facts.seats, "log_activity") or _free_text(facts, text):
        return None
    words = without_links(text)
    if not _says_anything(words):
        return _only_evidence(facts, {"text": text})
    answer = _open_field(facts, words)
    if answer is not None and answer.name in ("card.answer", "card.fix"):
        return Intent("log.files", {"text": text})
    return answer or _log_or_question(facts, text)


def _forwarded(facts: Facts, text: str) -> Intent | None:
    """
    Somebody else's words: a report becomes a draft, a question is asked, and in doubt the person says which it is.
    None where it counts as if it had been typed.
    """
    if not may(facts.seats, "log_activity") or _free_text(facts, text):
        return None
    words = without_links(text)
    report = Intent("log.sentence", {"text": text, "forwarded": True})
    if not _says_anything(words):
        return None
    asks = _asks(facts, words)
    if is_report(words):
        reports = says_something(facts, words)
        settled = report if reports and not asks else Intent("ask.text", {"text": text})
        return settled if reports != asks else Intent("which_way", report.args)
    kind = _kind(facts, words)
    if kind == "log":
        return report
    if not SAVES.fullmatch(words) and (answer := _with_links(facts, text) or _open_field(facts, text)):
        return answer
    return (
        Intent("ask.text", {"text": text})
        if asks and kind == "question"
        else Intent("which_way", report.args)
    )


def _unsupported(incoming: Incoming, facts: Facts, text: str) -> Intent:
    """What stands beneath a video is not lost with it."""
    if may(facts.seats, "log_activity") and _kind(facts, without_links(text)) == "log":
        return Intent("log.sentence", {"text": text, "unsupported": incoming.unsupported})
    return Intent("unsupported", {"kind": incoming.unsupported})


def _open_field(facts: Facts, text: str) -> Intent | None:
    asking = facts.talk.asking
    if settled := _save_or_show(facts, text):
        return settled
    if asking == details.CARD and read_labelled(text):
        return Intent("details.take", {"text": text, "activity": int(facts.talk.subject or 0)})
    if asking == recorder.ASKING and _corrects_the_card(facts, text):
        return Intent("card.fix", {"text": text})
    if asking in (None, details.CARD):
        return Intent("card.fix", {"text": text}) if fixing.read_fix(facts, text) else None
    if asking in LogDraft.model_fields and facts.draft is not None:
        return _draft_field(facts, asking, text)
    if asking == "province" and facts.registry.lexicon.resolve_province(text):
        return Intent("province", {"text": text})
    return _free_text(facts, text)


def _save_or_show(facts: Facts, text: str) -> Intent | None:
    """Words that save the open draft, or that agree to its card; an open question is asked again instead."""
    said = POLITE_END.sub("", text)
    if facts.draft is None:
        return Intent("log") if text == facts.t.SAVE else None
    if SAVES.fullmatch(said):
        return Intent("card.open" if facts.draft.body.options else "card.save")
    return Intent("card.open") if facts.talk.asking is None and AGREES.fullmatch(said) else None


def _free_text(facts: Facts, text: str) -> Intent | None:
    """What takes any words, and takes these."""
    asking = facts.talk.asking
    if asking is None or asking not in FREE_TEXT or (asking == "code" and not CODE_LIKE.fullmatch(text)):
        return None
    if asking.startswith(INTERRUPTED) and (wants_in(text) or _is_answered(facts, text)):
        return None  # somebody who is asked for their name or post may want to know something first
    if asking == "reason" and facts.knowledge.find(text).decision == "answer":
        return None  # not why the last answer was poor, but the next question
    if asking in NAMES and not _is_for_a_name(facts, text):
        return None
    if (asking == "seek" and _kind(facts, text) == "log") or not _is_for_a_record(facts, asking, text):
        return None
    step, subject = FREE_TEXT[asking]
    about = facts.talk.subject or ""
    return Intent(
        step,
        {"text": text, **({subject: about if subject in NAMED else int(about or 0)} if subject else {})},
    )


def _corrects_the_card(facts: Facts, text: str) -> bool:
    """What is typed instead of who records: names begin with no word of correcting, and hold no number."""
    said_so = BEGINS_CORRECTING.match(text) is not None or any(letter.isdecimal() for letter in text)
    return said_so and fixing.read_fix(facts, text) is not None


def _is_for_a_name(facts: Facts, text: str) -> bool:
    """A name, a post, a province or a day; not the next report or question."""
    if ASKS.search(text) and facts.knowledge.find(text).decision == "answer":
        return False
    return _kind(facts, text) != "log"


def _is_for_a_record(facts: Facts, asking: str, text: str) -> bool:
    """
    Whether a text typed into an open field of a record is for it. A question in the midst is a question; a
    sentence about an activity is an answer only where whole sentences are.
    """
    if asking in OFFICE_TEXTS:
        return not ASKS.search(text) or facts.knowledge.find(text).decision != "answer"
    if asking in HOLD_REASONS:
        return not _is_answered(facts, text)
    if asking in HOLD_DAYS:
        return not _is_answered(facts, text) and _kind(facts, text) != "log"
    if asking in fact_questions.ASKED:
        return fact_questions.takes(facts, text) and not _is_answered(facts, text)
    if asking not in open_fields.ASKED and not asking.startswith(details.OPEN):
        return True
    if asking.startswith(details.OPEN) and read_labelled(text):
        return True
    if _is_answered(facts, text):
        return False
    takes_sentences = asking in open_fields.ASKED or asking.removeprefix(details.OPEN) in details.LONG
    return takes_sentences or _kind(facts, text) != "log"


def _is_answered(facts: Facts, text: str) -> bool:
    """Whether a text asks something that the guideline answers."""
    return ASKS.search(text) is not None and facts.knowledge.find(text).decision == "answer"


def _draft_field(facts: Facts, asking: str, text: str) -> Intent | None:
    """An answer that the field can read; a question in the midst is a question; anything else is told how."""
    answer = Intent("card.answer", {"text": text})
    if asking == "title":
        return answer
    value, problem = answers.read_field(facts, asking, text)
    if _asks(facts, text) and (value is None or len(text) > 25):
        return None
    if value is None and asking != "place" and _wants_list(facts, text):
        return None
    if _kind(facts, text) == "log" and (
        answers.is_of_its_own(facts, text) or (not problem and _says_more(facts, asking, text))
    ):
        return None
    corrects = asking != "place" and _corrects(
        facts, asking, text, answers_it=not problem or value is not None
    )
    return Intent("card.fix", {"text": text}) if corrects else answer


def _says_more(facts: Facts, asking: str, text: str) -> bool:
    """Whether a whole sentence would be taken for one day or number, and the rest of it be lost."""
    fix = fixing.read_fix(facts, text) if asking in ("start", "participants", "budget_thb") else None
    return fix is not None and asking not in fix.changed


def _corrects(facts: Facts, asking: str, text: str, *, answers_it: bool) -> bool:
    """Whether a line typed into an open field changes others too, or only others: it is taken whole then."""
    fix = fixing.read_fix(facts, text)
    if fix is None:
        return False
    touched = {*fix.changed, *fix.asked}
    if asking in ("start", "end"):
        touched.discard("start")  # what a day lacks its own field says better
    if answers_it:
        return asking in fix.changed and bool(touched - {asking})
    return bool(touched)


def _kind(facts: Facts, text: str) -> Literal["log", "question", "unsure"]:
    return is_log_like(text, facts.registry.lexicon, facts.home, facts.today)


def _asks(facts: Facts, text: str) -> bool:
    """
    Whether there are words that ask: `is_log_like` also calls a text that reports nothing a question, so it is
    read with a whole report before it.
    """
    return _kind(facts, f"{A_REPORT} {text}") != "log"


def _fix_of_saved(facts: Facts, text: str) -> Intent | None:
    """A line that begins with a word of correcting, shortly after saving, while no draft is open."""
    saved = facts.talk.just_saved(facts.now)
    if facts.draft is not None or saved is None or not BEGINS_CORRECTING.match(text):
        return None
    read = read_correction(
        text, facts.registry.lexicon, home=facts.home, today=facts.today, current=LogDraft()
    )
    if not read:
        return None
    other = _log_or_question(facts, text)
    return Intent("activity.fix", {"text": text, "activity": saved, "name": other.name, "args": other.args})


def _wants_list(facts: Facts, text: str) -> bool:
    return facts.is_member and wants_list(text, facts.registry.lexicon, facts.home)


def _log_or_question(facts: Facts, text: str) -> Intent:
    if wants_in(text):
        return Intent("join.ask")
    if _wants_list(facts, text):
        return Intent("activities", {"text": text})
    if finding.is_name(facts, text):
        return Intent("find", {"text": text})
    kind = _kind(facts, without_links(text))
    if kind == "log":
        return Intent("log.sentence", {"text": text})
    if kind == "unsure" and facts.is_member:
        return Intent("which_way", {"text": text})
    return Intent("ask.text", {"text": text})
