"""Names of provinces, partners and types in what officers type."""

from __future__ import annotations

import pytest

from bot.language.names import CountryNames, Lexicon, PairingNames, ProvinceNames, TypeWords
from bot.language.text import clean
from tests.bot.language.lexicons import real_lexicon, real_pairings, real_provinces

LEXICON = real_lexicon()


def found(text: str, home: str | None = None) -> tuple[str, ...]:
    return tuple(match.pairing_id for match in LEXICON.find_pairings(text, home))


def provinces(text: str) -> tuple[str, ...]:
    return tuple(code for one in LEXICON.find_provinces(text) if not one.municipal for code in one.targets)


@pytest.mark.parametrize("pairing", real_pairings(), ids=lambda pairing: pairing.id)
def test_every_name_of_a_pairing_finds_it_for_its_own_province(pairing: PairingNames) -> None:
    for name in (pairing.partner_th, pairing.partner_en, *pairing.aliases):
        for text in (f"ประชุมกับ{name}", f"หารือ {name} 3 พ.ย. 69", name):
            assert pairing.id in found(text, pairing.province_code), text


@pytest.mark.parametrize("province", real_provinces(), ids=lambda province: province.code)
def test_every_province_is_resolved_by_its_name_with_and_without_the_prefix(province: ProvinceNames) -> None:
    for text in (province.name_th, f"จังหวัด{province.name_th}", f"จ.{province.name_th}", province.name_en):
        assert LEXICON.resolve_province(text) == (province.code,), text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("เชียงไหม่", "TH-50"),
        ("เจียงใหม่", "TH-50"),
        ("โคราช", "TH-30"),
        ("สุราษ", "TH-84"),
        ("กทม", "TH-10"),
        ("จ.สค", "TH-74"),
        ("นครศรีธรรมราด", "TH-80"),
    ],
)
def test_a_nickname_a_slip_or_an_abbreviation_resolves_a_province(typed: str, code: str) -> None:
    assert LEXICON.resolve_province(typed) == (code,)


@pytest.mark.parametrize("typed", ["", "ไม่ทราบ", "กวางตุ้ง", "เฉิงตู", "เทศบาลนครเชียงใหม่"])
def test_what_is_no_province_resolves_to_none(typed: str) -> None:
    assert LEXICON.resolve_province(typed) == ()


@pytest.mark.parametrize(
    ("typed", "pairing", "home"),
    [
        ("เฉินตู", "50-chengdu", "TH-50"),
        ("เฉิ่งตู", "50-chengdu", "TH-50"),
        ("เฉิงตุ", "50-chengdu", "TH-50"),
        ("ฮอกไกโด้", "50-hokkaido", "TH-50"),
        ("ฮอกไกโต", "50-hokkaido", "TH-50"),
        ("Chengdoo", "50-chengdu", "TH-50"),
        ("Hokaido", "50-hokkaido", "TH-50"),
        ("ยูนาน", "57-yunnan", "TH-57"),
        ("สวันนะเขต", "49-savannakhet", "TH-49"),
        ("หลวงพระบ่าง", "55-luangprabang", "TH-55"),
        ("กว่างสี", "84-guangxi", "TH-84"),
        ("กว่างบิ่น", "48-quangbinh", "TH-48"),
    ],
)
def test_a_slip_in_a_name_is_mended(typed: str, pairing: str, home: str) -> None:
    assert found(f"ประชุมกับ{typed} 3 พ.ย. 69", home) == (pairing,)


@pytest.mark.parametrize(
    ("typed", "not_this"),
    [
        ("กวางตุ้ง", "84-guangxi"),
        ("กวางตุ้ง", "50-guangzhou"),
        ("หูหนาน", "83-hainan"),
        ("หูหนาน", "20-henan"),
        ("ซูโจว", "22-wuzhou"),
        ("ฝูโจว", "22-wuzhou"),
        ("กุ้ยหลิน", "60-yulin"),
        ("หนานหนิง", "14-nanjing"),
        ("คยองซังเหนือ", "10-gyeongnam"),
        ("ชุงชองใต้", "50-chungcheongbuk"),
        ("ฟูกูชิมะ", "10-fukuoka"),
        ("Hunan", "20-henan"),
        ("Suzhou", "22-wuzhou"),
        ("ลอยกระทง", "58-loikaw"),
        ("โรงเรียนอัสสัมชัญ", "50-assam"),
        ("สมาคมฮกเกี้ยน", "40-fujian"),
        ("ร้านอาหารเซี่ยงไฮ้", "50-shanghai"),
    ],
)
def test_a_place_that_only_looks_like_a_partner_is_not_taken_for_it(typed: str, not_this: str) -> None:
    home = not_this.partition("-")[0]
    assert not_this not in found(f"ประชุมกับ{typed} 3 พ.ย. 69", f"TH-{home}")


def test_a_name_between_partners_offers_each() -> None:
    # เชียงรุ่ง is the seat of Xishuangbanna.
    assert set(found("ประชุมกับเชียงตู", "TH-50")) == {"50-chengdu", "50-kengtung", "50-xishuangbanna"}
    assert found("จัดงานกับเชียงรุ้ง", "TH-50") == ("50-xishuangbanna",)
    assert {"83-hainan", "20-henan"} <= set(found("meeting with Hanan", None))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ประชุมร่วมกับเฉิงตูและฮอกไกโด", ("50-chengdu", "50-hokkaido")),
        ("ประชุมร่วมเฉิงตู เซี่ยงไฮ้ และฮอกไกโด", ("50-chengdu", "50-shanghai", "50-hokkaido")),
        ("ประชุมกับเฉิงตูและกลันตัน", ("50-chengdu", "96-kelantan")),
        ("ประชุมกับเฉิงตูหรือฮอกไกโด", ()),
        ("รับคณะเฉิงตู บ่ายประชุมกับฮอกไกโด", ()),
        ("ประชุมกับเชียงตู", ()),  # one name that could be three
        ("ประชุมกับเฉิงตู", ()),
        ("เทศบาลนครเชียงใหม่ประชุมกับเฉิงตูและฮอกไกโด", ()),
    ],
)
def test_partners_in_one_list_took_part_together(text: str, ids: tuple[str, ...]) -> None:
    found = LEXICON.read_pairing(clean(text), "TH-50")
    assert found.together == ids
    assert not ids or (found.ids == ids and not found.settled)


@pytest.mark.parametrize(
    ("first", "second"),
    [("ระยอง", "ระนอง"), ("นครปฐม", "นครพนม"), ("เพชรบุรี", "เพชรบูรณ์"), ("สมุทรสาคร", "สมุทรสงคราม")],
)
def test_provinces_that_look_alike_stay_apart(first: str, second: str) -> None:
    assert set(provinces(first)) & set(provinces(second)) == set()


def test_the_own_pairing_wins_over_the_same_partner_of_others() -> None:
    assert found("ประชุมกับดานัง", "TH-40") == ("40-danang",)
    assert len(found("ประชุมกับดานัง", None)) == 6


def test_a_named_province_decides_over_the_officers_own() -> None:
    assert found("ภูเก็ตกับไห่หนาน", "TH-50") == ("83-hainan",)


def test_a_province_that_is_only_the_place_asks_instead() -> None:
    assert found("ประชุมกับไห่หนานที่ภูเก็ต", "TH-50") == ("50-hainan", "83-hainan")


@pytest.mark.parametrize(
    "text",
    [
        "เทศบาลนครเชียงใหม่",
        "ทน.เชียงใหม่",
        "Chiang Mai City Municipality",
        "นายกเทศมนตรีนครเชียงใหม่",
        "เทศบาลเมืองต้นเปา",
    ],
)
def test_a_municipality_is_not_the_province(text: str) -> None:
    assert provinces(text) == ()
    assert LEXICON.read_pairing(clean(f"{text} ประชุมกับเฉิงตู"), "TH-50").municipal


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("จ.สค", ("TH-74",)),
        ("จังหวัด พย", ("TH-56",)),
        ("จ.เลย", ("TH-42",)),
        ("อุบฯ ประชุม", ("TH-34",)),
        ("สมุทรฯ ประชุม", ()),
        ("จังหวัดตาก", ("TH-63",)),
        ("นว. ประชุม", ("TH-60",)),
        ("ไปเลย", ()),
        ("ตากแดด", ()),
        ("3 สค 69", ()),
        ("1.2 ลบ", ()),
        ("นม 30 กล่อง", ()),
        ("นพ. สมชาย", ()),
        ("เผยแพร่", ()),
        ("นายอานนท์", ()),
    ],
)
def test_short_and_everyday_names_count_only_where_a_province_is_meant(
    text: str, codes: tuple[str, ...]
) -> None:
    assert provinces(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "จังหวัดที่ต้องทำ",
        "จังหวัดมีอะไร",
        "ปีนั้น",
        "งานคอสตูม",
        "เก้าอี้นั่ง",
        "พิมพ์เป็น",
        "ยกเว้นภาษี",
        "โซล่าเซลล์",
        "nice meeting",
        "a diy workshop",
        "ปล่อยลอยกระทง",
        "design",
        "เวลา 10 โมง",
    ],
)
def test_everyday_words_are_no_partner(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("prefix", ["", "จังหวัด", "แขวง", "มณฑล", "นคร", "เมือง", "รัฐ", "จ."])
def test_the_form_of_government_before_a_name_is_optional(prefix: str) -> None:
    assert found(f"ประชุมกับ{prefix}หลวงพระบาง", "TH-55") == ("55-luangprabang",)


def test_the_province_around_a_capital_is_not_the_capital() -> None:
    assert found("ประชุมกับแขวงเวียงจันทน์", "TH-10") == ()
    assert found("ประชุมกับนครหลวงเวียงจันทน์", "TH-10") == ("10-vientiane",)


def test_a_country_alone_offers_the_own_pairings_there() -> None:
    assert found("รับคณะจากเกาหลี", "TH-50") == ("50-chungcheongbuk", "50-jinju")
    assert not LEXICON.read_pairing("รับคณะจากมองโกเลีย", "TH-50").settled


def test_positions_point_at_the_name() -> None:
    text = "ประชุมกับนครเฉิงตู 3 พ.ย. 69"
    (match,) = LEXICON.find_pairings(text, "TH-50")
    assert "เฉิงตู" in text[match.first_char : match.last_char + 1]


def test_two_partners_of_one_sound_are_both_offered() -> None:
    def pairing(code: str, name: str) -> PairingNames:
        return PairingNames(
            code, "TH-50", "เชียงใหม่", name, code, (), "CN", "established", "province", name, code
        )

    lexicon = Lexicon.build((), (pairing("a", "เมืองฉางหลีน"), pairing("b", "เมืองชางหลิน")), (), ())
    assert {match.pairing_id for match in lexicon.find_pairings("ไปช่างหลิน", "TH-50")} == {"a", "b"}


def test_a_registered_name_wins_over_the_list_of_look_alikes() -> None:
    hunan = PairingNames(
        "x", "TH-50", "เชียงใหม่", "มณฑลหูหนาน", "Hunan", (), "CN", "established", "province", "x", "hunan"
    )
    lexicon = Lexicon.build(
        (),
        (hunan,),
        (TypeWords("meeting", "ประชุม", "Meeting", "ask", ()),),
        (CountryNames("CN", "จีน", "China", ()),),
    )
    assert [match.pairing_id for match in lexicon.find_pairings("ประชุมกับหูหนาน", None)] == ["x"]


# ------------------------------------------------------------------ types


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ประชุม", ("meeting",)),
        ("ประชุมออนไลน์", ("online_meeting",)),
        ("ประชุมผ่าน zoom", ("online_meeting",)),
        ("ลงนามออนไลน์", ("signing",)),
        ("ประชุมและลงนาม", ("signing",)),
        ("ประชุมพิจารณาร่าง MOU", ("meeting",)),
        ("ลงนามถวายพระพร", ("ceremony",)),
        ("เตรียมลงนาม ประชุม", ("meeting",)),
        ("MOU", ("signing", "meeting")),
        ("เยือนในโอกาสครบรอบ 10 ปี", ("anniversary",)),
        ("ประชุมเตรียมงานครบรอบ 10 ปี", ("meeting",)),
        ("ทัศนศึกษา", ("study_visit",)),
        ("ทัศนศึกษานักเรียน", ("student_exchange",)),
        ("ต้อนรับคณะศึกษาดูงาน", ("study_visit",)),
        ("ต้อนรับคณะ หารือการค้า", ("official_visit",)),
        ("ประชุมต้อนรับคณะ", ("meeting", "official_visit")),
        ("กงสุลใหญ่เข้าเยี่ยมคารวะ", ("courtesy_call",)),
        ("ประชุม TBC", ("border_meeting",)),
        ("อบรมและแข่งกีฬา", ("training", "sport")),
        ("ประชุมเรื่องท่องเที่ยว", ("meeting",)),
        ("เรื่องท่องเที่ยว", ("tourism_promotion",)),
        ("งานที่ห้องประชุม", ()),
        ("designing", ()),
        ("", ()),
    ],
)
def test_a_type_is_proposed_from_the_words(text: str, codes: tuple[str, ...]) -> None:
    assert LEXICON.find_types(text) == codes


@pytest.mark.parametrize(
    "kind", ["meeting", "signing", "study_visit", "sport", "training", "aid", "religious", "border_meeting"]
)
def test_the_label_of_a_type_names_it(kind: str) -> None:
    label = {one.code: one.label_th for one in LEXICON.types.types}[kind]
    assert LEXICON.find_types(label)[0] == kind
