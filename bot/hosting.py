"""The three ways to run: the demo's chat page, the terminal, Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot import demo
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import DemoPerson, WebChannel
from bot.channels.web_health import health_app
from bot.clock import Clock
from bot.health import planning_fault
from bot.messages import Channel
from bot.service import Service, open_database, remember_bot_name, shift_of
from bot.settings import Settings, SettingsError
from bot.texts import ENGLISH, THAI
from knowledge.meaning import shared_encoder
from knowledge.search import KnowledgeBase
from storage import meta
from storage.database import Database

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
PORTS_TO_TRY = 20
UNKNOWN_BOT = (
    "SISTERCITY_TELEGRAM_TOKEN: the server does not know this token, "
    "or SISTERCITY_TELEGRAM_API_URL is not the address of a Bot API server"
)


class _PageServer(uvicorn.Server):
    """Leaves signals to the service, which drains first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def load_knowledge(*, wait: bool = False) -> KnowledgeBase:
    """
    The shipped base at once; the meaning of its texts is learned in the background, unless it is waited for.

    Until then, a few seconds, questions are answered by letters alone.
    """
    knowledge = KnowledgeBase.load()
    learning = knowledge.learn_meaning_in_background(shared_encoder())
    if wait:
        learning.join()
    return knowledge


# ------------------------------------------------------------------ demo


async def run_demo(settings: Settings, file: Path, port: int) -> None:
    """Serve the chat page until interrupted."""
    clock = Clock(settings.timezone, closed=settings.closed_days)
    database = open_database(f"sqlite:///{file}", upgrade=True)
    clock.shift = shift_of(database)
    channels: dict[str, Channel] = {}
    media = settings.media_dir or file.parent / "demo-media"
    service = Service(database, load_knowledge(), settings, clock, channels, media)
    page = WebChannel(
        demo.PageHistory(database, clock),
        media,
        [DemoPerson(one.id, one.label) for one in demo.ROLES],
        today=clock.today,
        set_today=partial(demo.move_to, service),
        home_text=THAI.WELCOME_GUEST,
        fault=partial(read_fault, database, clock),
    )
    channels[page.name] = page
    demo.seed(database, clock)
    listening = _listen(port)
    server = _PageServer(_config(page.app))
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    sys.stdout.write(f"{THAI.DEMO_AT} {address}\n{ENGLISH.DEMO_AT} {address}\n")
    sys.stdout.flush()

    try:
        await service.run(beside=server.serve(sockets=[listening]), end=partial(_end, server))
    finally:
        database.close()


def _end(server: uvicorn.Server) -> None:
    server.should_exit = True


def read_fault(database: Database, clock: Clock) -> str | None:
    """Why the planning of reminders is ill; None while it runs."""
    with database.read() as session:
        return planning_fault(meta.last_plan(session), clock.now())


def _health_server(listen: str, fault: Callable[[], str | None]) -> tuple[uvicorn.Server, socket.socket]:
    """
    The page for a watcher on HOST:PORT, with the socket on which it listens already.

    Raises:
        SettingsError: If nothing can listen there.
    """
    host, _, port = listen.rpartition(":")
    try:
        family, *_, address = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, OverflowError) as error:
        raise SettingsError(f"SISTERCITY_HTTP_LISTEN: cannot listen on {listen}: {error}") from None
    return _PageServer(_config(health_app(fault))), listening


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)


def _listen(port: int) -> socket.socket:
    """The first free port from `port` on, on loopback only."""
    for number in range(port, port + PORTS_TO_TRY):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
        except OSError:
            listening.close()
            continue
        return listening
    raise OSError(f"no free port from {port} to {port + PORTS_TO_TRY - 1}: give another with --port")


# ------------------------------------------------------------------ terminal


async def run_chat(settings: Settings, file: Path, person: str) -> None:
    """Talk until the end of input."""
    clock = Clock(settings.timezone, closed=settings.closed_days)
    database = open_database(f"sqlite:///{file}", upgrade=True)
    clock.shift = shift_of(database)
    channels: dict[str, Channel] = {}
    media = settings.media_dir or file.parent / "demo-media"
    # A script gets the same answers each time it is piped in, so it waits until all is there.
    knowledge = load_knowledge(wait=not sys.stdin.isatty())
    service = Service(database, knowledge, settings, clock, channels, media)
    demo.seed(database, clock)
    channels["terminal"] = TerminalChannel(person, service.settle, sys.stdin, sys.stdout)
    if sys.stdin.isatty():
        sys.stdout.write(f"{THAI.TERMINAL_HINT}\n")
    try:
        await service.run()
    finally:
        database.close()


# ------------------------------------------------------------------ Telegram


async def run_serve(settings: Settings) -> None:
    """
    Serve Telegram until SIGTERM or SIGINT.

    Raises:
        SettingsError: If the server refuses the token, or the port for `/health` is taken. A server that cannot
            be reached is waited for.
    """
    assert settings.telegram_token is not None
    database = await asyncio.to_thread(open_database, settings.database_url)
    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        settings.telegram_api_url,
        commands={"": THAI.COMMANDS, "en": ENGLISH.COMMANDS},
        named=partial(remember_bot_name, database, TelegramChannel.name),
    )
    try:
        if await channel.is_refused():
            raise SettingsError(UNKNOWN_BOT)
        clock = Clock(settings.timezone, closed=settings.closed_days)
        page = None
        if settings.http_listen is not None:
            page = _health_server(settings.http_listen, partial(read_fault, database, clock))
        service = Service(
            database,
            await asyncio.to_thread(load_knowledge),
            settings,
            clock,
            {channel.name: channel},
            settings.media_folder(database.file),
            dead_man_url=settings.dead_man_url,
        )
        if page is None:
            await service.run()
        else:
            server, listening = page
            await service.run(beside=server.serve(sockets=[listening]), end=partial(_end, server))
    finally:
        await channel.close()
        database.close()
