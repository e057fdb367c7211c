"""Invitations, requests to join, and the notice of what is kept, in Thai."""

from __future__ import annotations

from datetime import date, datetime

from bot.language.dates import thai_date


class JoiningTh:
    """Invitations, requests to join, and the notice of what is kept."""

    # -------------------------------------------------------------- the notice

    SHORT_NOTICE = (
        "แจ้งเพื่อทราบ: นับจากข้อความถัดไป ระบบเก็บชื่อที่แสดงในแอปและคำถาม เพื่อตอบ ปรับปรุงคำตอบ และแจ้งกลับ ตามภารกิจของรัฐ "
        "ไม่ควรส่งข้อมูลส่วนบุคคล รายละเอียดและสิทธิของท่าน: /privacy"
    )
    NOT_KNOWN = "ยังไม่มีคำตอบที่ยืนยันได้สำหรับคำถามนี้"
    MAY_BE_SENT = "หากส่งให้กองการต่างประเทศ สป.มท. จะแจ้งกลับเมื่อมีคำตอบ เรื่องเร่งด่วนควรประสานโดยตรง"
    IN_PRIVATE = "เรื่องนี้ทำได้เฉพาะในแชตส่วนตัวกับผู้ช่วย ยังไม่มีการดำเนินการใด เปิดแชตส่วนตัวแล้วทำอีกครั้ง"
    BEFORE_A_REQUEST = "ข้อมูลที่เก็บเมื่อขอสิทธิ์ใช้งาน"
    ACCEPT_INVITATION = "รับทราบและเข้าใช้งาน"
    DECLINE_INVITATION = "ไม่เข้าใช้งาน"
    ACCEPT_NOTICE = "รับทราบและเขียนคำขอ"
    DECLINE_NOTICE = "ไม่ส่งคำขอ"
    DECLINED = "ไม่ได้เก็บข้อมูลเพิ่ม ยังสอบถามแนวทางปฏิบัติได้ตามปกติ หากเปลี่ยนใจ ใช้รหัสเดิมหรือเขียนคำขอได้"

    def notice(self, contact: str | None) -> str:
        whom = contact or "สำนักงานปลัดกระทรวงมหาดไทย"
        return (
            "แจ้งเพื่อทราบ (ไม่ใช่การขอความยินยอม)\n"
            "เก็บ: ชื่อที่แสดงในแอปหรือที่แจ้งไว้ บทบาท จังหวัด ตำแหน่ง กิจกรรมที่บันทึกพร้อมประวัติการแก้ไข และคำถามที่ส่งมา\n"
            "เพื่อ: ภารกิจของรัฐในการขับเคลื่อนความสัมพันธ์เมืองพี่เมืองน้อง\n"
            "นานเท่าใด: ข้อความที่ส่งเข้ามาลบเมื่อประมวลผลแล้ว ข้อความที่ระบบส่งออกลบเมื่อครบ 30 วัน ชื่อและบทบาทเก็บเท่าที่ยังปฏิบัติหน้าที่ "
            "บันทึกกิจกรรมและประวัติเก็บเป็นหลักฐานของราชการ\n"
            "ผู้เห็น: เจ้าหน้าที่ของจังหวัดเดียวกัน กองการต่างประเทศ สป.มท. และผู้ดูแลระบบ\n"
            "สิทธิ: ขอดู แก้ไข คัดค้าน หรือลบข้อมูลของตน และร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคลได้ ดูข้อมูลของตนที่ /mydata\n"
            f"เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล: {whom}"
        )

    # -------------------------------------------------------------- by a code

    HOW_TO_JOIN = (
        "หากมีรหัสเชิญแล้ว พิมพ์รหัสที่ขึ้นต้นด้วย SC- ในแชตนี้\n"
        "หากยังไม่มี เลือก “เขียนคำขอ” หัวหน้าสำนักงานจังหวัดหรือกองการต่างประเทศ สป.มท. จะพิจารณา"
    )
    CODE_IN_GROUP = (
        "ในกลุ่มใช้รหัสไม่ได้ รหัสยังไม่ถูกใช้แต่ทุกคนในกลุ่มเห็นแล้ว ควรให้ผู้เชิญยกเลิกรหัสนี้และออกรหัสใหม่ แล้วพิมพ์ในแชตส่วนตัว"
    )
    GIVE_POST = "ระบุตำแหน่ง"
    WRITE_POST = "พิมพ์ตำแหน่ง เช่น นักวิเทศสัมพันธ์ชำนาญการ"

    def joined(self, role: str, province: str | None) -> str:
        if province is None:
            return f"เข้าใช้งานในฐานะ{role} เรียบร้อยแล้ว"
        return f"เข้าใช้งานในนามสำนักงานจังหวัด{province} ({role}) เรียบร้อยแล้ว"

    def invited_as(self, role: str, province: str | None) -> str:
        return f"คำเชิญ: {role}" + (f" จังหวัด{province}" if province else "")

    def code_refused(self, reason: str) -> str:
        return {
            "unknown": "ไม่พบรหัสนี้ ตรวจตัวอักษรแล้วพิมพ์อีกครั้ง หรือขอรหัสใหม่จากผู้เชิญ",
            "used": "รหัสนี้ใช้ไปแล้ว รหัสหนึ่งใช้ได้ครั้งเดียว ขอรหัสใหม่จากผู้เชิญ",
            "yours": "ใช้รหัสนี้เข้าใช้งานไปแล้ว เริ่มใช้งานได้ที่ /start",
            "expired": "รหัสนี้หมดอายุแล้ว ขอรหัสใหม่จากผู้เชิญ",
            "withdrawn": "ผู้เชิญยกเลิกรหัสนี้แล้ว ขอรหัสใหม่จากผู้เชิญ",
            "already": "มีสิทธิ์ตามรหัสนี้อยู่แล้ว รหัสยังไม่ถูกใช้ ส่งต่อให้ผู้ที่ได้รับเชิญได้",
            "locked": "พิมพ์รหัสไม่ถูกต้องหลายครั้ง ลองใหม่ได้ในอีก 1 ชั่วโมง",
        }[reason]

    def post_kept(self, post: str) -> str:
        return f"บันทึกตำแหน่งแล้ว: {post}"

    # -------------------------------------------------------------- inviting

    INVITE = "เชิญเข้าใช้งาน"
    BY_LETTER = "รหัสในหนังสือราชการ"
    OPEN_INVITATIONS = "คำเชิญที่เปิดอยู่"
    MAKE_CODE = "ออกรหัสเชิญ"
    DUTY_PHONE = "เป็นโทรศัพท์เวร"
    NO_DUTY_PHONE = "ไม่ใช่โทรศัพท์เวร"
    CONFIRM_LETTER = "ยืนยันและออกรหัส"
    PUT_TO_HEAD = "เสนอหัวหน้าสำนักงาน"
    SHOW_CODE = "แสดงรหัส"
    MAY_NOT_INVITE = "การเชิญเป็นหน้าที่ของหัวหน้าสำนักงานจังหวัดและกองการต่างประเทศ สป.มท."
    WHICH_ROLE = "เชิญในบทบาทใด"
    WHICH_ROLE_BY_LETTER = "ออกรหัสในหนังสือราชการสำหรับบทบาทใด"
    HEAD_OF_WHICH = "พิมพ์ชื่อจังหวัดของหัวหน้าสำนักงานที่จะเชิญ"
    WHICH_OF_THESE = "หมายถึงจังหวัดใด เลือกจากปุ่ม หรือพิมพ์ชื่อจังหวัดอีกครั้ง"
    OF_A_PROVINCE = "ระบบนี้เป็นของสำนักงานจังหวัด ไม่รวมเทศบาลและเมืองพัทยา พิมพ์ชื่อจังหวัด"
    CHECK_INVITATION = "ตรวจสอบก่อนออกรหัส"
    VALID_SHORTLY = "ใช้ได้ครั้งเดียว ภายใน 72 ชั่วโมง"
    LETTER_CONFIRMED_BY_PRESS = "รหัสในหนังสือราชการ ใช้ได้ครั้งเดียว ภายใน 30 วัน การกดยืนยันถือเป็นการอนุมัติ"
    LETTER_WAITS_FOR_HEAD = (
        "รหัสในหนังสือราชการ ใช้ได้ครั้งเดียว ภายใน 30 วันหลังอนุมัติ รหัสจะออกได้เมื่อหัวหน้าสำนักงานจังหวัดอนุมัติ"
    )
    INVITATION = "คำเชิญเข้าใช้งานผู้ช่วยเมืองพี่เมืองน้อง"
    TYPE_THE_CODE = "พิมพ์รหัสนี้ในแชตส่วนตัวกับผู้ช่วย"
    SHOWN_ONCE = "รหัสนี้แสดงครั้งเดียวและใช้ได้ครั้งเดียว ส่งให้ผู้รับเชิญโดยตรงเท่านั้น"
    LETTER_WAITS = "รหัสในหนังสือราชการ รออนุมัติ"
    LETTER_CODE_AFTER = "เมื่ออนุมัติแล้ว ผู้เสนอจะเป็นผู้เปิดดูรหัส ใช้ได้ 30 วัน"
    LETTER_APPROVED = "อนุมัติรหัสในหนังสือราชการแล้ว"
    LETTER_REFUSED = "รหัสในหนังสือราชการไม่ได้รับอนุมัติ"
    NO_OPEN_INVITATIONS = "ไม่มีคำเชิญที่เปิดอยู่"
    INVITATION_TAKEN_BACK = "ยกเลิกคำเชิญแล้ว รหัสใช้ไม่ได้อีก"

    def duty_phone(self, *, on: bool) -> str:
        if on:
            return "โทรศัพท์เวร: ใช่ ระบบจะถามชื่อผู้บันทึก"
        return "โทรศัพท์เวร: ไม่ใช่"

    def invitation_link(self, link: str) -> str:
        return f"เปิดลิงก์ สแกนภาพ หรือพิมพ์รหัสในแชตส่วนตัวกับผู้ช่วย\n{link}"

    def valid_until(self, until: datetime) -> str:
        return f"ใช้ได้ถึง {_at(until)}"

    def not_invited(self, reason: str) -> str:
        return {
            "full": "มีคำเชิญที่เปิดอยู่ครบจำนวนแล้ว ยกเลิกคำเชิญที่ไม่ใช้ก่อน",
            "issued": "รหัสนี้แสดงไปแล้ว หากไม่ได้เก็บไว้ ยกเลิกคำเชิญนี้แล้วเสนอใหม่",
            "gone": "ไม่พบรายการนี้",
        }[reason]

    def letter_prepared(self, outcome: str) -> str:
        return {
            "asked": "เสนอหัวหน้าสำนักงานจังหวัดแล้ว จะแจ้งในแชตนี้เมื่อพิจารณาแล้ว",
            "nobody": "รับเรื่องไว้แล้ว ขณะนี้จังหวัดยังไม่มีหัวหน้าสำนักงานในระบบ เรื่องจะรอจนกว่าจะมีผู้อนุมัติ",
            "full": self.not_invited("full"),
            "gone": self.not_invited("gone"),
        }[outcome]

    def letter_decided(self, outcome: str) -> str:
        return {
            "approved": "อนุมัติแล้ว ผู้เสนอได้รับแจ้งและเปิดดูรหัสได้",
            "refused": "ไม่อนุมัติ ผู้เสนอได้รับแจ้งแล้ว",
            "decided": "เรื่องนี้พิจารณาหรือยกเลิกไปแล้ว",
            "gone": self.not_invited("gone"),
        }[outcome]

    def prepared_by(self, name: str) -> str:
        return f"ผู้เสนอ: {name or 'ไม่ระบุชื่อ'}"

    def open_invitations(self, count: int) -> str:
        return f"คำเชิญที่เปิดอยู่ ({count})"

    def open_invitation(self, number: int, role: str, province: str, until: datetime, state: str) -> str:
        standing = {"open": "", "waiting": " · รออนุมัติ", "approved": " · อนุมัติแล้ว ยังไม่ได้เปิดดูรหัส"}[state]
        place = f" · {province}" if province else ""
        return f"{number}. {role}{place} · ถึง {_at(until)}{standing}"

    def withdraw_invitation(self, number: int) -> str:
        return f"ยกเลิก {number}"

    def show_code_of(self, number: int) -> str:
        return f"แสดงรหัส {number}"

    # -------------------------------------------------------------- asking to be let in

    WRITE_REQUEST = "เขียนคำขอ"
    SEND_REQUEST = "ส่งคำขอ"
    WITHDRAW_REQUEST = "ถอนคำขอ"
    WHICH_IS_YOURS = "ปฏิบัติหน้าที่ที่สำนักงานจังหวัดใด พิมพ์ชื่อจังหวัด"
    WHICH_IS_YOUR_ROLE = "ขอสิทธิ์ในบทบาทใด"
    CHOOSE_A_ROLE = "เลือกบทบาทจากปุ่ม"
    WRITE_YOUR_NAME = "พิมพ์ชื่อและนามสกุล"
    WRITE_YOUR_POST = "พิมพ์ตำแหน่ง เช่น นักวิเทศสัมพันธ์ชำนาญการ"
    CHECK_REQUEST = "ตรวจสอบก่อนส่งคำขอ"
    REQUEST_ENDED = "คำขอนี้ส่งหรือยกเลิกไปแล้ว เริ่มใหม่ได้"
    REQUEST_WAITS = "คำขอที่รอการพิจารณา"
    NOBODY_DECIDES = "รับคำขอไว้แล้ว ขณะนี้ยังไม่มีผู้พิจารณาในระบบ คำขอจะรอจนกว่าจะมีหัวหน้าสำนักงานจังหวัดหรือเจ้าหน้าที่ส่วนกลาง เรื่องเร่งด่วนควรประสานโดยตรง"
    REQUEST_WITHDRAWN = "ถอนคำขอแล้ว"
    NOTHING_TO_WITHDRAW = "คำขอนี้พิจารณาหรือถอนไปแล้ว"

    def change_request(self, field: str) -> str:
        return {
            "province": "แก้จังหวัด",
            "role": "แก้บทบาท",
            "name": "แก้ชื่อ",
            "post": "แก้ตำแหน่ง",
        }[field]

    def request_lines(self, name: str, post: str, role: str, province: str) -> str:
        return f"ชื่อ: {name}\nตำแหน่ง: {post}\nจังหวัด: {province}\nบทบาทที่ขอ: {role}"

    def request_sent(self, to: str, province: str) -> str:
        whom = {"heads": f"หัวหน้าสำนักงานจังหวัด{province}", "ministry": "กองการต่างประเทศ สป.มท."}[to]
        return f"ส่งคำขอถึง{whom}แล้ว จะแจ้งผลในแชตนี้"

    def not_requested(self, reason: str) -> str:
        return {
            "waiting": "มีคำขอที่รอการพิจารณาอยู่แล้ว หากต้องการเปลี่ยน ถอนคำขอเดิมก่อน",
            "often": "ส่งคำขอได้ไม่เกิน 3 ครั้งใน 24 ชั่วโมง ลองใหม่ในวันถัดไป หรือขอรหัสเชิญจากหัวหน้าสำนักงานจังหวัด",
            "already": "มีสิทธิ์นี้อยู่แล้ว ไม่ต้องส่งคำขอ",
            "gone": "ส่งคำขอไม่ได้ เริ่มเขียนคำขอใหม่",
        }[reason]

    # -------------------------------------------------------------- deciding

    APPROVE = "อนุมัติ"
    REFUSE = "ไม่อนุมัติ"
    GIVE_REFUSAL_REASON = "ระบุเหตุผล"
    BEGIN = "เริ่มใช้งาน"
    ASKS_TO_BE_LET_IN = "มีผู้ขอสิทธิ์ใช้งาน"
    SURE_WHO_IT_IS = "อนุมัติเมื่อทราบว่าเป็นผู้ปฏิบัติหน้าที่จริง"
    NOTHING_WAITS = "ไม่มีคำขอที่รอการพิจารณา"
    WHICH_REQUEST = "เลือกคำขอที่จะพิจารณา"
    OWN_REQUEST = "พิจารณาคำขอของตนเองไม่ได้ ผู้อื่นจะพิจารณา"
    REQUEST_APPROVED = "อนุมัติแล้ว ผู้ขอได้รับแจ้งแล้ว"
    REQUEST_REFUSED = "ไม่อนุมัติ ผู้ขอได้รับแจ้งแล้ว"
    WRITE_REFUSAL = "พิมพ์เหตุผลสั้น ๆ ที่จะแจ้งผู้ขอ"
    REFUSAL_EXPLAINED = "แจ้งเหตุผลแก่ผู้ขอแล้ว"
    YOUR_REQUEST = "ผลการพิจารณาคำขอสิทธิ์ใช้งาน"

    def requests_waiting(self, count: int) -> str:
        return f"คำขอที่รอ ({count})"

    def request_item(self, name: str, role: str, province: str) -> str:
        return f"{name} · {role} · {province}"

    def letter_item(self, role: str, province: str) -> str:
        return f"รหัสในหนังสือราชการ · {role} · {province}"

    def asked_on(self, channel: str, at: datetime) -> str:
        name = {"web": "หน้าแชต", "telegram": "Telegram", "line": "LINE", "terminal": "หน้าต่างคำสั่ง"}.get(
            channel, channel
        )
        return f"ช่องทาง: {name} · {_at(at)}"

    def decided_already(self, state: str, on: date) -> str:
        said = {"approved": "อนุมัติแล้ว", "refused": "ไม่อนุมัติ", "withdrawn": "ผู้ขอถอนคำขอแล้ว"}[state]
        return f"คำขอนี้พิจารณาไปแล้ว: {said} ({thai_date(on)})"

    def your_request_refused(self, role: str, province: str) -> str:
        return f"คำขอสิทธิ์ ({role} จังหวัด{province}) ไม่ได้รับอนุมัติ ยังสอบถามแนวทางปฏิบัติได้ตามปกติ หากเห็นว่าคลาดเคลื่อน ควรประสานสำนักงานจังหวัดโดยตรง"

    def refused_because(self, reason: str) -> str:
        return f"เหตุผล: {reason}"


def _at(at: datetime) -> str:
    return f"{thai_date(at.date())} {at:%H.%M} น."
