"""The floor that we are compared with: an echo on the same library, as its documentation shows one."""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main(api: str) -> None:
    application: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder().token("1:bench").base_url(f"{api}/bot").build()
    )
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1])
