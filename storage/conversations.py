"""Conversation state, drafts and the choices behind buttons."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.orm import Session

from storage.models import Choice, Conversation, Draft

FIRST_NUDGE = timedelta(days=1)
SECOND_NUDGE = timedelta(days=7)
KEEP_CHOICES = timedelta(days=30)
KEEP_REMINDER_CHOICES = timedelta(days=400)


def get_or_add(session: Session, chat_id: int, person_id: int, now: datetime) -> Conversation:
    conversation = session.scalar(
        select(Conversation).where(Conversation.chat_id == chat_id, Conversation.person_id == person_id)
    )
    if conversation is None:
        conversation = Conversation(
            chat_id=chat_id, person_id=person_id, state={}, offered=[], updated_at=now
        )
        session.add(conversation)
        session.flush()
    return conversation


# ------------------------------------------------------------------ drafts


def find_draft(session: Session, draft_id: int) -> Draft | None:
    return session.get(Draft, draft_id)


def list_open_drafts(session: Session, person_id: int, limit: int) -> Sequence[Draft]:
    """The person's unfinished drafts, the latest first."""
    return session.scalars(
        select(Draft)
        .where(Draft.person_id == person_id, Draft.state == "open")
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(limit)
    ).all()


def list_to_nudge(session: Session, now: datetime) -> Sequence[Draft]:
    """
    Unfinished drafts to offer again: a day after the last change, then once more a week later. Locked, the
    oldest first, without those that are changed at this moment; later they are kept quietly.
    """
    return session.scalars(
        select(Draft)
        .where(
            Draft.state == "open",
            or_(
                and_(Draft.nudges == 0, Draft.updated_at <= now - FIRST_NUDGE),
                and_(Draft.nudges == 1, Draft.nudged_at <= now - SECOND_NUDGE),
            ),
        )
        .order_by(Draft.id)
        .with_for_update(skip_locked=True)
    ).all()


def add_draft(session: Session, person_id: int, body: dict[str, Any], now: datetime) -> Draft:
    draft = Draft(person_id=person_id, body=body, version=1, state="open", created_at=now, updated_at=now)
    session.add(draft)
    session.flush()
    return draft


def change_draft(draft: Draft, body: dict[str, Any], now: datetime) -> None:
    """A new version: buttons of older cards no longer act on it."""
    if draft.body != body:
        draft.body = body
        draft.version += 1
        draft.updated_at = now
        draft.nudges, draft.nudged_at = 0, None


def close_draft(draft: Draft, state: str, now: datetime) -> None:
    draft.state = state
    draft.updated_at = now
    draft.version += 1


def open_again(draft: Draft, body: dict[str, Any], now: datetime) -> None:
    """A draft whose saving was undone, or that was cancelled; buttons of its earlier cards stay as they are, without effect."""
    draft.state, draft.body = "open", body
    draft.updated_at = now
    draft.version += 1


# ------------------------------------------------------------------ choices


def new_choice_id() -> str:
    """What a button carries: 96 random bits."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class NewChoice:
    """A button of a card that is about to go out; `draft` binds it to that draft's present version."""

    id: str
    action: dict[str, Any]
    draft: Draft | None = None


def add_choices(
    session: Session,
    chat_id: int,
    choices: Sequence[NewChoice],
    now: datetime,
    keep: timedelta = KEEP_CHOICES,
) -> None:
    """Remember what the buttons of a card do, in one statement."""
    if not choices:
        return
    session.execute(
        insert(Choice),
        [
            {
                "id": one.id,
                "chat_id": chat_id,
                "action": one.action,
                "draft_id": one.draft.id if one.draft else None,
                "draft_version": one.draft.version if one.draft else None,
                "expires_at": now + keep,
            }
            for one in choices
        ],
    )


def find_choice(session: Session, choice_id: str, chat_id: int, now: datetime) -> Choice | None:
    """The choice, if it was offered in this chat and has not expired."""
    choice = session.get(Choice, choice_id) if len(choice_id) <= 20 else None
    if choice is None or choice.chat_id != chat_id or choice.expires_at <= now:
        return None
    return choice


def list_draft_files(session: Session) -> Sequence[str]:
    """SHA-256 of every file that a draft refers to which is open, or cancelled and may be taken up again."""
    bodies = session.scalars(select(Draft.body).where(Draft.state != "saved"))
    files = [file for body in bodies for file in body.get("files", [])]
    return [file["sha256"] for file in files if file.get("sha256") and not file.get("text")]
