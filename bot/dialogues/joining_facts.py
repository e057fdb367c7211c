"""What the dialogues of joining are given, keep between turns, and want carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

RequestRole = Literal["officer", "group_head", "head"]


class Form(BaseModel):
    """What somebody who asks to be let in has said so far; kept with the conversation until it is sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    province: str | None = None  # code
    role: RequestRole | None = None
    name: str | None = None
    post: str | None = None


FORM_FIELDS = ("province", "role", "name", "post")
"""In the order in which they are asked."""


@dataclass(frozen=True)
class InvitationView:
    """An invitation without its code, which nobody can read any more."""

    id: int
    role: str  # a post of `rights`, as it is addressed
    province: str | None  # code
    until: datetime  # business zone
    by_letter: bool = False
    state: Literal["open", "waiting", "approved"] = "open"
    # can be used · a letter's that waits for the head · one that is approved, and its code not shown yet
    by: str = ""  # name of who prepared it


@dataclass(frozen=True)
class MadeCode:
    """A code that was just made: it is shown now, and never again."""

    code: str
    link: str | None  # None on a channel without links
    invitation: InvitationView


@dataclass(frozen=True)
class RequestView:
    id: int
    name: str
    post: str
    role: str
    province: str  # code
    asked_at: datetime  # business zone
    channel: str
    state: str = "waiting"  # approved · refused · withdrawn
    decided_at: datetime | None = None  # business zone


@dataclass(frozen=True)
class Joining:
    """
    Attributes:
        noticed: The person was told what is kept and why.
        stranger: They were not, and hold no role: nothing of them is kept yet.
        invitations: Their own open ones, and those for letters that they approved.
        letters: Codes for letters that wait for them.
        requests: Requests that wait for them.
        request: Their own, that waits for others.
    """

    noticed: bool = True
    stranger: bool = False
    invitations: tuple[InvitationView, ...] = ()
    letters: tuple[InvitationView, ...] = ()
    requests: tuple[RequestView, ...] = ()
    request: RequestView | None = None

    @property
    def waiting(self) -> int:
        """How much waits for the person's decision."""
        return len(self.letters) + len(self.requests)


# ------------------------------------------------------------------ commands


@dataclass(frozen=True)
class NoteNotice:
    """The person is told with this turn what is kept."""

    how: Literal["start", "request"]


@dataclass(frozen=True)
class ReadCode:
    """Look at what a typed code opens. It is not used up by that."""

    code: str


@dataclass(frozen=True)
class AcceptInvitation:
    """The notice was read and the invitation is taken up."""

    invitation_id: int


@dataclass(frozen=True)
class SetPost:
    """The person's post with a membership of theirs, as they write it."""

    membership_id: int
    post: str


@dataclass(frozen=True)
class MakeInvitation:
    role: str
    province: str
    office_held: bool = False
    by_letter: bool = False


@dataclass(frozen=True)
class PrepareLetter:
    """A code for a letter, to be approved by the head."""

    role: str
    province: str


@dataclass(frozen=True)
class DecideLetter:
    invitation_id: int
    approve: bool


@dataclass(frozen=True)
class IssueCode:
    """The code of an approved letter, for who prepared it."""

    invitation_id: int


@dataclass(frozen=True)
class WithdrawInvitation:
    invitation_id: int


@dataclass(frozen=True)
class SendRequest:
    form: Form


@dataclass(frozen=True)
class WithdrawRequest:
    request_id: int


@dataclass(frozen=True)
class DecideRequest:
    request_id: int
    approve: bool


@dataclass(frozen=True)
class ExplainRefusal:
    """Tell the asker why; afterwards, and only if the one who decided wants to."""

    request_id: int
    reason: str


Invited = MakeInvitation | PrepareLetter | DecideLetter | IssueCode | WithdrawInvitation
Requested = SendRequest | WithdrawRequest | DecideRequest | ExplainRefusal
Joins = NoteNotice | ReadCode | AcceptInvitation | SetPost | Invited | Requested
