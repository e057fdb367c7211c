"""
Evidence on its way into a draft: files, links and points on the map, what is refused of them, and the two things
that are asked about them: which record they belong to, and whether one may serve for two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from bot.dialogues.base import DraftFile, Facts, Intent, LogDraft, Reused, Turn, choice
from bot.dialogues.limits import MAX_PLACE
from bot.language.links import read_links
from bot.media.look import alike
from bot.messages import Location, ReceivedFile, Reply
from bot.texts.th import Th

Sort = Literal["files", "links", "locations"]
MOST: dict[Sort, int] = {"files": 20, "links": 10, "locations": 5}
"""Pieces of one sort that a record takes."""

LONGEST_LINK = 500

SORTS: dict[str, Sort] = {"photo": "files", "document": "files", "link": "links", "location": "locations"}


def join(facts: Facts, draft: LogDraft, intent: Intent) -> tuple[LogDraft, str]:
    """
    The draft with all that came with a message, and what is to be said about it: what was refused and why, each
    reason once. What the draft has already is passed over in silence.
    """
    pieces = _pieces(intent)
    kept = fitting(draft.files, pieces)
    location = intent.args.get("location")
    named = location.title.strip()[:MAX_PLACE] if isinstance(location, Location) else ""
    joined = draft.model_copy(
        update={
            "files": (*draft.files, *kept),
            "place": draft.place or named or None,
            "reused": (*draft.reused, *_reused(facts, draft, kept)),
        }
    )
    said = (*_problems(facts, intent), *_surplus(facts, joined, pieces))
    # With the first files of a draft, and not again with each.
    stripped = not draft.files and any(file.stripped for file in intent.args.get("files", ()))
    return joined, "\n".join((*said, facts.t.DETAILS_REMOVED) if stripped else said)


def fitting(have: Sequence[DraftFile], pieces: Sequence[DraftFile]) -> tuple[DraftFile, ...]:
    """Those that are new, as many of each sort as there is room for."""
    counted, known = tally(have), {one.sha256 for one in have}
    kept: list[DraftFile] = []
    for piece in pieces:
        sort = SORTS[piece.kind]
        if piece.sha256 not in known and counted[sort] < MOST[sort]:
            known.add(piece.sha256)
            counted[sort] += 1
            kept.append(piece)
    return tuple(kept)


def tally(files: Sequence[DraftFile]) -> dict[Sort, int]:
    """How many pieces there are of each sort."""
    counted: dict[Sort, int] = {"files": 0, "links": 0, "locations": 0}
    for file in files:
        counted[SORTS[file.kind]] += 1
    return counted


def summary(t: Th, files: Sequence[DraftFile]) -> str:
    """ "2 files · 1 link": all that a draft or a record has."""
    counted = tally(files)["files"]
    return " · ".join(part for part in (t.files(counted) if counted else "", beside_files(t, files)) if part)


def beside_files(t: Th, files: Sequence[DraftFile]) -> str:
    """Links and points on the map, which the card's line of photos and documents does not count."""
    counted = tally(files)
    parts = (
        t.links(counted["links"]) if counted["links"] else "",
        t.locations(counted["locations"]) if counted["locations"] else "",
    )
    return " · ".join(part for part in parts if part)


def _pieces(intent: Intent) -> tuple[DraftFile, ...]:
    files = [
        DraftFile(
            sha256=file.sha256, kind=file.kind, name=file.name, mime=file.mime, size=file.size, look=file.look
        )
        for file in intent.args.get("files", ())
        if isinstance(file, ReceivedFile) and file.sha256
    ]
    links = [_written("link", link) for link in _links(intent) if len(link) <= LONGEST_LINK]
    location = intent.args.get("location")
    points = (
        [_written("location", written_point(location.latitude, location.longitude))]
        if isinstance(location, Location)
        else []
    )
    return (*files, *links, *points)


def _links(intent: Intent) -> tuple[str, ...]:
    return read_links(str(intent.args.get("text", "")))


def written_point(latitude: float, longitude: float) -> str:
    """ "18.79,98.98": degrees to five digits, which is about a metre."""
    return f"{_degrees(latitude)},{_degrees(longitude)}"


def _degrees(value: float) -> str:
    written = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _written(kind: Literal["link", "location"], text: str) -> DraftFile:
    return DraftFile(sha256=hashlib.sha256(text.encode()).hexdigest(), kind=kind, text=text)


# ------------------------------------------------------------------ what is refused


def _problems(facts: Facts, intent: Intent) -> tuple[str, ...]:
    """What became of the files, of links that are too long, and of what is not taken at all."""
    t, files = facts.t, intent.args.get("files", ())
    kinds = dict.fromkeys(file.problem for file in files if file.problem)
    unsupported = intent.args.get("unsupported")
    lines = [t.file_problem(kind) for kind in kinds]
    if unsupported:
        lines.append(t.unsupported(str(unsupported)))
    if any(len(link) > LONGEST_LINK for link in _links(intent)):
        lines.append(t.link_too_long(LONGEST_LINK))
    return tuple(lines)


def _surplus(facts: Facts, joined: LogDraft, pieces: Sequence[DraftFile]) -> tuple[str, ...]:
    have = {file.sha256 for file in joined.files}
    left = tally(
        [piece for piece in {one.sha256: one for one in pieces}.values() if piece.sha256 not in have]
    )
    counted = tally(joined.files)
    return tuple(facts.t.too_many(sort, counted[sort], count) for sort, count in left.items() if count)


# ------------------------------------------------------------------ what is asked


def _reused(facts: Facts, draft: LogDraft, kept: Sequence[DraftFile]) -> list[Reused]:
    """Which of the new files are evidence of another record already, each with one such record."""
    found = []
    for file in kept:
        others = (
            used.activity
            for used in facts.used
            if used.activity != draft.activity_id
            and (used.sha256 == file.sha256 or alike(used.look, file.look))
        )
        if (activity := next(others, None)) is not None:
            found.append(Reused(sha256=file.sha256, activity=activity))
    return found


def doubts(draft: LogDraft) -> tuple[Reused, ...]:
    """Files that another record has, but for the record to which they may be attached."""
    return tuple(one for one in draft.reused if one.activity != draft.attach_to)


def ask_use(facts: Facts, draft: LogDraft, *, fresh: bool, lead: str, edits: bool) -> Turn:
    """A file is evidence of another record: may it serve for both?"""
    t, found = facts.t, doubts(draft)
    text = t.used_elsewhere(
        len(found), [t.number(one) for one in dict.fromkeys(one.activity for one in found)]
    )
    rows = (
        (choice(t.USE_AGAIN, "card.use_files"), choice(t.LEAVE_OUT, "card.drop_files")),
        (choice(t.CANCEL, "card.cancel"),),
    )
    return _asked(facts, draft, Reply(text, rows=rows, edits=edits), fresh=fresh, lead=lead)


def ask_whose(facts: Facts, draft: LogDraft, *, fresh: bool, lead: str, edits: bool) -> Turn:
    """Sent without words shortly after saving: for that record, or for a new one?"""
    assert draft.attach_to is not None
    if doubts(draft):
        return ask_use(facts, draft, fresh=fresh, lead=lead, edits=edits)
    t = facts.t
    rows = (
        (
            choice(t.attach_to(draft.attach_to), "card.attach", activity=draft.attach_to),
            choice(t.NEW_ACTIVITY, "card.new"),
        ),
        (choice(t.CANCEL, "card.cancel"),),
    )
    text = t.whose(summary(t, draft.files))
    return _asked(facts, draft, Reply(text, rows=rows, edits=edits), fresh=fresh, lead=lead)


def _asked(facts: Facts, draft: LogDraft, reply: Reply, *, fresh: bool, lead: str) -> Turn:
    text = f"{lead}\n{reply.text}" if lead else reply.text
    said = Reply(text, rows=reply.rows, edits=reply.edits)
    return Turn(facts.talk.asks(), (said,), draft=draft, fresh=fresh)
