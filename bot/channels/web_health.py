"""The page that a watcher reads: whether the assistant is well. It tells nothing else and takes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Fault = Callable[[], str | None]
"""Why the assistant is ill; None while it is well. May block, and may raise where the database is gone."""


def health_route(fault: Fault) -> Route:
    """GET /health: 200 while the assistant is well, else 503 with the reason."""

    async def health(_request: Request) -> Response:
        try:
            reason = await asyncio.to_thread(fault)
        except Exception as error:  # noqa: BLE001 - whatever it is, the watcher must see red
            reason = f"the database cannot be read: {type(error).__name__}"
        return JSONResponse(
            {"ok": reason is None, "reason": reason},
            200 if reason is None else 503,
            headers={"Cache-Control": "no-store"},
        )

    return Route("/health", health)


def health_app(fault: Fault) -> Starlette:
    return Starlette(routes=[health_route(fault)])
