"""
Whether two questions ask the same thing, so that people are answered together.

Likeness of letters does not tell ต้อง from ไม่ต้อง or one year from another. Who is told another's answer by
mistake is misled, while a question too many in the queue costs a curator one tap: in doubt they are two.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from knowledge.normalize import normalize
from knowledge.words import Vocabulary, numbers_in, years_in

ALIKE = 85.0
"""Least likeness of two keys, 0 to 100: slips of the finger and words of filling."""

A_WORD = 4
"""Letters in one place that differ: from here on it is another word (นักเรียน, นักศึกษา), no slip or filling."""

_COURTESY_BEFORE = re.compile(
    r"^(?:(?:สวัสดี|ขออนุญาต|รบกวน|ขอสอบถาม|อยากสอบถาม|เรียนสอบถาม|สอบถาม|ขอถาม|อยากถาม|เรียนถาม|ถาม|"
    r"อยากทราบ|ขอทราบ|อยากรู้|ไม่ทราบ|ช่วยบอก|ช่วยอธิบาย|please|hello)(?:หน่อย|ว่า|นะ|ครับ|ค่ะ|คะ|[\s,:])*)+"
)
_COURTESY_AFTER = (
    *("หน่อย", "นะ", "ครับ", "คับ", "ค้าบ", "ค่ะ", "คะ", "จ้า", "จ้ะ", "ขอบคุณ"),
    *("please", "thank you", "thanks"),
)
_MARKS_AFTER = " ?.,:"
_FILLING = re.compile("สามารถ")

_ASKING = ("ใคร", "ที่ไหน", "ที่ใด", "เมื่อไร", "กี่", "เท่าไร", "ทำไม", "อย่างไร", "อะไร")
_ASKING_ENGLISH = frozenset(
    ("who", "whom", "where", "when", "why", "how", "what", "which", "many", "much", "not", "no")
)
_LATIN_WORD = re.compile(r"[a-z]+")
_NOT = "ไม่"


def same_question(a: str, b: str, words: Vocabulary) -> bool:
    """Whether two texts ask the same: alike in letters, and equal in all that makes it another question."""
    a, b = _bare(a), _bare(b)
    key_a, key_b = words.key(a), words.key(b)
    # The cheap test first: a question is compared with everything that waits.
    if not key_a or (key_a != key_b and (fuzz.ratio(key_a, key_b) < ALIKE or _another_word(key_a, key_b))):
        return False
    return _turns_on(a, key_a, words) == _turns_on(b, key_b, words)


def _bare(text: str) -> str:
    """The text without greeting, courtesy and filling; as it is when nothing else is left."""
    text = normalize(text)
    return _FILLING.sub("", _without_courtesy_after(_COURTESY_BEFORE.sub("", text))) or text


def _without_courtesy_after(text: str) -> str:
    """Taken off from the end: a pattern would try a row of question marks anew from each of them."""
    bare = text.rstrip(_MARKS_AFTER)
    while bare.endswith(_COURTESY_AFTER):
        for word in _COURTESY_AFTER:
            bare = bare.removesuffix(word)
        bare = bare.rstrip(_MARKS_AFTER)
    return bare


def _turns_on(text: str, key: str, words: Vocabulary) -> tuple[object, ...]:
    """What must be equal: places, years, numbers, decisive words; who, when or why; and every "not"."""
    return (
        words.names_in(text),
        years_in(text),
        numbers_in(text),
        words.decisive_in(text),
        frozenset(word for word in _ASKING if word in key),
        _ASKING_ENGLISH.intersection(_LATIN_WORD.findall(text)),
        key.count(_NOT),
    )


def _another_word(a: str, b: str) -> bool:
    """Whether in one place so many letters differ that it is another word."""
    stretches: list[tuple[int, int, int]] = []  # where it ends in a; letters in a; letters in b
    for change in Levenshtein.opcodes(a, b):
        if change.tag == "equal":
            continue
        in_a, in_b = change.src_end - change.src_start, change.dest_end - change.dest_start
        # One letter that happens to be equal does not end a stretch.
        if stretches and change.src_start - stretches[-1][0] <= 1:
            end, before_a, before_b = stretches.pop()
            between = change.src_start - end
            in_a, in_b = before_a + between + in_a, before_b + between + in_b
        stretches.append((change.src_end, in_a, in_b))
    return any(max(in_a, in_b) >= A_WORD + (min(in_a, in_b) == 0) for _, in_a, in_b in stretches)
