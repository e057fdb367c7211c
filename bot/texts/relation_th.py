"""One pairing: everything that is known of it, with sources, and how it is changed, in Thai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.language.dates import thai_date, thai_date_both


class RelationTh:
    """One pairing: everything that is known of it, with sources, and how it is changed."""

    STAGES: Mapping[str, str] = {
        "proposed": "เสนอเรื่อง",
        "committee_agreed": "คณะกรรมการเห็นชอบ",
        "letter_of_intent": "ลงนามหนังสือแสดงเจตจำนง",
        "mou_draft": "จัดทำร่างบันทึกความเข้าใจ",
        "signed": "ลงนามแล้ว",
        "renewed": "ต่ออายุแล้ว",
        "expired": "หมดอายุ",
        "dormant": "ไม่มีความเคลื่อนไหว",
        "ended": "ยุติความสัมพันธ์",
        "established": "สถาปนาแล้ว",
        "in_progress": "อยู่ระหว่างดำเนินการ",
        "unknown": "รอตรวจสอบสถานะ",
    }
    FACTS: Mapping[str, str] = {
        "stage": "สถานะ",
        "signed_on": "วันที่ลงนาม",
        "expires_on": "วันสิ้นสุด",
        "term": "ระยะเวลา",
        "areas": "สาขาความร่วมมือ",
        "signatories": "ผู้ลงนาม",
        "level": "ระดับ",
        "note": "หมายเหตุ",
        "name_th": "ชื่อไทย",
        "name_en": "ชื่ออังกฤษ",
        "name_local": "ชื่อภาษาท้องถิ่น",
        "former_names": "ชื่อเดิม",
        "aliases": "ชื่อเรียกอื่น",
        "kind": "ประเภทหน่วยการปกครอง",
        "parent": "อยู่ในเขต",
    }
    LEVELS: Mapping[str, str] = {
        "province": "ระดับจังหวัด",
        "bma": "กรุงเทพมหานคร",
        "uncertain": "ยังไม่แน่ชัดว่าเป็นระดับจังหวัดหรือเทศบาล",
    }
    PARTNER_KINDS: Mapping[str, str] = {
        "province": "จังหวัด/มณฑล/แขวง",
        "state": "รัฐ",
        "prefecture": "จังหวัด (ญี่ปุ่น)",
        "city": "เมือง/นคร",
        "prefecture-level city": "เมืองระดับจังหวัด",
        "sub-provincial city": "เมืองระดับกึ่งมณฑล",
        "municipality (province-level)": "นครระดับมณฑล",
        "autonomous region": "เขตปกครองตนเอง",
        "autonomous prefecture": "จังหวัดปกครองตนเอง",
    }
    SOURCE_KINDS: Mapping[str, str] = {
        "ministry_letter": "หนังสือกระทรวงมหาดไทย",
        "province_letter": "หนังสือจังหวัด",
        "partner_letter": "หนังสือจากฝ่ายคู่",
        "mou": "บันทึกความเข้าใจ (MOU)",
        "minutes": "รายงานการประชุม",
        "website": "เว็บไซต์ทางการ",
    }
    ORIGINS: Mapping[str, str] = {"shipped": "ข้อมูลตั้งต้นของระบบ", "sheet": "ตารางที่นำเข้า"}
    STANDINGS: Mapping[str, str] = {
        "proposed": "รอยืนยัน",
        "current": "ใช้อยู่",
        "conflicting": "เก็บไว้เป็นข้อมูลที่ขัดกัน",
        "replaced": "มีข้อมูลใหม่แทนแล้ว",
        "refused": "ไม่ยืนยัน",
        "taken_back": "ยกเลิกแล้ว กลับไปใช้ข้อมูลก่อนหน้า",
        "withdrawn": "ผู้เสนอถอนแล้ว",
    }
    REFUSALS: Mapping[str, str] = {
        "not_in_source": "เอกสารไม่ระบุข้อมูลนี้",
        "right_already": "ข้อมูลเดิมถูกต้องแล้ว",
        "unclear_source": "ที่มาไม่ชัดเจน",
    }
    FACT_OUTCOMES: Mapping[str, str] = {
        "applied": "บันทึกแล้ว มีผลทันที",
        "proposed": "ส่งให้ส่วนกลางยืนยันแล้ว จะแจ้งผลในแชตนี้ ระหว่างนี้ยังใช้ข้อมูลเดิม",
        "same": "ตรงกับข้อมูลที่ใช้อยู่ ไม่มีสิ่งที่เปลี่ยน",
        "waiting": "ข้อมูลนี้มีผู้เสนอไว้แล้ว รอส่วนกลางยืนยัน",
    }
    DECISIONS: Mapping[str, str] = {
        "confirm": "ยืนยันแล้ว มีผลทันที",
        "refuse": "ไม่ยืนยัน แจ้งผู้เสนอแล้ว",
        "keep": "เก็บไว้เป็นข้อมูลที่ขัดกัน จะแสดงคู่กับข้อมูลเดิม",
        "withdraw": "ถอนข้อเสนอแล้ว",
    }
    AUDIT_ACTIONS: Mapping[str, str] = {
        "activity.created": "บันทึกกิจกรรม",
        "activity.edited": "แก้ไขกิจกรรม",
        "activity.merged": "รวมกิจกรรม",
        "activity.undone": "เลิกทำ",
        "activity.deleted": "ลบกิจกรรม",
        "activity.restored": "นำกิจกรรมกลับมา",
        "activity.flagged": "ให้ข้อสังเกต",
        "activity.settled": "ดำเนินการตามข้อสังเกต",
        "activity.invited": "ชวนจังหวัดอื่นร่วม",
        "activity.declined": "แจ้งว่าไม่ได้ร่วมจัด",
        "activity.joined": "ยืนยันร่วมจัด",
        "activity.left": "ถอนการร่วมจัด",
        "fact.proposed": "เสนอข้อมูล",
        "fact.applied": "เปลี่ยนข้อมูล",
        "fact.confirmed": "ยืนยันข้อมูล",
        "fact.refused": "ไม่ยืนยันข้อมูล",
        "fact.kept": "เก็บข้อมูลที่ขัดกัน",
        "fact.withdrawn": "ถอนข้อเสนอ",
        "fact.taken_back": "ย้อนข้อมูลกลับ",
        "pairing.added": "เพิ่มคู่",
        "list.marked_wrong": "แจ้งว่าไม่ใช่คู่",
        "list.marked_correct": "แจ้งว่าเป็นคู่",
        "list.mark_cleared": "เปิดให้ตรวจอีกครั้ง",
        "list.mark_settled": "ตรวจแล้วว่าเป็นคู่",
        "reminder.put_off": "เลื่อนการแจ้งเตือน",
        "reminder.put_off_ended": "ยกเลิกการเลื่อน",
        "reminder.other_asked": "แจ้งให้เปลี่ยนผู้รับผิดชอบ",
        "exemption.asked": "ขอยกเว้น",
        "exemption.granted": "อนุมัติการยกเว้น",
        "exemption.refused": "ไม่อนุมัติการยกเว้น",
    }

    # -------------------------------------------------------------- the card

    ALL_FACTS = "รายละเอียด"
    CHANGE_FACTS = "แก้ไข/เพิ่มข้อมูล"
    GO_ON_WITH_FACT = "กรอกข้อมูลต่อ"
    SHOW_PAIRING = "ดูคู่นี้"
    FACT_COUNTRY = "ประเทศ"
    FACT_PROVINCE = "จังหวัด"
    FACT_PARTNER = "คู่"
    STAGE_HISTORY = "ลำดับสถานะ"
    ALL_SOURCES = "ที่มา"
    NO_SOURCE = "ยังไม่ระบุที่มา"
    DAY_NOT_KNOWN = "ไม่ทราบวันที่"

    def stage_of(self, stage: str) -> str:
        return self.STAGES.get(stage, stage)

    def fact_name(self, field: str) -> str:
        return self.FACTS.get(field, field)

    def known_day(self, day: date, precision: str) -> str:
        """As far as it is known, in both eras."""
        return thai_date_both(day, precision)

    def fact_line(self, name: str, value: str) -> str:
        return f"{name}: {value}"

    def agreement(self, term: str, ends: str, left: int | None) -> str:
        """Term and end of an agreement; `left` are days until it ends, negative when it has."""
        parts = [term] if term else []
        if ends and left is not None:
            parts.append(f"ถึง {ends}")
            parts.append(f"เหลือ {left:,} วัน" if left >= 0 else f"สิ้นสุดมาแล้ว {-left:,} วัน")
        return f"ความตกลง: {' · '.join(parts)}"

    def merged_into(self, partner: str) -> str:
        return f"หน่วยการปกครองนี้รวมเข้ากับ{partner}แล้ว"

    def conflicts_mark(self, count: int) -> str:
        return f"⚠️ แหล่งข้อมูลไม่ตรงกัน {count} เรื่อง"

    def proposals_mark(self, count: int) -> str:
        return f"รอส่วนกลางยืนยัน {count} เรื่อง"

    def kept_beside(self, contacts: int, documents: int) -> str:
        people = f"{contacts} คน" if contacts else "ยังไม่มี"
        papers = f"{documents} รายการ" if documents else "ยังไม่มี"
        return f"ผู้ประสานงาน: {people} · เอกสารที่ลงนาม: {papers}"

    def list_confirmed_on(self, day: date) -> str:
        return f"จังหวัดยืนยันรายชื่อคู่แล้วเมื่อ {thai_date(day)}"

    def conflict(self, name: str, ours: str, theirs: str) -> str:
        return f"แหล่งข้อมูลไม่ตรงกัน: {name}\n- {ours}\n- {theirs}"

    def waits(self, line: str) -> str:
        return f"รอยืนยัน: {line}"

    def source_dated(self, source: str, day: date | None) -> str:
        return f"{source} ลว. {thai_date(day)}" if day else source

    def shared_with(self, provinces: Sequence[str]) -> str:
        return f"ข้อมูลของคู่ใช้ร่วมกับ: {', '.join(provinces)} หากเปลี่ยนจะเปลี่ยนให้ทุกจังหวัด"

    def post_of(self, role: str, province: str) -> str:
        return f"{role} {province}".strip()

    # -------------------------------------------------------------- history, undo, who did what

    WHO_DID_WHAT = "ใครทำอะไรเมื่อใด"
    TAKE_BACK = "ใช้ข้อมูลก่อนหน้า"
    LEAVE_AS_IT_IS = "คงไว้ตามเดิม"
    TAKEN_BACK = "กลับไปใช้ข้อมูลก่อนหน้าแล้ว มีผลทันที"
    NOT_CURRENT_ANY_MORE = "ข้อมูลนี้ไม่ใช่ข้อมูลที่ใช้อยู่ หรือไม่มีข้อมูลก่อนหน้า ดูล่าสุดที่ประวัติ"
    NOTHING_SAID_YET = "ยังไม่มีการเปลี่ยนแปลง ใช้ข้อมูลตั้งต้นของระบบ"
    NOTHING_DONE_YET = "ยังไม่มีการดำเนินการในระบบ"
    YOURSELF = "ตนเอง"
    FORMER_MEMBER = "ผู้ที่พ้นหน้าที่แล้ว"
    IN_PRIVATE_ONLY = "ดูส่วนนี้ได้ในแชตส่วนตัวกับผู้ช่วยเท่านั้น"

    def history_of(self, label: str) -> str:
        return f"ประวัติ {label}"

    def audit_of(self, label: str) -> str:
        return f"{self.WHO_DID_WHAT}: {label}"

    def fact_changed(self, name: str, before: str, after: str) -> str:
        return f"{name}: {before} → {after}"

    def said_by(self, who: str, at: datetime | None, channel: str) -> str:
        return " · ".join(part for part in (f"ผู้แจ้ง: {who}", self._moment(at), channel) if part)

    def _moment(self, at: datetime | None) -> str:
        return f"{thai_date(at.date())} {at:%H.%M} น." if at else ""

    def standing_of(self, standing: str, who: str, note: str) -> str:
        done = f"{self.STANDINGS[standing]} โดย{who}" if who else self.STANDINGS[standing]
        return f"{done} · {note}" if note else done

    def fact_note(self, note: str) -> str:
        if note == "not_a_pairing":
            return "หมายเหตุ: ไม่ใช่คู่ของจังหวัด"
        return f"เหตุผล: {self.REFUSALS.get(note, note)}"

    def back_to_before(self, name: str) -> str:
        return f"ใช้ข้อมูลก่อนหน้า: {name}"

    def withdraw_fact(self, name: str) -> str:
        return f"ถอนข้อเสนอ: {name}"

    def really_take_back(self, name: str, now: str, before: str) -> str:
        return f"{name}\nข้อมูลที่ใช้อยู่: {now}\nข้อมูลก่อนหน้า: {before}"

    def audit_line(self, at: datetime, what: str, about: str, who: str, channel: str) -> str:
        parts = (self._moment(at), f"{what} {about}".strip(), who, channel)
        return " · ".join(part for part in parts if part)

    # -------------------------------------------------------------- changing a fact

    WHICH_FACT = "แก้ไขข้อมูลใด การเปลี่ยนแปลงต้องมีที่มา"
    WHICH_FACT_TO_PROPOSE = "เสนอแก้ไขข้อมูลใด ข้อเสนอต้องมีที่มา ส่วนกลางจะยืนยันก่อนมีผล"
    PARTNER_FACTS = "ชื่อและประเภทของคู่"
    TYPE_THE_VALUE = "พิมพ์ข้อมูล หรือกด “กรอกข้อมูลต่อ”"
    TYPE_A_VALUE = "ยังไม่มีข้อความที่อ่านได้ พิมพ์ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"
    CHOOSE_A_BUTTON = "กรุณาเลือกจากปุ่ม (ข้อมูลที่กรอกไว้ยังอยู่)"
    KNOWN_DAY_NOT_READ = (
        "อ่านวันที่ไม่ได้ พิมพ์ วัน เดือน ปี เช่น 12 มิ.ย. 2558 หากไม่ทราบวัน พิมพ์ มิ.ย. 2558 หรือ 2558 (ข้อมูลที่กรอกไว้ยังอยู่)"
    )
    DATE_OUT_OF_RANGE = "รับปี พ.ศ. 2493 ถึง 2693 พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"
    ENDS_BEFORE_SIGNED = "วันสิ้นสุดมาก่อนวันที่ลงนาม ตรวจแล้วพิมพ์ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"
    WHICH_DAY = "วันที่นี้อ่านได้หลายแบบ เลือกวันที่ถูกต้อง"
    AREAS_DONE = "เลือกครบแล้ว"
    WHEN_REACHED = "ถึงสถานะนี้เมื่อใด พิมพ์ได้ เช่น 12 มิ.ย. 2558, มิ.ย. 2558 หรือ 2558"
    WHICH_SOURCE = "ข้อมูลนี้มาจากที่ใด เลือก หรือพิมพ์ เช่น หนังสือ มท 0211.4/123 ลว. 5 มี.ค. 2569"
    WHICH_PAPER = "พิมพ์เลขที่และวันที่ของเอกสาร เช่น ที่ 0211.4/123 ลว. 5 มี.ค. 2569"
    PAPER_DATE_MISSING = "ยังไม่มีวันที่ของเอกสาร พิมพ์วันที่ เช่น 5 มี.ค. 2569 หรือกด “ไม่ปรากฏวันที่”"
    PAPER_WITHOUT_DATE = "ไม่ปรากฏวันที่"
    SOURCE_NEEDS_A_NAME = "ยังไม่มีชื่อเอกสาร พิมพ์ชื่อหรือเลขที่ แล้วตามด้วยวันที่ (ข้อมูลที่กรอกไว้ยังอยู่)"
    CONFIRM_AND_KEEP = "ยืนยันและบันทึก"
    SEND_TO_CONFIRM = "ส่งให้ส่วนกลางยืนยัน"
    OTHER_VALUE = "แก้ข้อมูล"
    OTHER_SOURCE = "แก้ที่มา"
    DROP_CHANGE = "ไม่แก้แล้ว"
    CHANGE_DROPPED = "ไม่แก้ไข ข้อมูลเดิมยังอยู่"
    CHANGE_PAUSED = "หยุดไว้ก่อน สิ่งที่กรอกยังอยู่ กด “กรอกข้อมูลต่อ” เมื่อพร้อม"
    CHANGE_GONE = "รายการนี้ส่งหรือยกเลิกไปแล้ว เปิดดูคู่แล้วเลือก “แก้ไข/เพิ่มข้อมูล” อีกครั้ง"
    CHANGED_MEANWHILE = "มีผู้เปลี่ยนข้อมูลนี้ระหว่างที่กรอก กรุณาตรวจอีกครั้ง"

    def ask_fact(self, field: str, most: int) -> str:
        return {
            "stage": "ความสัมพันธ์อยู่ในสถานะใด",
            "signed_on": "ลงนามเมื่อใด พิมพ์ได้ เช่น 12 มิ.ย. 2558 หากไม่ทราบวัน พิมพ์ มิ.ย. 2558 หรือ 2558",
            "expires_on": "ความตกลงสิ้นสุดเมื่อใด พิมพ์ได้ เช่น 11 มิ.ย. 2563, มิ.ย. 2563 หรือ 2563",
            "term": "ความตกลงมีระยะเวลาเท่าใด พิมพ์ได้ เช่น 5 ปี หรือ ไม่มีกำหนด",
            "areas": "ร่วมมือกันด้านใด เลือกได้หลายด้าน หรือพิมพ์เพิ่ม",
            "signatories": "ผู้ใดลงนาม พิมพ์ตำแหน่งและชื่อ บรรทัดละ 1 คน เช่น\nฝ่ายไทย: ผู้ว่าราชการจังหวัด (ชื่อ)\nฝ่ายคู่: นายกเทศมนตรี (ชื่อ)",
            "level": "เป็นความสัมพันธ์ระดับใด",
            "note": f"พิมพ์หมายเหตุ ไม่เกิน {most} ตัวอักษร",
            "name_th": "พิมพ์ชื่อไทยของคู่",
            "name_en": "พิมพ์ชื่ออังกฤษของคู่",
            "name_local": "พิมพ์ชื่อคู่ด้วยอักษรของประเทศนั้น",
            "former_names": "พิมพ์ชื่อเดิมทั้งหมด บรรทัดละ 1 ชื่อ",
            "aliases": "พิมพ์ชื่อเรียกอื่นทั้งหมด บรรทัดละ 1 ชื่อ",
            "kind": "เป็นหน่วยการปกครองประเภทใด เลือกหรือพิมพ์",
            "parent": "อยู่ในมณฑล รัฐ หรือเขตใด พิมพ์ชื่อ",
        }[field]

    def fact_now(self, value: str) -> str:
        return f"ข้อมูลที่ใช้อยู่: {value}"

    def fact_before(self, value: str) -> str:
        return f"เดิม: {value}"

    def fact_after(self, value: str) -> str:
        return f"ใหม่: {value}"

    def too_many_items(self, most: int) -> str:
        return f"รับได้ไม่เกิน {most} รายการ พิมพ์ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def day_is_ahead(self, day: date, precision: str) -> str:
        return f"{thai_date(day, precision)} ยังมาไม่ถึง พิมพ์วันที่ใหม่ (ข้อมูลที่กรอกไว้ยังอยู่)"

    def attached_document(self, name: str) -> str:
        return f"เอกสารแนบ: {name}"

    def also_signed_on(self, day: date, precision: str) -> str:
        return f"ใช้ {thai_date(day, precision)} เป็นวันที่ลงนามด้วย"

    # -------------------------------------------------------------- the ministry decides

    REVIEW = "ข้อมูลที่รอยืนยัน"
    CONFLICTS = "ข้อมูลที่ขัดกัน"
    NEW_FACTS = "มีข้อมูลจากจังหวัดรอส่วนกลางยืนยัน"
    CONFIRM_FACT = "ยืนยัน"
    REFUSE_FACT = "ไม่ยืนยัน"
    KEEP_BESIDE = "เก็บไว้เป็นข้อมูลที่ขัดกัน"
    THIS_ONE_HOLDS = "ใช้ข้อมูลใหม่"
    OURS_HOLDS = "คงข้อมูลเดิม"
    WHY_REFUSED = "เพราะเหตุใด"
    WRITE_FACT_REFUSAL = "พิมพ์เหตุผลที่จะแจ้งผู้เสนอ"

    def facts_waiting(self, count: int) -> str:
        return f"รอยืนยัน {count} เรื่อง เลือกเรื่องที่จะตรวจ" if count else "ไม่มีข้อมูลที่รอยืนยัน"

    def facts_conflicting(self, count: int) -> str:
        return f"แหล่งข้อมูลไม่ตรงกัน {count} เรื่อง เลือกเรื่องที่จะตรวจ" if count else "ไม่มีข้อมูลที่ขัดกัน"

    def already_decided(self, standing: str, who: str) -> str:
        done = "ยืนยันแล้ว" if standing == "current" else self.STANDINGS[standing]
        return f"เรื่องนี้ดำเนินการแล้ว: {done}" + (f" โดย{who}" if who else "")

    def proposal_decided(self, decision: str, label: str, name: str, reason: str) -> str:
        what = f"{label} · {name}"
        if decision == "confirm":
            return f"ส่วนกลางยืนยันข้อมูลที่เสนอแล้ว: {what}"
        if decision == "keep":
            return f"ส่วนกลางเก็บข้อมูลที่เสนอไว้คู่กับข้อมูลเดิม เพราะแหล่งข้อมูลไม่ตรงกัน: {what}"
        return f"ส่วนกลางไม่ยืนยันข้อมูลที่เสนอ: {what}\n{self.fact_note(reason)}\nแก้ไขแล้วเสนอใหม่ได้"

    # -------------------------------------------------------------- what provinces said of their lists

    MISSING_PAIRINGS = "คู่ที่จังหวัดแจ้งว่าขาด"
    MARKED_WRONG = "คู่ที่จังหวัดแจ้งว่าไม่ใช่"
    NOTHING_MISSING = "ไม่มีคู่ที่จังหวัดแจ้งว่าขาด"
    NOTHING_MARKED = "ไม่มีคู่ที่จังหวัดแจ้งว่าไม่ใช่"
    MISSING_SETTLED = "เรื่องนี้ดำเนินการแล้ว"
    MARK_SETTLED = "เรื่องนี้ดำเนินการแล้ว ดูข้อมูลล่าสุดที่ประวัติของคู่"
    PROVINCE_TOLD = "ดำเนินการแล้ว จะแจ้งจังหวัดในเวลาราชการ"
    ADD_PAIRING = "เพิ่มคู่"
    GO_ON_ADDING = "เพิ่มคู่ที่ค้างไว้ต่อ"
    DO_NOT_ADD_PAIRING = "ไม่เพิ่ม"
    WHY_NOT_ADDED = "พิมพ์เหตุผลที่ไม่เพิ่ม ระบบจะแจ้งจังหวัด"
    IT_ENDED = "ยุติความสัมพันธ์แล้ว"
    IT_IS_NONE = "ไม่ใช่คู่ของจังหวัด"
    IT_IS_ONE = "เป็นคู่ของจังหวัด"
    WHY_IT_IS_ONE = "พิมพ์หลักฐานว่าเป็นคู่ของจังหวัด ระบบจะแจ้งจังหวัด"
    WHICH_PARTNER = "คู่ใด พิมพ์ชื่อไทย"
    IT_IS_A_NEW_PARTNER = "เป็นคู่ใหม่ ใช้ชื่อนี้"
    WHICH_ENGLISH_NAME = "พิมพ์ชื่ออังกฤษของคู่"
    ENGLISH_NAME_NOT_READ = "พิมพ์ชื่ออังกฤษด้วยอักษรโรมัน เช่น Kunming (ข้อมูลที่กรอกไว้ยังอยู่)"
    WHICH_COUNTRY = "อยู่ในประเทศใด พิมพ์ชื่อประเทศ"
    COUNTRY_NOT_READ = "ไม่พบประเทศนี้ พิมพ์ชื่อประเทศอีกครั้ง เช่น จีน (ข้อมูลที่กรอกไว้ยังอยู่)"
    KNOWN_PARTNER = "คู่นี้มีอยู่แล้วในทะเบียน"
    NEW_PARTNER = "คู่ใหม่ในทะเบียน"
    PAIRING_IS_THERE = "จังหวัดมีคู่นี้ในระบบแล้ว"
    REOPEN_LIST = "ให้ตรวจรายชื่ออีกครั้ง"
    PLEASE_CHECK_AGAIN = "ส่วนกลางขอให้จังหวัดตรวจรายชื่อคู่อีกครั้ง"

    def missing_named(self, count: int) -> str:
        return f"จังหวัดแจ้งว่าขาด {count} คู่ เลือกคู่ที่จะตรวจ"

    def province_misses(self, province: str, name: str) -> str:
        return f"{province} แจ้งว่าขาดคู่: {name}"

    def marked_count(self, count: int) -> str:
        return f"จังหวัดแจ้งว่าไม่ใช่คู่ {count} คู่ เลือกคู่ที่จะตรวจ"

    def province_marked(self, province: str, stage: str) -> str:
        return f"{province}: {stage}\nเลือกผลการตรวจ"

    def adding_to(self, province: str) -> str:
        return f"เพิ่มคู่ของ{province}"

    def which_partner_of(self, name: str) -> str:
        return f"“{name}” หมายถึงคู่ใด เลือกคู่ที่มีอยู่ หรือพิมพ์ชื่อใหม่"

    def no_partner_of(self, name: str) -> str:
        return f"ยังไม่มี “{name}” ในทะเบียน หากชื่อไทยนี้ถูกต้อง เพิ่มเป็นคู่ใหม่ หรือพิมพ์ชื่ออีกครั้ง"

    def pairing_added(self, label: str) -> str:
        return f"เพิ่มคู่แล้ว: {label} จะแจ้งจังหวัดในเวลาราชการ"

    def pairing_was_added(self, name: str) -> str:
        return f"ส่วนกลางเพิ่มคู่ของจังหวัดแล้ว: {name} กรุณาตรวจข้อมูล"

    def missing_was_refused(self, name: str, reason: str) -> str:
        return f"ส่วนกลางยังไม่เพิ่มคู่ที่จังหวัดแจ้งว่าขาด: {name}\nเหตุผล: {reason}"

    def mark_was_settled(self, label: str, reason: str) -> str:
        return f"ส่วนกลางตรวจแล้วว่า {label} เป็นคู่ของจังหวัด\nหลักฐาน: {reason}"

    def list_reopened(self, province: str) -> str:
        return f"รายชื่อคู่ของ{province}รอจังหวัดยืนยันอีกครั้ง"
