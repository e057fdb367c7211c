"""Why a pairing is reminded or is not, and what is said beside reminders, in Thai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.language.dates import thai_date

YEAR = 365.25
TWO_YEARS = 731
"""In days."""


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
    POSTS: Mapping[str, str] = {
        "officer": "เจ้าหน้าที่",
        "group_head": "หัวหน้ากลุ่มงาน",
        "head": "หัวหน้าสำนักงานจังหวัด",
        "ministry": "กองการต่างประเทศ สป.มท.",
    }
    """Who was told, by post."""
    WHY: Mapping[str, str] = {
        "denied": "จังหวัดแจ้งว่าไม่ใช่คู่ของจังหวัด จึงไม่แจ้งเตือน",
        "merged": "หน่วยการปกครองของฝ่ายคู่รวมเข้ากับหน่วยอื่นแล้ว จึงไม่แจ้งเตือน",
        "not_signed": "ยังไม่ได้ลงนามหรือสิ้นสุดแล้ว จึงไม่แจ้งเตือน",
        "not_provincial": "ไม่ใช่คู่ระดับจังหวัด จึงไม่แจ้งเตือน",
        "signed_later": "ลงนามในปีดังกล่าวหรือหลังจากนั้น จึงเริ่มนับในปีถัดจากปีที่ลงนาม",
        "held": "มีกิจกรรมร่วมแล้ว จึงไม่แจ้งเตือน",
        "exempt": "ได้รับยกเว้น จึงไม่แจ้งเตือน",
        "suspended": "ชะลอตามนโยบาย จึงไม่แจ้งเตือน",
        "planned": "มีแผนจัดกิจกรรมแล้ว จึงพักการแจ้งเตือนไว้",
        "snoozed": "จังหวัดเลื่อนการแจ้งเตือนไว้",
        "no_step": "ยังไม่ถึงรอบแจ้งเตือน",
    }
    NO_MORE_STEPS = "สิ้นสุดรอบแจ้งเตือนของปีดังกล่าวแล้ว"
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
        reason = self.WHY[one.reason] if one.reason else self.DUE_NOW
        if one.reason == "no_step" and one.days_left < 0:
            reason = self.NO_MORE_STEPS
        until = f" (ถึง {thai_date(one.until)})" if one.until else ""
        at = f" ({self._round(one.step)})" if one.step and one.reason is None else ""
        years = f"{thai_date(one.first)} – {thai_date(one.last)}"
        return f"{self.BASES[one.basis]} {one.period} ({years}): {counted} {self._left(one.days_left)}\n{reason}{until}{at}"

    def _left(self, days: int) -> str:
        if days < 0:
            return f"สิ้นสุดมาแล้ว {-days} วัน"
        return f"เหลือ {days} วัน" if days else "วันนี้เป็นวันสุดท้าย"

    def _round(self, step: str) -> str:
        """A number stands apart from the word before it."""
        named = self.step(step)
        return f"รอบ {named}" if named[:1].isdigit() else f"รอบ{named}"

    def explained_title(self, label: str, day: date) -> str:
        return f"{label} ณ วันที่ {thai_date(day)}"

    def explained_told(self, who: str, *, already: bool) -> str:
        return f"แจ้งแล้ว: {who}" if already else f"จะแจ้ง: {who}"

    def explained_said(self, who: str, step: str, day: date) -> str:
        return f"{thai_date(day)} แจ้ง{who} ({self._round(step)})"

    def explained_answered(self, day: date) -> str:
        return f"จังหวัดดำเนินการล่าสุดเมื่อ {thai_date(day)}"

    NOT_ESCALATED = "จังหวัดยังไม่ได้ยืนยันรายชื่อคู่ จึงแจ้งเฉพาะเจ้าหน้าที่"

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
        first, end = (f"{thai_date(at.date())} เวลา {at:%H.%M} น." for at in (last, again))
        return f"การแจ้งเตือนขัดข้องตั้งแต่ {first} ถึง {end}\nขณะนี้ทำงานตามปกติแล้ว บางข้อความอาจส่งช้ากว่ากำหนด"

    def planning_stands(self, last: datetime) -> str:
        return (
            f"ระบบไม่ได้ตรวจกำหนดแจ้งเตือนตั้งแต่ {thai_date(last.date())} {last:%H.%M} น.\n"
            "การแจ้งเตือนถึงจังหวัดอาจล่าช้า กรุณาแจ้งผู้ดูแลระบบ เมื่อกลับมาทำงานแล้วจะส่งส่วนที่ค้างอยู่"
        )

    def and_more(self, count: int) -> str:
        """Of lines."""
        return f"และอีก {count} รายการ"

    def and_more_names(self, count: int) -> str:
        """Of provinces or partners in one line."""
        return f"และอีก {count} แห่ง"

    def digest_more(self, pairings: int) -> str:
        return f"และอีก {pairings:,} คู่ของจังหวัดหรือปีอื่น"

    def terms(self, count: int) -> str:
        return f"บันทึกความเข้าใจที่ใกล้ครบกำหนดหรือครบกำหนดแล้ว {count} ฉบับ"

    def term_line(self, label: str, ends_on: date, days: int) -> str:
        if days < 0:
            return f"{label} · ครบกำหนดเมื่อ {thai_date(ends_on)}"
        left = f"อีก {days} วัน" if days else "วันนี้"
        return f"{label} · ครบกำหนด {thai_date(ends_on)} ({left})"

    TERMS_HINT = "หากต่ออายุแล้ว กดชื่อคู่ แล้วเลือก “แก้ไข/เพิ่มข้อมูล”"

    def stills(self, count: int) -> str:
        return f"คู่ที่ยังไม่ได้ลงนามและยังอยู่ในขั้นตอนเดิม {count} คู่"

    def still_line(self, label: str, stage: str | None, since: date, days: int) -> str:
        where = self.STAGES_AHEAD.get(stage or "", self.STAGES_AHEAD["in_progress"])
        return f"{label} · {where} ตั้งแต่ {thai_date(since)} ({self._for_long(days)})"

    def _for_long(self, days: int) -> str:
        """From two years on a number of days says little."""
        return f"{days} วัน" if days < TWO_YEARS else f"กว่า {int(days / YEAR)} ปี"

    STILLS_HINT = "หากมีความคืบหน้า เปิดคู่ที่ /pairings แล้วเลือก “แก้ไข/เพิ่มข้อมูล”"

    def coming(self, count: int) -> str:
        return f"กิจกรรมที่จะจัดภายใน 7 วัน: {count} รายการ"

    def plan_line(self, label: str, title: str, days: str, *, promised: bool) -> str:
        follows = " (ติดตามผลตามที่ตกลงไว้)" if promised else ""
        return f"{label} · {title or 'กิจกรรมในแผน'} · {days}{follows}"

    def plan_button(self, partner: str, day: date) -> str:
        return f"{partner} {thai_date(day)}"

    def unused(self, count: int) -> str:
        return f"รหัสเชิญที่หมดอายุโดยยังไม่ได้ใช้ {count} รหัส"

    def unused_line(self, role: str, province: str, on: date) -> str:
        return f"{role}{f' {province}' if province else ''} · หมดอายุ {thai_date(on)}"

    UNUSED_HINT = "หากยังต้องการเชิญ ออกรหัสใหม่ได้"

    def reviews(self, count: int) -> str:
        return f"ครบกำหนดทบทวนการชะลอตามนโยบาย {count} รายการ"

    def review_line(self, name: str, on: date) -> str:
        return f"{name} · กำหนดทบทวน {thai_date(on)}"

    # -------------------------------------------------------------- digests of a week and a month

    def week_title(self, day: date) -> str:
        return f"ภาพรวมประจำสัปดาห์ ณ วันที่ {thai_date(day)}"

    def week_silent(self, pairings: int, provinces: int, names: str) -> str:
        where = f"{pairings} คู่ ใน {provinces} จังหวัด"
        return f"ยังไม่มีกิจกรรมร่วม {where} (เหลือไม่เกิน 180 วันหรือสิ้นปีแล้ว): {names}"

    def week_climbed(self, told: Sequence[tuple[str, int]]) -> str:
        return "ในจำนวนนี้แจ้งแล้วถึง" + " · ".join(f"{role} {count} คู่" for role, count in told)

    def week_terms(self, count: int) -> str:
        return f"บันทึกความเข้าใจที่จะครบกำหนดภายใน 90 วัน: {count} ฉบับ"

    def week_unconfirmed(self, count: int, names: str) -> str:
        return f"ยังไม่ได้ยืนยันรายชื่อคู่ {count} จังหวัด: {names}"

    def week_vacant(self, role: str, count: int, names: str) -> str:
        return f"ยังไม่มี{role}ในระบบ {count} จังหวัด: {names}"

    def month_title(self, province: str, day: date) -> str:
        return f"{province}: ภาพรวมประจำเดือน {thai_date(day, 'month')}"

    def month_silent(self, basis: str, period: str, count: int, names: str) -> str:
        return f"{self.BASES[basis]} {period} ยังไม่มีกิจกรรมร่วม {count} คู่: {names}"

    def month_plans(self, count: int) -> str:
        return f"มีแผนจัดกิจกรรมแล้ว {count} รายการ"

    def month_exempting(self, count: int, names: str) -> str:
        return f"อยู่ระหว่างพิจารณายกเว้น {count} คู่: {names}"

    # -------------------------------------------------------------- what is answered to a reminder

    HOLD_WHICH = "ต้องการจัดการการแจ้งเตือนของคู่ใด"
    HOLD_HANDLE = "จัดการการแจ้งเตือน"
    HOLD_PLAN = "มีแผนจัดแล้ว"
    HOLD_PLAN_HINT = "บันทึกเป็นแผนโดยระบุวันที่จะจัด ระบบจะพักการแจ้งเตือนถึงวันนั้น แล้วสอบถามว่าจัดแล้วหรือยัง"
    HOLD_SNOOZE = "เลื่อนการแจ้งเตือน"
    HOLD_EXEMPT = "ขอยกเว้น"
    HOLD_OTHER = "เปลี่ยนผู้รับผิดชอบ"
    HOLD_WHY = "เหตุใดจึงแจ้งเตือน"
    SNOOZE_END = "ยกเลิกการเลื่อน"
    SNOOZE_UNTIL = "เลื่อนการแจ้งเตือนถึงเมื่อใด เลือกหรือพิมพ์วันที่ ทั้งนี้ ยังต้องจัดกิจกรรมร่วมประจำปีตามเดิม"
    ONE_WEEK = "1 สัปดาห์"
    ONE_MONTH = "1 เดือน"
    SNOOZE_REASONS: Mapping[str, str] = {
        "partner": "รอฝ่ายคู่ตอบรับ",
        "budget": "รอการอนุมัติงบประมาณ",
        "preparing": "อยู่ระหว่างเตรียมการ",
    }
    SNOOZE_ENDED = "ยกเลิกการเลื่อนแล้ว ระบบจะแจ้งเตือนตามเดิม"
    EXEMPT_UNTIL = "ขอยกเว้นถึงเมื่อใด เลือกหรือพิมพ์วันที่ กองการต่างประเทศ สป.มท. เป็นผู้พิจารณา"
    EXEMPTION_WAITS = "ส่งคำขอยกเว้นไว้แล้ว อยู่ระหว่างการพิจารณาของกองการต่างประเทศ สป.มท."
    EXEMPTION_ASKED = "ส่งคำขอยกเว้นถึงกองการต่างประเทศ สป.มท. แล้ว จะแจ้งผลในแชตนี้ ระหว่างนี้ระบบยังแจ้งเตือนตามเดิม"
    NO_EXEMPTIONS = "ไม่มีคำขอยกเว้นที่รอพิจารณา"
    DECIDED_ALREADY = "เรื่องนี้มีผู้พิจารณาแล้ว"
    OTHER_WANTED = "เจ้าหน้าที่เสนอให้เปลี่ยนผู้รับผิดชอบคู่นี้ กรุณามอบหมายผู้รับผิดชอบ"

    def snooze_why(self, last: date) -> str:
        return f"เลื่อนถึง {thai_date(last)} กรุณาเลือกหรือพิมพ์เหตุผล"

    def snoozed(self, last: date) -> str:
        return f"เลื่อนการแจ้งเตือนถึง {thai_date(last)} แล้ว"

    def snoozed_until(self, last: date, reason: str) -> str:
        return f"เลื่อนถึง {thai_date(last)} เหตุผล: {reason}"

    def until_end_of(self, basis: str, period: str, last: date) -> str:
        return f"สิ้น{self.BASES[basis]} {period} ({thai_date(last)})"

    def exempt_why(self, last: date) -> str:
        return f"ขอยกเว้นถึง {thai_date(last)} กรุณาพิมพ์เหตุผล"

    def exemption_line(self, state: str, last: date | None, reason: str) -> str:
        until = self._until(last)
        head = f"ได้รับยกเว้น{until}" if state == "granted" else f"ขอยกเว้น{until} (อยู่ระหว่างพิจารณา)"
        return f"{head} เหตุผล: {reason}"

    def exemption_asked(self, last: date | None, reason: str, day: date) -> str:
        return f"ขอยกเว้น{self._until(last)} · ยื่นเมื่อ {thai_date(day)}\nเหตุผล: {reason}"

    def exemption_decided(self, state: str, last: date | None) -> str:
        if state == "granted":
            return f"กองการต่างประเทศ สป.มท. อนุมัติการยกเว้น{self._until(last)}"
        return "กองการต่างประเทศ สป.มท. ไม่อนุมัติการยกเว้น ระบบยังแจ้งเตือนตามเดิม"

    def _until(self, last: date | None) -> str:
        return f"ถึง {thai_date(last)}" if last else "จนกว่าจะมีการเปลี่ยนแปลง"

    def other_asked(self, *, told: bool) -> str:
        if told:
            return "แจ้งหัวหน้าสำนักงานจังหวัดเพื่อพิจารณามอบหมายผู้รับผิดชอบแล้ว"
        return "ยังติดต่อหัวหน้าสำนักงานจังหวัดผ่านระบบไม่ได้ กรุณาเรียนให้ทราบโดยตรง"

    def day_between(self, first: date, last: date) -> str:
        return f"กรุณาเลือกวันที่ตั้งแต่ {thai_date(first)} ถึง {thai_date(last)} (ข้อมูลที่กรอกไว้ยังอยู่)"

    # -------------------------------------------------------------- the schedule, suspensions

    SCHEDULE = "กำหนดการแจ้งเตือน 12 เดือนข้างหน้า"
    SCHEDULE_HINT = "คำนวณจากข้อมูลวันนี้ เมื่อบันทึกกิจกรรมร่วมแล้ว จะไม่แจ้งเตือนคู่นั้นอีกในปีดังกล่าว"
    NOTHING_COMING = "ไม่มีการแจ้งเตือนใน 12 เดือนข้างหน้า"
    SUSPEND = "เพิ่มรายการชะลอ"
    SUSPENSIONS = "การชะลอตามนโยบาย"
    NO_SUSPENSIONS = "ขณะนี้ไม่มีรายการชะลอ"
    SUSPEND_WHAT = "ชะลอการแจ้งเตือนของประเทศ พื้นที่ หรือฝ่ายคู่ใด กรุณาพิมพ์ชื่อ"
    SUSPEND_WHICH = "หมายถึงรายการใด"
    SUSPEND_REVIEW = "จะทบทวนเมื่อใด เลือกหรือพิมพ์วันที่"
    SUSPENSION_ENDED = "ยุติการชะลอแล้ว ระบบจะแจ้งเตือนตามเดิม"
    SCOPES: Mapping[str, str] = {"country": "ประเทศ", "area": "พื้นที่", "partner": "ฝ่ายคู่"}

    def coming_line(self, day: date, pairings: int, step: str, period: str) -> str:
        return f"{thai_date(day)}: {pairings} คู่ ({self.step(step)} {period})"

    def scope(self, scope: str, name: str) -> str:
        return f"{self.SCOPES[scope]}: {name}"

    def suspend_why(self, name: str, count: int) -> str:
        return f"ชะลอการแจ้งเตือนของ{name} ({count} คู่) กรุณาพิมพ์เหตุผล"

    def in_months(self, number: int, day: date) -> str:
        return f"อีก {number} เดือน ({thai_date(day)})"

    def suspended(self, name: str, review_on: date) -> str:
        return f"ชะลอการแจ้งเตือนของ{name}แล้ว กำหนดทบทวน {thai_date(review_on)}"

    def suspension_line(self, name: str, reason: str, first: date, review_on: date) -> str:
        return f"{name} · ตั้งแต่ {thai_date(first)} · กำหนดทบทวน {thai_date(review_on)} · เหตุผล: {reason}"

    def end_suspension(self, name: str) -> str:
        return f"ยุติการชะลอ {name}"
