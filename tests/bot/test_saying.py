"""Files on their way into the outbox and out of it, beside long texts."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.assistant import outgoing
from bot.channels.terminal import TerminalChannel
from bot.messages import SENT_CONTENT_BYTES, Outgoing, OutgoingFile, Reply, SentFile
from bot.saying import say
from storage import outbox, people, retention
from storage.database import Database
from storage.models import Outbox


def said(database: Database, now: datetime, reply: Reply, edit: str | None = None) -> list[int]:
    with database.write() as session:
        chat = people.get_or_add_chat(session, "web", "a", group=False)
        rows = say(session, chat, reply, now, edit=edit)
        return [row.id for row in rows]


def file_of(database: Database, row_id: int) -> OutgoingFile | None:
    with database.read() as session:
        return outgoing(session.get_one(Outbox, row_id), "a", Path("media")).file


def test_a_file_comes_out_as_it_went_in(database: Database, now: datetime) -> None:
    made = SentFile("../ข้อมูล\u202e ของฉัน.json", "application/json", content=b"{}\x00\xff")
    kept = SentFile("บันทึก.pdf", "application/pdf", stored="a" * 64, whole=True)

    (first,) = said(database, now, Reply("ข้อมูล", file=made))
    (second,) = said(database, now, Reply("เอกสาร", file=kept))

    assert file_of(database, first) == OutgoingFile(
        "ข้อมูล ของฉัน.json", "application/json", content=b"{}\x00\xff"
    )
    assert file_of(database, second) == OutgoingFile(
        "บันทึก.pdf", "application/pdf", Path("media") / ("a" * 64), whole=True
    )


def test_a_file_goes_with_the_first_part_of_a_long_text_and_rewrites_no_card(
    database: Database, now: datetime
) -> None:
    file = SentFile("a.txt", "text/plain", content=b"x")
    rows = said(database, now, Reply("คำ " * 3000, file=file), edit="7")

    assert [file_of(database, row) is not None for row in rows] == [True, False, False]
    with database.read() as session:
        assert [session.get_one(Outbox, row).body["edit"] for row in rows] == [None, None, None]


def test_what_was_made_for_a_message_goes_with_its_text(database: Database, now: datetime) -> None:
    (row,) = said(database, now, Reply("ข้อมูล", file=SentFile("a", "text/plain", content=b"x")))
    with database.write() as session:
        outbox.mark_sent(session.get_one(Outbox, row), "1", now)
    with database.write() as session:
        retention.take(session, retention.SENT_TEXTS, now + timedelta(days=1), now, 10)
    with database.read() as session:
        assert session.get_one(Outbox, row).body == {}


@pytest.mark.parametrize(
    "wrong",
    [{}, {"stored": "a" * 64, "content": b"x"}, {"content": b"x" * (SENT_CONTENT_BYTES + 1)}],
    ids=["neither", "both", "too large"],
)
def test_a_file_is_either_kept_or_small(wrong: dict[str, str | bytes]) -> None:
    with pytest.raises(ValueError, match=r"either stored or made|too large"):
        SentFile("a", "text/plain", **wrong)  # type: ignore[arg-type]


def test_a_terminal_names_a_file_with_its_size_and_where_it_lies(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"12345")
    written = StringIO()

    async def nothing() -> None: ...

    async def send_both() -> None:
        channel = TerminalChannel("a", nothing, StringIO(), written)
        for file in (
            OutgoingFile("บันทึก.pdf", "application/pdf", kept),
            OutgoingFile("ข้อมูล.json", "application/json", content=b"{}"),
            OutgoingFile("หาย.pdf", "application/pdf", tmp_path / "gone"),
        ):
            await channel.send(Outgoing(key="1", chat="a", text="เอกสาร", file=file))

    asyncio.run(send_both())
    assert written.getvalue().splitlines()[1::3] == [
        f"[บันทึก.pdf · 5 B · {kept}]",
        "[ข้อมูล.json · 2 B]",
        "[หาย.pdf: ไม่พบไฟล์นี้ในระบบ]",
    ]


def test_a_file_without_a_usable_name_has_one_all_the_same() -> None:
    assert SentFile("../..", "text/plain", content=b"x").name == "file"
