"""
Signed documents of a pairing: the list, attaching, naming, opening, taking out.

While the list waits for files, what is sent goes there and not into a draft.
"""

from __future__ import annotations

from typing import Any

from bot.dialogues.base import Facts, Intent, PairingView, Turn, choice, quiet, rows_of, shortened
from bot.dialogues.offices import only_in_private, post_of, seen_pairing
from bot.dialogues.offices_facts import AddDocuments, DocumentView, NameDocument, RemoveDocument
from bot.messages import Choice, ReceivedFile, Reply, SentFile
from bot.rights import may

WAITING = "document"
"""Open while files of the pairing that is the subject are waited for."""

NAMING = "document_name"
REMOVING = "document_removal"
"""Open fields of one document: the subject is the pairing and the document's id."""

TAKES_FILES = (WAITING, NAMING)

MOST_DOCUMENTS = 20
MOST_BYTES = 100 * 1024 * 1024
MOST_NAME = 100
MOST_REASON = 300


def _seen(facts: Facts, pairing_id: object) -> PairingView | None:
    return seen_pairing(facts, pairing_id, "see_documents")


def _kept(facts: Facts, pairing_id: object) -> PairingView | None:
    return seen_pairing(facts, pairing_id, "keep_documents")


def documents(facts: Facts, intent: Intent) -> Turn:
    """The list, the latest last."""
    pairing = _seen(facts, intent.args["pairing"])
    if pairing is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    return only_in_private(facts) or quiet(facts, _list(facts, pairing, edits=True))


def _list(facts: Facts, pairing: PairingView, lead: str = "", *, edits: bool = False) -> Reply:
    t, found = facts.t, facts.offices.documents
    lines = [lead] if lead else []
    lines += [
        t.document_line(number, one.name, one.size, one.at, post_of(facts, one.post, one.province))
        for number, one in enumerate(found, start=1)
    ]
    if not found:
        lines.append(t.NO_DOCUMENTS)
    opens = [
        choice(shortened(one.name, 40), "docs.open", pairing=pairing.id, document=one.id) for one in found
    ]
    last = [choice(t.BACK, "pairing.show", pairing=pairing.id)]
    if may(facts.seats, "keep_documents", pairing.province_code):
        last.insert(0, choice(t.ADD_DOCUMENT, "docs.add", pairing=pairing.id))
    rows = (*rows_of(opens, 1), tuple(last))
    return Reply("\n".join(lines), title=t.documents_of(pairing.label, len(found)), rows=rows, edits=edits)


# ------------------------------------------------------------------ attaching


def add(facts: Facts, intent: Intent) -> Turn:
    """From now on files go to this pairing."""
    pairing = _kept(facts, intent.args["pairing"])
    if pairing is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    rows = ((choice(facts.t.BACK, "docs", pairing=pairing.id),),)
    reply = Reply(facts.t.SEND_DOCUMENTS, title=pairing.label, rows=rows, numbered=False)
    return Turn(facts.talk.asks(WAITING, pairing.id), (reply,))


def take(facts: Facts, intent: Intent) -> Turn:
    """Files that came while they were waited for; a caption of one file is its name."""
    pairing = _kept(facts, _subject(facts)[0])
    if pairing is None:
        return quiet(facts, Reply(facts.t.NAME_NOT_FOUND))
    files = tuple(file for file in intent.args["files"] if isinstance(file, ReceivedFile))
    kept = tuple(file for file in files if file.sha256)
    caption = str(intent.args.get("text", "")).strip()
    refused = [
        facts.t.file_problem(kind) for kind in dict.fromkeys(one.problem for one in files if one.problem)
    ]
    if not kept:
        rows = ((choice(facts.t.BACK, "docs", pairing=pairing.id),),)
        return Turn(facts.talk, (Reply("\n".join(refused), rows=rows, numbered=False),))
    return Turn(
        facts.talk,
        command=AddDocuments(pairing.id, kept),
        then=lambda facts, outcome: _added(facts, pairing, outcome, refused, caption),
    )


def _added(facts: Facts, pairing: PairingView, outcome: Any, refused: list[str], caption: str) -> Turn:
    t = facts.t
    ids, known, left = outcome
    lines = list(refused)
    if known:
        lines.append(t.documents_known(known))
    if left:
        lines.append(t.documents_full(MOST_DOCUMENTS, MOST_BYTES >> 20))
    new = [one for one in facts.offices.documents if one.id in ids]
    lines += [t.document_added(one.name) for one in new]
    if len(new) == 1 and 0 < len(caption) <= MOST_NAME:
        return _named_by(facts, pairing, new[0], caption, "\n".join(refused))
    if len(new) == 1:
        return _ask_name(facts, pairing, new[0], "\n".join(lines))
    reply = _list(facts, pairing, "\n".join(lines))
    return Turn(facts.talk.asks(WAITING, pairing.id), (reply,))


def _ask_name(facts: Facts, pairing: PairingView, one: DocumentView, lead: str) -> Turn:
    t = facts.t
    kinds = [
        choice(t.document_kind(kind), "docs.kind", pairing=pairing.id, document=one.id, kind=kind)
        for kind in t.DOCUMENT_KINDS
    ]
    rows = (*rows_of(kinds, 1), (choice(t.DONE, "docs", pairing=pairing.id),))
    reply = Reply(f"{lead}\n{t.ask_document_name(one.name)}", rows=rows, numbered=False)
    return Turn(facts.talk.asks(NAMING, f"{pairing.id} {one.id}"), (reply,))


def set_kind(facts: Facts, intent: Intent) -> Turn:
    """What kind of document it is becomes its name; its date may be typed after it."""
    pairing, one = _document(facts, intent, "keep_documents")
    kind = str(intent.args["kind"])
    if pairing is None or one is None or kind not in facts.t.DOCUMENT_KINDS:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _named_by(facts, pairing, one, facts.t.document_kind(kind))


def rename(facts: Facts, intent: Intent) -> Turn:
    """Asks for another name."""
    pairing, one = _document(facts, intent, "keep_documents")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    return _ask_name(facts, pairing, one, facts.t.documents_of(pairing.label, 0))


def take_name(facts: Facts, intent: Intent) -> Turn:
    """The document's name, typed."""
    pairing_id, document_id = _subject(facts)
    pairing = _kept(facts, pairing_id)
    one = next((one for one in facts.offices.documents if one.id == document_id), None)
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    name = " ".join(str(intent.args["text"]).split())
    if len(name) > MOST_NAME:
        return Turn(facts.talk, (Reply(facts.t.name_too_long(MOST_NAME), numbered=False),))
    return _named_by(facts, pairing, one, name)


def _named_by(facts: Facts, pairing: PairingView, one: DocumentView, name: str, lead: str = "") -> Turn:
    """The document under its new name; files may still follow."""
    named = _with_ending(name, one.name)
    said = "\n".join(line for line in (lead, facts.t.document_added(named)) if line)
    return Turn(
        facts.talk,
        command=NameDocument(one.id, named),
        then=lambda facts, _done: Turn(facts.talk.asks(WAITING, pairing.id), (_list(facts, pairing, said),)),
    )


def _with_ending(name: str, before: str) -> str:
    """The file's ending stays, by which a phone knows what opens it."""
    ending = before.rpartition(".")[2].lower() if "." in before else ""
    if not ending.isalnum() or len(ending) > 5 or name.lower().endswith(f".{ending}"):
        return name
    return f"{name}.{ending}"


# ------------------------------------------------------------------ one document


def open_(facts: Facts, intent: Intent) -> Turn:
    """Sends the file."""
    pairing, one = _document(facts, intent, "see_documents")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    if turn := only_in_private(facts):
        return turn
    t = facts.t
    buttons = [choice(t.BACK, "docs", pairing=pairing.id)]
    if may(facts.seats, "keep_documents", pairing.province_code):
        args = {"pairing": pairing.id, "document": one.id}
        buttons = [choice(t.EDIT, "docs.rename", **args), choice(t.TAKE_OUT, "docs.remove", **args), *buttons]
    text = t.document_line(1, one.name, one.size, one.at, post_of(facts, one.post, one.province))
    file = SentFile(one.name, one.mime, stored=one.sha256, whole=True)
    return quiet(
        facts, Reply(text.removeprefix("1. "), title=pairing.label, rows=(tuple(buttons),), file=file)
    )


def remove(facts: Facts, intent: Intent) -> Turn:
    """Why: a button each, or typed."""
    pairing, one = _document(facts, intent, "keep_documents")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    t = facts.t
    reasons = [
        _removes(t.document_removal(reason), pairing.id, one.id, reason) for reason in t.DOCUMENT_REMOVALS
    ]
    other = choice(t.OTHER_REASON, "docs.remove_type", pairing=pairing.id, document=one.id)
    rows = (*rows_of([*reasons, other], 2), (choice(t.BACK, "docs", pairing=pairing.id),))
    return quiet(facts, Reply(f"{one.name}\n{t.WHY_TAKE_OUT}", rows=rows))


def _removes(label: str, pairing_id: str, document_id: int, reason: str) -> Choice:
    return choice(label, "docs.remove_for", pairing=pairing_id, document=document_id, reason=reason)


def ask_removal(facts: Facts, intent: Intent) -> Turn:
    pairing, one = _document(facts, intent, "keep_documents")
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    rows = ((choice(facts.t.BACK, "docs", pairing=pairing.id),),)
    reply = Reply(facts.t.WRITE_REMOVAL, rows=rows, numbered=False)
    return Turn(facts.talk.asks(REMOVING, f"{pairing.id} {one.id}"), (reply,))


def remove_for(facts: Facts, intent: Intent) -> Turn:
    """The reason was a button or was typed."""
    if "document" in intent.args:
        pairing_id, document_id = str(intent.args["pairing"]), int(intent.args["document"])
        reason = str(intent.args["reason"])
    else:
        (pairing_id, document_id), reason = _subject(facts), str(intent.args["text"]).strip()[:MOST_REASON]
    pairing = _kept(facts, pairing_id)
    one = next((one for one in facts.offices.documents if one.id == document_id), None)
    if pairing is None or one is None:
        return quiet(facts, Reply(facts.t.NOT_FOUND))
    said = facts.t.document_removed(one.name)
    return Turn(
        facts.talk.asks(),
        command=RemoveDocument(one.id, reason),
        then=lambda facts, _done: quiet(facts, _list(facts, pairing, said)),
    )


def _document(facts: Facts, intent: Intent, doing: Any) -> tuple[PairingView | None, DocumentView | None]:
    pairing = seen_pairing(facts, intent.args.get("pairing"), doing)
    wanted = int(intent.args.get("document", 0))
    return pairing, next((one for one in facts.offices.documents if one.id == wanted), None)


def _subject(facts: Facts) -> tuple[str, int]:
    """What the open field is about: the pairing, and the document or 0."""
    pairing_id, _, document_id = str(facts.talk.subject or "").partition(" ")
    return pairing_id, int(document_id) if document_id.isdecimal() else 0
