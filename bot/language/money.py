"""Amounts in baht: read from a sentence, and written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz.distance import OSA

from bot.language.dates import dates_in
from bot.language.links import hide_addresses
from bot.language.numbers import START, Quantity, read_quantity
from bot.language.text import beside, clean, hide, hide_times_and_ordinals


@dataclass(frozen=True)
class Money:
    """
    An amount in baht. `cued` says that a word for money spent (งบ, ค่าใช้จ่าย, …) stands before it, `total` that
    the sentence calls it the sum, `bound` that it is one end of a range, `rough` that it is not exact.
    """

    amount: Decimal
    first_char: int
    last_char: int
    cued: bool = False
    total: bool = False
    bound: bool = False
    rough: bool = False


# The budget or what was spent of it; "งบ อบจ. 5 หมื่น" names whose it was before the amount.
_SPENT = (
    r"งบ(?:ประมาณ|ดำเนินการ|กลาง|ปกติ|พัฒนา|ยุทธศาสตร์)?(?:\s?(?:ของ|จาก)?\s?(?:กลุ่ม)?(?:จังหวัด|จ\.|อบจ\.?|อบต\.?|เทศบาล|ทน\.|ส่วนตัว|กระทรวง|กรม|ททท\.?|ภาคเอกชน|เอกชน|หอการค้า)[ก-๙]{0,12})?"
    r"|ใช้เงิน|ใช้จ่าย|ใช้จริง|ใช้ไป|เบิกจ่าย|เบิก|จ่าย(?:จริง|ไป)|ค่าใช้จ่าย|ค่าดำเนินการ|มูลค่า(?!ซื้อ|การ|ส่ง|นำ)|วงเงิน|เป็นเงิน|(?<![a-z])(?:budget|costs?|spent|expenses?)"
)
_CUE = re.compile(
    rf"(?P<spent>{_SPENT})(?:\s|:|=|ที่ใช้|ทั้งหมด|ทั้งสิ้น|ทั้งปี|จำนวน|ประมาณ|ราว|ไม่เกิน|รวม|เป็นเงิน|ได้รับ|อนุมัติ|ไป|คือ|จริง|of|was|is|about|around|กว่า|เกือบ|~|thb|฿)*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:รวม|ทั้งสิ้น|ทั้งหมด|total)(?:ทั้งหมด|ทั้งสิ้น|เป็นเงิน|เงิน|งบประมาณ|งบ|ค่าใช้จ่าย|ใช้จ่าย|ประมาณ|:|\s)*$",
    re.IGNORECASE,
)
# Not money spent: what was sold, earned, traded or charged.
_EARNED = re.compile(
    r"(?:ยอดขาย|ยอด|รายได้|รายรับ|กำไร|ขายได้|ขายของได้|ขาย|จำหน่าย|การค้า|ซื้อขาย|สั่งซื้อ|ส่งออก|นำเข้า|ลงทุน|เงินรางวัล|รางวัล|ค่าสมัคร|ค่าลงทะเบียน|ค่าตั๋ว|ค่าบัตร|ราคา|ระดมทุน|รับบริจาค|เงินเดือน)[^\d\x00]{0,15}$"
    r"|(?:ละ|ต่อ(?:คน|หัว|ท่าน|วัน|คืน))\s*$"
)
_EACH_AFTER = re.compile(
    r"\s*(?:/\s*(?:คน|หัว|ท่าน|วัน|คืน|ทุน|ชุด)|ต่อ(?:คน|หัว|ท่าน|วัน|คืน|ทุน|ชุด)|per\s)", re.IGNORECASE
)
_SIGN_BEFORE = re.compile(r"(?:฿|thb|baht)\s*$", re.IGNORECASE)
_BAHT = re.compile(
    r"(?:\s*กว่า|\s*เศษ)?\s*(?:บาท(?:ถ้วน)?|บ\.|บ(?![ก-๙])|฿|thb\b|baht\b|\.-|\.\s?-(?!\d))", re.IGNORECASE
)
_FORMAL = re.compile(r"\s*บาทถ้วน")
_SHORT = re.compile(
    r"\s*(?P<million>ลบ\.?(?![ก-๙])|ล้านบาท|ล\.(?=\s|$|บ|\x00)|mb\b|mil(?:lion)?\b|m(?=\s|$|\x00|thb|baht|฿))|(?P<thousand>k)(?![a-z])",
    re.IGNORECASE,
)
# Hundreds of thousands of something else, of foreign money too.
_OTHER_UNIT = re.compile(
    r"\s*(?:กว่า|เศษ)?\s*(?:คน|ท่าน|ราย|ตัน|ไร่|ชิ้น|กล่อง|โดส|เยน|หยวน|ดอลลาร์|ดอลล่าร์|เหรียญ|กีบ|ด่อง|รูเบิล|รูปี|วอน|ริงกิต|จ๊าด|ยูโร"
    r"|เรียล|กก|กิโล|กม|เมตร|เล่ม|ด้าน|ร้าน|บ้าน|งาน|ทุน|ชุด|ถุง|ต้น|ตัว|คู่|ครั้ง|คัน|หลัง|แห่ง|บูธ|ครัวเรือน|ครอบครัว|ลิตร|แผ่น|รูป|ภาพ|ปี|วัน|เดือน"
    r"|โมง|น\.|นาที|ชั่วโมง|จังหวัด|ประเทศ|เมือง|อำเภอ|คณะ|usd|cny|rmb|jpy|krw|lak|vnd|eur|kg|km|%|เปอร์เซ็นต์|ร้อยละ|pax|people|persons?)",
    re.IGNORECASE,
)
# A number in words ends where its letters end: "สามล้านหา" has lost something.
_WORDS_END = re.compile(r"$|[^ก-๙]|กว่า|เศษ|จาก|ใน|โดย|เพื่อ|สำหรับ|ที่|และ|กับ|ใช้|จัด|มี|ให้|คณะ|ณ|เมื่อ|วัน|[เแโใไ]")
_LOW_END = re.compile(r"(?<![\d.,/])(\d[\d,]*(?:\.\d+)?)\s*(?:-|ถึง)\s*$")
_TO = re.compile(r"\s*(?:-|ถึง|หรือ|to)\s*")
_ROUGH = re.compile(
    r"(?:(?<!งบ)ประมาณ|ราว|ราว ๆ|เกือบ|กว่า|ไม่เกิน|ไม่ต่ำกว่า|ไม่น้อยกว่า|about|around|nearly|almost|approx\.?|up to|over|~)\s*$",
    re.IGNORECASE,
)
_ROUGH_AFTER = re.compile(r"\s*(?:กว่า|เศษ)")
_SMALLEST = 20
_ONE_DECIMAL = re.compile(r"\d+\.\d")
"""A small amount with one decimal is what a slip left of "1.2 ลบ.": satang have two."""
_PLACES = ("ร้อย", "พัน", "หมื่น", "แสน", "ล้าน")
_LETTERS_BEFORE = re.compile(r"[ก-๙]$")
_WORD_BEFORE = re.compile(
    r"(?:งบ|งบประมาณ|เงิน|จำนวน|ประมาณ|ราว|เกือบ|กว่า|รวม|เป็น|ใช้|ไป|จ่าย|จ่ายจริง|ทั้งหมด|ทั้งสิ้น|มูลค่า|อนุมัติ|ละ|คน|ท่าน|บาท|จริง|เกิน|บริจาค|มอบ|สนับสนุน|อีก|ถึง|หรือ|กับ|และ|ได้|ราคา|ต่ำกว่า|มี)$"
)
_PLACE_BEFORE = re.compile(r"\d\s?(?:ล้าน|แสน|หมื่น|พัน)[ก-๙]{1,2}$")
_STRAY_LETTERS = re.compile(r"[ก-๙]{1,2}\d")
_NEXT_WORD = re.compile(r"\s?\d\s?([ก-๎]{2,7}?)(?=บาท|[^ก-๎]|$)")
# "งบ 300000 คน 25": the people are counted behind their word.
_PEOPLE_BEHIND = re.compile(r"\s*คน[ก-๎]{0,10}\s*\d")
_GOES_ON = re.compile(r"[/\d]|[.,]\d")
_RUNNING = re.compile(r"วิ่ง|มาราธอน|ปั่น|เดิน|\brun\b|marathon", re.IGNORECASE)
_SURELY_MONEY = 10_000
"""A multiplier of this size needs no "บาท" after it: nobody counts people of a delegation in หมื่น."""
_SMALLEST_BARE = 100
_YEARS = range(2500, 2620)


def read_money(text: str) -> tuple[Money, ...]:
    """
    Every amount in baht in a sentence.

    A bare number is money only after a word for spending; a number with หมื่น, แสน or ล้าน is money unless
    something else is counted by it. Dates, times, headcounts and foreign money are not read. Of "3-5 แสน" both
    ends are returned: which one is meant has to be asked.
    """
    text = hide_addresses(clean(text))
    left = hide(text, [(span.first_char, span.last_char) for span in dates_in(text, None, future=False)])
    return amounts_in(hide_times_and_ordinals(left))


def read_amount(text: str) -> Decimal | None:
    """The answer to "how much?", where a bare "50000" is enough; None when unreadable or more than one."""
    text = clean(text)
    found = read_money(text)
    if not found:
        bare = read_quantity(text, 0)
        return _tidy(bare.value) if bare and bare.last_char == len(text) - 1 else None
    return found[0].amount if len({money.amount for money in found}) == 1 else None


def thai_baht(amount: Decimal) -> str:
    """350,000 บาท; satang only where there are any."""
    return f"{amount:,.2f} บาท".replace(".00 ", " ")


def amounts_in(text: str) -> tuple[Money, ...]:
    """The amounts in a cleaned text whose dates, times and ordinals are hidden."""
    return tuple(_amounts(text))


def _amounts(text: str) -> Iterator[Money]:
    position, last = 0, None
    while found := START.search(text, position):
        quantity = read_quantity(text, found.start())
        if quantity is None:
            position = found.end()
            continue
        money = _as_money(text, quantity)
        position = (money[-1].last_char if money else quantity.last_char) + 1
        if last and money and _TO.fullmatch(text, last.last_char + 1, money[0].first_char):
            # "งบ 1 แสน - 2 แสน": both ends of what the word before the first one speaks of.
            yield replace(last, bound=True)
            money = tuple(replace(one, cued=last.cued, bound=True) for one in money)
            last = None
        elif last:
            yield last
            last = None
        if len(money) == 1 and not money[0].bound:
            last = money[0]
        else:
            yield from money
    if last:
        yield last


def _as_money(text: str, quantity: Quantity) -> tuple[Money, ...]:
    """The amount that a number is, both ends where it closes a range, nothing when it counts something else."""
    before, after = beside(text, quantity.first_char, quantity.last_char)
    since, end = quantity.first_char - len(before), quantity.last_char
    multiplier = Decimal(quantity.place)
    short = _SHORT.match(after)
    if short:
        multiplier = Decimal(1_000_000 if short["million"] else 1_000)
        end += short.end()
    value = quantity.value * multiplier if short else quantity.value
    baht = _BAHT.match(text, end + 1)
    cue, sign = _CUE.search(before), _SIGN_BEFORE.search(before)
    if short and short["thousand"] and _RUNNING.search(text):
        return ()  # a run of 5k
    if _is_broken(before, after, quantity) or (value < _SMALLEST and _has_one_decimal(text, quantity)):
        return ()
    people_behind = cue is not None and _PEOPLE_BEHIND.match(text, end + 1) is not None
    if not (baht or people_behind) and _counts_else(text, end + 1, quantity, multiplier):
        return ()
    if _EARNED.search(before) or _EACH_AFTER.match(text, end + 1 + (len(baht[0]) if baht else 0)):
        return ()
    if not (baht or sign or short or _stands_alone(quantity, cue is not None)):
        return ()
    if baht and _FORMAL.match(baht[0]):
        value = _formal(text, quantity)
    first = since + sign.start() if sign else quantity.first_char
    last = end + (len(baht[0]) if baht else 0)
    low = _LOW_END.search(before)
    if low is None:
        total = _TOTAL.search(before) is not None
        rough = _ROUGH.search(before) is not None or _ROUGH_AFTER.match(text, end + 1) is not None
        return (Money(_tidy(value), first, last, cue is not None, total, rough=rough),)
    least = Decimal(low[1].replace(",", "")) * (multiplier if "," not in low[1] else 1)
    cued = _CUE.search(before[: low.start()]) is not None
    return (
        Money(_tidy(least), since + low.start(1), since + low.end(1) - 1, cued, bound=True),
        Money(_tidy(value), first, last, cued, bound=True),
    )


def _counts_else(text: str, position: int, quantity: Quantity, multiplier: Decimal) -> bool:
    """Whether what follows a number without "บาท" says that it is no amount."""
    if quantity.spelled and not _WORDS_END.match(text, position):
        return True
    if multiplier == 1 and _GOES_ON.match(text, position):
        return True
    return _OTHER_UNIT.match(text, position) is not None


def _is_broken(before: str, after: str, quantity: Quantity) -> bool:
    """Whether the number is what a slip left of a longer one: "4แสน2หืม่น", "สาามหมื่นห้าพัน"."""
    if quantity.spelled and _LETTERS_BEFORE.search(before) and not _WORD_BEFORE.search(before):
        return True
    if _PLACE_BEFORE.search(before) or (quantity.place > 1 and _STRAY_LETTERS.match(after)):
        return True
    following = _NEXT_WORD.match(after)
    if quantity.place == 1 or following is None or _OTHER_UNIT.match(following[1]):
        return False
    return any(OSA.distance(following[1], place, score_cutoff=1) <= 1 for place in _PLACES)


def _has_one_decimal(text: str, quantity: Quantity) -> bool:
    return _ONE_DECIMAL.fullmatch(text, quantity.first_char, quantity.last_char + 1) is not None


def _stands_alone(quantity: Quantity, cued: bool) -> bool:
    """Whether a number without "บาท" is an amount."""
    if quantity.place >= _SURELY_MONEY:
        return cued or not quantity.place_first  # แสนสี่ alone may be a name
    if not cued:
        return quantity.place == 1_000 and not quantity.spelled
    return (
        quantity.place > 1
        or (quantity.value >= _SMALLEST_BARE and quantity.value not in _YEARS)
        or not quantity.value
    )


def _formal(text: str, quantity: Quantity) -> Decimal:
    """ "สามล้านห้าบาทถ้วน" is the wording of documents: a lone last digit counts one by one."""
    words = text[quantity.first_char : quantity.last_char + 1]
    last = re.search(r"(?:ล้าน|แสน|หมื่น|พัน)(หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)$", words)
    if last is None:
        return quantity.value
    parts = (read_quantity(words[: last.start(1)], 0), read_quantity(last[1], 0))
    return sum((part.value for part in parts if part), Decimal(0))


def _tidy(value: Decimal) -> Decimal:
    """250000.0 as 250000: whole baht carry no decimals."""
    return value.to_integral_value() if value == value.to_integral_value() else value
