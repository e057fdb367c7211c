"""Why a pairing is reminded or is not, and what is said beside reminders, in Thai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.language.dates import thai_date


class Judgement(Protocol):
    """A pairing judged for one period."""

    @property
    def basis(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def count(self) -> int: ...
    @property
    def days_left(self) -> int: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def step(self) -> str | None: ...
    @property
    def until(self) -> date | None: ...


class RemindingTh:
    """Why a pairing is reminded or is not, and what is said beside reminders."""

    BASES: Mapping[str, str]
    WHY: Mapping[str, str] = {
        "denied": "จังหวัดแจ้งว่าไม่ใช่คู่ของจังหวัด จึงไม่แจ้งเตือน",
        "merged": "ฝ่ายคู่รวมเข้ากับเมืองอื่นแล้ว จึงไม่แจ้งเตือน",
        "not_signed": "ยังไม่อยู่ในสถานะลงนามแล้ว จึงไม่แจ้งเตือน",
        "not_provincial": "ไม่ใช่คู่ระดับจังหวัด จึงไม่แจ้งเตือน",
        "signed_later": "ลงนามภายในปีนี้หรือหลังจากนั้น เริ่มนับปีถัดไป",
        "held": "มีกิจกรรมร่วมแล้ว จึงไม่แจ้งเตือน",
        "exempt": "ได้รับยกเว้นจากส่วนกลาง จึงไม่แจ้งเตือน",
        "suspended": "ส่วนกลางชะลอตามนโยบาย จึงไม่แจ้งเตือน",
        "planned": "มีแผนจัดกิจกรรมแล้ว พักการแจ้งเตือนไว้",
        "snoozed": "จังหวัดเลื่อนการแจ้งเตือนไว้",
        "no_step": "ยังไม่ถึงกำหนดแจ้งเตือน หรือพ้นช่วงแจ้งเตือนแล้ว",
    }
    DUE_NOW = "ยังไม่มีกิจกรรมร่วม จึงแจ้งเตือน"

    def step(self, name: str) -> str:
        """The moment of the year at which a silent pairing is reminded."""
        if name == "start":
            return "เดือนแรกของปี"
        if name.startswith("overdue"):
            return f"เดือนที่ {name.removeprefix('overdue')} หลังสิ้นปี"
        return f"{name.removeprefix('d')} วันก่อนสิ้นปี"

    def why(self, one: Judgement) -> str:
        """One line: the year, its sum, and why a reminder goes out or does not."""
        counted = f"{one.count} กิจกรรม" if one.count else "ยังไม่มีกิจกรรม"
        left = f"เหลือ {one.days_left} วัน" if one.days_left >= 0 else f"สิ้นสุดแล้ว {-one.days_left} วัน"
        reason = self.WHY[one.reason] if one.reason else self.DUE_NOW
        until = f" (ถึง {thai_date(one.until)})" if one.until else ""
        at = f" รอบ{self.step(one.step)}" if one.step and one.reason is None else ""
        years = f"{thai_date(one.first)} – {thai_date(one.last)}"
        return f"{self.BASES[one.basis]} {one.period} ({years}): {counted} {left}\n{reason}{until}{at}"

    def explained_title(self, label: str, day: date) -> str:
        return f"{label} ณ {thai_date(day)}"

    def explained_told(self, who: str, *, already: bool) -> str:
        return f"แจ้ง{who}แล้ว" if already else f"แจ้ง{who}"

    def explained_said(self, who: str, step: str, day: date) -> str:
        return f"{thai_date(day)} แจ้ง{who} รอบ{self.step(step)}"

    def explained_answered(self, day: date) -> str:
        return f"จังหวัดตอบกลับล่าสุด {thai_date(day)}"

    NOT_ESCALATED = "จังหวัดยังไม่ยืนยันรายชื่อคู่ จึงไม่แจ้งผู้บังคับบัญชา"

    # -------------------------------------------------------------- beside reminders

    NOTICES = "เรื่องที่ควรทราบวันนี้"
    STAGES_AHEAD: Mapping[str, str] = {
        "proposed": "เสนอเรื่อง",
        "committee_agreed": "คณะกรรมการเห็นชอบ",
        "letter_of_intent": "ลงนามหนังสือแสดงเจตจำนง",
        "mou_draft": "จัดทำร่างบันทึกความเข้าใจ",
        "in_progress": "อยู่ระหว่างดำเนินการ",
    }

    def planning_stopped(self, last: datetime, again: datetime) -> str:
        span = f"{thai_date(last.date())} {last:%H.%M} น. ถึง {thai_date(again.date())} {again:%H.%M} น."
        return f"ระบบหยุดตรวจกำหนดแจ้งเตือน {span}\nขณะนี้ทำงานตามปกติแล้ว บางข้อความอาจมาช้ากว่ากำหนด"

    def and_more(self, count: int) -> str:
        return f"และอีก {count}"

    def digest_more(self, pairings: int) -> str:
        return f"และอีก {pairings:,} คู่ของจังหวัดหรือปีอื่น"

    def terms(self, count: int) -> str:
        return f"บันทึกความเข้าใจที่ใกล้ครบหรือครบกำหนดแล้ว {count} คู่"

    def term_line(self, label: str, ends_on: date, days: int) -> str:
        if days < 0:
            return f"{label} · ครบกำหนดเมื่อ {thai_date(ends_on)}"
        left = f"อีก {days} วัน" if days else "วันนี้"
        return f"{label} · ครบกำหนด {thai_date(ends_on)} ({left})"

    TERMS_HINT = "หากต่ออายุแล้ว แจ้งส่วนกลางเพื่อปรับข้อมูลในระบบ"

    def stills(self, count: int) -> str:
        return f"คู่ที่ยังไม่ลงนามและอยู่ในขั้นตอนเดิมมานาน {count} คู่"

    def still_line(self, label: str, stage: str | None, since: date, days: int) -> str:
        where = self.STAGES_AHEAD.get(stage or "", self.STAGES_AHEAD["in_progress"])
        return f"{label} · {where} ตั้งแต่ {thai_date(since)} ({days:,} วัน)"

    STILLS_HINT = "หากมีความคืบหน้า แจ้งส่วนกลางเพื่อปรับข้อมูลในระบบ"

    def coming(self, count: int) -> str:
        return f"กิจกรรมที่จะถึงภายใน 7 วัน {count} รายการ"

    def plan_line(self, label: str, title: str, days: str, *, promised: bool) -> str:
        follows = " (ติดตามผลตามที่ตกลงไว้)" if promised else ""
        return f"{label} · {title or 'กิจกรรมที่วางแผนไว้'} · {days}{follows}"

    def plan_button(self, partner: str, day: date) -> str:
        return f"{partner} {thai_date(day)}"

    def unused(self, count: int) -> str:
        return f"รหัสเชิญที่หมดอายุโดยยังไม่มีผู้ใช้ {count} รายการ"

    def unused_line(self, role: str, province: str, on: date) -> str:
        return f"{role}{f' {province}' if province else ''} · หมดอายุ {thai_date(on)}"

    UNUSED_HINT = "หากยังต้องการเชิญ ออกรหัสใหม่ได้"

    def reviews(self, count: int) -> str:
        return f"ครบกำหนดทบทวนการชะลอตามนโยบาย {count} รายการ"

    def review_line(self, name: str, on: date) -> str:
        return f"{name} · กำหนดทบทวน {thai_date(on)}"

    # -------------------------------------------------------------- digests of a week and a month

    def week_title(self, day: date) -> str:
        return f"ภาพรวมประจำสัปดาห์ ณ {thai_date(day)}"

    def week_silent(self, pairings: int, provinces: int, names: str) -> str:
        return f"ยังไม่มีกิจกรรมร่วมและใกล้สิ้นปีหรือพ้นปีแล้ว {pairings} คู่ ใน {provinces} จังหวัด: {names}"

    def week_climbed(self, told: Sequence[tuple[str, int]]) -> str:
        return "ในจำนวนนี้ " + " · ".join(f"แจ้งถึง{role}แล้ว {count} คู่" for role, count in told)

    def week_terms(self, count: int) -> str:
        return f"บันทึกความเข้าใจที่จะครบกำหนดภายใน 90 วัน {count} คู่"

    def week_unconfirmed(self, count: int, names: str) -> str:
        return f"ยังไม่ยืนยันรายชื่อคู่ {count} จังหวัด: {names}"

    def week_vacant(self, role: str, count: int, names: str) -> str:
        return f"ยังไม่มี{role}ในระบบ {count} จังหวัด: {names}"

    def month_title(self, province: str, day: date) -> str:
        return f"{province}: ภาพรวมเดือน {thai_date(day, 'month')}"

    def month_silent(self, basis: str, period: str, count: int, names: str) -> str:
        return f"{self.BASES[basis]} {period} ยังไม่มีกิจกรรมร่วม {count} คู่: {names}"

    def month_plans(self, count: int) -> str:
        return f"มีแผนจัดกิจกรรมแล้ว {count} รายการ"

    def month_exempting(self, count: int, names: str) -> str:
        return f"รอส่วนกลางพิจารณายกเว้น {count} คู่: {names}"

    # -------------------------------------------------------------- what is answered to a reminder

    HOLD_WHICH = "ต้องการจัดการการแจ้งเตือนของคู่ใด"
    HOLD_HANDLE = "จัดการการแจ้งเตือน"
    HOLD_PLAN = "มีแผนจัดแล้ว"
    HOLD_PLAN_HINT = "ระบุวันที่ที่จะจัด ระบบจะพักการแจ้งเตือนไว้จนถึงวันนั้น แล้วสอบถามว่าจัดแล้วหรือยัง"
    HOLD_SNOOZE = "เลื่อนการแจ้งเตือน"
    HOLD_EXEMPT = "ขอยกเว้น"
    HOLD_OTHER = "เปลี่ยนผู้รับผิดชอบ"
    HOLD_WHY = "เหตุใดจึงแจ้งเตือน"
    SNOOZE_END = "ยกเลิกการเลื่อน"
    SNOOZE_UNTIL = "เลื่อนการแจ้งเตือนถึงเมื่อใด เลือกหรือพิมพ์วันที่ ภาระกิจกรรมประจำปียังคงอยู่"
    ONE_WEEK = "1 สัปดาห์"
    ONE_MONTH = "1 เดือน"
    SNOOZE_REASONS: Mapping[str, str] = {
        "partner": "รอฝ่ายคู่ตอบรับ",
        "budget": "รอการอนุมัติงบประมาณ",
        "preparing": "อยู่ระหว่างเตรียมการ",
    }
    SNOOZE_ENDED = "ยกเลิกการเลื่อนแล้ว"
    EXEMPT_UNTIL = "ขอยกเว้นถึงเมื่อใด เลือกหรือพิมพ์วันที่ ส่วนกลางเป็นผู้พิจารณา"
    EXEMPTION_WAITS = "ส่งคำขอยกเว้นไว้แล้ว อยู่ระหว่างการพิจารณาของส่วนกลาง"
    EXEMPTION_ASKED = "ส่งคำขอยกเว้นถึงส่วนกลางแล้ว จะแจ้งผลให้ทราบ ระหว่างนี้การแจ้งเตือนยังดำเนินต่อ"
    NO_EXEMPTIONS = "ไม่มีคำขอยกเว้นที่รอพิจารณา"
    DECIDED_ALREADY = "มีผู้พิจารณาแล้ว"
    OTHER_WANTED = "เจ้าหน้าที่แจ้งว่าควรเปลี่ยนผู้รับผิดชอบคู่นี้ กรุณามอบหมายผู้รับผิดชอบ"

    def snooze_why(self, last: date) -> str:
        return f"เลื่อนถึง {thai_date(last)} เนื่องจากอะไร เลือกหรือพิมพ์เหตุผล"

    def snoozed(self, last: date) -> str:
        return f"เลื่อนการแจ้งเตือนถึง {thai_date(last)} แล้ว"

    def snoozed_until(self, last: date, reason: str) -> str:
        return f"เลื่อนไว้ถึง {thai_date(last)}: {reason}"

    def until_end_of(self, basis: str, period: str, last: date) -> str:
        return f"สิ้น{self.BASES[basis]} {period} ({thai_date(last)})"

    def exempt_why(self, last: date) -> str:
        return f"ขอยกเว้นถึง {thai_date(last)} เนื่องจากอะไร กรุณาพิมพ์เหตุผล"

    def exemption_line(self, state: str, last: date | None, reason: str) -> str:
        head = "ได้รับยกเว้น" if state == "granted" else "ขอยกเว้น รอส่วนกลางพิจารณา"
        return f"{head}{self._until(last)}: {reason}"

    def exemption_asked(self, last: date | None, reason: str, day: date) -> str:
        return f"ขอเมื่อ {thai_date(day)}{self._until(last)}\nเหตุผล: {reason}"

    def exemption_decided(self, state: str, last: date | None) -> str:
        if state == "granted":
            return f"ส่วนกลางอนุมัติการยกเว้น{self._until(last)}"
        return "ส่วนกลางไม่อนุมัติการยกเว้น การแจ้งเตือนดำเนินต่อ"

    def _until(self, last: date | None) -> str:
        return f" ถึง {thai_date(last)}" if last else " จนกว่าจะเปลี่ยนแปลง"

    def other_asked(self, *, told: bool) -> str:
        if told:
            return "แจ้งหัวหน้าสำนักงานจังหวัดให้มอบหมายผู้รับผิดชอบแล้ว"
        return "ยังไม่มีหัวหน้าสำนักงานจังหวัดในระบบที่ติดต่อได้ กรุณาแจ้งโดยตรง"

    def day_between(self, first: date, last: date) -> str:
        return f"เลือกวันที่ระหว่าง {thai_date(first)} ถึง {thai_date(last)}"

    # -------------------------------------------------------------- the schedule, suspensions

    SCHEDULE = "กำหนดการแจ้งเตือน 12 เดือนข้างหน้า"
    SCHEDULE_HINT = "คำนวณจากข้อมูลวันนี้ เมื่อบันทึกกิจกรรมแล้วจะไม่แจ้งเตือนคู่นั้นอีก"
    NOTHING_COMING = "ไม่มีการแจ้งเตือนใน 12 เดือนข้างหน้า"
    SUSPEND = "ชะลอเพิ่ม"
    SUSPENSIONS = "การชะลอการแจ้งเตือนตามนโยบาย"
    NO_SUSPENSIONS = "ขณะนี้ไม่มีการชะลอการแจ้งเตือน"
    SUSPEND_WHAT = "ชะลอการแจ้งเตือนของประเทศ พื้นที่ หรือเมืองใด กรุณาพิมพ์ชื่อ"
    SUSPEND_WHICH = "หมายถึงข้อใด"
    SUSPEND_REVIEW = "จะทบทวนเมื่อใด เลือกหรือพิมพ์วันที่"
    SUSPENSION_ENDED = "ยุติการชะลอแล้ว การแจ้งเตือนกลับมาดำเนินการ"
    SCOPES: Mapping[str, str] = {"country": "ประเทศ", "area": "พื้นที่", "partner": "คู่"}

    def coming_line(self, day: date, pairings: int, step: str, period: str) -> str:
        return f"{thai_date(day)}: {pairings} คู่ ({self.step(step)} {period})"

    def scope(self, scope: str, name: str) -> str:
        return f"{self.SCOPES[scope]}: {name}"

    def suspend_why(self, name: str, count: int) -> str:
        return f"ชะลอการแจ้งเตือนของ{name} ({count} คู่) เนื่องจากอะไร กรุณาพิมพ์เหตุผล"

    def in_months(self, number: int, day: date) -> str:
        return f"อีก {number} เดือน ({thai_date(day)})"

    def suspended(self, name: str, review_on: date) -> str:
        return f"ชะลอการแจ้งเตือนของ{name}แล้ว จะทบทวน {thai_date(review_on)}"

    def suspension_line(self, name: str, reason: str, first: date, review_on: date) -> str:
        return f"{name} ตั้งแต่ {thai_date(first)} ทบทวน {thai_date(review_on)}: {reason}"

    def end_suspension(self, name: str) -> str:
        return f"ยุติการชะลอ {name}"
