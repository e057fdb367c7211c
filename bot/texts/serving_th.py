"""Those who serve: their own data, leaving, handing over, standing in, the list of staff, in Thai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.language.dates import thai_date, thai_range


class ServingTh:
    """Those who serve: their own data, leaving, handing over, standing in, the list of staff."""

    CHANNELS: Mapping[str, str]

    OWN_CHAT_ONLY = "เรื่องนี้เป็นข้อมูลบุคคล เปิดได้ในแชตส่วนตัวกับผู้ช่วยเท่านั้น ยังไม่มีการเปลี่ยนแปลงใด"

    # -------------------------------------------------------------- privacy, own data

    PRIVACY_WHAT = (
        "เก็บอะไร: ชื่อ ภาษา ช่องทางติดต่อ ตำแหน่งและจังหวัด กิจกรรมที่บันทึกพร้อมประวัติการแก้ไข คำถามที่ส่งมา "
        "การแจ้งเตือนที่ส่งถึง การเลื่อนหรือขอยกเว้นพร้อมเหตุผล และร่องรอยการใช้งาน\n"
        "เก็บเพื่ออะไร: ติดตามกิจกรรมเมืองพี่เมืองน้องของจังหวัด ตอบแนวทางปฏิบัติ และตรวจสอบได้ว่าตำแหน่งใดบันทึกหรือแก้ไข\n"
        "ฐานทางกฎหมาย: การดำเนินภารกิจเพื่อประโยชน์สาธารณะและการใช้อำนาจรัฐ ตาม พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 "
        "มาตรา 24 (4) ไม่ได้อาศัยความยินยอม"
    )
    PRIVACY_HOW_LONG = (
        "เก็บนานเท่าใด\n"
        "• ข้อความที่ส่งเข้ามา: จนประมวลผลแล้ว ที่ประมวลผลไม่ได้ไม่เกิน 30 วัน\n"
        "• ข้อความที่ระบบส่งออก: 30 วัน\n"
        "• รายการที่ทำค้าง: จนบันทึกหรือยกเลิก แล้วอีกไม่เกิน 30 วัน\n"
        "• คำถาม: ข้อความเก็บไว้พัฒนาคำตอบ ผู้ถามเก็บไม่เกิน 2 ปี\n"
        "• ผู้สอบถามทั่วไป: 90 วันหลังติดต่อครั้งสุดท้าย\n"
        "• รหัสเชิญและคำขอสิทธิ์: 90 วันหลังใช้หรือสิ้นสุด\n"
        "• ผู้ประสานงานที่นำออกแล้ว: 30 วัน\n"
        "• กิจกรรม หลักฐาน ประวัติ ทะเบียนคู่ การเลื่อนและยกเว้นการแจ้งเตือน ตำแหน่งที่ได้รับ และร่องรอยการใช้งาน: เก็บไว้เป็นหลักฐานของหน่วยงาน"
    )
    PRIVACY_WHO_SEES = (
        "ใครเห็น: ผู้ปฏิบัติงานเห็นข้อมูลของจังหวัดตน ส่วนกลาง (กองการต่างประเทศ สป.มท.) เห็นทุกจังหวัด ผู้ดูแลระบบเห็นเท่าที่จำเป็น "
        "ผู้ให้บริการแอปแชตเห็นข้อความที่ผ่านแอป เมื่อพ้นหน้าที่ ผู้อื่นจะเห็นเพียงตำแหน่ง ไม่เห็นชื่อ\n"
        "สิทธิของเจ้าของข้อมูล: ขอดูและรับสำเนา (/mydata) ขอแก้ไข ขอลบหรือระงับการใช้ คัดค้าน "
        "และร้องเรียนต่อคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล"
    )
    ERASE_ME = "ขอลบข้อมูล"
    NO_POST = "สิทธิ์: ผู้สอบถามทั่วไป"
    GET_COPY = "ขอสำเนาเป็นไฟล์"
    YOUR_COPY = "สำเนาข้อมูลที่เก็บไว้ เป็นไฟล์ JSON"
    CHANGE_NAME = "แก้ชื่อ"
    CHANGE_POST = "แก้ตำแหน่ง"
    NO_TITLE = "ไม่ระบุตำแหน่ง"
    CORRECTED = "แก้ไขแล้ว"
    NAME_NOT_READ = "ยังอ่านชื่อไม่ได้ พิมพ์เป็นตัวอักษร เช่น สมศรี ใจดี (ข้อมูลเดิมยังอยู่)"
    WHICH_SEAT = "แก้ตำแหน่งของหน้าที่ใด"

    def privacy_contact(self, contact: str | None) -> str:
        return f"เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล: {contact or 'สำนักงานปลัดกระทรวงมหาดไทย'}"

    def own_name(self, name: str) -> str:
        return f"ชื่อ: {name or 'ไม่ระบุชื่อ'}"

    def own_language(self) -> str:
        return "ภาษา: ไทย"

    def own_channels(self, channels: Sequence[str]) -> str:
        return f"ช่องทาง: {', '.join(channels)}"

    def channel_name(self, channel: str) -> str:
        return self.CHANNELS.get(channel, channel)

    def channel_line(self, channel: str, *, here: bool) -> str:
        return self.channel_name(channel) + (" (ช่องทางนี้)" if here else "")

    def own_seat_line(self, role: str, province: str | None, title: str | None) -> str:
        place = f" จังหวัด{province}" if province else ""
        return f"สิทธิ์: {role}{place}" + (f" · {title}" if title else "")

    def own_seat(
        self,
        role: str,
        province: str | None,
        title: str | None,
        since: date,
        until: date | None,
        granted_by: str | None,
        *,
        office_held: bool,
    ) -> str:
        days = f"ตั้งแต่ {thai_date(since)}" + (f" ถึง {thai_date(until)}" if until else "")
        device = " · เครื่องของสำนักงาน" if office_held else ""
        given = f"ให้สิทธิ์โดย{granted_by or 'ผู้ดูแลระบบ'}"
        return f"{self.own_seat_line(role, province, title)}{device} · {days} · {given}"

    def own_count(self, kind: str, number: int) -> str:
        what = {
            "drafts": "รายการที่ทำค้าง",
            "records": "กิจกรรมที่บันทึก (ดูได้ที่ /activities)",
            "questions": "คำถามที่เก็บไว้",
            "reminders": "การแจ้งเตือน",
            "holds": "การเลื่อน ขอยกเว้น หรือชะลอการแจ้งเตือน",
            "contacts": "ผู้ประสานงานที่ดูแล",
            "events": "ร่องรอยการใช้งาน",
        }[kind]
        return f"{what}: {f'{number:,} รายการ' if number else 'ไม่มี'}"

    def how_to_erase(self, contact: str | None) -> str:
        return (
            "ออกจากระบบงานได้เอง: สิทธิ์และการแจ้งเตือนสิ้นสุดทันที ชื่อจะไม่แสดงต่อผู้อื่น\n"
            "สิ่งที่อยู่กับตำแหน่ง: กิจกรรมที่บันทึก หลักฐาน และประวัติ\n"
            "ขอลบชื่อ ช่องทาง และข้อความทั้งหมด: แจ้งเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล ผู้ดูแลระบบจะลบให้\n"
            f"{self.privacy_contact(contact)}"
        )

    def write_name(self, name: str) -> str:
        return f"ชื่อที่ใช้อยู่: {name or 'ไม่ระบุชื่อ'}\nพิมพ์ชื่อที่ถูกต้อง"

    def write_post(self, role: str, title: str | None) -> str:
        return f"สิทธิ์: {role} · ตำแหน่งที่ระบุ: {title or 'ไม่ระบุ'}\nพิมพ์ตำแหน่ง เช่น นักวิเทศสัมพันธ์ชำนาญการ"

    # -------------------------------------------------------------- leaving and handing over

    LEAVE = "ออกจากระบบงาน / ย้ายหน่วยงาน"
    WHICH_SEAT_TO_LEAVE = "ออกจากหน้าที่ใด หน้าที่อื่นยังอยู่"
    OTHER_POSTS_STAY = "สิทธิ์ในหน้าที่อื่นยังอยู่ครบ"
    LAST_HEAD = "จังหวัดจะไม่มีหัวหน้าสำนักงานจังหวัดในระบบ ส่วนกลางจะได้รับแจ้ง"
    CHOOSE_SUCCESSOR = "เลือกผู้รับช่วงงาน"
    CONFIRM_LEAVING = "ยืนยันออกจากระบบงาน"
    CONFIRM_ENDING = "ยืนยันว่าพ้นหน้าที่แล้ว"
    WHO_TAKES_OVER = "ผู้ใดรับช่วงงาน เมื่อเลือกแล้วสิทธิ์จะสิ้นสุดทันที"
    MORE_COLLEAGUES = "รายชื่อถัดไป"
    NO_SUCCESSOR = "ยังไม่มีผู้รับช่วง"
    SUCCESSOR_GONE = "ผู้ที่เลือกพ้นหน้าที่แล้ว ยังไม่มีการเปลี่ยนแปลงใด เลือกใหม่ได้"
    LEFT = "ออกจากหน้าที่แล้ว"
    STILL_SERVES = "หน้าที่อื่นยังใช้ได้ตามปกติ"
    STILL_ASKS = "การแจ้งเตือนหยุดแล้ว ยังสอบถามแนวทางปฏิบัติได้ตามปกติ"
    LEFT_TO_THE_POST = "งานอยู่กับตำแหน่ง รอผู้รับช่วง"
    TAKE_OVER = "รับช่วงงาน"
    TAKEN_OVER = "รับช่วงงานแล้ว"
    SHOW_WORK = "ดูงานที่รอผู้รับช่วง"
    NO_WORK_WAITS = "ไม่มีงานที่รอผู้รับช่วง"
    RESUME_DRAFTS = "ทำรายการต่อ"

    def seat_label(self, role: str, province: str | None) -> str:
        return f"{role} {province}" if province else role

    def named(self, name: str, role: str) -> str:
        return f"{name or 'ไม่ระบุชื่อ'} ({role})"

    def leaving_own(self) -> str:
        return (
            "อยู่กับตำแหน่ง: กิจกรรมที่บันทึก หลักฐาน และประวัติ (ผู้อื่นจะเห็นเพียงตำแหน่ง ไม่เห็นชื่อ)\n"
            "สิ้นสุดทันที: สิทธิ์ การแจ้งเตือน และรหัสเชิญที่ออกไว้"
        )

    def leaving_other(self, name: str) -> str:
        return (
            f"{name or 'ไม่ระบุชื่อ'} พ้นหน้าที่นี้แล้วใช่หรือไม่\n"
            "กิจกรรมและประวัติอยู่กับตำแหน่ง สิทธิ์ การแจ้งเตือน และรหัสเชิญที่ออกไว้จะสิ้นสุดทันที"
        )

    def work(self, parts: Sequence[str]) -> str:
        return f"งานที่ส่งต่อ: {', '.join(parts)}"

    def work_part(self, kind: str, number: int) -> str:
        what = {"drafts": "รายการที่ทำค้าง", "plans": "กิจกรรมที่วางแผนไว้", "contacts": "ผู้ประสานงาน"}[kind]
        return f"{what} {number:,}"

    def given_to(self, name: str) -> str:
        return f"ผู้รับช่วง: {name}"

    def ended_for(self, name: str) -> str:
        return f"สิทธิ์ของ{name or 'ผู้ไม่ระบุชื่อ'}สิ้นสุดแล้ว"

    def work_waits(self, province: str) -> str:
        return f"{province}: มีงานที่รอผู้รับช่วง"

    def you_take_over(self, role: str, province: str) -> str:
        return f"รับช่วงงานจาก{role} {province}"

    def your_post_ended(self, role: str, province: str | None) -> str:
        return f"สิทธิ์{self.seat_label(role, province)}สิ้นสุดแล้ว หากยังปฏิบัติหน้าที่อยู่ ติดต่อหัวหน้าสำนักงานจังหวัดหรือส่วนกลาง"

    def member_left(self, named: str, province: str) -> str:
        return f"{named} ออกจากระบบงานของ{province}แล้ว"

    def no_head_left(self, province: str) -> str:
        return f"{province}ยังไม่มีหัวหน้าสำนักงานจังหวัดในระบบ โปรดพิจารณาเชิญผู้ดำรงตำแหน่ง"

    # -------------------------------------------------------------- who serves

    WHICH_OF_YOUR_PROVINCES = "เลือกจังหวัด"
    STAFF = "ผู้ปฏิบัติงานของจังหวัด"
    NOBODY_SERVES = "ยังไม่มีผู้ปฏิบัติงานในระบบ"
    STAFF_RIGHT = "ถูกต้อง"
    NO_LONGER_SERVES = "พ้นหน้าที่แล้ว"
    OTHER_PROVINCE_STAFF = "จังหวัดอื่น"
    WHO_LEFT = "ผู้ใดพ้นหน้าที่แล้ว"
    OCTOBER_HINT = "หากถูกต้องครบถ้วน เลือก “ถูกต้อง” หากมีผู้พ้นหน้าที่ เลือกชื่อ"

    def staff_of(self, province: str) -> str:
        return f"ผู้ปฏิบัติงาน {province}"

    def staff_line(
        self,
        number: int,
        named: str,
        title: str | None,
        since: date,
        until: date | None,
        *,
        office_held: bool,
    ) -> str:
        parts = [
            f"{number}. {named}",
            *([title] if title else []),
            thai_range(since, until) if until else f"ตั้งแต่ {thai_date(since)}",
            *(["เครื่องของสำนักงาน"] if office_held else []),
        ]
        return " · ".join(parts)

    def staff_confirmed(self, fiscal_year: int, day: date) -> str:
        return f"ยืนยันผู้ปฏิบัติงานปีงบประมาณ {fiscal_year} แล้ว ({thai_date(day)})"

    def october(self, province: str, fiscal_year: int, *, again: bool) -> str:
        if again:
            return f"{province}: ยังไม่ได้ยืนยันผู้ปฏิบัติงาน ปีงบประมาณ {fiscal_year}"
        return f"{province}: โปรดยืนยันผู้ปฏิบัติงาน ปีงบประมาณ {fiscal_year}"

    def left_already(self, name: str) -> str:
        return f"พ้นหน้าที่แล้ว: {name or 'ไม่ระบุชื่อ'}"[:60]

    # -------------------------------------------------------------- standing in for the head

    NAME_ACTING = "ตั้งผู้รักษาราชการแทน"
    WHO_STANDS_IN = "ผู้ใดรักษาราชการแทนหัวหน้าสำนักงานจังหวัด"
    CANCEL_ACTING = "ยกเลิกการรักษาราชการแทน"
    SOMEBODY_STANDS_IN = "ช่วงวันนี้มีผู้รักษาราชการแทนอยู่แล้ว ยกเลิกรายการเดิมก่อน หรือเลือกวันอื่น"
    STANDS_IN_FROM_TODAY = "วันเริ่มต้องเป็นวันนี้หรือหลังจากนี้ พิมพ์วันใหม่ได้ (ยังไม่มีการเปลี่ยนแปลงใด)"

    def full_day(self, day: date) -> str:
        return thai_date(day)

    def for_days(self, number: int) -> str:
        return f"{number} วัน"

    def stands_in_when(self, name: str) -> str:
        return f"{name or 'ไม่ระบุชื่อ'} รักษาราชการแทนตั้งแต่วันใด\nเลือกวันเริ่ม หรือพิมพ์ทั้งช่วง เช่น 1–15 ธ.ค. 69"

    def stands_in_until(self, name: str, first: date) -> str:
        return f"{name or 'ไม่ระบุชื่อ'} ตั้งแต่ {thai_date(first)} ถึงวันใด\nเลือกจำนวนวัน หรือพิมพ์วันสุดท้าย"

    def stands_in_too_long(self, most: int) -> str:
        return f"รักษาราชการแทนได้ครั้งละไม่เกิน {most} วัน พิมพ์วันใหม่ได้ (ยังไม่มีการเปลี่ยนแปลงใด)"

    def stands_in(self, name: str, province: str, first: date, last: date) -> str:
        days = thai_range(first, last if last != first else None)
        return f"{name or 'ไม่ระบุชื่อ'} รักษาราชการแทนหัวหน้าสำนักงานจังหวัด{province} {days} แล้วสิ้นสุดเอง"

    def end_acting(self, name: str) -> str:
        return f"ยกเลิกรักษาราชการแทน: {name or 'ไม่ระบุชื่อ'}"[:60]

    def stands_in_no_more(self, name: str) -> str:
        return f"{name or 'ไม่ระบุชื่อ'} ไม่ได้รักษาราชการแทนแล้ว"

    # -------------------------------------------------------------- several channels

    LINK_CHANNEL = "เชื่อมช่องทางอื่น"
    HOW_TO_LINK = "ผู้ที่ใช้หลายแอปเชื่อมเป็นคนเดียวกันได้ ขอรหัสที่นี่ แล้วพิมพ์รหัสในอีกแอป"
    MAKE_LINK_CODE = "ขอรหัสเชื่อม"
    TYPE_LINK_CODE = (
        "พิมพ์รหัสด้านล่างในแชตกับผู้ช่วยบนอีกแอปภายใน 15 นาที ใช้ได้ครั้งเดียว\nไม่ควรส่งรหัสให้ผู้อื่น ผู้ที่พิมพ์รหัสจะใช้สิทธิ์เดียวกัน"
    )
    LINKED = "เชื่อมช่องทางแล้ว ใช้สิทธิ์และรายการเดียวกันได้จากทุกช่องทาง"
    NOT_LINKED = "ไม่ได้เชื่อม ยังไม่มีการเปลี่ยนแปลงใด"
    SAME_PERSON = "เป็นคนเดียวกัน เชื่อม"
    DO_NOT_LINK = "ไม่เชื่อม"
    UNLINKED = "ยกเลิกการเชื่อมแล้ว"

    def link_refused(self, reason: str) -> str:
        return {
            "unknown": "ไม่พบรหัสนี้ ตรวจตัวอักษรแล้วพิมพ์ใหม่ หรือขอรหัสใหม่จากอีกช่องทาง",
            "used": "รหัสนี้ใช้ไปแล้ว ขอรหัสใหม่จากอีกช่องทาง",
            "expired": "รหัสนี้หมดอายุแล้ว ขอรหัสใหม่จากอีกช่องทาง",
            "locked": "พิมพ์รหัสไม่ถูกต้องหลายครั้ง ลองใหม่ได้ในอีก 1 ชั่วโมง",
            "self": "รหัสนี้เป็นของช่องทางที่เชื่อมอยู่แล้ว พิมพ์รหัสในแชตกับผู้ช่วยบนอีกแอป",
        }[reason]

    def is_that_you(self, name: str, posts: Sequence[str]) -> str:
        held = f" ({', '.join(posts)})" if posts else ""
        return (
            f"รหัสนี้เป็นของ {name or 'ไม่ระบุชื่อ'}{held}\n"
            "เชื่อมเฉพาะเมื่อเป็นตัวท่านเอง: สิทธิ์ รายการ และคำถามทั้งสองฝั่งจะเป็นของคนเดียวกัน"
        )

    def channel_linked(self, channel: str) -> str:
        return f"เชื่อมกับ {channel} แล้ว หากไม่ได้ทำเอง ยกเลิกการเชื่อมได้"

    def unlink(self, channel: str) -> str:
        return f"ยกเลิกการเชื่อม {channel}"

    def really_unlink(self, channel: str) -> str:
        return f"เมื่อยกเลิกการเชื่อม {channel} จะใช้สิทธิ์จากช่องทางนั้นไม่ได้ ข้อมูลและรายการยังอยู่ครบ"

    # -------------------------------------------------------------- a duty phone

    CHANGE_RECORDER = "เปลี่ยนผู้บันทึก"
    WHO_RECORDS = "ผู้บันทึกคือใคร เลือกชื่อ หรือพิมพ์ชื่อ ใช้ตลอดวันนี้"
    WHO_RECORDS_FIRST = "ผู้บันทึกคือใคร พิมพ์ชื่อ ใช้ตลอดวันนี้"

    def recorder_today(self, name: str) -> str:
        return f"ผู้บันทึกวันนี้: {name}"

    def records_today(self, name: str) -> str:
        return f"ผู้บันทึกวันนี้: {name} เปลี่ยนได้ทุกเมื่อ"

    def on_duty_phone(self, recorder: str, role: str, province: str) -> str:
        post = " ".join(part for part in (role, province) if part)
        return f"{recorder} (เครื่องของสำนักงาน{f': {post}' if post else ''})"
