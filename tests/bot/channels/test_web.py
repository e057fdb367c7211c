"""The chat page, asked over HTTP as a browser does, with a history in memory."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web import HERE, DemoPerson, WebChannel
from bot.channels.web_files import MAX_FILE_BYTES, keep_upload, sniff
from bot.channels.web_requests import MAX_REQUEST_BYTES, MAX_TEXT
from bot.file_names import NAME_LENGTH, clean_name
from bot.messages import (
    Button,
    Channel,
    FetchError,
    FileRef,
    NotSent,
    Outgoing,
    OutgoingFile,
    RawUpdate,
    Rejected,
    Unreachable,
    UnreadableUpdate,
)

OFFICER = "demo-officer"
GUEST = "demo-guest"
PERSONS = (DemoPerson(OFFICER, "เจ้าหน้าที่จังหวัดเชียงใหม่"), DemoPerson(GUEST, "ผู้สอบถามทั่วไป"))
HOME_TEXT = "ถามแนวทางได้ที่นี่ <b>ทุกคำตอบระบุที่มา</b>"
BASE = "http://127.0.0.1:8000"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
CHROMIUM = Path("/usr/bin/chromium")


class MemoryStore:
    """A history as the database keeps it: revisions per chat, ids in the order of first saying."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.keys: dict[tuple[str, str], str] = {}
        self.broken = False

    def _add(self, chat: str, key: str, sender: str, body: Mapping[str, Any]) -> str:
        if self.broken:
            raise OSError("disk full")
        if (chat, key) not in self.keys:
            message_id = str(len(self.rows) + 1)
            self.keys[chat, key] = message_id
            row = {"id": message_id, "rev": self._next_rev(chat), "from": sender, "body": dict(body)}
            self.rows.append({**row, "at": "2026-12-01T03:00:00+00:00", "chat": chat})
        return self.keys[chat, key]

    def _next_rev(self, chat: str) -> int:
        return max((row["rev"] for row in self.rows if row["chat"] == chat), default=0) + 1

    def post(self, chat: str, key: str, body: Mapping[str, Any]) -> str:
        return self._add(chat, key, "bot", body)

    def said(self, chat: str, key: str, body: Mapping[str, Any]) -> None:
        self._add(chat, key, "me", body)

    def edit(self, chat: str, message_id: str, body: Mapping[str, Any]) -> bool:
        for row in self.rows:
            if row["chat"] == chat and row["id"] == message_id:
                row.update(body=dict(body), rev=self._next_rev(chat))
                return True
        return False

    def find(self, chat: str, message_id: str) -> Mapping[str, Any] | None:
        found = (row["body"] for row in self.rows if row["chat"] == chat and row["id"] == message_id)
        return next(found, None)

    def since(self, chat: str, after: int) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in row.items() if key != "chat"}
            for row in self.rows
            if row["chat"] == chat and row["rev"] > after
        ]


class World:
    """A channel with its surroundings: an inbox that records, a day that moves."""

    def __init__(self, media_dir: Path, *, poll_seconds: float = 5) -> None:
        self.store = MemoryStore()
        self.inbox: list[RawUpdate] = []
        self.inbox_broken = False
        self.today = date(2026, 12, 1)
        self.move_broken = False
        self.fault: str | None = None
        self.answer: Callable[[RawUpdate], Awaitable[Any]] | None = None
        self.tasks: set[asyncio.Task[Any]] = set()
        self.media_dir = media_dir
        self.channel = WebChannel(
            self.store,
            media_dir,
            PERSONS,
            today=lambda: self.today,
            set_today=self.set_today,
            home_text=HOME_TEXT,
            fault=lambda: self.fault,
            poll_seconds=poll_seconds,
        )

    async def set_today(self, day: date) -> None:
        if day > date(2030, 1, 1):
            raise ValueError("too far")
        if self.move_broken:
            raise OSError("disk full")
        self.today = day

    async def receive(self, updates: list[RawUpdate]) -> None:
        if self.inbox_broken:
            raise OSError("disk full")
        for update in updates:
            if update.update_id not in [known.update_id for known in self.inbox]:
                self.inbox.append(update)
                if self.answer:
                    self.tasks.add(asyncio.ensure_future(self.answer(update)))

    @asynccontextmanager
    async def page(self, **headers: str) -> Any:
        """The running channel, and an HTTP client that speaks to it as the page does."""
        running = asyncio.create_task(self.channel.run(self.receive))
        await asyncio.sleep(0)
        transport = httpx.ASGITransport(self.channel.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
            yield client
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "media")


def text_message(text: str = "ต้องมีกิจกรรมปีละกี่ครั้ง", chat: str = OFFICER) -> dict[str, Any]:
    return {"chat": chat, "id": str(uuid4()), "text": text}


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(**{"key": "reply-1", "chat": OFFICER, "text": "ปีละ 1 ครั้ง", **changes})


def run_page(world: World, visit: Callable[[httpx.AsyncClient], Awaitable[None]], **headers: str) -> None:
    async def scenario() -> None:
        async with world.page(**headers) as client:
            await visit(client)

    asyncio.run(scenario())


# ------------------------------------------------------------------ the page and its border


def test_it_keeps_the_shape_of_every_channel(world: World) -> None:
    """Type-checked: a missing or changed method of the protocol fails mypy here."""
    channel: Channel = world.channel
    assert channel.name == "web"


def test_the_page_loads_only_what_this_server_serves(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        page = await client.get("/")
        assert page.status_code == 200
        assert "&lt;b&gt;ทุกคำตอบระบุที่มา" in page.text
        links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(links) >= 4
        for link in links:
            assert link.startswith("/static/")
            assert (await client.get(link)).status_code == 200
        for style in (HERE / "web_static").rglob("*.css"):
            assert "http" not in style.read_text()

    run_page(world, visit)


def test_fonts_come_with_their_licence_and_every_script_with_its_type(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        font = await client.get("/static/fonts/Sarabun-Regular.woff2")
        assert font.content[:4] == b"wOF2"
        assert font.headers["content-type"] == "font/woff2"
        assert "SIL OPEN FONT LICENSE" in (await client.get("/static/fonts/OFL.txt")).text
        scripts = [path.name for path in (HERE / "web_static").glob("*.js")]
        for name in scripts:
            assert (await client.get(f"/static/{name}")).headers["content-type"].startswith("text/javascript")
            imports = re.findall(r'from "\./([\w.]+)"', (HERE / "web_static" / name).read_text())
            assert set(imports) <= set(scripts)

    run_page(world, visit)


def test_a_watcher_sees_whether_the_assistant_is_well(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        well = await client.get("/health")
        assert (well.status_code, well.json()) == (200, {"ok": True, "reason": None})
        world.fault = "reminders were last planned long ago"
        ill = await client.get("/health")
        assert (ill.status_code, ill.json()["reason"]) == (503, world.fault)

    run_page(world, visit)


@pytest.mark.parametrize(
    "path", ["/static/../web.py", "/static/%2e%2e/web.py", "/static/", "/static/chat.py"]
)
def test_nothing_beside_the_static_files_is_served(world: World, path: str) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.get(path)).status_code == 404

    run_page(world, visit)


def test_scripts_write_what_was_said_as_text_only() -> None:
    for script in (HERE / "web_static").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text()
        )


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/api/state", "/nothing", "/media/" + "0" * 64])
def test_every_answer_carries_the_security_headers(world: World, path: str) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        headers = (await client.get(path)).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"

    run_page(world, visit)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("localhost", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example:8000", 403),
        ("localhost:8000@evil.example", 403),
        ("", 403),
    ],
)
def test_only_the_own_machine_is_a_host(world: World, host: str, status: int) -> None:
    """A page elsewhere may let its own name point to 127.0.0.1; the Host header betrays it."""

    async def visit(client: httpx.AsyncClient) -> None:
        response = await client.get("/api/state", headers={"Host": host})
        assert response.status_code == status
        assert response.headers["x-content-type-options"] == "nosniff"

    run_page(world, visit)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 200),  # not a browser
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_the_own_page_may_send(world: World, headers: dict[str, str], status: int) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/send", json=text_message(), headers=headers)).status_code == status
        moved = await client.post("/api/today", json={"date": "2026-12-02"}, headers=headers)
        assert moved.status_code == status

    run_page(world, visit)
    assert len(world.inbox) == (1 if status == 200 else 0)


# ------------------------------------------------------------------ sending


def test_a_text_reaches_the_inbox_and_the_history(world: World) -> None:
    message = text_message("ประชุมกับเฉิงตู\n3 พ.ย. 69")

    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/send", json=message)).status_code == 200
        news = (await client.get("/api/messages", params={"chat": OFFICER})).json()
        assert [(m["from"], m["body"]["text"]) for m in news["messages"]] == [("me", message["text"])]
        assert news["rev"] == 1

    run_page(world, visit)
    [update] = world.inbox
    assert (update.update_id, update.chat) == (message["id"], OFFICER)
    event = world.channel.read(update.body)
    assert (event.chat, event.person, event.person_name) == (OFFICER, OFFICER, PERSONS[0].label)
    assert (event.text, event.group, event.press, event.files) == (message["text"], False, None, ())


def test_a_press_names_the_choice_and_the_card_and_leaves_no_bubble(world: World) -> None:
    press = {"choice": "Zm9v-_12", "message": "17"}

    async def visit(client: httpx.AsyncClient) -> None:
        body = {"chat": OFFICER, "id": str(uuid4()), "press": press}
        assert (await client.post("/api/send", json=body)).status_code == 200

    run_page(world, visit)
    event = world.channel.read(world.inbox[0].body)
    assert (event.press, event.card, event.text) == ("Zm9v-_12", "17", "")
    assert world.store.rows == []


def test_the_same_message_sent_twice_is_one(world: World) -> None:
    """The answer to the first send may be lost on its way: the page then repeats it."""
    message = text_message()

    async def visit(client: httpx.AsyncClient) -> None:
        for _ in range(2):
            assert (await client.post("/api/send", json=message)).status_code == 200

    run_page(world, visit)
    assert len(world.inbox) == 1
    assert len(world.store.rows) == 1


def test_what_could_not_be_stored_is_refused_and_not_shown_as_said(world: World) -> None:
    message = text_message()

    async def visit(client: httpx.AsyncClient) -> None:
        world.inbox_broken = True
        refused = await client.post("/api/send", json=message)
        assert refused.status_code == 503
        assert refused.json() == {"error": "ส่งไม่สำเร็จ ลองอีกครั้ง"}
        assert world.store.rows == []
        world.inbox_broken = False
        assert (await client.post("/api/send", json=message)).status_code == 200

    run_page(world, visit)
    assert len(world.inbox) == 1


def test_a_send_before_the_channel_runs_is_refused(world: World) -> None:
    async def scenario() -> None:
        transport = httpx.ASGITransport(world.channel.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            assert (await client.post("/api/send", json=text_message())).status_code == 503

    asyncio.run(scenario())


def test_an_answer_never_stands_above_what_it_answers(world: World) -> None:
    """The assistant may answer before the page's history has taken in the question."""

    async def visit(client: httpx.AsyncClient) -> None:
        world.answer = lambda update: world.channel.send(outgoing(key=f"to {update.update_id}"))
        for _ in range(5):
            await client.post("/api/send", json=text_message())
        await asyncio.gather(*world.tasks)

    original = world.store.said

    def slow_said(chat: str, key: str, body: Mapping[str, Any]) -> None:
        time.sleep(0.02)
        original(chat, key, body)

    world.store.said = slow_said  # type: ignore[method-assign]
    run_page(world, visit)
    assert [row["from"] for row in world.store.rows] == ["me", "bot"] * 5


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (text_message(chat="demo-nobody"), 404),
        (text_message(""), 400),
        (text_message("  \n "), 400),
        (text_message("ก" * (MAX_TEXT + 1)), 413),
        ({**text_message(), "id": "1"}, 400),
        ({**text_message(), "id": "../../etc/passwd"}, 400),
        ({**text_message(), "press": {"choice": "x" * 65, "message": "1"}}, 400),
        ({**text_message(), "press": "x"}, 400),
        ({**text_message(), "more": 1}, 400),
        ({"chat": OFFICER}, 400),
        ([], 400),
        (None, 400),
    ],
)
def test_a_bad_message_is_refused_with_a_line_to_read(world: World, body: Any, status: int) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        refused = await client.post("/api/send", json=body)
        assert refused.status_code == status
        assert re.search("[ก-๙]", refused.json()["error"])

    run_page(world, visit)
    assert world.inbox == []


def test_what_is_no_json_is_refused(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        for content in (b"", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 100_000):
            assert (await client.post("/api/send", content=content)).status_code == 400

    run_page(world, visit)


def test_a_longest_text_still_passes(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/send", json=text_message("ก" * MAX_TEXT))).status_code == 200

    run_page(world, visit)


@given(st.text() | st.binary().map(repr) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
@settings(max_examples=100, deadline=None)
def test_a_stored_update_reads_or_is_called_unreadable(body: str) -> None:
    """One broken row is quarantined; it must not raise anything else."""
    channel = World(Path("unused")).channel
    with pytest.raises(UnreadableUpdate):
        channel.read(body)


# ------------------------------------------------------------------ files


async def upload(client: httpx.AsyncClient, *files: tuple[str, bytes, str], **fields: str) -> httpx.Response:
    return await client.post(
        "/api/send",
        data={"chat": OFFICER, "id": str(uuid4()), "text": "", **fields},
        files=[("files", file) for file in files],
    )


def test_photos_and_documents_come_with_their_kind_name_and_content(world: World, tmp_path: Path) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        sent = await upload(
            client,
            ("ประชุม.png", PNG, "image/png"),
            ("หนังสือ.docx", b"PK\x03\x04", "application/x-docx"),
            text="ประชุม\r\nกับเฉิงตู",
        )
        assert sent.status_code == 200
        event = world.channel.read(world.inbox[0].body)
        assert event.text == "ประชุม\nกับเฉิงตู"
        assert [(f.kind, f.name, f.mime, f.size) for f in event.files] == [
            ("photo", "ประชุม.png", "image/png", len(PNG)),
            ("document", "หนังสือ.docx", "application/x-docx", 4),
        ]
        for file, content in zip(event.files, (PNG, b"PK\x03\x04"), strict=True):
            target = tmp_path / "target"
            await world.channel.fetch(file, target, MAX_FILE_BYTES)
            assert target.read_bytes() == content

    run_page(world, visit)
    assert list((world.media_dir / "tmp").iterdir()) == []
    [row] = world.store.rows
    assert [(f["kind"], f["name"]) for f in row["body"]["files"]] == [
        ("photo", "ประชุม.png"),
        ("document", "หนังสือ.docx"),
    ]


def test_the_kind_follows_the_content_not_the_claim(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        await upload(client, ("a.png", b"<script>", "image/png"), ("b.txt", PNG, "text/plain"))

    run_page(world, visit)
    event = world.channel.read(world.inbox[0].body)
    assert [file.kind for file in event.files] == ["document", "photo"]


def test_a_file_of_twenty_megabytes_passes_and_a_larger_one_is_named(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        fits = await upload(client, ("พอดี.bin", b"0" * MAX_FILE_BYTES, "application/octet-stream"))
        assert fits.status_code == 200
        large = await upload(client, ("ใหญ่.bin", b"0" * (MAX_FILE_BYTES + 1), "application/octet-stream"))
        assert large.status_code == 413
        assert "ใหญ่.bin" in large.json()["error"]

    run_page(world, visit)
    assert len(world.inbox) == 1
    assert len(list((world.media_dir / "tmp").iterdir())) == 1


def test_ten_files_pass_and_eleven_are_refused(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        ten = [(f"{number}.png", PNG, "image/png") for number in range(10)]
        assert (await upload(client, *ten)).status_code == 200
        assert (await upload(client, *ten, ten[0])).status_code == 413

    run_page(world, visit)
    assert len(world.inbox) == 1


def test_a_request_is_refused_by_its_announced_length(world: World) -> None:
    async def endless() -> Any:
        yield b"{}"

    async def visit(client: httpx.AsyncClient) -> None:
        announced = {"Content-Length": str(MAX_REQUEST_BYTES + 1)}
        assert (await client.post("/api/send", content=b"{}", headers=announced)).status_code == 413
        assert (await client.post("/api/send", content=endless())).status_code == 411

    run_page(world, visit)


def test_a_photo_sent_again_after_a_failure_is_stored_once(world: World) -> None:
    client_id = str(uuid4())

    async def visit(client: httpx.AsyncClient) -> None:
        world.inbox_broken = True
        assert (await upload(client, ("a.png", PNG, "image/png"), id=client_id)).status_code == 503
        world.inbox_broken = False
        assert (await upload(client, ("a.png", PNG, "image/png"), id=client_id)).status_code == 200

    run_page(world, visit)
    assert len(list((world.media_dir / "tmp").iterdir())) == 1


def kept(world: World, content: bytes, tmp_path: Path) -> FileRef:
    source = tmp_path / "source"
    source.write_bytes(content)
    with source.open("rb") as file:
        stored = keep_upload(file, "origin", world.media_dir / "tmp")
    return FileRef(stored.handle, stored.kind)


def test_a_fetch_cut_off_by_a_kill_succeeds_when_repeated(world: World, tmp_path: Path) -> None:
    """The file may lie at an earlier target already, or under its SHA-256: it must not count as lost."""
    file = kept(world, PNG, tmp_path)
    target = world.media_dir / "tmp" / "row-1"
    again = world.media_dir / "tmp" / "row-2"
    stored = world.media_dir / hashlib.sha256(PNG).hexdigest()
    fetch = world.channel.fetch
    asyncio.run(fetch(file, target, MAX_FILE_BYTES))
    asyncio.run(fetch(file, target, MAX_FILE_BYTES))
    assert target.read_bytes() == PNG
    asyncio.run(fetch(file, again, MAX_FILE_BYTES))
    assert again.read_bytes() == PNG
    again.unlink()
    target.rename(stored)
    asyncio.run(fetch(file, target, MAX_FILE_BYTES))
    assert target.read_bytes() == PNG
    assert stored.exists()


def test_a_half_written_target_is_not_taken_for_the_file(world: World, tmp_path: Path) -> None:
    file = kept(world, PNG, tmp_path)
    target = tmp_path / "target"
    asyncio.run(world.channel.fetch(file, target, MAX_FILE_BYTES))
    target.write_bytes(PNG[:10])
    with pytest.raises(FetchError) as caught:
        asyncio.run(world.channel.fetch(file, target, MAX_FILE_BYTES))
    assert (caught.value.reason, caught.value.permanent) == ("unavailable", True)


def test_a_file_above_the_callers_limit_is_not_fetched_and_not_kept(world: World, tmp_path: Path) -> None:
    file = kept(world, PNG, tmp_path)
    with pytest.raises(FetchError) as caught:
        asyncio.run(world.channel.fetch(file, tmp_path / "target", len(PNG) - 1))
    assert (caught.value.reason, caught.value.permanent) == ("too_large", True)
    assert not (tmp_path / "target").exists()
    assert list((world.media_dir / "tmp").iterdir()) == []


def test_a_fetch_that_may_work_later_says_so(world: World, tmp_path: Path) -> None:
    file = kept(world, PNG, tmp_path)
    with pytest.raises(FetchError) as caught:
        asyncio.run(world.channel.fetch(file, tmp_path / "no folder" / "target", MAX_FILE_BYTES))
    assert (caught.value.reason, caught.value.permanent) == ("unavailable", False)


@pytest.mark.parametrize("handle", ["", "../../secret", "a" * 32 + "-" + "b" * 64])
def test_a_handle_that_is_no_upload_cannot_be_fetched(world: World, tmp_path: Path, handle: str) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    with pytest.raises(FetchError) as caught:
        asyncio.run(world.channel.fetch(FileRef(handle, "photo"), tmp_path / "target", MAX_FILE_BYTES))
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("content", "mime", "disposition"),
    [
        (PNG, "image/png", "inline"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg", "inline"),
        (b"GIF89a", "image/gif", "inline"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "inline"),
        (b"%PDF-1.7", "application/pdf", "inline"),
        (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (b"<svg onload='alert(1)'/>", "application/octet-stream", "attachment"),
        (b"", "application/octet-stream", "attachment"),
    ],
    ids=["png", "jpeg", "gif", "webp", "pdf", "html", "svg", "empty"],
)
def test_stored_files_are_shown_only_when_they_cannot_run_scripts(
    world: World, content: bytes, mime: str, disposition: str
) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    world.media_dir.mkdir()
    (world.media_dir / sha256).write_bytes(content)

    async def visit(client: httpx.AsyncClient) -> None:
        response = await client.get(f"/media/{sha256}", params={"name": 'รายงาน "1"\r\n.pdf'})
        assert response.content == content
        assert response.headers["content-type"] == mime
        assert response.headers["content-disposition"].startswith(f"{disposition}; filename*=UTF-8''%E0")
        assert "\n" not in response.headers["content-disposition"]

    run_page(world, visit)


def test_a_photo_just_sent_is_shown_before_it_was_fetched(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        await upload(client, ("a.png", PNG, "image/png"))
        news = (await client.get("/api/messages", params={"chat": OFFICER})).json()
        assert (await client.get(news["messages"][0]["body"]["files"][0]["url"])).content == PNG

    run_page(world, visit)


def test_a_photo_in_the_history_is_small_until_it_is_looked_at(world: World) -> None:
    """The history knows the name of an upload; the store notes under which hash the cleaned photo is kept."""
    kept = hashlib.sha256(b"cleaned").hexdigest()

    async def visit(client: httpx.AsyncClient) -> None:
        await upload(client, ("a.png", PNG, "image/png"))
        [shown] = world.store.rows[0]["body"]["files"]
        [file] = world.channel.read(world.inbox[0].body).files
        assert shown["url"] == f"/media/{file.shown_as}"
        for path in (world.media_dir / "tmp").iterdir():
            path.unlink()
        assert (await client.get(shown["url"])).status_code == 404
        (world.media_dir / kept).write_bytes(b"cleaned")
        (world.media_dir / f"{file.shown_as}.is").write_text(kept)
        assert (await client.get(f"{shown['url']}?small")).content == b"cleaned"
        (world.media_dir / f"{kept}.thumb").write_bytes(b"small")
        assert (await client.get(f"{shown['url']}?small")).content == b"small"
        assert (await client.get(shown["url"])).content == b"cleaned"

    run_page(world, visit)


def test_the_history_keeps_no_hash_of_what_was_sent(world: World) -> None:
    """A paper that is refused for its marking is not to be known again by it."""

    async def visit(client: httpx.AsyncClient) -> None:
        await upload(client, ("a.png", PNG, "image/png"))

    run_page(world, visit)
    assert hashlib.sha256(PNG).hexdigest() not in json.dumps(world.store.rows)


@pytest.mark.parametrize("name", ["secret", "..%2Fsecret", "%2E%2E/secret", "0" * 64, "0" * 63 + "G", "tmp"])
def test_nothing_but_stored_files_is_served_as_media(world: World, tmp_path: Path, name: str) -> None:
    world.media_dir.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (world.media_dir / "secret").write_bytes(b"secret")

    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.get(f"/media/{name}")).status_code == 404

    run_page(world, visit)


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_a_cleaned_name_has_no_folder_and_no_control_character(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= NAME_LENGTH
    assert not re.search(r"[\x00-\x1f\x7f/\\]", cleaned)
    assert cleaned not in (".", "..")
    assert clean_name(cleaned) == cleaned


def test_a_long_name_keeps_its_extension() -> None:
    assert clean_name("C:\\รูป\\" + "ก" * 300 + ".jpeg") == "ก" * (NAME_LENGTH - 5) + ".jpeg"


@given(st.binary(max_size=64))
@settings(max_examples=100, deadline=None)
def test_any_bytes_have_a_type_or_none(head: bytes) -> None:
    assert sniff(head) in (
        "",
        "application/pdf",
        *(f"image/{one}" for one in ("png", "jpeg", "gif", "webp", "heic")),
    )
    assert sniff(b"<" + head) == ""


# ------------------------------------------------------------------ what the assistant says


def test_a_reply_is_shown_with_its_buttons_row_by_row(world: World) -> None:
    picture = world.media_dir / ("a" * 64)
    message = outgoing(
        title="กิจกรรมร่วม",
        note="ที่มา: แผนขับเคลื่อนฯ",
        rows=((Button("บันทึก", "c1"), Button("แก้ไข", "c2")), (Button("ยกเลิก", "c3"),)),
        picture=picture,
        numbered=False,
    )
    asyncio.run(world.channel.send(message))
    assert world.store.rows[0]["body"] == {
        "title": "กิจกรรมร่วม",
        "text": "ปีละ 1 ครั้ง",
        "note": "ที่มา: แผนขับเคลื่อนฯ",
        "rows": [
            [{"label": "บันทึก", "id": "c1"}, {"label": "แก้ไข", "id": "c2"}],
            [{"label": "ยกเลิก", "id": "c3"}],
        ],
        "picture": "/media/" + "a" * 64,
        "numbered": False,
    }


PDF = b"%PDF-1.7\n" + b"0" * 3000


@pytest.mark.parametrize("kept", [True, False])
def test_a_file_is_downloaded_by_the_chat_that_it_was_sent_to(world: World, kept: bool) -> None:
    path = world.media_dir / ("a" * 64)
    world.media_dir.mkdir(exist_ok=True)
    path.write_bytes(PDF)
    name = 'บันทึก "ความเข้าใจ".pdf'
    file = OutgoingFile(name, "application/pdf", *((path, None) if kept else (None, PDF)))

    async def visit(client: httpx.AsyncClient) -> None:
        await world.channel.send(outgoing(file=file))
        [news] = (await client.get("/api/messages", params={"chat": OFFICER})).json()["messages"]
        shown = news["body"]["file"]
        assert {key: shown[key] for key in ("name", "size", "picture")} == {
            "name": name,
            "size": len(PDF),
            "picture": False,
        }
        assert set(shown) == {"name", "size", "picture", "url"}  # nothing of what is in it
        answer = await client.get(shown["url"])
        assert answer.content == PDF
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E0%B8%9A")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        for other in (f"/file/{news['id']}?chat={GUEST}", "/file/99?chat=" + OFFICER, "/file/1", "/file/x"):
            assert (await client.get(other)).status_code == 404, other

    run_page(world, visit)


def test_a_page_that_was_made_is_never_shown_in_place(world: World) -> None:
    """Whatever type is claimed: only what is a picture by its first bytes is."""
    page = OutgoingFile("a.png", "image/png", content=b"<script>alert(1)</script>")

    async def visit(client: httpx.AsyncClient) -> None:
        await world.channel.send(outgoing(file=page))
        await world.channel.send(outgoing(key="r2", file=OutgoingFile("b.png", "image/png", content=PNG)))
        script, picture = [await client.get(f"/file/{number}?chat={OFFICER}") for number in (1, 2)]
        assert script.headers["content-type"] == "application/octet-stream"
        assert script.headers["content-disposition"].startswith("attachment")
        assert picture.headers["content-type"] == "image/png"
        assert picture.headers["content-disposition"].startswith("inline")

    run_page(world, visit)


def test_a_file_that_is_gone_leaves_the_text(world: World) -> None:
    gone = OutgoingFile("a.pdf", "application/pdf", world.media_dir / ("b" * 64))
    asyncio.run(world.channel.send(outgoing(file=gone)))
    assert "file" not in world.store.rows[0]["body"]


def test_a_file_that_went_later_is_not_found(world: World) -> None:
    path = world.media_dir / ("b" * 64)
    world.media_dir.mkdir(exist_ok=True)
    path.write_bytes(PDF)

    async def visit(client: httpx.AsyncClient) -> None:
        await world.channel.send(outgoing(file=OutgoingFile("a.pdf", "application/pdf", path)))
        path.unlink()
        assert (await client.get(f"/file/1?chat={OFFICER}")).status_code == 404

    run_page(world, visit)


def test_a_row_sent_again_is_the_same_message(world: World) -> None:
    async def scenario() -> None:
        assert await world.channel.send(outgoing()) == await world.channel.send(outgoing())

    asyncio.run(scenario())
    assert len(world.store.rows) == 1


def test_an_edit_rewrites_the_card_in_its_place(world: World) -> None:
    async def scenario() -> None:
        card = await world.channel.send(outgoing(key="card"))
        await world.channel.send(outgoing(key="next"))
        assert await world.channel.send(outgoing(key="saved", text="บันทึกแล้ว", edit=card)) == card

    asyncio.run(scenario())
    assert [row["body"]["text"] for row in world.store.rows] == ["บันทึกแล้ว", "ปีละ 1 ครั้ง"]
    assert [row["id"] for row in world.store.since(OFFICER, 2)] == ["1"]


def test_an_edit_of_a_lost_card_becomes_a_new_message(world: World) -> None:
    assert asyncio.run(world.channel.send(outgoing(edit="99"))) == "1"
    assert world.store.rows[0]["from"] == "bot"


def test_a_card_of_another_chat_is_not_rewritten(world: World) -> None:
    async def scenario() -> None:
        card = await world.channel.send(outgoing(chat=GUEST))
        await world.channel.send(outgoing(key="other", edit=card, text="อื่น"))

    asyncio.run(scenario())
    assert [row["body"]["text"] for row in world.store.rows] == ["ปีละ 1 ครั้ง", "อื่น"]


def test_a_send_that_fails_says_what_to_do(world: World) -> None:
    with pytest.raises(Unreachable):
        asyncio.run(world.channel.send(outgoing(chat="demo-nobody")))
    with pytest.raises(Rejected):
        asyncio.run(world.channel.send(outgoing(picture=Path("../secret.png"))))
    with pytest.raises(Rejected):
        asyncio.run(world.channel.send(outgoing(file=OutgoingFile("a", "", Path("../sistercity.db")))))
    world.store.broken = True
    with pytest.raises(NotSent):
        asyncio.run(world.channel.send(outgoing()))


# ------------------------------------------------------------------ news


def test_an_open_page_hears_of_a_reply_at_once(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        await world.channel.send(outgoing())
        waiting = asyncio.create_task(client.get("/api/messages", params={"chat": OFFICER, "after": 1}))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await world.channel.send(outgoing(key="reply-2", text="สอง"))
        news = (await asyncio.wait_for(waiting, 1)).json()
        assert [message["body"]["text"] for message in news["messages"]] == ["สอง"]
        assert (news["rev"], news["busy"], news["today"]) == (2, False, "2026-12-01")

    run_page(world, visit)


def test_two_open_pages_hear_of_the_same_reply_and_another_chat_does_not(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        async def wait_for(chat: str) -> Any:
            return (await client.get("/api/messages", params={"chat": chat, "after": 0})).json()

        tabs = [asyncio.create_task(wait_for(OFFICER)) for _ in range(2)]
        guest = asyncio.create_task(wait_for(GUEST))
        await asyncio.sleep(0.05)
        await world.channel.send(outgoing())
        for news in await asyncio.wait_for(asyncio.gather(*tabs), 1):
            assert news["rev"] == 1
        assert not guest.done()
        await world.channel.close()
        with pytest.raises(KeyError):
            (await asyncio.wait_for(guest, 1))["messages"]

    run_page(world, visit)


def test_a_page_that_waited_in_vain_asks_on_from_where_it_was(tmp_path: Path) -> None:
    world = World(tmp_path, poll_seconds=0.05)

    async def visit(client: httpx.AsyncClient) -> None:
        news = (await client.get("/api/messages", params={"chat": OFFICER, "after": 7})).json()
        assert (news["rev"], news["messages"]) == (7, [])

    run_page(world, visit)


def test_an_empty_chat_is_told_so_at_once(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        first = client.get("/api/messages", params={"chat": OFFICER})
        assert (await asyncio.wait_for(first, 1)).json()["messages"] == []

    run_page(world, visit)


def test_the_page_shows_that_an_answer_is_being_prepared(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        waiting = asyncio.create_task(client.get("/api/messages", params={"chat": OFFICER, "after": 0}))
        await asyncio.sleep(0.05)
        await world.channel.busy(OFFICER)
        news = (await asyncio.wait_for(waiting, 1)).json()
        assert (news["busy"], news["messages"]) == (True, [])

    run_page(world, visit)


def test_closing_lets_go_of_waiting_pages(world: World) -> None:
    """Else a server's shutdown would last as long as they wait."""

    async def visit(client: httpx.AsyncClient) -> None:
        waiting = asyncio.create_task(client.get("/api/messages", params={"chat": OFFICER, "after": 0}))
        await asyncio.sleep(0.05)
        await world.channel.close()
        assert (await asyncio.wait_for(waiting, 1)).status_code == 503

    run_page(world, visit)


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"chat": "demo-nobody"}, 404),
        ({}, 404),
        ({"chat": OFFICER, "after": "-1"}, 400),
        ({"chat": OFFICER, "after": "x"}, 400),
        ({"chat": OFFICER, "after": "9" * 400}, 400),
    ],
)
def test_news_of_an_unknown_chat_or_revision_are_refused(
    world: World, params: dict[str, str], status: int
) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/messages", params=params)).status_code == status

    run_page(world, visit)


def test_a_page_from_before_a_restart_does_not_wait_for_news(world: World) -> None:
    """Its revision may be far ahead of a new, empty history: nothing would ever come after it."""

    async def visit(client: httpx.AsyncClient) -> None:
        stale = {"chat": OFFICER, "after": "500", "run": "another"}
        news = await asyncio.wait_for(client.get("/api/messages", params=stale), 1)
        assert news.json()["run"] != "another"

    run_page(world, visit)


def test_a_page_can_tell_that_the_server_was_started_again(tmp_path: Path) -> None:
    runs = []
    for world in (World(tmp_path), World(tmp_path)):

        async def visit(client: httpx.AsyncClient) -> None:
            runs.append((await client.get("/api/messages", params={"chat": OFFICER})).json()["run"])

        run_page(world, visit)
    assert runs[0] != runs[1]


# ------------------------------------------------------------------ the day


def test_the_state_names_the_day_and_the_persons(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/state")).json() == {
            "today": "2026-12-01",
            "persons": [{"id": person.id, "label": person.label} for person in PERSONS],
        }

    run_page(world, visit)


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-11-01", date(2026, 11, 1)),
        ("2569-12-31", date(2026, 12, 31)),
        ("2571-02-29", date(2028, 2, 29)),
    ],
)
def test_the_day_is_moved_and_open_pages_are_told(world: World, sent: str, day: date) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        waiting = asyncio.create_task(client.get("/api/messages", params={"chat": GUEST, "after": 0}))
        await asyncio.sleep(0.05)
        assert (await client.post("/api/today", json={"date": sent})).json() == {"today": day.isoformat()}
        assert (await asyncio.wait_for(waiting, 1)).json()["today"] == day.isoformat()

    run_page(world, visit)
    assert world.today == day


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "2026-02-30",
        "2568-02-29",
        "31/12/2026",
        "0000-01-01",
        "2031-01-01",
        "2126-01-01",
        "1999-01-01",
        5,
        None,
    ],
)
def test_a_day_that_does_not_exist_or_is_too_far_is_refused(world: World, sent: Any) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        refused = await client.post("/api/today", json={"date": sent})
        assert refused.status_code == 400
        assert refused.json()["error"]

    run_page(world, visit)
    assert world.today == date(2026, 12, 1)


def test_a_day_that_could_not_be_moved_stays(world: World) -> None:
    async def visit(client: httpx.AsyncClient) -> None:
        world.move_broken = True
        refused = await client.post("/api/today", json={"date": "2026-12-02"})
        assert refused.status_code == 503
        assert (await client.get("/api/state")).json()["today"] == "2026-12-01"

    run_page(world, visit)


# ------------------------------------------------------------------ in a browser


@contextmanager
def served(world: World) -> Iterator[str]:
    """The page on a free port, its loop in a thread; gives its address."""
    server = uvicorn.Server(
        uvicorn.Config(world.channel.app, host="127.0.0.1", port=0, log_level="warning", ws="none")
    )

    async def serve() -> None:
        running = asyncio.create_task(world.channel.run(world.receive))
        await server.serve()
        running.cancel()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/"
    finally:
        loop_close = server.servers[0].get_loop()
        asyncio.run_coroutine_threadsafe(world.channel.close(), loop_close).result(5)
        server.should_exit = True
        thread.join(10)


@contextmanager
def opened(address: str) -> Iterator[tuple[Any, list[str]]]:
    """The page on a phone, and a list that must stay empty: requests to elsewhere and script errors."""
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
        )
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="th-TH")
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on(
            "request",
            lambda request: faults.append(request.url) if not request.url.startswith(address) else None,
        )
        page.set_default_timeout(10_000)
        page.goto(address)
        yield page, faults
        browser.close()


needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


def becomes_true(page: Any, expression: str) -> None:
    """Asked from here: a page that forbids `eval` cannot ask itself again."""
    deadline = time.monotonic() + 10
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(20)


class TestInABrowser:
    pytestmark = needs_browser

    def test_a_question_is_answered_and_markup_stays_text(self, world: World) -> None:
        markup = "<img src=x onerror=alert(1)>"
        card = {"title": markup, "note": markup, "rows": ((Button(markup, "c1"),),)}

        async def answer(update: RawUpdate) -> None:
            event = world.channel.read(update.body)
            if event.press:
                await world.channel.send(outgoing(key="saved", text="บันทึกแล้ว", edit=event.card))
            else:
                await world.channel.send(outgoing(text=markup, **card))

        world.answer = answer
        with served(world) as address, opened(address) as (page, faults):
            page.fill("#text", f"ถาม {markup}")
            page.keyboard.press("Enter")
            page.locator(".message:not(.mine) .text", has_text=markup).wait_for()
            assert page.locator(".mine .text").inner_text() == f"ถาม {markup}"
            assert page.input_value("#text") == ""
            page.get_by_role("button", name=markup).click()
            page.locator(".message:not(.mine) .text", has_text="บันทึกแล้ว").wait_for()
            assert page.locator(".message").count() == 2
            width = page.evaluate("document.documentElement.scrollWidth")
        assert faults == []
        assert width == 390

    def test_what_could_not_be_sent_stays_in_the_box_and_is_sent_by_the_retry_button(
        self, world: World
    ) -> None:
        world.inbox_broken = True
        with served(world) as address, opened(address) as (page, faults):
            page.fill("#text", "ประชุมกับเฉิงตู")
            page.get_by_role("button", name="ส่ง", exact=True).click()
            page.get_by_text("ส่งไม่สำเร็จ").wait_for()
            assert page.input_value("#text") == "ประชุมกับเฉิงตู"
            page.reload()
            becomes_true(page, "document.querySelector('#text').value === 'ประชุมกับเฉิงตู'")
            page.get_by_role("button", name="ส่ง", exact=True).click()
            retry = page.get_by_role("button", name="ลองอีกครั้ง")
            retry.wait_for()
            world.inbox_broken = False
            retry.click()
            page.locator(".mine .text", has_text="ประชุมกับเฉิงตู").wait_for()
            becomes_true(page, "document.querySelector('#text').value === ''")
        assert faults == []
        assert len(world.inbox) == 1

    def test_each_person_has_a_chat_and_a_draft_of_their_own(self, world: World) -> None:
        with served(world) as address, opened(address) as (page, faults):
            page.fill("#text", "ของเจ้าหน้าที่")
            page.keyboard.press("Enter")
            page.locator(".mine").wait_for()
            page.fill("#text", "ร่าง")
            page.get_by_label("ทดลองเป็น").select_option(GUEST)
            page.get_by_role("button", name="เริ่มใช้งาน").wait_for()
            assert page.locator(".message").count() == 0
            assert page.input_value("#text") == ""
            page.get_by_label("ทดลองเป็น").select_option(OFFICER)
            page.locator(".mine").wait_for()
            assert page.input_value("#text") == "ร่าง"
        assert faults == []

    def test_a_photo_is_sent_and_shown_and_the_day_is_moved(self, world: World, tmp_path: Path) -> None:
        # a real 1 x 1 picture, which the browser must be able to show
        pixel = bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
        (tmp_path / "ภาพ.png").write_bytes(pixel)
        with served(world) as address, opened(address) as (page, faults):
            page.set_input_files("#files", tmp_path / "ภาพ.png")
            page.get_by_role("button", name="ส่ง", exact=True).click()
            page.locator(".mine .picture img").wait_for()
            becomes_true(page, "document.querySelector('.mine .picture img').naturalWidth === 1")
            page.get_by_role("button", name="วันนี้ 1 ธ.ค. 2569").click()
            page.get_by_role("button", name="+30 วัน").click()
            page.get_by_role("button", name="วันนี้ 31 ธ.ค. 2569").wait_for()
        assert [fault for fault in faults if not fault.startswith("blob:")] == []
        assert world.today == date(2026, 12, 31)
