"""
Everything that people read, in Thai.

Polite, neutral, short: no ครับ/ค่ะ, no exclamation marks, the answer or the next step first. A line about a
fault says what happened and what to do next, and that nothing entered was lost. `en.py` has the same names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from bot.language.dates import ERA, SHORT_MONTHS, thai_date, thai_date_both, thai_range
from bot.language.money import thai_baht
from bot.texts.joining_th import JoiningTh
from bot.texts.offices_th import OfficesTh
from bot.texts.relation_th import RelationTh
from bot.texts.reminding_th import RemindingTh
from bot.texts.serving_th import ServingTh

Precision = Literal["day", "month", "year"]


class Labelled(Protocol):
    """Something with a name in both languages, such as an activity type."""

    @property
    def label_th(self) -> str: ...
    @property
    def label_en(self) -> str: ...


class Sum(Protocol):
    """How a pairing stands in one year."""

    @property
    def basis(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def days_left(self) -> int: ...


class Staged(Protocol):
    """A pairing's standing."""

    @property
    def status(self) -> str: ...
    @property
    def signed_on(self) -> date | None: ...
    @property
    def signed_precision(self) -> Precision | None: ...
    @property
    def verdict(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def expires_precision(self) -> Precision | None: ...


class Th(RemindingTh, JoiningTh, ServingTh, RelationTh, OfficesTh):
    """Thai wording."""

    # -------------------------------------------------------------- names of things

    COMMANDS: Sequence[tuple[str, str]] = (
        ("start", "หน้าแรก"),
        ("help", "วิธีใช้และตัวอย่าง"),
        ("ask", "ถามแนวทางปฏิบัติ"),
        ("log", "บันทึกกิจกรรม"),
        ("activities", "กิจกรรมที่บันทึกไว้"),
        ("pairings", "คู่เมืองพี่เมืองน้องของจังหวัด"),
        ("status", "สถานะกิจกรรมปีนี้"),
        ("settings", "ตั้งค่าภาษา"),
        ("privacy", "การคุ้มครองข้อมูลส่วนบุคคล"),
        ("mydata", "ข้อมูลของฉัน"),
        ("cancel", "ยกเลิกรายการที่ทำค้างอยู่"),
    )
    FIELD_NAMES: Mapping[str, str] = {
        "pairing_id": "คู่",
        "type": "ประเภท",
        "type_code": "ประเภท",
        "start": "วันที่",
        "end": "วันสิ้นสุด",
        "title": "เรื่อง",
        "participants": "ผู้เข้าร่วม",
        "budget_thb": "งบประมาณ",
        "files": "ภาพ/เอกสาร",
        "state": "สถานะ",
        "partner_joined": "ฝ่ายคู่เข้าร่วม",
        "place": "สถานที่",
        "direction": "การเดินทาง",
        "sdgs": "SDGs",
        "sectors": "ด้าน",
        "also": "คู่อื่นที่ร่วม",
        "result": "ผลที่ได้รับ",
        "problems": "ปัญหา/อุปสรรค",
        "suggestions": "ข้อเสนอแนะ",
        "chair_ours": "ประธานฝ่ายไทย",
        "chair_theirs": "ประธานฝ่ายคู่",
        "head_ours": "หัวหน้าคณะฝ่ายไทย",
        "head_theirs": "หัวหน้าคณะฝ่ายคู่",
        "spent_thb": "ค่าใช้จ่ายจริง",
        "spent_source": "แหล่งงบประมาณ",
        "letter_no": "เลขที่หนังสือรายงาน",
        "letter_on": "วันที่หนังสือรายงาน",
        "follow_up": "เรื่องที่จะติดตาม",
        "follow_up_on": "กำหนดติดตาม",
    }
    WORDS: Mapping[str, Mapping[str, str]] = {
        "state": {"held": "จัดแล้ว", "planned": "อยู่ในแผน"},
        "partner_joined": {"yes": "เข้าร่วม", "online": "เข้าร่วมทางออนไลน์", "no": "ไม่ได้เข้าร่วม"},
        "direction": {"inbound": "ฝ่ายคู่มาเยือน", "outbound": "ฝ่ายไทยไปเยือน", "online": "ออนไลน์"},
        "spent_source": {
            "province": "จังหวัด",
            "cluster": "กลุ่มจังหวัด",
            "central": "ส่วนกลาง",
            "private": "เอกชน",
            "foreign": "ต่างประเทศ",
        },
    }
    ROLES: Mapping[str, str] = {
        "officer": "เจ้าหน้าที่",
        "group_head": "หัวหน้ากลุ่มงาน",
        "head": "หัวหน้าสำนักงานจังหวัด",
        "acting_head": "ผู้รักษาราชการแทนหัวหน้าสำนักงานจังหวัด",
        "ministry": "ส่วนกลาง (กองการต่างประเทศ สป.มท.)",
        "curator": "ผู้ดูแลเนื้อหา ส่วนกลาง (กองการต่างประเทศ สป.มท.)",
        "operator": "ผู้ดูแลระบบ",
    }
    REASONS: Mapping[str, str] = {
        "wrong_topic": "ไม่ตรงคำถาม",
        "outdated": "ไม่ถูกต้องหรือล้าสมัย",
        "unclear": "อ่านไม่เข้าใจ",
        "other": "อื่น ๆ",
    }
    REJECTIONS: Mapping[str, str] = {
        "out_of_scope": "นอกขอบเขตแนวทางปฏิบัติ",
        "unconfirmed": "ยังไม่มีข้อมูลที่ยืนยันได้",
    }
    BASES: Mapping[str, str] = {"calendar": "ปีปฏิทิน", "fiscal": "ปีงบประมาณ", "anniversary": "รอบปีลงนาม"}

    SHORT_BASES: Mapping[str, str] = {"calendar": "ปีปฏิทิน", "fiscal": "ปีงบ", "anniversary": "รอบปีลงนาม"}

    # buttons
    SAVE = "บันทึก"
    EDIT = "แก้ไข"
    CANCEL = "ยกเลิก"
    DELETE = "ลบ"
    HISTORY = "ประวัติ"
    TODAY = "วันนี้"
    YESTERDAY = "เมื่อวาน"
    NOT_STATED = "ยังไม่ระบุ"
    BACK_TO_CARD = "กลับไปที่รายการ"
    BACK = "ย้อนกลับ"
    GO_ON = "ทำรายการต่อ"
    START_ANEW = "เริ่มรายการใหม่"
    JOINED = "เข้าร่วม"
    JOINED_ONLINE = "ออนไลน์"
    DID_NOT_JOIN = "ไม่ได้เข้าร่วม"
    PARTNER_WAS_NOT_THERE = "ฝ่ายคู่ไม่ได้เข้าร่วม"
    SAVE_AS_NEW = "คนละกิจกรรม บันทึกเพิ่ม"
    KEEP_IT = "ไม่ลบ"
    UNDO_DELETE = "นำรายการกลับมา"
    UNDO_CANCEL = "ทำรายการนี้ต่อ"
    LOG = "บันทึกกิจกรรม"
    ASK = "ถามคำถาม"
    STATUS = "สถานะปีนี้"
    ACTIVITIES = "กิจกรรมที่บันทึกไว้"
    PAIRINGS = "คู่ของจังหวัด"
    OUR_PAIRS = "ดูคู่ของจังหวัด"
    HELP = "วิธีใช้"
    QUEUE = "คำถามที่รอตอบ"
    NEW_QUESTIONS = "มีคำถามใหม่ส่งถึงกองการต่างประเทศ สป.มท. รอคำตอบ"
    ASK_ACCESS = "ขอสิทธิ์ใช้งาน"
    CHECK_LIST = "ตรวจรายชื่อคู่"
    LIST_RIGHT = "ถูกต้อง"
    LIST_WRONG = "มีคู่ที่ไม่ใช่"
    NOT_WRONG = "เป็นคู่ของจังหวัด"
    LIST_MISSING = "ขาดคู่"
    MORE = "รายละเอียดเพิ่ม"
    SOURCE_TEXT = "ดูข้อความต้นฉบับ"
    COPY_FOR_LINE = "คัดลอกส่งไลน์"
    NONE_OF_THESE = "ไม่ตรงกับข้อใดเลย"
    NOT_THIS = "ไม่ตรงคำถาม"
    SEND_QUESTION = "ส่งคำถาม"
    SEND_TO_MINISTRY = "ถามกองการต่างประเทศ"
    HOW_IT_IS_KEPT = "วิธีดูและตรวจรายชื่อ"
    HOW_IT_IS_COUNTED = "วิธีนับกิจกรรมของปี"
    CONTACT = "ช่องทางติดต่อ"
    ALL_TOPICS = "ทุกหัวข้อ"
    NEXT_PAGE = "ถัดไป"
    PREVIOUS_PAGE = "ก่อนหน้า"
    ANSWER_IT = "ตอบคำถามนี้"
    REJECT = "แจ้งว่าตอบไม่ได้"
    USE_THIS = "ใช้คำตอบนี้"
    SEND_ANSWER = "ส่งคำตอบ"
    EDIT_ANSWER = "แก้คำตอบ"
    EDIT_SOURCE = "แก้ที่มา"
    TYPE_REASON = "พิมพ์เหตุผล"
    PHRASINGS = "ถ้อยคำที่รอพิจารณา"
    LOG_THIS = "บันทึกเป็นกิจกรรม"
    ASK_THIS = "ค้นหาคำตอบ"

    # -------------------------------------------------------------- first page, help, privacy

    WELCOME_GUEST = (
        "สอบถามเรื่องเมืองพี่เมืองน้องระดับจังหวัดได้ที่นี่ ทุกคำตอบระบุที่มา\n"
        "เจ้าหน้าที่จังหวัดที่ต้องการบันทึกกิจกรรม เลือก “ขอสิทธิ์ใช้งาน”\n"
        "ไม่ควรส่งข้อมูลส่วนบุคคลหรือเอกสารที่มีชั้นความลับ"
    )
    YOU_ARE_WELCOME = "ยินดีให้ข้อมูล"
    SETTINGS = "เลือกภาษาของผู้ช่วย"
    LANGUAGE_SET = "เปลี่ยนเป็นภาษาไทยแล้ว"
    PRIVACY = "การคุ้มครองข้อมูลส่วนบุคคล"
    MYDATA = "ข้อมูลของฉัน"
    GUESTS_MAY_NOT_ASK = "ขณะนี้เปิดให้สอบถามเฉพาะเจ้าหน้าที่ที่ได้รับสิทธิ์"
    MEMBERS_ONLY = "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัดที่ได้รับสิทธิ์ ยังสอบถามแนวทางปฏิบัติได้ตามปกติ"
    ROLE_DOES_NOT_LOG = "การบันทึกกิจกรรมเป็นหน้าที่ของจังหวัด สิทธิ์ที่ได้รับไม่รวมการบันทึก"

    def help_text(self, *, member: bool) -> str:
        ask = "ถาม: พิมพ์คำถาม เช่น “ต้องมีกิจกรรมปีละกี่ครั้ง”"
        if not member:
            return f"{ask}\nเลือกดูตามหัวข้อ: /ask"
        return (
            f"{ask}\n"
            "บันทึก: พิมพ์ประโยคเดียว เช่น “ประชุมกับเฉิงตู 3 พ.ย. 69 เรื่องท่องเที่ยว 30 คน” "
            "ตรวจแล้วกด “บันทึก” หรือเลือกด้วยปุ่มที่ /log แนบภาพ เอกสาร ลิงก์ และตำแหน่งที่ตั้งได้\n"
            "ติดตาม: /status สถานะปีนี้ · /activities กิจกรรมที่บันทึกไว้ · /pairings คู่ของจังหวัด\n"
            "หยุดรายการที่ทำค้าง: /cancel · ภาษา: /settings"
        )

    def welcome_member(self, provinces: Sequence[str], roles: Sequence[str]) -> str:
        if not provinces:
            return f"เข้าใช้งานในฐานะ{' และ'.join(dict.fromkeys(roles))}"
        return f"เข้าใช้งานในนามสำนักงานจังหวัด{' · '.join(provinces)} ({' · '.join(dict.fromkeys(roles))})"

    def please_check(self, count: int) -> str:
        if not count:
            return "ยังไม่มีคู่ของจังหวัดในระบบ กรุณาตรวจสอบก่อน"
        return f"จังหวัดมี {count} คู่ในระบบ ข้อมูลอาจไม่ครบ กรุณาตรวจสอบก่อน"

    # -------------------------------------------------------------- asking

    ASK_OR_BROWSE = "พิมพ์คำถาม หรือเลือกหัวข้อ"
    WHICH_QUESTION = "ต้องการทราบเรื่องใด"
    IN_A_DOCUMENT = "ข้อความในเอกสาร"
    PASSAGE_FOUND = "พบข้อความที่เกี่ยวข้องในเอกสาร"
    KEPT = "เก็บคำถามไว้แล้ว หากส่งให้กองการต่างประเทศ สป.มท. จะแจ้งกลับเมื่อมีคำตอบ เรื่องเร่งด่วนควรประสานโดยตรง"
    NEARBY = "เรื่องใกล้เคียงที่ตอบได้"
    NONE_FITS = "ยังไม่มีคำตอบที่ตรงกับคำถามนี้ หากส่งให้กองการต่างประเทศ สป.มท. จะแจ้งกลับเมื่อมีคำตอบ"
    QUESTION_SENT = "ส่งคำถามแล้ว จะแจ้งคำตอบในแชตนี้"
    THANKS = "ขอบคุณสำหรับความเห็น"
    WHICH_REASON = "คำตอบนี้ควรปรับเพราะเหตุใด"
    WRITE_REASON = "พิมพ์เหตุผลสั้น ๆ ในข้อความเดียว"
    WILL_IMPROVE = "รับทราบ จะทบทวนคำตอบนี้ หากต้องการคำตอบจากเจ้าหน้าที่ เลือก “ส่งคำถาม”"
    NEXT_NEAREST = "เรื่องใกล้เคียงอื่นที่ตอบได้ หากไม่ตรง เลือก “ส่งคำถาม”"

    def topic(self, label_th: str, _label_en: str) -> str:
        return label_th

    def not_known(self, text: str) -> str:
        return f"ยังไม่มีคำตอบที่ยืนยันได้: {text[:120]}"

    def ask_ministry(self, contact: str | None) -> str:
        where = f" {contact}" if contact else " (ผู้ดูแลระบบยังไม่ได้ระบุช่องทางติดต่อ)"
        return f"สอบถามเพิ่มเติม: กองการต่างประเทศ สป.มท.{where}"

    def quoted(self, text: str) -> str:
        return f"“{text}”"

    def source(self, title: str, section: str | None) -> str:
        return f"{title} หัวข้อ {section}" if section else title

    def passage_source(self, title: str, section: str | None, page: int | None) -> str:
        return self.source(title, section) + (f" หน้า {page}" if page else "")

    def source_note(self, cited: str, as_of: str, confidence: str) -> str:
        standing = {
            "official_page": "หน้าเว็บราชการ",
            "press": "ข่าวหรือแหล่งทุติยภูมิ ไม่ใช่เอกสารทางการ",
            "research": "งานวิจัย ไม่ใช่เอกสารทางการ",
            "passage": "ข้อความตามเอกสาร ยังไม่ผ่านการเรียบเรียง",
        }.get(confidence)
        parts = [f"ที่มา: {cited}", f"ข้อมูลปี {as_of}" if as_of[:1].isdigit() else as_of, standing]
        return " · ".join(part for part in parts if part)

    # -------------------------------------------------------------- the ministry's queue

    QUEUE_EMPTY = "ไม่มีคำถามที่รอตอบ"
    ANSWER_SENT = "ส่งคำตอบถึงผู้ถามแล้ว เก็บเป็นฉบับร่างรออนุมัติ"
    LINK_SENT = "ส่งคำตอบถึงผู้ถามแล้ว"
    REJECTION_SENT = "แจ้งเหตุผลถึงผู้ถามแล้ว"
    CHECK_BEFORE_SENDING = "ตรวจสอบก่อนส่ง"
    WRITE_SOURCE = "พิมพ์ที่มา: ชื่อเอกสาร เลขที่หรือหัวข้อ และปี"
    WHY_REJECT = "แจ้งเหตุผลใดแก่ผู้ถาม"
    WRITE_REJECTION = "พิมพ์เหตุผลที่จะแจ้งผู้ถาม"
    FROM_MINISTRY = "คำตอบจากกองการต่างประเทศ สป.มท."
    OUTCOME = "ผลการพิจารณาจากกองการต่างประเทศ สป.มท."

    def queue(self, inquiries: int, askers: int) -> str:
        return f"คำถามที่รอตอบ {inquiries} เรื่อง (ผู้ถาม {askers} คน) เลือกเรื่องที่จะตอบ"

    def askers(self, count: int) -> str:
        return f"{count} คน"

    def counted(self, label: str, count: int) -> str:
        return f"{label} ({count})"

    def more_than(self, label: str, count: int) -> str:
        return f"{label} (มากกว่า {count:,})"

    def asked_since(self, askers: int, since: date) -> str:
        return f"ผู้ถาม {askers} คน ตั้งแต่ {thai_date(since)}"

    def asked_otherwise(self, text: str) -> str:
        return f"ถามอีกแบบ: {text}"

    def write_answer(self, text: str) -> str:
        return f"คำถาม: {text}\nพิมพ์คำตอบ จากนั้นระบบจะถามที่มา"

    def written_so_far(self, text: str) -> str:
        return f"ที่พิมพ์ไว้:\n{text}"

    def text_too_long(self, limit: int) -> str:
        return f"ข้อความยาวเกินไป พิมพ์ไม่เกิน {limit:,} ตัวอักษร (ข้อมูลที่กรอกไว้ยังอยู่)"

    def asked(self, question: str) -> str:
        return f"คำถาม: {question[:200]}"

    def cited(self, source: str) -> str:
        return f"ที่มา: {source}"

    def rejection(self, reason: str) -> str:
        return self.REJECTIONS.get(reason, reason)

    def cannot_answer(self, reason: str) -> str:
        return f"ยังตอบเรื่องนี้ไม่ได้ เหตุผล: {reason}"

    def decided(self, state: str, day: date) -> str:
        how = {"answered": "ตอบแล้ว", "linked": "ใช้คำตอบที่มีอยู่", "rejected": "แจ้งว่าตอบไม่ได้"}[state]
        return f"เรื่องนี้ดำเนินการแล้วเมื่อ {thai_date(day)}: {how}"

    # -------------------------------------------------------------- logging

    CHECK_BEFORE_SAVING = "ตรวจสอบก่อนบันทึก"
    WHICH_FIELD = "แก้ไขส่วนใด"
    SAVED = "บันทึกแล้ว"
    RESTORED = "นำรายการกลับมาแล้ว"
    RECORD = "กิจกรรม"
    CANCELLED = "ยกเลิกแล้ว ไม่ได้บันทึกรายการนี้"
    EDIT_CANCELLED = "ยกเลิกการแก้ไขแล้ว รายการเดิมยังอยู่"
    STOPPED = "ยกเลิกแล้ว"
    NOTHING_TO_CANCEL = "ไม่มีรายการที่ทำค้างอยู่"
    EARLIER_KEPT = "รายการก่อนหน้ายังไม่ได้บันทึก เก็บไว้ให้แล้ว เรียกดูที่ /log"
    NOTHING_YET = "ยังไม่ได้กรอก"
    NO_SUCH_PAIRING = "ไม่พบคู่นี้ในรายชื่อของจังหวัด กรุณาเลือกจากรายชื่อ หรือพิมพ์ชื่อคู่ (ข้อมูลที่กรอกไว้ยังอยู่)"
    TYPE_NOT_READ = "อ่านประเภทไม่ได้ กรุณาเลือกจากปุ่ม (ข้อมูลที่กรอกไว้ยังอยู่)"
    DATE_NOT_READ = "อ่านวันที่ไม่ได้ พิมพ์เป็น วัน/เดือน/ปี พ.ศ. เช่น 5/3/2569 หรือกด “วันนี้” (ข้อมูลที่กรอกไว้ยังอยู่)"
    DAY_WANTED = "ขาดวันที่ เลือกวัน หรือพิมพ์ให้ครบ เช่น 3 พ.ย. 69 (ข้อมูลที่กรอกไว้ยังอยู่)"
    DATE_REVERSED = "วันสิ้นสุดมาก่อนวันเริ่ม พิมพ์ใหม่ เช่น 3–5 พ.ย. 2569 (ข้อมูลที่กรอกไว้ยังอยู่)"
    PEOPLE_NOT_READ = "อ่านจำนวนคนไม่ได้ พิมพ์เป็นตัวเลข เช่น 30 (ข้อมูลที่กรอกไว้ยังอยู่)"
    MONEY_NOT_READ = "อ่านจำนวนเงินไม่ได้ พิมพ์เป็นบาท เช่น 50000 หรือ 2.5 แสน (ข้อมูลที่กรอกไว้ยังอยู่)"
    FILE_WANTED = "ส่งภาพหรือเอกสารเข้ามาในแชตนี้ หรือกด “กลับไปที่รายการ”"
    FILE_BEGINS = "รับไฟล์แล้ว เริ่มบันทึกกิจกรรม"
    DETAILS_REMOVED = "นำตำแหน่งที่ถ่ายและข้อมูลแฝงอื่นออกจากภาพแล้ว เก็บเฉพาะตัวภาพ"
    ASSUMED = " (อ่านจากข้อความ)"
    PLANNED_DOES_NOT_COUNT = "สถานะ: อยู่ในแผน จะนับเมื่อยืนยันว่าจัดแล้ว"
    DOES_NOT_COUNT = "ไม่นับเป็นกิจกรรมร่วมของปี"
    COUNTS_WHEN_JOINED = "ยังไม่นับเป็นกิจกรรมร่วม จนกว่าจะระบุว่าฝ่ายคู่เข้าร่วม"

    def field_name(self, field: str) -> str:
        return self.FIELD_NAMES[field]

    def line(self, field: str, value: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {value}"

    def word(self, field: str, value: str) -> str:
        return self.WORDS.get(field, {}).get(value, value)

    def type_label(self, kind: Labelled) -> str:
        return kind.label_th

    def ask_field(self, field: str, known: str) -> str:
        question = {
            "pairing_id": "จัดกับคู่ใด เลือกหรือพิมพ์ชื่อ",
            "type": "เป็นกิจกรรมประเภทใด",
            "start": "จัดวันใด พิมพ์ได้ เช่น 3 พ.ย. 69 หรือ 12–15 มี.ค. 69",
            "title": "เรื่องอะไร พิมพ์สั้น ๆ",
            "participants": "มีผู้เข้าร่วมกี่คน พิมพ์เป็นตัวเลข",
            "budget_thb": "ใช้งบประมาณเท่าใด พิมพ์เป็นบาท เช่น 50000 หรือ 2.5 แสน",
            "files": "ส่งภาพหรือเอกสารเข้ามาในแชตนี้",
            "partner_joined": "ฝ่ายคู่เข้าร่วมหรือไม่",
            "end": "วันสุดท้ายคือวันใด",
            "place": "จัดที่ใด เลือกหรือพิมพ์ชื่อสถานที่",
            "direction": "ฝ่ายใดเดินทางไปเยือน หรือจัดทางออนไลน์",
            "sdgs": "สอดคล้องกับ SDGs ข้อใด เลือกได้หลายข้อ",
            "sectors": "เกี่ยวกับด้านใด เลือกได้หลายด้าน",
            "also": "มีคู่อื่นของจังหวัดร่วมด้วยหรือไม่ เลือกได้หลายคู่",
        }[field]
        return f"{known}\n{question}" if known else question

    def title_too_long(self, limit: int) -> str:
        return f"ชื่อเรื่องยาวเกินไป พิมพ์ไม่เกิน {limit} ตัวอักษร (ข้อมูลที่กรอกไว้ยังอยู่)"

    def date_impossible(self, typed: str) -> str:
        return f"ไม่มีวันที่ {typed.strip()[:40]} ในปฏิทิน พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def date_is_ahead(self, day: date) -> str:
        return f"{thai_date(day)} ยังมาไม่ถึง เลือกหรือพิมพ์วันที่จัด (ข้อมูลที่กรอกไว้ยังอยู่)"

    def day_both(self, day: date) -> str:
        return thai_date_both(day)

    def days(self, start: date, end: date | None, precision: Precision = "day") -> str:
        return thai_range(start, end) if end else thai_date(start, precision)

    def days_both(self, start: date, end: date | None, precision: Precision = "day") -> str:
        if end is None:
            return thai_date_both(start, precision)
        years = f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
        return f"{thai_range(start, end)} (ค.ศ. {years})"

    def people(self, count: int) -> str:
        return f"{count:,} คน"

    def money(self, amount: Decimal) -> str:
        return thai_baht(amount)

    def files(self, count: int) -> str:
        return f"ไฟล์แนบ {count} รายการ"

    def people_money_files(
        self, people: int | None, budget: Decimal | None, files: int, assumed: Collection[str] = ()
    ) -> str:
        return (
            f"ผู้เข้าร่วม: {self.people(people) if people is not None else self.NOT_STATED}"
            f"{self.ASSUMED if 'participants' in assumed else ''}"
            f" · งบประมาณ: {self.spent(budget)}{self.ASSUMED if 'budget_thb' in assumed else ''}"
            f" · ภาพ/เอกสาร: {f'{files} รายการ' if files else 'ไม่มี'}"
        )

    def spent(self, budget: Decimal | None) -> str:
        if budget is None:
            return self.NOT_STATED
        return self.money(budget) if budget else self.NO_BUDGET

    def partner_line(self, joined: str) -> str:
        return f"ฝ่ายคู่: {self.WORDS['partner_joined'][joined]}"

    def did_partner_join(self, partner: str) -> str:
        return f"ฝ่าย{partner}เข้าร่วมหรือไม่"

    def years(self, calendar: Sequence[str], fiscal: Sequence[str]) -> str:
        return f"ปีปฏิทิน {'–'.join(calendar)} / ปีงบประมาณ {'–'.join(fiscal)}"

    def counts_for(self, years: str) -> str:
        return f"นับเป็น{years}"

    def would_count(self, years: str) -> str:
        return f"หากเข้าร่วม จะนับเป็น{years}"

    def number(self, activity_id: int) -> str:
        return f"รายการที่ {activity_id}"

    def unfinished_draft(self, known: str) -> str:
        return f"มีรายการที่ยังไม่ได้บันทึก\n{known}"

    def same_event(self, line: str) -> str:
        return f"อาจเป็นกิจกรรมเดียวกับที่บันทึกไว้แล้ว\n{line}"

    def really_delete(self, line: str) -> str:
        return f"ลบรายการนี้หรือไม่ หากลบ กรุณาเลือกเหตุผล ประวัติยังเก็บไว้\n{line}"

    def deleted(self, activity_id: int) -> str:
        return f"ลบแล้ว {self.number(activity_id)} หากปีนี้ไม่มีกิจกรรมอื่น ระบบจะแจ้งเตือนคู่นี้ต่อไป"

    def file_problem(self, kind: str | None) -> str:
        return {
            "too_large": "ไฟล์ใหญ่เกิน 20 MB ส่งไฟล์ที่เล็กลง (ข้อมูลที่กรอกไว้ยังอยู่)",
            "type": "ไฟล์ชนิดนี้แนบไม่ได้ ส่งเป็นภาพ PDF หรือเอกสาร Office (ข้อมูลที่กรอกไว้ยังอยู่)",
            "damaged": "เปิดไฟล์นี้ไม่ได้ อาจมาไม่ครบหรือเสียหาย บันทึกใหม่เป็นภาพหรือ PDF แล้วส่งอีกครั้ง (ข้อมูลที่กรอกไว้ยังอยู่)",
            "pixels": "ภาพมีความละเอียดสูงเกินไป ส่งแบบรูปภาพแทนแบบไฟล์ หรือย่อขนาดแล้วส่งอีกครั้ง (ข้อมูลที่กรอกไว้ยังอยู่)",
            "active": "ไฟล์มีมาโคร สคริปต์ หรือไฟล์อื่นซ้อนอยู่ จึงไม่เก็บ สั่งพิมพ์เป็น PDF แล้วส่งอีกครั้ง (ข้อมูลที่กรอกไว้ยังอยู่)",
            "locked": "ไฟล์มีรหัสผ่าน บันทึกแบบไม่มีรหัสผ่านแล้วส่งอีกครั้ง (ข้อมูลที่กรอกไว้ยังอยู่)",
            "secret": "ไฟล์นี้มีเครื่องหมายชั้นความลับ ระบบลบแล้วและไม่เก็บไว้ แต่ไฟล์ได้ผ่านแอปแชตแล้ว "
            "กรุณาลบข้อความนั้นในแชต ใช้ช่องทางที่ปลอดภัยแทน และแจ้งนายทะเบียนข้อมูลข่าวสารลับของหน่วยงาน "
            "(ข้อมูลที่กรอกไว้ยังอยู่)",
        }.get(str(kind), "รับไฟล์ไม่ได้ กรุณาส่งอีกครั้ง (ข้อมูลที่กรอกไว้ยังอยู่)")

    # -------------------------------------------------------------- what is sent along

    USE_AGAIN = "ใช้ด้วย"
    LEAVE_OUT = "ไม่ใช้"
    NEW_ACTIVITY = "กิจกรรมใหม่"
    ATTACHED = "แนบแล้ว"
    CLASSIFIED_TEXT = (
        "ข้อความนี้มีเครื่องหมายชั้นความลับ ระบบไม่เก็บไว้ แต่ข้อความได้ผ่านแอปแชตแล้ว "
        "กรุณาลบข้อความนั้นในแชต ใช้ช่องทางที่ปลอดภัยแทน และแจ้งนายทะเบียนข้อมูลข่าวสารลับของหน่วยงาน (ข้อมูลที่กรอกไว้ยังอยู่)"
    )
    CAPTION_NOT_USED = "ยังไม่ได้ใช้ข้อความใต้ภาพ หากต้องการใช้เป็นชื่อเรื่อง กด “แก้ไข” แล้วพิมพ์"

    def links(self, count: int) -> str:
        return f"ลิงก์ {count} รายการ"

    def locations(self, count: int) -> str:
        return f"ตำแหน่งที่ตั้ง {count} จุด"

    def too_many(self, sort: str, kept: int, refused: int) -> str:
        what, unit = {
            "files": ("ไฟล์", "ไฟล์"),
            "links": ("ลิงก์", "ลิงก์"),
            "locations": ("ตำแหน่งที่ตั้ง", "จุด"),
        }[sort]
        return f"กิจกรรมหนึ่งแนบ{what}ได้ {kept} {unit} เก็บไว้ครบแล้ว อีก {refused} {unit}ไม่ได้เก็บ"

    def link_too_long(self, limit: int) -> str:
        return f"ลิงก์ยาวเกิน {limit} ตัวอักษร ส่งลิงก์ที่สั้นลง (ข้อมูลที่กรอกไว้ยังอยู่)"

    def used_elsewhere(self, count: int, numbers: Sequence[str]) -> str:
        return f"ภาพ/เอกสาร {count} ไฟล์ แนบไว้กับ{', '.join(numbers)} แล้ว ใช้กับกิจกรรมนี้ด้วยหรือไม่"

    def attach_to(self, activity_id: int) -> str:
        return f"แนบกับ{self.number(activity_id)}"

    def whose(self, what: str) -> str:
        return f"รับแล้ว: {what}\nเป็นของรายการที่เพิ่งบันทึก หรือของกิจกรรมใหม่"

    def attached(self, added: int, refused: int) -> str:
        if not added and not refused:
            return "สิ่งที่ส่งมาแนบไว้กับกิจกรรมนี้อยู่แล้ว"
        more = f"แนบเพิ่มแล้ว {added} รายการ" if added else ""
        full = f"กิจกรรมนี้แนบครบจำนวนแล้ว อีก {refused} รายการไม่ได้เก็บ" if refused else ""
        return " · ".join(part for part in (more, full) if part)

    def report_kept(self, cut_at: int | None) -> str:
        part = f" {cut_at:,} ตัวอักษรแรก" if cut_at else "ทั้งหมด"
        return f"เก็บข้อความ{part}ไว้ใน “{self.FIELD_NAMES['result']}”"

    # -------------------------------------------------------------- the card's fields by buttons

    SDGS: Mapping[str, str] = {
        "1": "ขจัดความจน",
        "2": "ขจัดหิวโหย",
        "3": "สุขภาพ",
        "4": "การศึกษา",
        "5": "เพศเท่าเทียม",
        "6": "น้ำสะอาด",
        "7": "พลังงาน",
        "8": "เศรษฐกิจ",
        "9": "นวัตกรรม",
        "10": "ลดเหลื่อมล้ำ",
        "11": "ชุมชนเมือง",
        "12": "บริโภค/ผลิต",
        "13": "ภูมิอากาศ",
        "14": "ทะเล",
        "15": "ระบบนิเวศ",
        "16": "สันติภาพ",
        "17": "หุ้นส่วน",
    }
    SECTORS: Mapping[str, str] = {
        "tourism": "ท่องเที่ยว",
        "trade": "การค้า/ลงทุน",
        "agriculture": "เกษตร",
        "education": "การศึกษา",
        "health": "สาธารณสุข",
        "culture": "วัฒนธรรม",
        "sport_youth": "กีฬา/เยาวชน",
        "environment": "สิ่งแวดล้อม",
        "disaster": "ภัยพิบัติ",
        "industry": "อุตสาหกรรม",
        "border": "ชายแดน",
        "administration": "การบริหาร",
    }
    WEEKDAYS: Mapping[str, str] = {
        "mon": "วันจันทร์",
        "tue": "วันอังคาร",
        "wed": "วันพุธ",
        "thu": "วันพฤหัสบดี",
        "fri": "วันศุกร์",
        "sat": "วันเสาร์",
        "sun": "วันอาทิตย์",
    }
    SHORT_WEEKDAYS: Mapping[str, str] = {
        "mon": "จ.",
        "tue": "อ.",
        "wed": "พ.",
        "thu": "พฤ.",
        "fri": "ศ.",
        "sat": "ส.",
        "sun": "อา.",
    }
    CALENDAR = "เลือกจากปฏิทิน"
    SEVERAL_DAYS = "หลายวัน"
    ONE_DAY = "วันเดียว"
    FIRST_DAY = "เลือกวันแรก"
    CHOOSE_MONTH = "เลือกเดือน"
    NO_BUDGET = "ไม่ใช้งบ"
    PROVINCIAL_HALL = "ศาลากลางจังหวัด"
    SKIP = "ข้าม"
    FILL_IN = "กรอกรายละเอียดต่อ"
    CHANGE_TAGS = "เปลี่ยนด้าน/SDGs"
    DROP_TAGS = "ไม่ระบุด้าน/SDGs"
    WAS_IT_HELD = "จัดแล้วหรือยัง"
    DIRECTION_NOT_READ = "อ่านคำตอบเรื่องการเดินทางไม่ได้ กรุณาเลือกจากปุ่ม (ข้อมูลที่กรอกไว้ยังอยู่)"
    SDGS_NOT_READ = "อ่านข้อของ SDGs ไม่ได้ เลือกจากปุ่ม หรือพิมพ์เลข 1–17 เช่น 4, 8 (ข้อมูลที่กรอกไว้ยังอยู่)"
    SECTORS_NOT_READ = "อ่านด้านไม่ได้ กรุณาเลือกจากปุ่ม (ข้อมูลที่กรอกไว้ยังอยู่)"
    DATE_TOO_EARLY = "รับวันที่ตั้งแต่ พ.ศ. 2500 เป็นต้นไป พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def date_too_far(self, years: int) -> str:
        return f"รับวันที่ล่วงหน้าไม่เกิน {years} ปี พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def range_too_long(self, days: int) -> str:
        return f"ช่วงวันยาวเกินไป รับไม่เกิน {days} วัน พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def place_too_long(self, limit: int) -> str:
        return f"ชื่อสถานที่ยาวเกินไป พิมพ์ไม่เกิน {limit} ตัวอักษร (ข้อมูลที่กรอกไว้ยังอยู่)"

    def people_too_many(self, limit: int) -> str:
        return f"จำนวนผู้เข้าร่วมต้องอยู่ระหว่าง 1 ถึง {limit:,} คน พิมพ์ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def money_too_much(self, limit: int) -> str:
        return f"งบประมาณต้องไม่เกิน {limit:,} บาท พิมพ์ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def all_pairings(self, count: int) -> str:
        return f"ทั้ง {count} คู่"

    def short_day(self, day: date) -> str:
        return f"{[*self.SHORT_WEEKDAYS.values()][day.weekday()]} {day.day}"

    def short_month(self, month: date) -> str:
        return SHORT_MONTHS[month.month - 1]

    def year(self, year: int) -> str:
        return f"ปี {year + ERA}"

    def choose_day(self, month: date) -> str:
        first = [*self.WEEKDAYS.values()][month.weekday()]
        return f"เลือกวันใน {thai_date_both(month, 'month')}\nแต่ละแถวเริ่มที่{first}"

    def choose_month(self, year: int) -> str:
        return f"เลือกเดือน พ.ศ. {year + ERA} (ค.ศ. {year})"

    def day_forgotten(self, month: date) -> str:
        return f"ไม่ทราบวัน ระบุเพียง {thai_date(month, 'month')}"

    def ticked(self, label: str, on: bool) -> str:
        return f"✓ {label}" if on else label

    def goal(self, code: str) -> str:
        return f"{code} {self.SDGS.get(code, '')}".strip()

    def sector(self, code: str) -> str:
        return self.SECTORS.get(code, code)

    def change_field(self, field: str) -> str:
        return f"แก้ไข {self.FIELD_NAMES[field]}"

    def fixed(self, parts: Sequence[str]) -> str:
        return f"แก้ไขแล้ว: {' · '.join(parts)}"

    def fixed_part(self, field: str, value: str) -> str:
        return f"{self.FIELD_NAMES[field]} {value}"

    # -------------------------------------------------------------- records

    NO_ACTIVITIES = "ยังไม่มีกิจกรรมที่บันทึกไว้"

    def changed(self, field: str, old: str, new: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {old} → {new}"

    # -------------------------------------------------------------- after saving

    UNDO = "เลิกทำ"
    DETAILS = "ผลกิจกรรม"
    MORE_ACTIONS = "เพิ่มเติม"
    SHOW_RECORD = "ดูรายการ"
    WAS_HELD = "จัดแล้ว"
    POSTPONE = "เลื่อนวัน"
    CALLED_OFF = "งดจัด"
    MERGE = "กิจกรรมเดียวกัน รวมรายการ"
    OTHER_REASON = "อื่น ๆ"
    EMPTY_FIELD = "ล้างข้อมูลนี้"
    OTHER_PROVINCE = "จังหวัดอื่นร่วมจัด"
    DID_NOT_TAKE_PART = "ไม่ได้ร่วมจัด"
    ADD_COMMENT = "ให้ข้อสังเกต"
    FLAG_SETTLED = "ดำเนินการแล้ว"
    DELETIONS: Mapping[str, str] = {
        "duplicate": "บันทึกซ้ำ",
        "wrong": "ผิดคู่หรือผิดรายการ",
        "not_held": "ไม่ได้จัด",
    }
    EVIDENCE: Mapping[str, str] = {
        "photo": "ภาพ",
        "document": "เอกสาร",
        "link": "ลิงก์",
        "location": "ตำแหน่งที่ตั้ง",
    }
    CHANNELS: Mapping[str, str] = {
        "web": "หน้าแชต",
        "telegram": "Telegram",
        "line": "LINE",
        "terminal": "หน้าต่างคำสั่ง",
    }
    UNDONE = "เลิกทำการแก้ไขแล้ว"
    UNDO_CLOSED = "ผู้บันทึกเลิกทำได้ภายใน 1 นาทีหลังบันทึก หากต้องการเปลี่ยน กด “แก้ไข” หรือ “ลบ”"
    MERGED = "รวมรายการแล้ว"
    DIFFERENCES = "ข้อมูลที่ต่างกัน คงตามที่บันทึกไว้เดิม หากต้องการเปลี่ยน กด “แก้ไข”"
    WRITE_DELETION = "พิมพ์เหตุผลที่ลบ ไม่เกิน 300 ตัวอักษร"
    HELD_YET = "จัดแล้วหรือยัง"
    NEW_DAY = "เลื่อนไปวันใด พิมพ์ได้ เช่น 5 มี.ค. 70"
    NEW_DAY_NOT_READ = "อ่านวันที่ไม่ได้ พิมพ์เป็น วัน/เดือน/ปี พ.ศ. เช่น 5/3/2570 (ข้อมูลที่กรอกไว้ยังอยู่)"
    HOW_TO_GIVE_DETAILS = "เลือกส่วนที่จะกรอก หรือพิมพ์หลายบรรทัดพร้อมกัน เช่น\nผลที่ได้รับ: …\nปัญหา: …"
    NOT_THE_LETTER = "บันทึกนี้ใช้แทนหนังสือรายงานกระทรวงมหาดไทยไม่ได้"
    SOURCE_NOT_READ = "อ่านแหล่งงบประมาณไม่ได้ กรุณาเลือกจากปุ่ม (ข้อมูลที่กรอกไว้ยังอยู่)"
    NO_DAY_YET = "ยังไม่มีกำหนดติดตาม หากระบุวัน ระบบจะเพิ่มเป็นกิจกรรมในแผน"
    WHICH_OTHER_PROVINCE = "จังหวัดใดร่วมจัดด้วย เลือกหรือพิมพ์ชื่อจังหวัด"
    WITH_WHICH_PAIRING = "จังหวัดร่วมจัดในนามคู่ใด เลือกคู่ หรือกด “ไม่ได้ร่วมจัด”"
    JOINED_IN = "ยืนยันร่วมจัดแล้ว"
    INVITATION_WITHDRAWN = "จังหวัดผู้แจ้งได้ถอนรายการนี้แล้ว ไม่ต้องดำเนินการ"
    NOT_COUNTED_HERE = "รับทราบว่าจังหวัดไม่ได้ร่วมจัด กิจกรรมนี้ไม่นับให้จังหวัด"
    WRITE_COMMENT = "พิมพ์ข้อสังเกตถึงผู้บันทึก ไม่เกิน 500 ตัวอักษร"
    COMMENT_SENT = "แจ้งข้อสังเกตถึงผู้บันทึกแล้ว"
    COMMENT_SETTLED = "ดำเนินการตามข้อสังเกตแล้ว"
    COMMENT_FROM_HEAD = "หัวหน้าสำนักงานจังหวัดมีข้อสังเกตต่อ"
    COPIED_HEAD = "กิจกรรมเมืองพี่เมืองน้อง"

    def revision(self, version: int, change: str, at: datetime, by: str, channel: str) -> str:
        done = {
            "created": "บันทึก",
            "edited": "แก้ไข",
            "merged": "รวมรายการ",
            "undone": "เลิกทำ",
            "deleted": "ลบ",
            "restored": "นำกลับมา",
        }[change]
        return f"{version}. {done} · {self._at(at)} · {by} · {self.CHANNELS.get(channel, channel)}"

    def _at(self, at: datetime) -> str:
        return f"{thai_date(at.date())} {at:%H.%M} น."

    def who(self, name: str, role: str, province: str) -> str:
        post = " ".join(part for part in (role, province) if part)
        return f"{name} ({post})" if post and name else post or name or "ไม่ระบุชื่อ"

    def recorded_by(self, names: Sequence[str]) -> str:
        return f"ผู้บันทึก: {', '.join(names)}"

    def reason(self, reason: str) -> str:
        if reason == "promise":
            return "ตั้งจากเรื่องที่จะติดตามของรายการอื่น"
        return f"เหตุผล: {self.DELETIONS.get(reason, reason)}"

    def added(self, field: str, what: str) -> str:
        return f"{self.FIELD_NAMES[field]}: เพิ่ม {what}"

    def removed(self, field: str, what: str) -> str:
        return f"{self.FIELD_NAMES[field]}: นำออก {what}"

    def aside(self, what: str, about: str, at: datetime, by: str) -> str:
        said = {
            "invited": f"แจ้ง{self._office(about)}ว่าร่วมจัด",
            "declined": f"{self._office(about)}แจ้งว่าไม่ได้ร่วมจัด",
            "flagged": f"ข้อสังเกต: {about}",
            "settled": f"ดำเนินการตามข้อสังเกตแล้ว: {about}",
        }[what]
        return f"• {said} · {self._at(at)} · {by}"

    def taken_back(self, activity_id: int) -> str:
        return f"เลิกทำแล้ว {self.number(activity_id)} กลับเป็นรายการที่ยังไม่ได้บันทึก"

    def differs(self, field: str, kept: str, typed: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {kept} (ที่กรอกใหม่: {typed})"

    def waiting_for(self, provinces: Sequence[str]) -> str:
        return f"รอคำตอบจากจังหวัดที่ร่วมจัด: {', '.join(provinces)}"

    def promised(self, activity_id: int, title: str, day: date) -> str:
        return f"แผนติดตาม: {self.number(activity_id)} · {thai_date(day)} · {title}"

    def promised_by(self, activity_id: int) -> str:
        return f"ติดตามผลจาก{self.number(activity_id)}"

    def flagged(self, comment: str) -> str:
        return f"⚠️ ข้อสังเกต: {comment}"

    def stored(self, fields: Sequence[str]) -> str:
        return f"บันทึกแล้ว: {', '.join(fields)}"

    def ask_detail(self, field: str, most: int) -> str:
        return {
            "spent_thb": "ค่าใช้จ่ายจริงเท่าใด พิมพ์เป็นบาท เช่น 50000 หรือ 2.5 แสน",
            "spent_source": "ใช้งบประมาณจากแหล่งใด",
            "letter_no": "พิมพ์เลขที่หนังสือรายงาน ต่อด้วยวันที่ได้ เช่น ชม 0017/123 ลว. 5 พ.ย. 69",
            "letter_on": "หนังสือลงวันที่ใด พิมพ์ได้ เช่น 5 พ.ย. 69",
            "follow_up": "จะติดตามเรื่องใด พิมพ์พร้อมวันได้ เช่น ประชุมครั้งต่อไป 5 มี.ค. 70",
            "follow_up_on": "กำหนดติดตามวันใด พิมพ์ได้ เช่น 5 มี.ค. 70",
        }.get(field, f"{self.FIELD_NAMES[field]}: พิมพ์ได้ไม่เกิน {most:,} ตัวอักษร")

    def _office(self, province: str) -> str:
        return province if province.startswith("กรุงเทพ") else f"จังหวัด{province}"

    def invited(self, outcome: str, province: str) -> str:
        office = self._office(province)
        return {
            "invited": f"แจ้ง{office}แล้ว จะนับให้เมื่อ{office}ยืนยันว่าร่วมจัด",
            "already": f"แจ้ง{office}ไว้แล้ว",
            "own": f"{office}อยู่ในรายการนี้แล้ว หากร่วมหลายคู่ เพิ่มคู่ได้ที่ “แก้ไข”",
            "full": "แจ้งจังหวัดที่ร่วมจัดได้ไม่เกิน 10 จังหวัด",
            "nobody": f"{office}ยังไม่มีคู่หรือเจ้าหน้าที่ในระบบ กรุณาประสานโดยตรง",
        }[outcome]

    def asks_to_join(self, province: str, ours: str) -> str:
        return f"{self._office(province)}แจ้งว่าจัดกิจกรรมนี้ร่วมกับ{self._office(ours)}"

    def province_joined(self, province: str, pairing: str) -> str:
        return f"{self._office(province)}ยืนยันว่าร่วมจัดแล้ว ({pairing})"

    def declined_by(self, province: str) -> str:
        return f"{self._office(province)}แจ้งว่าไม่ได้ร่วมจัดกิจกรรมนี้"

    def copied_number(self, activity_id: int) -> str:
        return f"({self.number(activity_id)} ในระบบผู้ช่วยเมืองพี่เมืองน้อง)"

    # -------------------------------------------------------------- the list of records, unfinished drafts

    CHOOSE_RECORD = "เลือกรายการเพื่อดูหรือแก้ไข"
    NOTHING_FOUND = "ไม่พบรายการตามที่เลือก ปรับตัวกรองหรือกด “แสดงทั้งหมด”"
    WHICH_RECORDS = "แสดงเฉพาะรายการใด"
    WRITE_WORDS = "พิมพ์สิ่งที่ต้องการค้นหา เช่น ชื่อคู่ ปี ประเภท เรื่อง หรือเลขรายการ"
    PLANNED_MARK = "แผน · "
    FLAG = "มีข้อสังเกต · "
    MINE = "ที่ฉันบันทึก"
    FLAGGED = "มีข้อสังเกต"
    FILTER_PAIRING = "เลือกคู่"
    FILTER_YEAR = "เลือกปี"
    FILTER_TYPE = "เลือกประเภท"
    FILTER_MORE = "ตัวกรองอื่น"
    SEARCH = "ค้นหา"
    SHOW_ALL = "แสดงทั้งหมด"
    UNFINISHED = "รายการที่ยังไม่ได้บันทึก"
    WHICH_DRAFT = "เลือกรายการที่จะทำต่อ"

    def year_name(self, basis: str, year: int) -> str:
        return f"{self.BASES[basis]} {year}"

    def narrowed(self, by: str) -> str:
        return f"เฉพาะ: {by}"

    # -------------------------------------------------------------- keeping the entries

    ENTRY_FIELDS: Mapping[str, str] = {
        "question": "คำถาม",
        "question_en": "คำถามภาษาอังกฤษ",
        "title": "หัวเรื่อง",
        "answer": "คำตอบ",
        "answer_en": "คำตอบภาษาอังกฤษ",
        "detail": "รายละเอียด",
        "detail_en": "รายละเอียดภาษาอังกฤษ",
        "phrasings": "ถ้อยคำที่ใช้ถาม",
        "sources": "ที่มา",
        "topic": "หมวด",
        "related": "รายการที่เกี่ยวข้อง",
        "as_of": "ข้อมูลปี",
        "confidence": "ประเภทแหล่งที่มา",
        "known": "มีแหล่งที่มายืนยันคำตอบ",
        "in_force_from": "ใช้ตั้งแต่",
        "superseded_by": "ใช้รายการอื่นแทน",
    }
    ENTRY_CHANGES: Mapping[str, str] = {
        "shipped": "มากับระบบ",
        "answered": "ตอบคำถาม",
        "edited": "แก้ไข",
        "phrasing": "เพิ่มถ้อยคำ",
        "imported": "นำเข้า",
        "rolled_back": "กลับไปใช้ฉบับก่อน",
    }
    MANAGE_ENTRY = "จัดการรายการ"
    DRAFTS = "ฉบับร่างรออนุมัติ"
    DRAFT = "ฉบับร่าง"
    APPROVE_DRAFT = "อนุมัติ"
    RETURN_DRAFT = "ส่งกลับ"
    ADD_WORDING = "เพิ่มถ้อยคำ"
    DO_NOT_ADD = "ไม่เพิ่ม"
    SHOW_AGAIN = "ดูรายการอีกครั้ง"
    NO_DRAFTS = "ไม่มีฉบับร่างที่รออนุมัติ"
    NEW_ENTRY = "รายการใหม่ ยังไม่มีฉบับที่ใช้อยู่"
    CHANGED = "ส่วนที่เปลี่ยนจากฉบับที่ใช้อยู่"
    NOTHING_CHANGED = "ไม่ต่างจากฉบับที่ใช้อยู่"
    YES = "ใช่"
    NO = "ไม่ใช่"
    NEEDS_ANOTHER_CURATOR = "ต้องให้ผู้ดูแลเนื้อหาอีกคนอนุมัติ"
    DRAFT_NOT_READ = "อ่านฉบับร่างนี้ไม่ได้ ข้อมูลของรายการไม่ครบ ส่งกลับให้ผู้เขียนแก้ไขได้"
    DRAFT_KEPT = "เก็บเป็นฉบับร่างแล้ว"
    RETURNED = "ส่งกลับพร้อมเหตุผลแล้ว"
    WHY_RETURNED = "พิมพ์เหตุผลที่ส่งกลับ ระบบจะแจ้งผู้เขียน"
    BATCH_CHANGED = "รายการในชุดนี้เปลี่ยนไปแล้ว กรุณาตรวจอีกครั้ง"
    NOT_APPROVED = "ยังใช้ฉบับนี้ไม่ได้:"
    TYPE_AGAIN = "พิมพ์ใหม่อีกครั้ง หรือกด “ยกเลิก”"
    NO_PHRASINGS = "ไม่มีถ้อยคำที่รอพิจารณา"
    WORDING_REFUSED = "รับทราบ ไม่เพิ่มถ้อยคำนี้"
    WORDING_DECIDED = "ถ้อยคำนี้มีผู้พิจารณาแล้ว"

    def drafts(self, count: int) -> str:
        return f"ฉบับร่างรออนุมัติ {count} ฉบับ เลือกฉบับที่จะตรวจ"

    def batch(self, name: str, count: int) -> str:
        return f"ชุดนำเข้า {name} ({count} รายการ)"

    def approve_all(self, count: int) -> str:
        return f"อนุมัติทั้งชุด {count} รายการ"

    def question_line(self, question: str) -> str:
        return f"คำถาม: {question}"

    def written_by(self, author: str, change: str, at: datetime) -> str:
        """A post, never a name."""
        who = {"me": "ผู้ดูแลเนื้อหา (ฉบับของตนเอง)", "operator": self.ROLES["operator"]}.get(author, "ผู้ดูแลเนื้อหา")
        return f"ผู้เขียน: {who} · {self.ENTRY_CHANGES[change]} · {thai_date(at.date())}"

    def noted(self, note: str) -> str:
        return f"หมายเหตุ: {note}"

    def draft_decided(self, state: str) -> str:
        return {
            "approved": "ฉบับนี้อนุมัติแล้ว",
            "returned": "ฉบับนี้ส่งกลับแล้ว",
            "replaced": "ฉบับนี้มีผู้แก้ไขแล้ว ดูฉบับใหม่ที่ /drafts",
        }[state]

    def approved(self, count: int) -> str:
        how_many = f" {count} รายการ" if count > 1 else ""
        return f"อนุมัติแล้ว{how_many} ใช้ตอบตั้งแต่คำถามถัดไป"

    def draft_approved(self, question: str, count: int) -> str:
        others = f" และอีก {count - 1} รายการ" if count > 1 else ""
        return f"ฉบับร่างที่เขียนไว้ได้รับอนุมัติแล้ว: {question[:200]}{others}"

    def draft_returned(self, question: str, reason: str) -> str:
        return f"ฉบับร่างที่เขียนไว้ส่งกลับมาให้แก้ไข: {question[:200]}\nเหตุผล: {reason}"

    def entry_fault(self, kind: str, value: str, other: str) -> str:
        return {
            "wording": f"ถ้อยคำ “{value}” เป็นของรายการอื่นแล้ว: {other}",
            "topic": f"ไม่มีหมวด {value}",
            "related": f"ไม่มีรายการที่เกี่ยวข้อง {value}",
            "source": f"ไม่มีแหล่งที่มา {value}",
            "section": f"ไม่มีหัวข้อ {value} ในแผน",
            "superseded_by": f"ไม่มีรายการ {value} ที่ใช้แทนได้",
            "lines": f"คำตอบยาวเกิน {value} บรรทัด",
            "long": f"ถ้อยคำยาวเกิน {value} ตัวอักษร",
            "empty": "ยังไม่มีข้อความที่อ่านได้",
            "body": f"ข้อมูลของรายการไม่ครบหรือไม่ถูกต้อง: {value}",
        }[kind]

    def ask_entry_text(self, field: str, question: str, now: str) -> str:
        wanted = {
            "answer": f"คำตอบเดิม:\n{now}\nพิมพ์คำตอบใหม่เป็นภาษาไทย ไม่เกิน 6 บรรทัด ระบบจะนำคำตอบภาษาอังกฤษเดิมออก",
            "source": f"ที่มาเดิม: {now}\nพิมพ์ที่มาใหม่: ชื่อเอกสาร เลขที่หรือหัวข้อ และปี",
            "wording": "พิมพ์ถ้อยคำที่ใช้ถามเรื่องนี้ ครั้งละ 1 ถ้อยคำ",
        }[field]
        return f"คำถาม: {question}\n{wanted}"

    def version(
        self, number: int, change: str, state: str, at: datetime | None, live: bool, back_to: str | None
    ) -> str:
        parts = [f"ฉบับ {number}", self.back_to(back_to) if back_to else self.ENTRY_CHANGES[change]]
        parts += [thai_date(at.date())] if at else []
        standing = {"draft": "รออนุมัติ", "unusable": "ใช้กับข้อมูลปัจจุบันไม่ได้"}.get(state)
        parts += [standing] if standing else []
        return " · ".join([*parts, *(["ใช้อยู่"] if live else [])])

    def draft_version(self, version: int) -> str:
        return f"{self.DRAFT} {version}"

    def back_to(self, version: int | str) -> str:
        return f"กลับไปใช้ฉบับ {version}"

    def rolled_back(self, version: int) -> str:
        return f"กลับไปใช้ฉบับ {version} แล้ว ใช้ตอบตั้งแต่คำถามถัดไป"

    def phrasings_left(self, count: int) -> str:
        return f"ถ้อยคำที่รอพิจารณา {count} รายการ"

    def proposal(self, text: str, question: str, count: int) -> str:
        return f"ถ้อยคำ: {text}\nผู้ถามยืนยันว่าตรงกับ: {question}\nยืนยันแล้ว {count} ครั้ง"

    def wording_added(self, text: str) -> str:
        return f"เพิ่มถ้อยคำแล้ว: {text}"

    # -------------------------------------------------------------- pairings, status

    WHICH_PROVINCE = "เลือกหรือพิมพ์ชื่อจังหวัด"
    PROVINCE_NOT_READ = "ไม่พบจังหวัดนี้ พิมพ์ชื่อจังหวัดอีกครั้ง เช่น เชียงใหม่"
    NO_PAIRINGS = "ยังไม่มีคู่ในระบบ"
    INCOMPLETE = "ข้อมูลยังไม่ครบ: จังหวัดยังไม่ได้ยืนยันรายชื่อคู่"
    NOTHING_OWED = "ปีนี้ไม่มีคู่ที่ต้องจัดกิจกรรมร่วม"
    UNCONFIRMED_MARK = "* ข้อมูลยังไม่ครบ: จังหวัดยังไม่ได้ยืนยันรายชื่อคู่"
    NAME_A_PROVINCE = "พิมพ์ชื่อจังหวัดเพื่อดูรายคู่"
    WHICH_IS_WRONG = "รายการใดไม่ใช่คู่ของจังหวัด"
    WHICH_IS_MISSING = "พิมพ์ชื่อคู่ที่ขาด และประเทศ"

    def role(self, role: str) -> str:
        return self.ROLES[role]

    def name(self, name_th: str, _name_en: str) -> str:
        """Of a partner or a country."""
        return name_th

    def pairings_of(self, province: str) -> str:
        return f"คู่เมืองพี่เมืองน้อง {province}"

    def stage(self, pairing: Staged) -> str:
        if pairing.verdict == "wrong":
            if pairing.status == "ended":
                return "ไม่ใช่คู่ของจังหวัด (ส่วนกลางตรวจสอบแล้ว)"
            return "จังหวัดแจ้งว่าไม่ใช่คู่ของจังหวัด รอส่วนกลางตรวจสอบ"
        if pairing.status != "established":
            return self.stage_of(pairing.stage or pairing.status)
        signed = "ลงนามแล้ว (ไม่ปรากฏวันที่)"
        if pairing.signed_on is not None:
            signed = f"ลงนาม {thai_date(pairing.signed_on, pairing.signed_precision or 'day')}"
        parts = [signed]
        if pairing.stage in ("renewed", "expired"):
            parts.append(self.stage_of(pairing.stage))
        if pairing.expires_on is not None:
            parts.append(f"ถึง {thai_date(pairing.expires_on, pairing.expires_precision or 'day')}")
        return " · ".join(parts)

    def is_list_right(self, province: str) -> str:
        return f"รายชื่อคู่ของ{province}ถูกต้องหรือไม่"

    def list_confirmed(self, province: str) -> str:
        return f"ยืนยันรายชื่อคู่ของ{province}แล้ว แก้ไขได้ภายหลังที่ /pairings"

    def marked_wrong(self, label: str) -> str:
        return f"รับทราบว่า {label} ไม่ใช่คู่ของจังหวัด หยุดแจ้งเตือนคู่นี้และรอส่วนกลางตรวจสอบ"

    def not_wrong(self, label: str) -> str:
        return f"รับทราบว่า {label} เป็นคู่ของจังหวัด แจ้งเตือนคู่นี้ตามเดิม"

    def missing_noted(self, name: str) -> str:
        return f"รับทราบคู่ที่ขาด: {name} ส่วนกลางจะตรวจสอบก่อนเพิ่มในระบบ"

    # -------------------------------------------------------------- finding by a name

    NAME_NOT_FOUND = "ไม่พบคู่ตามชื่อนี้ พิมพ์ชื่อคู่ จังหวัด หรือประเทศอีกครั้ง หรือดูรายชื่อที่ /pairings"
    MUNICIPAL_NOT_KEPT = "ระบบนี้มีเฉพาะความสัมพันธ์ระดับจังหวัด ไม่มีของเทศบาล พิมพ์ชื่อจังหวัดเพื่อดูคู่ของจังหวัด"
    MORE_NAMES = "ยังมีชื่ออื่นที่ใกล้เคียง พิมพ์ชื่อให้ครบเพื่อเลือกได้แคบลง"
    WHICH_NAMES: Mapping[str, str] = {
        "shared": "ชื่อนี้มีมากกว่าหนึ่งแห่ง เลือกรายการที่ต้องการ",
        "alike": "ชื่อใกล้เคียงกัน เลือกรายการที่ต้องการ",
        "everyday": "คำนี้มีความหมายอื่นด้วย หากหมายถึงรายการนี้ เลือกได้",
        "beginning": "ชื่อที่ขึ้นต้นด้วยคำนี้ เลือกรายการที่ต้องการ",
        "several": "พบหลายรายการ เลือกรายการที่ต้องการ",
        "not_paired": "ยังไม่มีคู่นี้ในระบบ เลือกดูทีละรายการ",
        "district": "ชื่อนี้เป็นพื้นที่ภายใน เลือกรายการที่ต้องการดู",
        "city": "ชื่อนี้เป็นเมืองภายใน เลือกรายการที่ต้องการดู",
        "former": "ชื่อนี้เป็นชื่อเดิม เลือกรายการที่ต้องการดู",
        "merged": "มีการรวมจังหวัดที่เกี่ยวกับชื่อนี้ เลือกรายการที่ต้องการดู",
        "nickname": "ชื่อนี้ใช้เรียกได้มากกว่าหนึ่งแห่ง เลือกรายการที่ต้องการ",
    }

    def which_name(self, reason: str) -> str:
        return self.WHICH_NAMES[reason]

    def of_province(self, province: str) -> str:
        return province if province.startswith("กรุง") else f"จังหวัด{province}"

    def pairings_found(self, count: int) -> str:
        return f"พบ {count} คู่ เลือกรายการที่ต้องการดู"

    # -------------------------------------------------------------- status

    def status_of(self, province: str, today: date) -> str:
        return f"สถานะกิจกรรม {province} ณ วันที่ {thai_date(today)}"

    def country_status(self, lacking: int, today: date) -> str:
        if not lacking:
            return f"ณ วันที่ {thai_date(today)}: ไม่มีคู่ที่ยังขาดกิจกรรมในปีนี้"
        return f"ณ วันที่ {thai_date(today)}: {lacking} คู่ยังไม่มีกิจกรรมในปีนี้"

    def province_line(self, name: str, owing: int, active: int, confirmed: bool) -> str:
        held = f"มีกิจกรรมแล้ว {active} จาก {owing} คู่" if active else f"ยังไม่มีกิจกรรม ({owing} คู่)"
        return f"{name}{'' if confirmed else '*'}: {held}"

    def lacking(self, basis: str, period: str, count: int, days: int) -> str:
        return f"{self.BASES[basis]} {period} ยังไม่มีกิจกรรม {count} คู่ (เหลือ {days} วัน)"

    def active(self, count: int) -> str:
        return f"มีกิจกรรมแล้ว {count} คู่"

    def times(self, count: int) -> str:
        return f"{count} กิจกรรม"

    def last_activity(self, day: date | None) -> str:
        return f"ครั้งล่าสุด {thai_date(day)}" if day else "ยังไม่พบกิจกรรมในระบบ"

    def sums(self, sums: Sequence[Sum]) -> str:
        return " · ".join(self._sum(one) for one in sums)

    def _sum(self, one: Sum) -> str:
        count = f"{one.count} กิจกรรม" if one.count else "ยังไม่มีกิจกรรม"
        left = ""
        if not one.count and one.days_left >= 0:
            left = f" เหลือ {one.days_left} วัน" if one.days_left else " วันนี้เป็นวันสุดท้าย"
        return f"{self.BASES[one.basis]} {one.period}: {count}{left}"

    # -------------------------------------------------------------- reminders

    def digest_title(self, province: str, count: int, basis: str, period: str) -> str:
        return f"{province}: {count} คู่ยังไม่มีกิจกรรมร่วมใน{self.BASES[basis]} {period}"

    def digest_left(self, days: int, last: date) -> str:
        if days < 0:
            return f"ปีดังกล่าวสิ้นสุดเมื่อ {thai_date(last)}"
        if days == 0:
            return f"วันนี้เป็นวันสุดท้าย ({thai_date(last)})"
        return f"เหลือ {days} วัน (ถึง {thai_date(last)})"

    def digest_line(
        self, number: int, partner: str, last: date | None, sums: Sequence[tuple[str, str, int]]
    ) -> str:
        """`sums`: basis, B.E. year and count."""
        counted = " · ".join(
            f"{self.SHORT_BASES[basis]} {period}: {self.times(count) if count else 'ยังไม่มี'}"
            for basis, period, count in sums
        )
        return f"{number}. {partner} · {self.last_activity(last)}\n{counted}"

    def year_of_several(self, basis: str, period: str, lacking: int, total: int, days: int) -> str:
        if not lacking:
            return f"{self.BASES[basis]} {period}: มีกิจกรรมแล้วทุกคู่"
        how_many = f"ยังไม่มีกิจกรรม {lacking} จาก {total} คู่"
        if lacking == total:
            how_many = f"ยังไม่มีทั้ง {total} คู่" if total > 1 else "ยังไม่มีกิจกรรม"
        left = f"เหลือ {days} วัน" if days else "วันนี้เป็นวันสุดท้าย"
        return f"{self.BASES[basis]} {period}: {how_many} {left}"

    def digest_late(self, days: int) -> str:
        return f"ข้อความนี้ส่งช้ากว่ากำหนด {days} วัน"

    def digest_of(self, day: date) -> str:
        """Beneath a message that is repeated on a later day."""
        return f"ข้อความของวันที่ {thai_date(day)} ส่งซ้ำเพราะไม่ทราบว่าถึงแล้วหรือไม่"

    def climbed_title(self, province: str, count: int, basis: str, period: str) -> str:
        year = f"{self.BASES[basis]} {period}"
        return f"{province}: ยังไม่พบบันทึกกิจกรรมร่วมใน{year} จำนวน {count} คู่"

    def climbed_line(self, number: int, partner: str, tried: Sequence[tuple[str, int, date]]) -> str:
        return f"{number}. {partner} · {self.told_so_far(tried)}"

    def told_so_far(self, tried: Sequence[tuple[str, int, date]]) -> str:
        """Which posts were told how often, and when last."""
        told = [
            f"{self.POSTS[level]} {count} ครั้ง ({'ล่าสุด ' if count > 1 else ''}{thai_date(day)})"
            for level, count, day in tried
        ]
        return f"แจ้งแล้ว: {' · '.join(told)}" if told else "ยังไม่มีผู้รับผิดชอบที่ติดต่อได้"

    DUE_SIGN = "⏳"
    HINT_START = "ช่วงต้นปีเหมาะแก่การวางแผนกิจกรรมร่วม หากกำหนดวันแล้ว บันทึกเป็นแผนไว้ได้"
    HINT_LOG = "หากจัดแล้ว บันทึกย้อนหลังได้ ระบบนับตามวันที่จัดจริง"
    HINT_SHORT = f"{HINT_LOG}\nหากยังไม่ได้จัดและเตรียมการเยือนไม่ทัน อาจประชุมออนไลน์กับฝ่ายคู่ หรือขอยกเว้นได้"
    CLIMBED_HINT = "เพื่อโปรดทราบและพิจารณา กิจกรรมอาจจัดแล้วแต่ยังไม่ได้บันทึก"

    def log_for(self, partner: str) -> str:
        return f"บันทึกกิจกรรม {partner}"

    # -------------------------------------------------------------- the demo

    DEMO_AT = "หน้าแชตทดลองอยู่ที่"
    TERMINAL_HINT = "พิมพ์ข้อความแล้วกด Enter · เลือกปุ่มด้วยตัวเลข · ส่งไฟล์ด้วย :file ที่อยู่ไฟล์ · จบด้วย Ctrl-D"

    # -------------------------------------------------------------- faults

    NOT_FOUND = "ไม่พบรายการนี้"
    STALE_BUTTON = "ปุ่มนี้ใช้ไม่ได้แล้ว"
    NOT_READ = "ยังไม่เข้าใจข้อความนี้ พิมพ์คำถาม หรือพิมพ์กิจกรรมเป็นประโยคเดียว ดูตัวอย่างที่ /help"
    LOG_OR_ASK = "ต้องการบันทึกกิจกรรม หรือถามคำถาม"
    CANNOT_HANDLE = "ระบบประมวลผลข้อความล่าสุดไม่ได้ ผู้ดูแลระบบจะตรวจสอบ กรุณาพิมพ์ใหม่ด้วยถ้อยคำอื่น (ข้อมูลที่กรอกไว้ยังอยู่)"

    def too_long(self, limit: int) -> str:
        return f"ข้อความยาวเกินไป ส่งได้ไม่เกิน {limit:,} ตัวอักษร ตัดให้สั้นลงแล้วส่งใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def unsupported(self, kind: str) -> str:
        what = {"sticker": "สติกเกอร์", "voice": "ข้อความเสียง", "video": "วิดีโอ"}.get(kind, "ข้อความชนิดนี้")
        return f"ยังรับ{what}ไม่ได้ กรุณาพิมพ์เป็นข้อความ หรือส่งเป็นภาพหรือเอกสาร (ข้อมูลที่กรอกไว้ยังอยู่)"
