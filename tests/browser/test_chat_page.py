"""The chat page in Debian's chromium, as a visitor sees it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page

from tests.browser.page import find_chromium, opened, press, running_demo, say, sees
from tests.files_from_people import encoded
from tests.files_from_people import photo as made_photo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if find_chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed; the suite must run complete here")
        pytest.skip("chromium is not installed")
    with running_demo(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with opened(address) as found:
        yield found


def test_a_question_is_answered_with_its_source(page: Page) -> None:
    say(page, "ต้องมีกิจกรรมปีละกี่ครั้ง")
    sees(page, "กิจกรรมร่วมอย่างน้อยปีละ 1 ครั้ง")
    sees(page, "ที่มา: แผนขับเคลื่อน")


def test_an_activity_with_a_photo_is_logged_in_one_sentence(page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "ภาพกิจกรรม.png"
    photo.write_bytes(encoded(made_photo(), "PNG"))
    say(page, "ประชุมกับเฉิงตูเมื่อวาน 30คน")
    sees(page, "ตรวจสอบก่อนบันทึก")
    page.set_input_files("input[type=file]", photo)
    page.get_by_role("button", name="ส่ง", exact=True).click()
    sees(page, "ภาพ/เอกสาร: 1 รายการ")
    press(page, "บันทึก")
    sees(page, "บันทึกแล้ว")


def test_what_was_said_is_there_after_a_reload(page: Page) -> None:
    say(page, "ใครลงนามฝ่ายไทย")
    sees(page, "ที่มา:")
    page.reload()
    sees(page, "ใครลงนามฝ่ายไทย")


def test_a_reminder_arrives_when_the_date_moves_on(page: Page) -> None:
    page.select_option("select", "demo-officer")
    moved = page.evaluate(
        """async () => {
            const today = (await (await fetch('/api/state')).json()).today;
            const year = Number(today.slice(0, 4)) + 1;
            const response = await fetch('/api/today', {
                method: 'POST',
                headers: {'Content-Type': 'application/json'},
                body: JSON.stringify({date: `${year}-01-04`}),
            });
            return response.status;
        }"""
    )
    assert moved == 200
    sees(page, "ยังไม่มีกิจกรรมร่วมในปีปฏิทิน")
    page.get_by_role("button", name="บันทึกกิจกรรม นครกว่างโจว").last.click()
    sees(page, "เชียงใหม่–นครกว่างโจว")


def test_a_guest_sees_no_province(page: Page) -> None:
    page.select_option("select", "demo-guest")
    sees(page, "สอบถามเรื่องเมืองพี่เมืองน้อง")
    say(page, "/pairings")
    sees(page, "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด")
    assert page.get_by_text("นครเฉิงตู").count() == 0


def test_a_document_of_a_pairing_is_attached_and_downloaded_again(page: Page, tmp_path: Path) -> None:
    paper = tmp_path / "บันทึกความเข้าใจ.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(paper)
    say(page, "/pairings เฉิงตู")
    press(page, "เอกสารลงนาม")
    press(page, "เพิ่มเอกสาร")
    sees(page, "ส่งไฟล์เอกสาร")
    page.set_input_files("input[type=file]", paper)
    page.get_by_role("button", name="ส่ง", exact=True).click()
    press(page, "หนังสือแสดงเจตจำนง")
    press(page, "หนังสือแสดงเจตจำนง.pdf")
    link = page.get_by_role("link", name="ดาวน์โหลด หนังสือแสดงเจตจำนง.pdf")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "หนังสือแสดงเจตจำนง.pdf"
    assert Path(download.value.path()).read_bytes() == paper.read_bytes()
