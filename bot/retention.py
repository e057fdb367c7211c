"""
What is kept how long, and why: one table, which `/privacy` and the README repeat and a test compares.

What has been kept long enough goes in the night, in small batches, so that nobody waits for it.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.media.store import KEEP_UNUSED_SECONDS, MediaStore
from storage import audit, files, meta, retention
from storage.database import Database
from storage.retention import Sweep

log = logging.getLogger(__name__)

PURGE_HOUR = 3
"""Of the business zone."""

BATCH = 200
"""Rows; of people, each with much that belongs to them, a tenth."""

PAUSE_SECONDS = 0.05
"""Between two batches: whoever waits to write comes first."""

AT_ONCE = timedelta()


@dataclass(frozen=True)
class Rule:
    """
    How long something of a table is kept.

    Without a sweep it is kept for good (`keep` is None), or goes at once where it happens.
    """

    table: str
    what: str
    keep: timedelta | None
    counted: str  # from when on
    why: str
    sweep: Sweep | None = None

    @property
    def period(self) -> str:
        """In words: "30 days after it was sent"."""
        if self.keep is None:
            return "kept"
        return f"{_in_words(self.keep)} {self.counted}".strip()


def _in_words(span: timedelta) -> str:
    if not span:
        return ""
    for number, unit in ((span.days // 365, "year"), (span.days, "day"), (span.seconds // 3600, "hour")):
        if number:
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    raise ValueError(f"a period of {span} has no words")


def _days(number: int) -> timedelta:
    return timedelta(days=number)


_OF_FILES = Rule(
    "media",
    "files that nothing refers to",
    timedelta(seconds=KEEP_UNUSED_SECONDS),
    "after they came",
    "the draft is gone, or the evidence was taken out",
)

RULES: tuple[Rule, ...] = (
    Rule("inbox", "body", AT_ONCE, "once handled", "it is needed until it is answered"),
    Rule(
        "inbox",
        "body of what could not be handled",
        _days(30),
        "after it came",
        "somebody has to find out why",
        retention.QUARANTINED,
    ),
    Rule(
        "inbox",
        "address of the chat",
        _days(30),
        "after it was handled",
        "faults are traced by it; the row stays, so that an update that comes twice is answered once",
        retention.ADDRESSES,
    ),
    Rule(
        "outbox",
        "text",
        _days(30),
        "after it was sent",
        "what went wrong is seen by it; the row stays for the figures",
        retention.SENT_TEXTS,
    ),
    Rule(
        "outbox",
        "text with a code that is shown once",
        AT_ONCE,
        "once sent; the next night where it was not",
        "only the code's hash is kept",
        retention.CODES,
    ),
    Rule(
        "web_message",
        "the chat page's history",
        _days(30),
        "after it was written",
        "these are the texts of inbox and outbox once more: kept no longer than those",
        retention.PAGE_HISTORY,
    ),
    Rule("choice", "what a button does", AT_ONCE, "when it expires", "it works no more", retention.CHOICES),
    Rule(
        "draft",
        "saved or cancelled ones",
        _days(30),
        "after it was closed",
        "what was saved stands in its record; of that draft the row stays, empty, against a second press",
        retention.CLOSED_DRAFTS,
    ),
    Rule("draft", "unfinished ones, and those left to a post", None, "", "somebody goes on with them"),
    Rule(
        "conversation",
        "a contact or a request that was typed and not sent",
        _days(30),
        "after the last message",
        "it tells of people, and nobody came back to it",
        retention.TYPED_OF_PEOPLE,
    ),
    Rule("conversation", "the open question of a chat", None, "", "the next message is read with it"),
    Rule(
        "question",
        "who asked",
        _days(730),
        "after it was asked",
        "the text shows what people need to know; who still waits for an answer stays",
        retention.ASKERS,
    ),
    Rule("inquiry", "all", None, "", "what the ministry answered"),
    Rule(
        "person",
        "name, identities and chats of guests who hold no role",
        _days(90),
        "after they were last heard from",
        "their questions stay without them",
        retention.GUESTS,
    ),
    Rule("person", "of members", None, "", "answer for what they recorded; see `sistercity erase`"),
    Rule("membership", "all", None, "", "who held which post when"),
    Rule(
        "identity",
        "number of wrong codes",
        timedelta(hours=1),
        "after the first",
        "it locks for an hour",
        retention.WRONG_CODES,
    ),
    Rule(
        "chat",
        "address of one that nobody holds any more",
        AT_ONCE,
        "the next night",
        "of erased people a last word may have been on its way",
        retention.CHATS_OF_NOBODY,
    ),
    Rule(
        "invitation",
        "used, expired or withdrawn ones",
        _days(90),
        "after that",
        "who was let in stands in the audit",
        retention.INVITATIONS,
    ),
    Rule(
        "access_request",
        "decided ones",
        _days(90),
        "after the decision",
        "for questions about it",
        retention.REQUESTS,
    ),
    Rule(
        "access_request",
        "those that nobody decided",
        _days(365),
        "after they were sent",
        "nobody is there to decide",
        retention.UNDECIDED_REQUESTS,
    ),
    Rule("link_code", "all", _days(1), "after it expired", "it works no more", retention.LINK_CODES),
    Rule("staff_check", "all", None, "", "who confirmed who serves"),
    Rule(
        "contact",
        "removed ones",
        _days(30),
        "after the removal",
        "it may have been a slip",
        retention.REMOVED_CONTACTS,
    ),
    *(
        Rule(table, "all", None, "", "the record of what was done")
        for table in ("activity", "activity_revision", "activity_owner", "activity_flag", "evidence")
    ),
    *(
        Rule(table, "all", None, "", "the registry, with its sources")
        for table in (
            "province",
            "province_check",
            "country",
            "partner",
            "pairing",
            "pairing_stage",
            "registry_fact",
            "registry_file",
            "registry_import",
            "column_mapping",
            "activity_type",
        )
    ),
    *(
        Rule(table, "all", None, "", "the knowledge base and how it came about")
        for table in ("faq_revision", "golden_question", "phrasing_decision", "knowledge_document")
    ),
    *(
        Rule(table, "all", None, "", "what was reminded is never reminded again")
        for table in ("reminder", "notice")
    ),
    *(
        Rule(table, "all", None, "", "why a pairing was not reminded")
        for table in ("snooze", "exemption", "suspension")
    ),
    Rule(
        "audit_event",
        "all",
        None,
        "",
        "a chain from which nothing can be taken; no messages, no members' names",
    ),
    Rule("channel_state", "all", None, "", "about the service, not about people"),
    Rule("meta", "all", None, "", "about the database, not about people"),
    _OF_FILES,
)
"""Every table, and the folder of files, in the order in which they are swept."""


@dataclass(frozen=True)
class Swept:
    """How many rows of a rule go, or went."""

    rule: Rule
    rows: int


@dataclass(frozen=True)
class Report:
    swept: tuple[Swept, ...]
    complete: bool = True  # False: stopped, or a rule failed


def night_of(now: datetime, zone: ZoneInfo) -> date:
    """The night to which an instant belongs: it begins at the hour of the purge, and lasts until the next."""
    return (now.astimezone(zone) - timedelta(hours=PURGE_HOUR)).date()


class Retention:
    """Lets go of what has been kept long enough. Synchronous; called in worker threads."""

    def __init__(
        self,
        database: Database,
        media: MediaStore,
        clock: Clock,
        *,
        batch: int = BATCH,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self._database = database
        self._media = media
        self._clock = clock
        self._batch = batch
        self._pause = pause
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the batch at hand; what is left goes the next time."""
        self._stopped.set()

    def purge_nightly(self) -> bool:
        """Purge, unless this or another process did in this night; False when there was nothing to do."""
        night = night_of(self._clock.now(), self._clock.zone)
        with self._database.read() as session:
            before = meta.last_purge(session)
        if before is not None and before >= night:
            return False
        with self._database.write() as session:
            if not meta.claim_purge(session, night):
                return False
        if not self.purge().complete:
            with self._database.write() as session:
                meta.give_back_purge(session, before)
        return True

    def due(self) -> Report:
        """What would go now. Nothing is changed."""
        now = self._clock.now()
        with self._database.read() as session:
            found = [
                Swept(rule, retention.count(session, rule.sweep, now - rule.keep))
                for rule in RULES
                if rule.sweep is not None and rule.keep is not None
            ]
        return Report((*found, Swept(_OF_FILES, len(self._media.list_unused(self._used())))))

    def purge(self, channel: str = "system") -> Report:
        """Let it go. A rule that fails is logged and stops no other."""
        swept: list[Swept] = []
        complete = True
        for rule in RULES:
            if rule.sweep is None and rule is not _OF_FILES:
                continue
            try:
                swept.append(Swept(rule, self._sweep(rule)))
            except Exception:
                log.exception("purging %s failed", rule.table)
                complete = False
        report = Report(tuple(swept), complete and not self._stopped.is_set())
        if any(one.rows for one in swept):
            self._note(report, channel)
            self._database.empty_log()
        return report

    def _sweep(self, rule: Rule) -> int:
        if rule is _OF_FILES:
            return self._media.purge(self._used())
        assert rule.sweep is not None
        assert rule.keep is not None
        now, rows, after = self._clock.now(), 0, None
        before = now - rule.keep
        with self._database.read() as session:  # most nights there is nothing to write
            if not retention.is_due(session, rule.sweep, before):
                return 0
        limit = self._batch if not rule.sweep.locked else max(1, self._batch // 10)
        while not self._stopped.is_set():
            with self._database.write() as session:
                step = retention.take(session, rule.sweep, before, now, limit, after)
            rows, after = rows + step.rows, step.after
            if after is None:
                break
            self._stopped.wait(self._pause)
        return rows

    def _used(self) -> frozenset[str]:
        with self._database.read() as session:
            return files.list_referenced(session)

    def _note(self, report: Report, channel: str) -> None:
        rows: dict[str, int] = {}
        for one in report.swept:
            rows[one.rule.table] = rows.get(one.rule.table, 0) + one.rows
        now = self._clock.now()
        with self._database.write() as session:
            audit.add(
                session,
                action="retention.purged",
                subject=f"night:{night_of(now, self._clock.zone)}",
                now=now,
                channel=channel,
                detail={"rows": {table: number for table, number in rows.items() if number}},
            )
