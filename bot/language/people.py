"""How many took part, read from a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.dates import dates_in
from bot.language.links import hide_addresses
from bot.language.numbers import START, Quantity, read_quantity, spelled_number
from bot.language.text import beside, clean, hide, hide_times_and_ordinals


@dataclass(frozen=True)
class Headcount:
    """
    A number of people. `total` says that the sentence calls it the sum, `rough` that it is not exact, `bound`
    that it is one end of a range.
    """

    people: int
    first_char: int
    last_char: int
    total: bool = False
    rough: bool = False
    bound: bool = False


_FEWEST_WITH_A_SUM = 3
MOST_PEOPLE = 1_000_000
"""More than this in one activity is a slip of the finger or a number of something else."""

_PEOPLE = re.compile(
    r"\s*\+?\s*(?P<over>กว่า|เศษ)?\s*\(?(?:คน(?!ละ|ที่|แรก|งาน|ไข้)|ท่าน(?!ละ|ที่)|นาย(?=\s|$|\x00|[\d,)])|ราย(?!การ|ได้|ละ|งาน|ชื่อ|ปี|เดือน)"
    r"|[- ]?(?:person|member)s?(?![a-z])|(?:pax|people|participants?|delegates?|attendees|students|officials|officers|guests|athletes|visitors|teachers)(?![a-z]))",
    re.IGNORECASE,
)
# What is counted behind its word: "จนท. 8", "ผู้เข้าร่วม: 30", "คน 30", "คนมา 30".
_GROUP = re.compile(
    r"(?P<word>(?:ผู้(?:เข้า)?(?:ร่วม|อบรม|แข่งขัน)|ผู้มาร่วม|คน(?:ที่)?(?:เข้า|มา)*ร่วม|คนมา|คนเข้า|(?:เข้า|มา)ร่วม|ร่วม)(?:การ)?(?:ประชุม|กิจกรรม|งาน|อบรม|โครงการ|สัมมนา|พิธี|ลงนาม|แข่งขัน|ดูงาน)?(?:ทั้งหมด|ทั้งสิ้น)?"
    r"|คณะ(?:ผู้แทน|เดินทาง|เรา|ฝ่าย[ก-๙]{2,8})?|จนท\.?|เจ้าหน้าที่|ข้าราชการ|ผู้แทน|ผู้บริหาร|ผู้ติดตาม|ผู้โดยสาร|ผู้ประกอบการ|นักธุรกิจ|นักกีฬา|นักแสดง|นักเรียน|นร\.?|นักศึกษา|นศ\.?|เยาวชน|เด็ก|ครู|อาจารย์"
    r"|ทีมงาน|สมาชิก|แขก|ประชาชน|ชาวบ้าน|คน|(?<![a-z])(?:pax|participants|attendees|people|delegates|(?:delegation|group|team|party)\s+of))"
    r"\s*(?:จำนวน|ประมาณ|รวม|ราว\s?ๆ|ราว|เกือบ|กว่า|ทั้งหมด|ทั้งสิ้น|มี|มา|คือ|is|was|:|=|-(?=\s)|\s)*$",
    re.IGNORECASE,
)
# After "คณะ 15" only an end or a new thought may follow: "คณะ 5 จังหวัด" and "คณะ 3/2569" count no people.
_AFTER_GROUP = re.compile(
    r"\s*(?:$|[\x00\n,;()\u2190-\u2bff\U0001f000-\U0001faff]|\.(?!\d)|(?:(?=(?:เรื่อง|งบ|ใช้|วัน|เมื่อ|ที่|ณ|ไป|มา|กับ|และ|พบ|หารือ|ประชุม|เยือน|ดูงาน|ศึกษา|จาก|จนท|โดย|ร่วม|รวม|ไม่|ครับ|ค่ะ|คะ|นะ|จ้า|ต้อนรับ|รับ|เข้า|นำ|ผู้|เจ้าหน้าที่|ข้าราชการ|นักเรียน|นักศึกษา|นักกีฬา|นร|ครู|อาจารย์|เด็ก|เยาวชน|แขก|ทีมงาน|สื่อ|เวลา|ใน|with|from|at|on|budget))))"
)
# Who is counted here took no part: those who were helped, tourists of a year, followers of a page; or it is so many each.
_OTHERS = re.compile(
    r"(?:ผู้เสียชีวิต|ผู้บาดเจ็บ|ผู้ป่วย|ผู้ประสบภัย|ผู้ประสบอุทกภัย|ประชากร|แรงงาน[ก-๙]{0,12}|ผู้ติดตามเพจ|ผู้ถือหุ้น|คนงาน|ผู้ลี้ภัย|ผู้พลัดถิ่น|ครัวเรือน|ยอดวิว|ลูกค้า|(?:ช่วย|แจก|มอบให้|มอบของให้)(?:ชาวบ้าน|ประชาชน|เด็ก|นักเรียน)?)\s*(?:จำนวน|ประมาณ|กว่า|เกือบ|ราว|\s)*$"
    r"|(?:ละ|ต่อ|อายุ)\s*$"
)
_TOURISTS = re.compile(r"นักท่องเที่ยว[ก-๙]{0,12}\s*$")
_TOURISTS_OF_A_YEAR = 10_000
# A spelled number in the midst of letters is the rest of a mistyped one: "สาสิบคน".
_WORD_BEFORE_NUMBER = re.compile(
    r"(?:^|[^ก-๙]|จำนวน|ร่วม|คณะ|รวม|เรียน|ศึกษา|เยาวชน|ประมาณ|กว่า|เกือบ|ราว|เจ้าหน้าที่|จนท|ผู้แทน|ทั้งหมด|ทั้งสิ้น|เป็น|มี|กับ|ประชุม|อีก|ถึง|เด็ก|ครู|แขก|ทีมงาน|ข้าราชการ|ไป|มา|และ)$"
)
_ROUGH = re.compile(
    r"(?:ประมาณ|ราว|ราว\s?ๆ|เกือบ|กว่า|ไม่ต่ำกว่า|ไม่น้อยกว่า|ไม่เกิน|มากกว่า|สูงสุด|about|around|over|nearly|almost|approx\.?|approximately|more than|up to|~)\s*$",
    re.IGNORECASE,
)
_ROUGH_AFTER = re.compile(r"\s*(?:เศษ|ขึ้นไป|โดยประมาณ|or so)")
_TOTAL = re.compile(r"(?:รวม|ทั้งหมด|ทั้งสิ้น|total(?:\s+of)?)(?:ทั้งหมด|ทั้งสิ้น|เป็น|จำนวน|แล้ว|\s|:)*$", re.IGNORECASE)
_TOTAL_AFTER = re.compile(r"\s*(?:รวมทั้งหมด|ทั้งหมด|ทั้งสิ้น|in total|altogether)", re.IGNORECASE)
_LOW_END = re.compile(r"(?<![\d.,/])(\d[\d,]*)\s*(?P<to>-|ถึง|หรือ|to|\+)\s*$")


def read_headcounts(text: str) -> tuple[Headcount, ...]:
    """
    Every headcount in a sentence: 30คน, จนท 8 คน, คณะ 15, สามสิบคน, 800 ราย, 30 pax.

    Ordinals, times, dates and money are none. Of "30-40 คน" both ends are returned.
    """
    text = hide_addresses(clean(text))
    left = hide(text, [(span.first_char, span.last_char) for span in dates_in(text, None, future=False)])
    return counts_in(hide_times_and_ordinals(left))


def read_headcount(text: str) -> int | None:
    """The answer to "how many?", where a bare "30" is enough; None when unreadable or more than one."""
    text = clean(text)
    bare = spelled_number(text.replace(",", ""))
    if bare is not None:
        return bare if 0 <= bare <= MOST_PEOPLE else None
    found = settle(read_headcounts(text))
    return found[0] if len(found) == 1 else None


def settle(counts: tuple[Headcount, ...]) -> tuple[int, ...]:
    """
    What the counts of one sentence can mean: one number, or several to choose from.

    A count that is called the sum decides, and so does one that is the sum of all the others: "คณะ 20 คน
    ผู้ใหญ่ 12 คน เด็ก 8 คน". Otherwise the sum of all comes first, then each of them.
    """
    totals = dict.fromkeys(count.people for count in counts if count.total)
    if len(totals) == 1:
        return tuple(totals)
    people = [count.people for count in counts]
    if len(people) >= _FEWEST_WITH_A_SUM and people[0] == sum(people[1:]):
        return (people[0],)
    each = tuple(dict.fromkeys(people))
    if len(people) == 1 or all(count.bound for count in counts):
        return each
    return tuple(dict.fromkeys((sum(people), *each)))


def counts_in(text: str) -> tuple[Headcount, ...]:
    """The headcounts in a cleaned text whose dates, times, ordinals and money are hidden."""
    return tuple(_counts(text))


def _counts(text: str) -> Iterator[Headcount]:
    position = read_to = 0
    while found := START.search(text, position):
        quantity = read_quantity(text, found.start())
        position = found.end() if quantity is None else quantity.last_char + 1
        for count in () if quantity is None else _as_people(text, quantity, read_to):
            position = read_to = max(position, count.last_char + 1)
            yield count


def _as_people(text: str, quantity: Quantity, read_to: int) -> Iterator[Headcount]:
    """The people that a number counts; what stands before `read_to` belongs to another number."""
    before, after = beside(text, quantity.first_char, quantity.last_char)
    since = quantity.first_char - len(before)
    if quantity.value % 1 or quantity.value > MOST_PEOPLE or _OTHERS.search(before):
        return
    if quantity.value >= _TOURISTS_OF_A_YEAR and _TOURISTS.search(before):
        return
    if quantity.spelled and not _WORD_BEFORE_NUMBER.search(before):
        return
    unit = _PEOPLE.match(after)
    group = _GROUP.search(before, max(0, read_to - since))
    plain = quantity.place == 1 and not quantity.spelled
    behind = plain and group and _stands_apart(before, group) and _AFTER_GROUP.match(after)
    if not unit and not behind:
        return
    last = quantity.last_char + (unit.end() if unit else 0)
    rough = _ROUGH.search(before) is not None or bool(unit and (unit["over"] or "+" in unit[0]))
    rough = rough or bool(unit and _ROUGH_AFTER.match(after, unit.end()))
    total = _TOTAL.search(before) is not None or bool(unit and _TOTAL_AFTER.match(after, unit.end()))
    low = _LOW_END.search(before)
    if low:
        one_of = low["to"] != "+"
        yield Headcount(_whole(low[1]), since + low.start(1), since + low.end(1) - 1, bound=one_of)
    first = quantity.first_char
    if group and behind and not unit and group["word"].startswith("คน"):
        first = since + group.start()  # "คน 30" is read as a whole
    bound = low is not None and low["to"] != "+"
    yield Headcount(int(quantity.value), first, last, total, rough, bound)


def _whole(digits: str) -> int:
    return int(digits.replace(",", ""))


def _stands_apart(before: str, group: re.Match[str]) -> bool:
    """Whether "คน" or "ร่วม" is a word of its own here: "สามสิบคน 50" and "ความร่วมมือ 3" count nothing."""
    if group["word"] not in {"คน", "ร่วม"}:
        return True
    lead = before[: group.start()]
    return re.search(r"(?:^|[\s\x00,(:]|มี|จำนวน|รวม|กับ|และ)$", lead) is not None and not re.search(
        r"\d\s*$", lead
    )
