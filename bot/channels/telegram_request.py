"""
How we talk HTTP to a Bot API server: python-telegram-bot's request interface on aiohttp.

The library's own httpx transport costs most of a reply's time, and it reports a connection that was never
made as it reports an answer that never came. The sender must tell these apart: the first may be repeated
freely, the second may have been delivered.

    TelegramError
      NetworkError          the library's: the request may have been carried out
        TimedOut            the library's: no answer in time
        NotConnected        certainly not carried out
      Throttled             429

The other kinds (BadRequest, Forbidden, ...) are made by the library from the answer's body. No error here
carries its cause: aiohttp writes the address, and with it the bot's token, into some of them.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_CONNECT_TIMEOUT = 5.0  # seconds, TLS included
_POOL_TIMEOUT = 5.0  # seconds to wait for one of the connections
_READ_TIMEOUT = 10.0  # seconds without a byte
_UPLOAD_TIMEOUT = 50.0  # seconds more for a file to go out: 10 MB on a slow uplink
_DOWNLOAD_TIMEOUT = 300.0  # seconds for a whole file
_CHUNK = 256 * 1024  # bytes
_DEFAULT_PAUSE = 5.0  # seconds after a 429 that names none


class NotConnected(NetworkError):
    """No connection, so the request was certainly not carried out."""


class Throttled(TelegramError):
    """
    Too many requests. Instead of the library's RetryAfter, which raises a deprecation warning from its own
    constructor (22.8) and needs a JSON body that a proxy's 429 does not have.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests: retry after {seconds:g} s")
        self.seconds = seconds


class FileTooLarge(Exception):
    """A download grew over its limit."""


class AiohttpRequest(BaseRequest):
    """
    One small pool of connections to the server at `base_url`.

    A proxy named by the environment is used, except towards this very machine.
    """

    def __init__(self, base_url: str, connections: int = 8) -> None:
        self._trust_env = not _is_loopback(base_url)
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        self._open()

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        """The session; made on first use because it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._trust_env,
            )
        return self._session

    async def do_request(  # the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        read = _or_default(read_timeout, _READ_TIMEOUT)
        if request_data is not None and request_data.contains_files:
            # aiohttp starts waiting for the answer while the body is still going out
            read += _or_default(write_timeout, _UPLOAD_TIMEOUT)
        connect = _or_default(connect_timeout, _CONNECT_TIMEOUT)
        pool = _or_default(pool_timeout, _POOL_TIMEOUT)
        timeout = aiohttp.ClientTimeout(
            total=pool + connect + 2 * read, connect=pool + connect, sock_connect=connect, sock_read=read
        )
        try:
            async with self._open().request(
                method, url, data=_form(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                payload = await response.read()
        except (aiohttp.ClientError, OSError) as error:  # OSError: TimeoutError is one
            raise _library_error(error) from None
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Throttled(_pause(payload, response.headers.get("Retry-After")))
        if response.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise BadRequest("the request is too large")  # for the library just a network error
        return response.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As in the library, which logs a body that is not JSON; it may hold what people wrote."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not a JSON object")
        return answer

    async def download(self, url: str, target: Path, max_bytes: int) -> None:
        """
        Stream a file to `target`, which is removed again when that fails.

        Raises:
            FileTooLarge: If it has more than `max_bytes`.
            NetworkError: If it cannot be had.
        """
        timeout = aiohttp.ClientTimeout(
            total=_DOWNLOAD_TIMEOUT, sock_connect=_CONNECT_TIMEOUT, sock_read=_READ_TIMEOUT
        )
        complete = False
        try:
            async with self._open().get(url, timeout=timeout, allow_redirects=False) as response:
                if response.status != HTTPStatus.OK:
                    raise NetworkError(f"the file server answered {response.status}")
                await _write(response.content, target, max_bytes)
            complete = True
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _library_error(error) from None
        finally:
            if not complete:
                await asyncio.to_thread(target.unlink, missing_ok=True)


async def _write(content: aiohttp.StreamReader, target: Path, max_bytes: int) -> None:
    written = 0
    with await asyncio.to_thread(target.open, "wb") as file:
        async for chunk in content.iter_chunked(_CHUNK):
            written += len(chunk)
            if written > max_bytes:
                raise FileTooLarge
            await asyncio.to_thread(file.write, chunk)


def _form(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    # Not percent-encoded: Telegram shows a file's name as it comes, and reads it as UTF-8.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _library_error(error: Exception) -> NetworkError:
    """Sort by what the service can have seen. Only class names: messages may hold the address."""
    name = type(error).__name__
    if isinstance(
        error,
        aiohttp.ConnectionTimeoutError  # the pool's too
        | aiohttp.ClientConnectorError  # name, TCP, TLS, proxy
        | aiohttp.ClientHttpProxyError
        | aiohttp.InvalidURL,
    ):
        return NotConnected(name)
    if isinstance(error, TimeoutError):
        return TimedOut(name)
    return NetworkError(name)


def _pause(payload: bytes, header: str | None) -> float:
    """Seconds to wait after a 429: the body's word, else the header's, else a few."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return float(header) if header is not None and header.isdecimal() else _DEFAULT_PAUSE


def _or_default(given: Any, default: float) -> float:
    """A timeout of the library's: a number, None for none, or a marker for "not given"."""
    return float(given) if isinstance(given, int | float) else default


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
