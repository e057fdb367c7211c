"""No line of the log holds a secret."""

from __future__ import annotations

import logging

import pytest

from bot import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


def test_a_token_is_taken_out_of_messages_arguments_and_tracebacks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("DEBUG")
    log = logging.getLogger("bot.test")
    log.info("GET https://api.example/bot%s/getMe", TOKEN)
    try:
        int(f"/bot{TOKEN}/sendMessage")
    except ValueError:
        log.exception("failed")
    shown = capsys.readouterr().err
    assert "getMe" in shown
    assert "ValueError" in shown
    assert TOKEN not in shown
    assert TOKEN.split(":")[1] not in shown


def test_the_http_libraries_say_nothing_of_requests(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("DEBUG")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.example/x")
    assert capsys.readouterr().err == ""
