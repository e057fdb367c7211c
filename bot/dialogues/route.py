"""
What is this? Command → press or typed choice → an answer that the open field can read → a name → a log
sentence → a question. Doubt between the last two is asked with two buttons.

`STEPS` is the one table of everything the bot can be asked to do; `NEEDS` says which costly facts a step
wants loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from bot.dialogues import (
    activities,
    ask,
    card,
    curate,
    drafting,
    feedback,
    finding,
    home,
    log_activity,
    pairing_status,
    queue,
    records,
)
from bot.dialogues.base import Facts, Intent, LogDraft, Step
from bot.language.utterances import is_log_like
from bot.messages import Action, Incoming

MAX_TEXT = 4000
"""Characters. Telegram's own limit is 4,096; the chat page has none."""

Need = Literal[
    "activities",
    "recent",
    "activity",
    "question",
    "inquiry",
    "queue",
    "waiting",
    "confirmed",
    "entry_drafts",
    "entry_draft",
    "entry_versions",
    "entry_counts",
    "proposals",
]

STEPS: Mapping[str, Step] = {
    "start": home.start,
    "help": home.help_,
    "thanks": home.thanks,
    "settings": home.settings,
    "settings.language": home.set_language,
    "privacy": home.privacy,
    "mydata": home.mydata,
    "cancel": log_activity.cancel,
    "join.ask": home.ask_access,
    "join.code": home.use_code,
    "unsupported": home.unsupported,
    "not_read": home.not_read,
    "too_long": home.too_long,
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
    "pairing.show": finding.show,
    "status": pairing_status.status,
    "province": pairing_status.take_province,
    "list.check": pairing_status.check,
    "list.right": pairing_status.confirm,
    "list.wrong": pairing_status.which_is_wrong,
    "list.mark": pairing_status.mark_wrong,
    "list.missing": pairing_status.ask_missing,
    "list.take": pairing_status.take_missing,
    "activities": activities.recent,
    "activity.show": activities.show,
    "activity.edit": records.edit_activity,
    "activity.partner": records.set_partner,
    "activity.history": activities.history,
    "activity.delete": activities.ask_delete,
    "activity.delete_yes": activities.delete,
    "activity.restore": activities.restore,
    "log": log_activity.start,
    "log.new": log_activity.start_new,
    "log.resume": log_activity.resume,
    "log.sentence": log_activity.read_sentence,
    "log.files": log_activity.take_files,
    "card.show": card.show_card,
    "card.edit": card.edit_menu,
    "card.ask": card.ask_field,
    "card.set": card.set_field,
    "card.answer": card.answer_field,
    "card.fix": card.fix_by_typing,
    "card.save": log_activity.save,
    "card.cancel": log_activity.cancel_draft,
}

NEEDS: Mapping[str, tuple[Need, ...]] = {
    "start": ("waiting",),
    "help": ("waiting",),
    "log": ("waiting",),
    "cancel": ("waiting",),
    "card.cancel": ("waiting",),
    "pairings": ("confirmed",),
    "find.among": ("confirmed",),
    "status": ("activities", "confirmed"),
    "province": ("activities", "confirmed"),
    "card.save": ("activities",),
    "activities": ("recent",),
    "activity.show": ("activities", "activity"),
    "activity.edit": ("activity",),
    "activity.partner": ("activities",),
    "activity.history": ("activity",),
    "activity.delete": ("activity",),
    "activity.delete_yes": ("activity",),
    "activity.restore": ("activities", "activity"),
    "ask.our_pairs": ("confirmed", "question"),
    "ask.our_status": ("activities", "confirmed", "question"),
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
}

FREE_TEXT: Mapping[str, tuple[str, str | None]] = {
    "code": ("join.code", None),
    "missing_pair": ("list.take", None),
    "reason": ("ask.take_reason", "question"),
    "answer": ("queue.take", "inquiry"),
    "answer_source": ("queue.take_source", "inquiry"),
    "rejection": ("queue.reject_for", "inquiry"),
    "curate_reason": ("curate.take_reason", None),
    "curate_answer": ("curate.take", None),
    "curate_source": ("curate.take", None),
    "curate_wording": ("curate.take", None),
}
"""Open fields that take any words: the step that does, and what the field's subject is the id of."""

DRAFT_BOUND = "card."
"""Buttons of these steps act on one version of one draft: an older card's do nothing."""

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
    "กิจกรรมที่บันทึกไว้": "activities",
    "/pairings": "pairings",
    "คู่ของจังหวัด": "pairings",
    "คู่เมืองพี่เมืองน้อง": "pairings",
    "/status": "status",
    "สถานะปีนี้": "status",
    "ตรวจรายชื่อคู่": "list.check",
    "ทำรายการต่อ": "log",
    "สถานะ": "status",
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
    "/drafts": "curate.drafts",
    "ฉบับร่างรออนุมัติ": "curate.drafts",
}

POLITE_END = re.compile(r"\s*(?:ครับ|ค่ะ|คะ|นะคะ|นะครับ)$")

CODE = re.compile(r"SC-[A-Za-z0-9_-]{16,40}")
CODE_LIKE = re.compile(r"[A-Za-z0-9_-]+")
"""While a code is asked for. Thai has no blanks between words: a whole question may be without one."""


A_REPORT = "ประชุม 1 ม.ค. 2560"

Offered = tuple[str, str, bool]
"""Choice id, label, and whether its number may be typed."""


def typed_choice(text: str, offered: Sequence[Offered]) -> str | None:
    """The choice that was typed: its exact label, or its number on the last card."""
    text = text.strip()
    for choice_id, label, _numbered in offered:
        if text == label:
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
    if len(text) > MAX_TEXT:
        return Intent("too_long", {"limit": MAX_TEXT})
    if command := _command(text):
        return command
    if CODE.fullmatch(text):
        return Intent("join.code", {"text": text})
    if incoming.files:
        return _with_files(incoming, facts, text)
    if incoming.unsupported:
        return Intent("unsupported", {"kind": incoming.unsupported})
    if not any(letter.isalnum() for letter in text):
        return Intent("not_read")
    return _open_field(facts, text) or _log_or_question(facts, text)


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


def _with_files(incoming: Incoming, facts: Facts, text: str) -> Intent:
    """A caption is read like a sentence; without one that says anything the files join the draft."""
    files = {"files": incoming.files}
    if text and facts.draft is None and _kind(facts, text) != "question":
        return Intent("log.sentence", {"text": text, **files})
    return Intent("log.files", {"text": text, **files})


def _open_field(facts: Facts, text: str) -> Intent | None:
    asking = facts.talk.asking
    if text == facts.t.SAVE:
        return Intent("card.save" if facts.draft is not None else "log")
    if asking is None:
        if facts.draft is not None and not _asks(facts, text) and drafting.can_fix_by_typing(facts, text):
            return Intent("card.fix", {"text": text})
        return None
    if asking in LogDraft.model_fields and facts.draft is not None:
        return _draft_field(facts, asking, text)
    if asking == "province" and facts.registry.lexicon.resolve_province(text):
        return Intent("province", {"text": text})
    return _free_text(facts, asking, text)


def _free_text(facts: Facts, asking: str, text: str) -> Intent | None:
    if asking not in FREE_TEXT or (asking == "code" and not CODE_LIKE.fullmatch(text)):
        return None
    if asking == "reason" and facts.knowledge.find(text).decision == "answer":
        return None  # not why the last answer was poor, but the next question
    step, subject = FREE_TEXT[asking]
    return Intent(step, {"text": text, **({subject: int(facts.talk.subject or 0)} if subject else {})})


def _draft_field(facts: Facts, asking: str, text: str) -> Intent | None:
    """An answer that the field can read; a question in the midst is a question; anything else is told how."""
    answer = Intent("card.answer", {"text": text})
    if asking == "title":
        return answer
    value, _problem = drafting.read_field(facts, asking, text)
    if _asks(facts, text) and (value is None or len(text) > 25):
        return None
    if _kind(facts, text) == "log" and drafting.is_of_its_own(facts, text):
        return None
    return answer


def _kind(facts: Facts, text: str) -> Literal["log", "question", "unsure"]:
    return is_log_like(text, facts.registry.lexicon, facts.home, facts.today)


def _asks(facts: Facts, text: str) -> bool:
    """
    Whether there are words that ask: `is_log_like` also calls a text that reports nothing a question, so it is
    read with a whole report before it.
    """
    return _kind(facts, f"{A_REPORT} {text}") != "log"


def _log_or_question(facts: Facts, text: str) -> Intent:
    if finding.is_name(facts, text):
        return Intent("find", {"text": text})
    kind = _kind(facts, text)
    if kind == "log":
        return Intent("log.sentence", {"text": text})
    if kind == "unsure" and facts.is_member:
        return Intent("which_way", {"text": text})
    return Intent("ask.text", {"text": text})
