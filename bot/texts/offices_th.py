"""Provinces, countries, contacts and signed documents, in Thai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.language.dates import thai_date


def _size(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, round(size / 1024)):,} KB"


class OfficesTh:
    """Provinces, countries, contacts and signed documents."""

    PRIVATE_ONLY = "ข้อมูลส่วนนี้ดูได้เฉพาะในแชตส่วนตัวกับผู้ช่วย"
    UNDO_IT = "เลิกทำ"
    DONE = "เสร็จสิ้น"
    TAKE_OUT = "นำออก"

    # -------------------------------------------------------------- signed documents

    DOCUMENTS = "เอกสารลงนาม"
    ADD_DOCUMENT = "เพิ่มเอกสาร"
    NO_DOCUMENTS = "ยังไม่มีเอกสารลงนามของคู่นี้ในระบบ"
    SEND_DOCUMENTS = "ส่งไฟล์เอกสารในแชตนี้ได้หลายไฟล์ (PDF, Word หรือภาพ) ไม่รับเอกสารที่มีชั้นความลับ"
    WRITE_DOCUMENT_NAME = "พิมพ์ชื่อเอกสารและวันที่ลงนาม"
    WHY_TAKE_OUT = "นำเอกสารนี้ออกเพราะเหตุใด"
    WRITE_REMOVAL = "พิมพ์เหตุผลที่นำออกสั้น ๆ ในข้อความเดียว"
    DOCUMENT_KINDS: Mapping[str, str] = {
        "mou": "บันทึกความเข้าใจ",
        "agreement": "ความตกลงสถาปนาความสัมพันธ์",
        "intent": "หนังสือแสดงเจตจำนง",
        "record": "บันทึกการหารือ",
    }
    DOCUMENT_REMOVALS: Mapping[str, str] = {
        "wrong_pairing": "แนบผิดคู่",
        "doubled": "แนบซ้ำ",
        "newer": "มีฉบับที่ใช้แทน",
    }

    def documents_of(self, pairing: str, count: int) -> str:
        return f"เอกสารลงนาม {pairing}" + (f" ({count})" if count else "")

    def document_kind(self, kind: str) -> str:
        return self.DOCUMENT_KINDS[kind]

    def document_line(self, number: int, name: str, size: int, at: datetime, post: str) -> str:
        by = f" · {post}" if post else ""
        return f"{number}. {name}\n   {_size(size)} · {thai_date(at.date())}{by}"

    def document_added(self, name: str) -> str:
        return f"แนบแล้ว: {name}"

    def ask_document_name(self, name: str) -> str:
        return f"{name} เป็นเอกสารใด เลือก หรือพิมพ์ชื่อเอกสารและวันที่ลงนาม\nยังมีไฟล์อื่น ส่งต่อได้"

    def documents_known(self, count: int) -> str:
        return f"{count} ไฟล์มีอยู่แล้วในคู่นี้"

    def documents_full(self, most: int, megabytes: int) -> str:
        return f"คู่หนึ่งแนบได้ไม่เกิน {most} ไฟล์ รวมไม่เกิน {megabytes} MB นำไฟล์เดิมออกก่อนแล้วส่งใหม่"

    def document_removed(self, name: str) -> str:
        return f"นำเอกสารออกแล้ว: {name}"

    def document_removal(self, reason: str) -> str:
        return self.DOCUMENT_REMOVALS.get(reason, reason)

    def name_too_long(self, most: int) -> str:
        return f"ชื่อยาวเกิน {most} ตัวอักษร พิมพ์ให้สั้นลงอีกครั้ง (ไฟล์ที่แนบไว้ยังอยู่)"

    # -------------------------------------------------------------- working contacts

    CONTACTS = "ผู้ประสานงาน"
    ADD_CONTACT = "เพิ่มผู้ประสานงาน"
    NO_CONTACTS = "ยังไม่มีผู้ประสานงานของคู่นี้ในระบบ"
    WHICH_SIDE = "ผู้ประสานงานฝ่ายใด"
    CHECK_CONTACT = "ตรวจสอบก่อนบันทึก"
    CONTACT_NOT_READ = "ยังอ่านชื่อไม่ได้ พิมพ์ในบรรทัดเดียว คั่นด้วยจุลภาค: ชื่อ, ตำแหน่ง, โทรศัพท์หรืออีเมล"
    CONTACT_TOO_LONG = "ข้อความยาวเกินไป พิมพ์ชื่อ ตำแหน่ง และช่องทางติดต่อให้สั้นลง"
    CONTACT_SAVED = "บันทึกผู้ประสานงานแล้ว"
    CONTACT_REMOVED = "นำผู้ประสานงานออกแล้ว"
    CONTACT_BACK = "นำผู้ประสานงานกลับมาแล้ว"
    CONTACT_KEPT = "รับดูแลข้อมูลผู้ประสานงานรายนี้แล้ว"
    KEEP_CONTACT = "รับดูแลข้อมูล"
    CORRECT_IT = "แก้ไขข้อมูล"
    TYPE_CONTACT_AGAIN = "พิมพ์ใหม่"
    SIDES: Mapping[str, str] = {"ours": "ฝ่ายไทย", "theirs": "ฝ่ายคู่"}

    def side(self, side: str) -> str:
        return self.SIDES[side]

    def contacts_of(self, pairing: str) -> str:
        return f"ผู้ประสานงาน {pairing}"

    def contact_number(self, number: int) -> str:
        return f"รายที่ {number}"

    def contact(self, name: str, post: str | None, reached_by: str | None) -> str:
        return " · ".join(part for part in (name, post, reached_by) if part)

    def contact_parts(self, side: str, name: str, post: str | None, reached_by: str | None) -> str:
        return (
            f"ฝ่าย: {self.SIDES[side]}\nชื่อ: {name}\nตำแหน่ง: {post or 'ยังไม่ระบุ'}\n"
            f"ช่องทางติดต่อ: {reached_by or 'ยังไม่ระบุ'}"
        )

    def kept_by(self, keeper: str) -> str:
        return f"ผู้ดูแลข้อมูล: {keeper or 'ยังไม่มี'}"

    def ask_contact(self, side: str) -> str:
        return f"{self.SIDES[side]}: พิมพ์ในบรรทัดเดียว คั่นด้วยจุลภาค: ชื่อ, ตำแหน่ง, โทรศัพท์หรืออีเมล"

    def contacts_full(self, most: int) -> str:
        return f"คู่หนึ่งมีผู้ประสานงานได้ฝ่ายละไม่เกิน {most} ราย นำรายเดิมออกก่อน"

    # -------------------------------------------------------------- what is said of a province or a country

    PROFILE = "ข้อมูลจังหวัด"
    CHANGE_PROFILE = "แก้ไขข้อมูล"
    WHICH_OFFICE_FIELD = "แก้ไขข้อมูลใด"
    WRITE_FACT_SOURCE = "พิมพ์ที่มา: ชื่อหนังสือหรือคำสั่ง เลขที่ และวันที่"
    WRITE_FACT_REASON = "พิมพ์เหตุผลสั้น ๆ ในข้อความเดียว"
    CHECK_FACT = "ตรวจสอบก่อนส่ง"
    PROPOSE = "ส่งให้ส่วนกลางยืนยัน"
    PROPOSED_TO_MINISTRY = "ส่งให้ส่วนกลางยืนยันแล้ว จะแสดงเมื่อยืนยัน"
    FACT_SAVED = "บันทึกแล้ว"
    FACT_TAKEN_BACK = "เลิกทำแล้ว ข้อมูลกลับไปเป็นค่าเดิม"
    FACT_NOT_OPEN = "มีการพิจารณารายการนี้ไปแล้ว"
    TOO_MANY_PROPOSED = "มีข้อเสนอที่รอส่วนกลางยืนยันมากแล้ว รอผลก่อนแล้วส่งใหม่"
    FACT_CONFIRMED = "ยืนยันแล้ว ใช้เป็นข้อมูลปัจจุบัน"
    FACT_REFUSED = "บันทึกว่าไม่ใช้ข้อมูลนี้แล้ว"
    OFFICE_FIELDS: Mapping[str, str] = {
        "office": "หน่วยงานที่รับผิดชอบ",
        "group_order": "คำสั่งแต่งตั้งคณะทำงาน",
        "group_order_on": "วันที่ของคำสั่ง",
        "group_members": "องค์ประกอบคณะทำงาน",
        "group_meetings": "วันประชุมคณะทำงาน",
        "special_zone": "เขตเศรษฐกิจพิเศษ",
        "priority": "ลำดับความสำคัญของประเทศ",
    }
    YES_NO: Mapping[str, str] = {"yes": "เป็น", "no": "ไม่เป็น"}
    PRIORITIES: Mapping[str, str] = {
        "first": "ส่งเสริมเป็นลำดับแรก",
        "next": "ส่งเสริมลำดับถัดไป",
        "later": "ส่งเสริมภายหลัง",
    }
    NOT_RANKED = "ยังไม่ได้จัดลำดับ"
    STATED_STATES: Mapping[str, str] = {
        "proposed": "รอส่วนกลางยืนยัน",
        "current": "ใช้อยู่",
        "conflicting": "ต่างจากที่ใช้อยู่",
        "replaced": "เคยใช้",
        "refused": "ไม่ใช้",
    }

    def office_field(self, name: str) -> str:
        """The name of a field of a province or country."""
        return self.OFFICE_FIELDS.get(name, name)

    def office_value(self, name: str, value: Any, precision: str | None = None) -> str:
        """A value of such a field as people read it."""
        if value in (None, "", []):
            return "ยังไม่ระบุ"
        if name == "special_zone":
            return self.YES_NO.get(str(value), str(value))
        if name == "priority":
            return self.PRIORITIES.get(str(value), str(value))
        if name == "group_meetings":
            return ", ".join(thai_date(date.fromisoformat(one)) for one in value)
        if name == "group_order_on":
            return thai_date(date.fromisoformat(value), precision or "day")
        return str(value)

    def ask_office_field(self, name: str, most: int) -> str:
        return {
            "group_order": f"พิมพ์เลขที่คำสั่ง เช่น คำสั่งจังหวัด ที่ 123/2566 (ไม่เกิน {most} ตัวอักษร)",
            "group_order_on": "พิมพ์วันที่ของคำสั่ง เช่น 5 ม.ค. 2566",
            "group_members": f"พิมพ์องค์ประกอบตามตำแหน่ง คั่นด้วยจุลภาค ใส่ชื่อได้ (ไม่เกิน {most} ตัวอักษร)",
            "group_meetings": "พิมพ์วันประชุมทั้งหมด คั่นด้วยจุลภาค เช่น 5 ม.ค. 2569, 3 เม.ย. 2569",
            "special_zone": "จังหวัดเป็นเขตเศรษฐกิจพิเศษหรือไม่",
            "priority": "จัดประเทศนี้ไว้ในลำดับใด",
        }.get(name, f"พิมพ์{self.office_field(name)} (ไม่เกิน {most} ตัวอักษร)")

    def office_value_not_read(self, typed: str) -> str:
        return f"อ่านไม่ได้: {typed[:80]} พิมพ์วันที่อีกครั้ง เช่น 5 ม.ค. 2569"

    def office_day_ahead(self, typed: str) -> str:
        return f"วันที่ยังไม่ถึง: {typed[:80]} พิมพ์วันที่ที่ผ่านมาแล้ว"

    def profile_of(self, province: str) -> str:
        return f"ข้อมูล{self._province(province)}"

    def _province(self, province: str) -> str:
        return province if province.startswith("กรุง") else f"จังหวัด{province}"

    def office_line(self, name: str, value: str, source: str | None) -> str:
        return f"{self.office_field(name)}: {value}" + (f" (ที่มา: {source})" if source else "")

    def region_line(self, region: str, cluster: str) -> str:
        return f"{region}" + (f" · กลุ่มจังหวัด{cluster}" if cluster else "")

    def pairings_line(self, signed: int, unfinished: int) -> str:
        parts = [f"ลงนามแล้ว {signed} คู่" if signed else "ยังไม่มีคู่ที่ลงนาม"]
        return " · ".join([*parts, *([f"อยู่ระหว่างดำเนินการ {unfinished} คู่"] if unfinished else [])])

    def unfinished_line(self, partners: Sequence[str]) -> str:
        return f"คู่ที่ยังดำเนินการไม่เสร็จ: {', '.join(partners)}"

    def staff_count(self, count: int) -> str:
        return f"ผู้ใช้งานของจังหวัด: {count} คน" if count else "ผู้ใช้งานของจังหวัด: ยังไม่มี"

    def proposals_line(self, count: int) -> str:
        return f"ข้อเสนอที่รอส่วนกลางยืนยัน: {count} รายการ"

    def proposal_of(self, name: str, value: str) -> str:
        return f"ข้อเสนอ {self.office_field(name)}: {value}"

    def fact_source(self, source: str) -> str:
        return f"ที่มา: {source}"

    def fact_reason(self, reason: str) -> str:
        return f"เหตุผล: {reason}"

    def stated_line(self, name: str, value: str, state: str, at: datetime, post: str) -> str:
        by = f" · {post}" if post else ""
        return (
            f"{self.office_field(name)}: {value} · {self.STATED_STATES[state]} · {thai_date(at.date())}{by}"
        )

    def fact_decided(self, subject: str, name: str, value: str, accepted: bool, note: str | None) -> str:
        what = f"{self.office_field(name)} {subject}: {value}"
        if accepted:
            return f"ส่วนกลางยืนยันแล้ว: {what}"
        return f"ส่วนกลางยังไม่ใช้ข้อมูลนี้: {what}" + (f"\nเหตุผล: {note}" if note else "")

    # -------------------------------------------------------------- which countries come first

    COUNTRIES = "ลำดับความสำคัญของประเทศ"
    RANK = "จัดลำดับ"
    ABOUT_RANKING = (
        "แผนฯ พ.ศ. 2562–2566 แนวทางการขับเคลื่อนที่ 2 ให้จัดลำดับความสำคัญของประเทศคู่ความสัมพันธ์ "
        "เพื่อคัดเลือกประเทศที่จะส่งเสริมกิจกรรมก่อนและหลัง"
    )

    def country_rank(self, level: str | None) -> str:
        return self.PRIORITIES.get(level or "", self.NOT_RANKED)

    def country_line(self, level: str | None) -> str:
        return f"{self.COUNTRIES}: {self.country_rank(level)}"

    def countries_line(self, countries: Mapping[str, str | None]) -> str:
        """Countries of a list, with how they rank; in one word where none is ranked."""
        if not any(countries.values()):
            return self.country_line(None)
        return f"{self.COUNTRIES}: " + " · ".join(
            f"{name} {self.country_rank(level)}" for name, level in countries.items()
        )

    def country_choice(self, country: str, pairings: int, level: str | None) -> str:
        return f"{country} ({pairings} คู่) · {self.country_rank(level)}"

    def countries_ranked(self, ranked: int, total: int) -> str:
        return f"จัดลำดับแล้ว {ranked} จาก {total} ประเทศ" if ranked else self.NOT_RANKED

    # -------------------------------------------------------------- who has confirmed

    CHECKS = "การยืนยันรายชื่อคู่"
    ONLY_UNCONFIRMED = "เฉพาะที่ยังไม่ยืนยัน"
    ALL_PROVINCES = "ทุกจังหวัด"
    BY_REGION = "ตามภาค"
    BY_CLUSTER = "ตามกลุ่มจังหวัด"
    NO_PROVINCE_FITS = "ไม่มีจังหวัดตามเงื่อนไขนี้"
    PROVINCE_LIST_HISTORY = "ประวัติการตรวจรายชื่อ"
    NO_LIST_HISTORY = "ยังไม่มีการตรวจรายชื่อคู่"
    CONFIRMATION_UNDONE = "เลิกทำแล้ว รายชื่อคู่กลับไปเป็นสถานะก่อนยืนยัน"
    NOT_UNDONE = "มีการตรวจรายชื่อหลังจากนั้นแล้ว จึงไม่ได้เลิกทำ ดูสถานะล่าสุดที่ตรวจรายชื่อคู่"
    PAIRING_RIGHT = "คู่นี้ถูกต้อง"
    PAIRING_WRONG = "ไม่ใช่คู่ของจังหวัด"
    LIST_EVENTS: Mapping[str, str] = {
        "list.confirmed": "ยืนยันรายชื่อคู่",
        "list.unconfirmed": "เลิกทำการยืนยัน",
        "list.marked_wrong": "แจ้งว่าไม่ใช่คู่ของจังหวัด",
        "list.marked_correct": "แจ้งว่าเป็นคู่ของจังหวัด",
        "list.missing": "แจ้งคู่ที่ขาด",
        "list.missing_dropped": "ถอนคู่ที่แจ้งว่าขาด",
    }

    def confirmed_of(self, confirmed: int, total: int) -> str:
        return f"ยืนยันแล้ว {confirmed} จาก {total} จังหวัด"

    def incomplete_of(self, confirmed: int, total: int) -> str:
        return f"ข้อมูลยังไม่ครบ: ยืนยันรายชื่อคู่แล้ว {confirmed} จาก {total} จังหวัด"

    def check_line(
        self, province: str, pairings: int, confirmed: date | None, missing: int, wrong: int, since: int
    ) -> str:
        parts = [f"ยืนยัน {thai_date(confirmed)}" if confirmed else "ยังไม่ยืนยัน", f"{pairings} คู่"]
        parts += [f"ขาด {missing}"] if missing else []
        parts += [f"ไม่ใช่ {wrong}"] if wrong else []
        parts += [f"เปลี่ยนหลังยืนยัน {since}"] if since else []
        return f"{province}: {' · '.join(parts)}"

    def confirmed_on(self, day: date | None, post: str) -> str:
        if day is None:
            return "ยังไม่ได้ยืนยันรายชื่อคู่"
        return f"ยืนยันรายชื่อคู่เมื่อ {thai_date(day)}" + (f" ({post})" if post else "")

    def missing_line(self, names: Sequence[str]) -> str:
        return f"คู่ที่แจ้งว่าขาด: {', '.join(names)}"

    def wrong_line(self, labels: Sequence[str]) -> str:
        return f"แจ้งว่าไม่ใช่คู่ของจังหวัด: {', '.join(labels)}"

    def since_confirmed(self, labels: Sequence[str]) -> str:
        return f"เพิ่มหรือเปลี่ยนหลังยืนยัน ตรวจอีกครั้งได้: {', '.join(labels)}"

    def drop_missing(self, name: str) -> str:
        return f"ไม่ขาดแล้ว: {name}"

    def missing_dropped(self, name: str) -> str:
        return f"ถอนรายการที่แจ้งว่าขาดแล้ว: {name}"

    def list_event(self, action: str, at: datetime, post: str, pairing: str | None) -> str:
        what = self.LIST_EVENTS.get(action, action) + (f" {pairing}" if pairing else "")
        return f"{thai_date(at.date())} {at:%H:%M} น. · {what}" + (f" · {post}" if post else "")
