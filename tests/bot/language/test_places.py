"""Where it took place, and who went to whom."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.quick_log import LogReading, read_log
from tests.bot.language.lexicons import real_lexicon


def reading(text: str, home: str = "TH-50") -> LogReading:
    return read_log(text, real_lexicon(), home=home, today=date(2026, 11, 18))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ประชุมกับเฉิงตูที่ศาลากลางจังหวัดเชียงใหม่ 3 พ.ย. 69", "ศาลากลางจังหวัดเชียงใหม่"),
        ("ประชุมกับเฉิงตู ณ ห้องประชุม 1 ชั้น 2 ศาลากลาง วันที่ 3 พ.ย. 69", "ห้องประชุม 1 ชั้น 2 ศาลากลาง"),
        ("ต้อนรับคณะเฉิงตูที่โรงแรมดาราเทวีเมื่อวาน", "โรงแรมดาราเทวี"),
        ("ต้อนรับคณะเฉิงตูที่ดาราเทวี 3 พ.ย. 69", "ดาราเทวี"),
        ("ไปประชุมที่นครเฉิงตู มณฑลเสฉวน 3 พ.ย. 69", "นครเฉิงตู มณฑลเสฉวน"),
        ("ไปประชุมที่เฉิงตูมา 3 พ.ย. 69", "เฉิงตู"),
        ("ประชุมกับเฉิงตูที่กรุงเทพฯ 3 พ.ย. 69", "กรุงเทพฯ"),
        ("ประชุมกับเฉิงตู ที่ที่ว่าการอำเภอเมือง", "ที่ว่าการอำเภอเมือง"),
        ("ประชุมกับเฉิงตู 3 พ.ย. 69 โรงแรมเชียงใหม่ฮิลล์ 30 คน", "โรงแรมเชียงใหม่ฮิลล์"),
        ("กิจกรรม: ประชุมกับเฉิงตู\nสถานที่: โรงแรมวังใต้\nจำนวน: 64 คน", "โรงแรมวังใต้"),
        ("📍ศาลากลางจังหวัดเชียงใหม่\nประชุมกับเฉิงตู", "ศาลากลางจังหวัดเชียงใหม่"),
        ("ประชุมกับเฉิงตูที่ศาลากลางกับ 30 คน", "ศาลากลาง"),
        ("ประชุมกับเฉิงตูที่ห้องประชุมเรื่องท่องเที่ยว", "ห้องประชุม"),
        ("ประชุมกับเฉิงตู ที่ศาลากลาง ค่ะ", "ศาลากลาง"),
        ("meeting with Chengdu at the Provincial Hall, 3 Nov 2026", "Provincial Hall"),
    ],
)
def test_the_place_is_what_stands_after_its_word_as_typed(text: str, place: str) -> None:
    assert reading(text).place == place


@pytest.mark.parametrize(
    "text",
    [
        *("ประชุมกับเฉิงตูวันที่ 3 พ.ย. 69", "ประชุมครั้งที่ 3 กับเฉิงตู", "เจ้าหน้าที่ 8 คนไปเฉิงตู", "ลงพื้นที่กับเฉิงตู"),
        *(
            "ประชุมกับเฉิงตูที่ผ่านมา",
            "คณะเฉิงตูที่มาเยือน",
            "ที่ประชุมกับเฉิงตูเห็นชอบ",
            "ท่องเที่ยวกับเฉิงตู",
            "ที่ 10 โมงประชุมกับเฉิงตู",
        ),
        *("หารือกับเฉิงตูเรื่องท่องเที่ยวที่ยั่งยืน", "กงสุลใหญ่ ณ เฉิงตู พบผู้ว่าฯ", "นายสมชาย ณ เชียงใหม่ พบคณะเฉิงตู"),
        *('ประชุมกับเฉิงตูเรื่อง "เปิดบ้านที่เชียงใหม่"', "หนังสือที่ ชม 0017.3/12 ประชุมกับเฉิงตู", "มอบของที่ระลึกให้เฉิงตู"),
    ],
)
def test_a_time_a_person_a_topic_and_a_clause_are_no_place(text: str) -> None:
    assert reading(text).place is None


def test_a_place_ends_the_topic_before_it_and_gives_it_no_words() -> None:
    found = reading("หารือกับเฉิงตูเรื่องท่องเที่ยวที่ศาลากลาง 3 พ.ย. 69")
    assert (found.title, found.place) == ("ท่องเที่ยว", "ศาลากลาง")


def test_a_partner_inside_the_place_is_not_the_one_that_was_met() -> None:
    found = reading("ประชุมกับฮอกไกโดที่โรงแรมชินเจียง นครเฉิงตู 3 พ.ย. 69")
    assert (found.pairing_id, found.place) == ("50-hokkaido", "โรงแรมชินเจียง นครเฉิงตู")


@pytest.mark.parametrize(
    "text",
    [
        *("ต้อนรับคณะเฉิงตู", "รับคณะเฉิงตู", "เฉิงตูมาเยือน", "คณะเฉิงตู 8 คนมาประชุม", "เฉิงตูเยือนเชียงใหม่"),
        *("ผู้ว่าการเฉิงตูเดินทางมาพบผู้ว่าฯ", "เชียงใหม่เป็นเจ้าภาพประชุมกับเฉิงตู", "คณะเฉิงตูดูงานที่เชียงใหม่"),
        *(
            "รองนายกเทศมนตรีเฉิงตูเข้าเยี่ยมคารวะผู้ว่าฯ",
            "รับคณะเฉิงตูไปดูงานที่วัดพระสิงห์",
            "Chengdu delegation visited Chiang Mai",
        ),
        *("hosted a delegation from Chengdu", "เมื่อวานไปต้อนรับคณะเฉิงตูที่สนามบิน"),
    ],
)
def test_they_came(text: str) -> None:
    assert reading(text).direction == "inbound"


@pytest.mark.parametrize(
    "text",
    [
        *("ไปเยือนเฉิงตู", "เยือนเฉิงตู", "ไปเฉิงตู", "นำคณะไปเฉิงตู", "ศึกษาดูงานเฉิงตู", "ออกบูธที่เฉิงตู", "ไปประชุมที่เฉิงตูมา"),
        *(
            "ผู้ว่าฯ เข้าเยี่ยมคารวะนายกเทศมนตรีเฉิงตู",
            "เฉิงตูต้อนรับคณะเชียงใหม่",
            "เฉิงตูเป็นเจ้าภาพประชุม",
            "ได้รับการต้อนรับจากเฉิงตู",
        ),
        *("visited Chengdu", "attended the expo in Chengdu", "ส่งนักเรียนไปแลกเปลี่ยนที่เฉิงตู"),
    ],
)
def test_we_went(text: str) -> None:
    assert reading(text).direction == "outbound"


@pytest.mark.parametrize(
    "text",
    ["ประชุมออนไลน์กับเฉิงตู", "ซูมกับเฉิงตู", "ประชุมผ่าน VCS กับเฉิงตู", "ลงนามผ่านระบบทางไกลกับเฉิงตู", "zoom with Chengdu"],
)
def test_they_met_online(text: str) -> None:
    assert reading(text).direction == "online"


@pytest.mark.parametrize(
    "text",
    [
        *("ประชุมกับเฉิงตู", "ลงนามกับเฉิงตู", "บริจาคผ้าห่มให้เฉิงตู", "ส่งสิ่งของไปเฉิงตู", "ส่งสารแสดงความเสียใจถึงเฉิงตู"),
        *(
            "Chengdu visit 3 Nov 2026",
            "ประชุมเตรียมการต้อนรับคณะเฉิงตู",
            "หารือกับเฉิงตูเรื่องการขายออนไลน์",
            "ไปเยือนเฉิงตูแล้วเฉิงตูมาเยือน",
        ),
    ],
)
def test_words_that_do_not_say_it_or_say_both_leave_it_open(text: str) -> None:
    assert reading(text).direction is None
