"""
`sistercity bench`: whole turns of the serving process against a fake Bot API on loopback, beside a bare echo
on the same library in the same run.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

HELP = "/help"
QUESTION = "ต้องมีกิจกรรมร่วมปีละกี่ครั้ง"


@dataclass(frozen=True)
class Figure:
    bot: str
    text: str
    chats: int
    median_ms: float
    p95_ms: float
    replies_a_second: float
    memory_mb: float


def run_bench(chats: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure echo, a plain turn and a question for each number of chats."""
    figures = []
    for number in chats:
        figures.append(_measure("echo", HELP, number, seconds))
        figures.append(_measure("sistercity", HELP, number, seconds))
        figures.append(_measure("sistercity", QUESTION, number, seconds))
    commits = commits_a_turn()
    shown = f"{table(figures)}\n\nCommits a turn: {commits:g} (inbox, turn, result of the send)"
    return {"figures": [vars(one) for one in figures], "commits_a_turn": commits, "table": shown}


def commits_a_turn(lines: int = 20) -> float:
    """Writing transactions for one message and its answer, counted at the database driver."""
    from bot.channels.terminal import TerminalChannel
    from bot.clock import Clock
    from bot.messages import Channel
    from bot.service import Service, open_database
    from bot.settings import load
    from knowledge.search import KnowledgeBase

    settings, counted = load(), 0

    def count(connection: Connection) -> None:
        nonlocal counted
        counted += not connection.get_execution_options().get("read_only", False)

    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/commits.db")
        channels: dict[str, Channel] = {}
        clock = Clock(settings.timezone)
        service = Service(database, KnowledgeBase.load(), settings, clock, channels, Path(folder) / "media")

        async def settle_then_listen() -> None:
            await service.settle()
            if not event.contains(database.engine, "commit", count):
                event.listen(database.engine, "commit", count)

        script = io.StringIO(f"{HELP}\n" * lines)
        channels["terminal"] = TerminalChannel("bench", settle_then_listen, script, io.StringIO())
        asyncio.run(service.run())
        database.close()
    return counted / lines


def _measure(bot: str, text: str, chats: int, seconds: float) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        api = subprocess.Popen(
            [sys.executable, "-m", "bot.bench.api", str(chats), str(seconds), text],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert api.stdout is not None
        address = f"http://127.0.0.1:{api.stdout.readline().strip()}"
        database = Path(folder) / "bench.db"
        process = _start(bot, address, database)
        try:
            latencies = json.loads(api.stdout.readline() or "[]")
            memory = _memory_mb(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)
            api.kill()
            api.wait()
            api.stdout.close()
    if not latencies:
        raise RuntimeError(f"{bot} gave no answer within the time")
    return Figure(
        bot=bot,
        text=text,
        chats=chats,
        median_ms=round(1000 * statistics.median(latencies), 1),
        p95_ms=round(1000 * sorted(latencies)[int(0.95 * (len(latencies) - 1))], 1),
        replies_a_second=round(len(latencies) / seconds, 1),
        memory_mb=round(memory, 1),
    )


def _start(bot: str, address: str, database: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SISTERCITY_")}
    if bot == "echo":
        command = [sys.executable, "-m", "bot.bench.echo", address]
    else:
        command = [sys.executable, "-m", "bot", "serve"]
        environment |= {
            "SISTERCITY_TELEGRAM_TOKEN": "1:bench",
            "SISTERCITY_DPO_CONTACT": "bench",
            "SISTERCITY_TELEGRAM_API_URL": address,
            "SISTERCITY_DATABASE_URL": f"sqlite:///{database}",
            "SISTERCITY_LOG_LEVEL": "WARNING",
        }
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _memory_mb(pid: int) -> float:
    """Resident memory of the process; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, each with its ratio to the echo of the same number of chats."""
    echo = {one.chats: one.median_ms for one in figures if one.bot == "echo"}
    lines = [
        "| bot | message | chats | median ms | to echo | p95 ms | replies/s | memory MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.bot} | {one.text} | {one.chats} | {one.median_ms} | {one.median_ms / echo[one.chats]:.2f} "
        f"| {one.p95_ms} | {one.replies_a_second} | {one.memory_mb} |"
        for one in figures
    ]
    return "\n".join(lines)
