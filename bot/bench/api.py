"""
A fake Bot API with its users, in a process of its own.

Each chat is a person who sends a line, waits for the answer, and sends the next. Latency is taken here, from
the moment a line can be fetched to the moment its answer arrives, so that every bot is measured alike. The
server speaks just enough HTTP to keep itself out of the figures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

WARM_UP_SECONDS = 1.0
BOT = {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


@dataclass
class Users:
    """The people and what was measured of them."""

    chats: int
    text: str
    seconds: float
    updates: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked_at: dict[int, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    last_id: int = 0
    began: float = 0.0
    message_id: int = 0

    def begin(self) -> None:
        self.began = time.perf_counter()
        for chat in range(1, self.chats + 1):
            self._say(chat)

    def _say(self, chat: int) -> None:
        self.last_id += 1
        person = {"id": chat, "is_bot": False, "first_name": f"p{chat}"}
        self.updates[self.last_id] = {
            "update_id": self.last_id,
            "message": {
                "message_id": self.last_id,
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private", "first_name": f"p{chat}"},
                "from": person,
                "text": self.text,
                **(
                    {"entities": [{"type": "bot_command", "offset": 0, "length": len(self.text)}]}
                    if self.text.startswith("/")
                    else {}
                ),
            },
        }
        self.asked_at[chat] = time.perf_counter()
        self.news.set()

    def answered(self, chat: int) -> dict[str, Any]:
        now = time.perf_counter()
        asked = self.asked_at.pop(chat, None)
        if asked is not None:
            if now - self.began > WARM_UP_SECONDS:
                self.latencies.append(now - asked)
            if now - self.began < WARM_UP_SECONDS + self.seconds:
                self._say(chat)
            elif not self.asked_at:
                self.done.set()
        self.message_id += 1
        return {
            "message_id": self.message_id,
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "text": "x",
        }

    async def fetch(self, offset: int, wait: float) -> list[dict[str, Any]]:
        for number in [one for one in self.updates if one < offset]:
            del self.updates[number]
        if not self.updates:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), wait)
            except TimeoutError:
                return []
        return list(self.updates.values())[:100]


class Server:
    """Answers the methods that a bot calls."""

    def __init__(self, users: Users) -> None:
        self._users = users

    async def answer(self, method: str, values: dict[str, str]) -> Any:
        users = self._users
        if method == "getUpdates":
            if not users.began:
                users.begin()
            return await users.fetch(int(values.get("offset") or 0), float(values.get("timeout") or 0))
        if method in ("sendMessage", "editMessageText"):
            return users.answered(int(values["chat_id"]))
        return BOT if method == "getMe" else True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = 0
                for line in head.split("\r\n")[1:]:
                    name, _, value = line.partition(":")
                    if name.lower() == "content-length":
                        length = int(value)
                body = (await reader.readexactly(length)).decode() if length else ""
                method = head.split(" ", 2)[1].rsplit("/", 1)[-1]
                result = await self.answer(method, _values(head, body))
                payload = json.dumps({"ok": True, "result": result}).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                    % len(payload)
                    + payload
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _values(head: str, body: str) -> dict[str, str]:
    if "application/json" in head.lower():
        return {name: str(value) for name, value in json.loads(body or "{}").items()}
    return {name: value[0] for name, value in parse_qs(body, keep_blank_values=True).items()}


async def measure(chats: int, seconds: float, text: str) -> None:
    """Serve until every person was measured long enough; print the port first, the figures last."""
    users = Users(chats, text, seconds)
    server = await asyncio.start_server(Server(users).serve, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.wait_for(users.done.wait(), WARM_UP_SECONDS + seconds + 60)
    sys.stdout.write(json.dumps(users.latencies) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
