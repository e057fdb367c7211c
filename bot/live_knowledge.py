"""The knowledge base as it is answered from: the shipped entries with what the curators approved."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy.orm import Session

from knowledge.documents import Document
from knowledge.entries import Base, FaqEntry
from knowledge.overlay import Fault, Overlay, read_entry, sound
from knowledge.search import KnowledgeBase
from storage import documents, meta, revisions
from storage.database import HEAD, Database, SchemaError

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class _Held:
    version: int
    knowledge: KnowledgeBase
    skipped: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)


class Behind(Exception):
    """The database says that entries changed: the base is to be made anew, which takes seconds."""


class LiveKnowledge:
    """
    Holds the base between turns and makes it anew when the database says that an entry changed, so that
    what is approved in one process is answered in all of them without a restart.
    """

    def __init__(self, shipped: KnowledgeBase) -> None:
        self.shipped = shipped
        self._held = _Held(0, shipped)
        self._making = threading.Lock()

    def at(self, version: int) -> KnowledgeBase:
        """
        The base as it stands in a database with this version of the knowledge.

        Raises:
            Behind: If it is to be made anew.
        """
        if self._is_behind(version):
            raise Behind
        return self._held.knowledge

    def current(self, session: Session) -> KnowledgeBase:
        """
        The base as it stands in the database.

        Not to be asked after a change in the same transaction: what is not committed must not be held.
        """
        version = meta.knowledge_version(session)
        if self._is_behind(version):
            with self._making:
                if self._is_behind(version):
                    self._held = self._made(session, max(version, self._held.version))
        return self._held.knowledge

    def _is_behind(self, version: int) -> bool:
        """The shipped base learns the meaning of its texts in the background: what was made before lacks it."""
        held = self._held
        learned = self.shipped.ranker.has_meaning and not held.knowledge.ranker.has_meaning
        return version > held.version or learned

    @property
    def skipped(self) -> Mapping[str, tuple[Fault, ...]]:
        """Approved entries that cannot be used, as of the last `current`: the shipped ones answer instead."""
        return self._held.skipped

    def _made(self, session: Session, version: int) -> _Held:
        overlay = read_overlay(session, self.shipped.base)
        for entry_id, faults in overlay.skipped.items():
            log.warning("approved entry %s is not used: %s", entry_id, ", ".join(one.kind for one in faults))
        loaded = read_documents(session)
        changed = overlay.entries or loaded
        knowledge = self.shipped.with_changes(overlay.entries, loaded) if changed else self.shipped
        return _Held(version, knowledge, overlay.skipped)


def read_documents(session: Session) -> tuple[Document, ...]:
    """The documents that the operator loaded."""
    return tuple(Document.from_json(row.body) for row in documents.list_current(session))


def read_overlay(session: Session, shipped: Base) -> Overlay:
    """The approved entries of the database that may stand in front of the shipped ones, and the others."""
    read: list[FaqEntry] = []
    broken: dict[str, tuple[Fault, ...]] = {}
    for row in revisions.list_current(session):
        entry = read_entry(row.entry_id, row.body)
        if isinstance(entry, Fault):
            broken[row.entry_id] = (entry,)
        else:
            read.append(entry)
    overlay = sound(shipped, read)
    return Overlay(overlay.entries, {**broken, **overlay.skipped})


def with_approved(shipped: KnowledgeBase, url: str) -> KnowledgeBase:
    """
    What a command answers from: with the curators' changes when the database can be read, else the shipped
    entries.

    Raises:
        SchemaError: If the address is none.
    """
    return read_if_there(url, LiveKnowledge(shipped).current, shipped)


def read_if_there(url: str, read: Callable[[Session], T], otherwise: T) -> T:
    """
    What a database says when it is there and at this program's schema, else `otherwise`. No database is made.

    Raises:
        SchemaError: If the address is none.
    """
    database = Database(url)
    try:
        if database.file is not None and not database.file.exists():  # connecting would make one
            return otherwise
        if database.revision() != HEAD:
            return otherwise
        with database.read() as session:
            return read(session)
    except SchemaError:  # it cannot be reached
        return otherwise
    finally:
        database.close()
