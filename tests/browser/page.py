"""
The real demo in a real browser: start it, open the page as a phone would, type, press, look.

`python -m tests.browser.page docs/chat-page.png` takes the README's screenshot.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 20_000


def find_chromium() -> str | None:
    """Debian's browser; the driver package brings none of its own."""
    return shutil.which("chromium")


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """`sistercity demo` in a folder of its own; gives its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SISTERCITY_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "18400"],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2]), "SISTERCITY_LOG_LEVEL": "WARNING"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the demo did not print its address"
        yield found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        process.stdout.close()


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """The page on a phone, failing on any request that leaves the machine and on script errors."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context: Any = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="th-TH")
        page: Page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:", "blob:")) else errors.append(request.url)
            ),
        )
        page.goto(address)
        yield page
        browser.close()
        assert not errors, errors


def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def sees(page: Page, text: str) -> None:
    """Wait until the text stands on the page."""
    page.get_by_text(text).last.wait_for()


def take_screenshot(target: Path) -> None:
    """A question answered and a sentence turned into a card."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder)) as address,
        opened(address) as page,
    ):
        sees(page, "ตรวจรายชื่อคู่")
        say(page, "ประชุมกับเฉิงตูเมื่อวาน เรื่องท่องเที่ยว 30คน")
        sees(page, "ตรวจสอบก่อนบันทึก")
        page.wait_for_timeout(500)
        page.screenshot(path=target)


if __name__ == "__main__":
    take_screenshot(Path(sys.argv[1]))
