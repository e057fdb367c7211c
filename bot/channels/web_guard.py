"""
The chat page's border.

It serves the machine it runs on and nobody else: other Host names are refused (a page elsewhere could point its
own name at 127.0.0.1), and so is any POST that another page sends.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Lets in only our own page on our own machine, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app if is_own(scope["method"], Headers(scope=scope)) else PlainTextResponse("", 403)
        await app(scope, receive, send_guarded)


def is_own(method: str, headers: Headers) -> bool:
    """Whether a request names this machine and, when it changes something, comes from our own page."""
    host = headers.get("host", "")
    if OWN_HOST.fullmatch(host) is None:
        return False
    if method in ("GET", "HEAD"):
        return True
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    return site in (None, "same-origin") and origin in (None, f"http://{host}")
