"""A line that is only a name, against golden lines and against slips of every kind."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.finding import MOST_CHOICES, Found, Named, find
from bot.language.spelling import squash
from bot.language.text import clean
from tests.bot.language.lexicons import (
    REFERENCE,
    real_countries,
    real_lexicon,
    real_pairings,
    real_places,
    real_provinces,
)

GOLDEN = Path(__file__).with_name("golden_names.jsonl")
LEXICON = real_lexicon()
IDS = {
    "pairing": {one.id for one in real_pairings()},
    "partner": {one.partner_id for one in real_pairings()},
    "province": {one.code for one in real_provinces()},
    "country": {one.code for one in real_countries()},
}


def asked(text: str, home: str | None = None) -> tuple[set[str], str | None]:
    """What is offered, and why."""
    found = find(text, LEXICON, home=home)
    assert found.kind == "ask", (text, found)
    return set(found.ids), found.reason


def the(text: str, home: str | None = None) -> tuple[str, str]:
    """The one that it is."""
    found = find(text, LEXICON, home=home)
    assert len(found.choices) == 1, (text, found)
    return found.kind, found.choices[0].id


# ------------------------------------------------------------------ golden lines


def judged(want: dict[str, Any], found: Found) -> str:
    """`right`, `offered` among the choices, `missed`, or `wrong`: a definite answer that is not the wanted one."""
    got = {f"{one.kind}:{one.id}" for one in found.choices}
    definite = found.kind not in ("ask", "none")
    if "none" in want:
        return "right" if found.kind == "none" else "wrong" if definite else "missed"
    if "ask" in want:
        if definite:
            return "wrong"
        return "right" if set(want["ask"]) <= got else "missed"
    wanted = {f"{kind}:{one}" for kind, one in want.items()}
    if not wanted <= got:
        return "wrong" if definite else "missed"
    return "right" if definite or len(got) == 1 else "offered"


@pytest.mark.parametrize("part", ["dev", "test"])
def test_golden_names_are_found_and_none_is_taken_for_another(
    part: str, record_property: Callable[[str, object], None]
) -> None:
    """
    `test` was held out: at the first measurement 145 of its 155 lines were found and 4 taken for another; then
    the classes of those faults were mended. `dev` was developed against.
    """
    lines = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in lines if row["set"] == part]
    verdicts, failing = Counter[str](), []
    for row in rows:
        found = find(row["text"], LEXICON, home=row["home"])
        verdict = judged(row["want"], found)
        verdicts[verdict] += 1
        if verdict in ("wrong", "missed"):
            failing.append((verdict, row["text"], row["home"], row["want"], found))
    report = "\n".join(map(str, failing))
    good = (verdicts["right"] + verdicts["offered"]) / len(rows)
    record_property(part, f"{dict(verdicts)} of {len(rows)}: {good:.1%}")
    assert verdicts["wrong"] == 0, report
    assert good >= 0.98, report


# ------------------------------------------------------------------ every name, and slips in it


def test_every_own_name_of_a_province_is_exact() -> None:
    for province in real_provinces():
        for text in (province.name_th, f"จังหวัด{province.name_th}", f"จ.{province.name_th}", province.name_en):
            assert the(text) == ("province", province.code), text


def test_every_registered_name_of_a_partner_finds_it() -> None:
    for pairing in real_pairings():
        for text in (pairing.partner_th, pairing.partner_en):
            assert the(text, pairing.province_code) == ("pairing", pairing.id), text
        for text in pairing.aliases:
            found = find(text, LEXICON, home=pairing.province_code)
            assert pairing.id in found.ids, (text, found)


def test_every_place_is_asked_and_never_taken() -> None:
    """Who may mean it, that is: กว๋างจิ means กว๋างบิ่ญ only to whom that one is a partner."""
    for place in real_places():
        of_partner = [one for one in real_pairings() if one.partner_id == place.partner_id]
        target, home = place.province_code, None
        if of_partner:
            target, home = of_partner[0].id, of_partner[0].province_code
        for text in place.names:
            found = find(text, LEXICON, home=home)
            if place.relation == "merged" and found.kind == "pairing":
                continue  # the province has a pairing with that one itself
            assert found.kind == "ask", (text, found)
            assert target in found.ids, (text, found)


NAMES = tuple(
    dict.fromkeys(
        [(name, ("province", one.code)) for one in real_provinces() for name in (one.name_th, one.name_en)]
        + [
            (name, ("partner", one.partner_id))
            for one in real_pairings()
            for name in (one.partner_th, one.partner_en, *one.aliases[:4])
        ]
    )
)
WRITTEN = (
    {squash(clean(name)).signs for name, _ in NAMES}
    | {squash(clean(name)).signs for one in real_pairings() for name in one.aliases}
    | {
        squash(clean(name.partition(" (")[0])).signs
        for one in real_provinces()
        for name in (*one.aliases, *one.unsafe_aliases)
    }
)
THAI = "กขคงจฉชซญดตถทธนบปผพฟภมยรลวศสหอะาิีืุูเแโใไ่้๊๋์็ั"


@given(
    name=st.sampled_from(NAMES),
    at=st.integers(0, 40),
    kind=st.sampled_from(["leave out", "swap", "put in", "change"]),
    sign=st.sampled_from(THAI + "abcdefghijklmnopqrstuvwxyz"),
)
def test_one_slip_never_makes_a_name_another_one(
    name: tuple[str, tuple[str, str]], at: int, kind: str, sign: str
) -> None:
    right, target = name
    at = 1 + at % (len(right) - 1)  # names are told apart by how they begin: จนทบุรี is จันทบุรี, not นนทบุรี
    typed = {
        "leave out": right[:at] + right[at + 1 :],
        "swap": right[:at] + right[at + 1 : at + 2] + right[at : at + 1] + right[at + 2 :],
        "put in": right[:at] + sign + right[at:],
        "change": right[:at] + sign + right[at + 1 :],
    }[kind]
    found = find(typed, LEXICON, home=None)
    exact = squash(clean(typed)).signs in WRITTEN
    assert found.kind in ("ask", "none") or exact or found.choices == (Named(*target),), (right, typed, found)  # type: ignore[arg-type]


@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from([*(name for name, _ in NAMES), *THAI, " ", "กับ", "จ."])).map("".join)
)
def test_whatever_is_typed_only_known_ids_come_back(text: str) -> None:
    for home in (None, "TH-50", "nowhere"):
        found = find(text, LEXICON, home=home)
        assert all(one.id in IDS[one.kind] for one in found.choices)
        assert len(found.choices) <= MOST_CHOICES
        assert (found.kind == "none") == (not found.choices)
        assert found.kind in ("ask", "none") or found.choices[0].kind == found.kind
        assert (found.reason is None) == (found.kind not in ("ask",) and found.reason != "municipal")


# ------------------------------------------------------------------ what people mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ระยอง", "TH-21"),
        ("ระนอง", "TH-85"),
        ("นครปฐม", "TH-73"),
        ("นครพนม", "TH-48"),
        ("เพชรบุรี", "TH-76"),
        ("เพชรบูรณ์", "TH-67"),
        ("สุราดธานี", "TH-84"),
        ("อุตรดิด", "TH-53"),
        ("Nakorn Sri Thammarat", "TH-80"),
        ("เลย", "TH-42"),
        ("จ.สค", "TH-74"),
        ("มห.", "TH-49"),
        ("เมืองสองทะเล", "TH-90"),
    ],
)
def test_a_province_by_its_name_its_sound_or_a_nickname(typed: str, meant: str) -> None:
    assert the(typed) == ("province", meant)


@pytest.mark.parametrize(
    ("typed", "either"),
    [
        ("ระงอง", {"TH-21", "TH-85"}),
        ("นครปนม", {"TH-48", "TH-73"}),
        ("เพชรบูรี", {"TH-76", "TH-67"}),
        ("Hanan", {"hainan", "henan"}),
    ],
)
def test_a_slip_that_could_be_either_is_asked(typed: str, either: set[str]) -> None:
    assert asked(typed) == (either, "alike")


@pytest.mark.parametrize(
    "typed",
    [
        "ลัมปุง",
        "Lampung",
        "กวางตุ้ง",
        "ชุงชองใต้",
        "คุนหมิง",
        "แขวงเวียงจันทน์",
        "Vientiane Province",
        "รัฐวอชิงตัน",
        "湖南",
    ],
)
def test_a_place_that_only_looks_like_one_of_the_registry_is_none(typed: str) -> None:
    assert find(typed, LEXICON, home="TH-50").kind == "none"


@pytest.mark.parametrize(
    ("typed", "target", "reason"),
    [
        ("หาดใหญ่", "TH-90", "city"),
        ("แม่สอด", "TH-63", "city"),
        ("พัทยา", "TH-20", "city"),
        ("นครเชียงใหม่", "TH-50", "city"),
        ("Chiang Mai City", "TH-50", "city"),
        ("福岡市", "fukuoka", "city"),
        ("พระนคร", "TH-10", "former"),
        ("บั๊กก่าน", "thainguyen", "merged"),
        ("ไกสอน พมวิหาน", "savannakhet", "city"),
    ],
)
def test_a_place_within_is_asked(typed: str, target: str, reason: str) -> None:
    assert asked(typed) == ({target}, reason)


@pytest.mark.parametrize(
    "typed",
    [
        "เทศบาลนครเชียงใหม่",
        "เมืองพัทยา",
        "ทน.หาดใหญ่",
        "ทม.หัวหิน",
        "Chiang Mai Municipality",
        "เทศบาลนครเชียงใหม่ เฉิงตู",
    ],
)
def test_a_municipality_is_never_its_province(typed: str) -> None:
    assert find(typed, LEXICON, home="TH-50") == Found("none", reason="municipal")


@pytest.mark.parametrize("typed", ["รอ", "ลบ", "ชม.", "มค", "กพ.", "nara", "nice", "DIY"])
def test_an_everyday_word_is_only_offered(typed: str) -> None:
    assert asked(typed)[1] == "everyday"


@pytest.mark.parametrize(
    ("typed", "home", "pairing"),
    [
        ("ดานัง", "TH-83", "83-danang"),
        ("เชียงใหม่เฉิงตู", None, "50-chengdu"),
        ("เชียงราย ยูนาน", "TH-50", "57-yunnan"),
        ("กทม. กว่างโจว", "TH-50", "10-guangzhou"),
        ("Phuket - Las Vegas", None, "83-lasvegas"),
        ("มุกดาหาร มณฑลกว๋างจิ", None, "49-quangtri"),
        ("เวียดนามของอุดร", None, "41-thainguyen"),
        ("คู่ลาวของเรา", "TH-55", "55-luangprabang"),
        ("ขอดูข้อมูลเฉิงตูหน่อยครับ", "TH-50", "50-chengdu"),
        ("นูร์ซุลตัน", "TH-10", "10-astana"),
        ("雲南省", "TH-57", "57-yunnan"),
        ("ＤＡＮＡＮＧ", "TH-83", "83-danang"),
    ],
)
def test_a_pairing_by_partner_and_province(typed: str, home: str | None, pairing: str) -> None:
    assert pairing in find(typed, LEXICON, home=home).ids
    assert len(find(typed, LEXICON, home=home).choices) == 1


def test_a_partner_of_other_provinces_is_the_partner() -> None:
    assert the("ดานัง", "TH-41") == ("partner", "danang")
    assert the("ดานัง เวียดนาม") == ("partner", "danang")


def test_a_partner_that_took_up_the_own_one_is_asked_by_whom_it_concerns() -> None:
    """Quang Binh, the partner of Nakhon Phanom, became a part of Quang Tri in 2025."""
    assert asked("กว๋างจิ", "TH-48") == ({"48-quangbinh", "quangtri"}, "merged")
    assert the("กว๋างจิ", "TH-49") == ("pairing", "49-quangtri")
    assert the("กว๋างจิ") == ("partner", "quangtri")


def test_a_district_that_is_called_so_is_no_province_but_may_say_which_one() -> None:
    assert find("อำเภอแม่สอด", LEXICON, home="TH-63").kind == "none"
    assert the("อ.แม่สอด จ.ตาก") == ("province", "TH-63")


def test_a_pairing_that_does_not_exist_offers_both_sides() -> None:
    assert asked("น่านกับดานัง", "TH-55") == ({"danang", "TH-55"}, "not_paired")


def test_of_many_pairings_three_are_offered_and_the_rest_counted() -> None:
    found = find("คู่จีนของเชียงใหม่", LEXICON, home=None)
    assert (found.kind, len(found.choices), found.more) == ("ask", 3, 4)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "?", "ประชุมกับเฉิงตู", "เฉิงตู 3 พ.ย. 69", "เลยไม่ได้ไป", "12 พ.ย.", "กำแพงเมือง", "nice to meet you"),
        *("มหาวิทยาลัยเชียงใหม่", "เมือง", "จังหวัด", "ไปเลย", "เกาหลีเหนือ"),
    ],
)
def test_what_is_more_or_less_than_a_name_is_none(typed: str) -> None:
    assert find(typed, LEXICON, home="TH-50").kind == "none"


# ------------------------------------------------------------------ the tables


@pytest.mark.parametrize("file", ["partners.csv", "places.csv"])
def test_every_row_of_names_has_a_source(file: str) -> None:
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all(row["source"].strip() for row in rows)


def test_every_place_leads_to_one_known_province_or_partner() -> None:
    for place in real_places():
        assert (place.province_code is None) != (place.partner_id is None), place
        assert place.province_code is None or place.province_code in IDS["province"], place
        assert place.partner_id is None or place.partner_id in IDS["partner"], place
