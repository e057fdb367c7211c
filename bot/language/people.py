"""How many took part, read from a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.dates import read_dates
from bot.language.numbers import START, Quantity, read_quantity, spelled_number
from bot.language.text import clean, hide, hide_times_and_ordinals


@dataclass(frozen=True)
class Headcount:
    """A number of people. `total` says that the sentence calls it the sum; `rough` that it is not exact."""

    people: int
    first_char: int
    last_char: int
    total: bool = False
    rough: bool = False


MOST_PEOPLE = 1_000_000
"""More than this in one activity is a slip of the finger or a number of something else."""

_PEOPLE = re.compile(
    r"\s*(?P<over>กว่า|เศษ)?\s*(?:คน(?!ละ|ที่)|ท่าน|ราย(?!การ|ได้|ละเอียด|งาน|ชื่อ|ปี|เดือน)|pax\b|people\b|persons?\b|participants?\b|delegates?\b)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:คณะ|จนท\.?|เจ้าหน้าที่|ผู้(?:เข้า)?ร่วม(?:ประชุม|กิจกรรม|งาน|อบรม|โครงการ|สัมมนา)?|ผู้แทน|เข้าร่วม|นักเรียน|นร\.?|นักศึกษา|เยาวชน"
    r"|pax|participants)\s*(?:จำนวน|ประมาณ|รวม|ราว|เกือบ|กว่า|:|=)?\s*$",
    re.IGNORECASE,
)
# After "คณะ 15" only an end or a new thought may follow: "คณะ 5 จังหวัด" and "คณะ 3/2569" count no people.
_AFTER_GROUP = re.compile(
    r"\s*(?:$|[\x00\n,;)]|(?:(?=(?:เรื่อง|งบ|วัน|เมื่อ|ที่|ณ|ไป|มา|กับ|และ|พบ|หารือ|ประชุม|เยือน|ดูงาน|ศึกษา|จาก|จนท|โดย|ร่วม|รวม))))"
)
# A spelled number in the midst of letters is the rest of a mistyped one: "สาสิบคน".
_WORD_BEFORE_NUMBER = re.compile(
    r"(?:^|[^ก-๙]|จำนวน|ร่วม|คณะ|รวม|เรียน|ศึกษา|เยาวชน|ประมาณ|กว่า|เกือบ|ราว|เจ้าหน้าที่|จนท|ผู้แทน|ทั้งหมด|ทั้งสิ้น|เป็น|มี|กับ|ประชุม|อีก|ถึง)$"
)
_ROUGH = re.compile(r"(?:ประมาณ|ราว|เกือบ|กว่า|ราว ๆ|ไม่ต่ำกว่า|ไม่น้อยกว่า|about|around|over)\s*$", re.IGNORECASE)
_TOTAL = re.compile(r"(?:รวม|ทั้งหมด|ทั้งสิ้น|total)(?:ทั้งหมด|ทั้งสิ้น|เป็น|จำนวน|แล้ว|\s|:)*$", re.IGNORECASE)
_LOW_END = re.compile(r"(?<![\d.,/])(\d[\d,]*)\s*(?:-|ถึง)\s*$")


def read_headcounts(text: str) -> tuple[Headcount, ...]:
    """
    Every headcount in a sentence: 30คน, จนท 8 คน, คณะ 15, สามสิบคน, 800 ราย, 30 pax.

    Ordinals, times, dates and money are none. Of "30-40 คน" both ends are returned.
    """
    text = clean(text)
    left = hide(text, [(span.first_char, span.last_char) for span in read_dates(text, None)])
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

    A count that is called the sum decides; otherwise the sum of all comes first, then each of them.
    """
    totals = dict.fromkeys(count.people for count in counts if count.total)
    if len(totals) == 1:
        return tuple(totals)
    each = tuple(dict.fromkeys(count.people for count in counts))
    return (
        each
        if len(each) < 2 and len(counts) < 2
        else tuple(dict.fromkeys((sum(c.people for c in counts), *each)))
    )


def counts_in(text: str) -> tuple[Headcount, ...]:
    """The headcounts in a cleaned text whose dates, times, ordinals and money are hidden."""
    return tuple(_counts(text))


def _counts(text: str) -> Iterator[Headcount]:
    position = 0
    while found := START.search(text, position):
        quantity = read_quantity(text, found.start())
        position = found.end() if quantity is None else quantity.last_char + 1
        if quantity is not None:
            yield from _as_people(text, quantity)


def _as_people(text: str, quantity: Quantity) -> Iterator[Headcount]:
    before, after = text[: quantity.first_char], text[quantity.last_char + 1 :]
    if quantity.value % 1 or quantity.value > MOST_PEOPLE:
        return
    if quantity.spelled and not _WORD_BEFORE_NUMBER.search(before):
        return
    unit = _PEOPLE.match(after)
    group = _GROUP.search(before)
    if not unit and not (group and quantity.place == 1 and _AFTER_GROUP.match(after)):
        return
    last = quantity.last_char + (unit.end() if unit else 0)
    rough = _ROUGH.search(before) is not None or bool(unit and unit["over"])
    low = _LOW_END.search(before)
    if low:
        yield Headcount(int(low[1].replace(",", "")), low.start(1), low.end(1) - 1)
    yield Headcount(int(quantity.value), quantity.first_char, last, _TOTAL.search(before) is not None, rough)
