"""Logging for operators: ids, never message texts or names, and no secret in any line."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"(bot)?\d{6,}:[A-Za-z0-9_-]{20,}")


class Redact(logging.Filter):
    """Takes bot tokens out of every line, wherever they stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = TOKEN.sub("<token>", message)
        if clean != message:
            record.msg, record.args = clean, ()
        return True


class RedactingFormatter(logging.Formatter):
    """The same for tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("<token>", super().format(record))


def configure(level: str) -> None:
    """Log to standard error. The HTTP libraries log addresses with the token in them: only their warnings pass."""
    handler = logging.StreamHandler()
    handler.addFilter(Redact())
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("alembic", "aiohttp", "apscheduler", "httpcore", "httpx", "telegram", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
