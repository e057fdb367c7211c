"""Signed documents, working contacts, the province's page, ranked countries and who has confirmed: whole conversations."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messages import ReceivedFile
from storage import files, registry
from storage.models import AuditEvent, Contact, Draft, Pairing, RegistryFact, RegistryFile
from tests.conversations.test_rights import forged
from tests.support import Conversation, Office

ONE_ENGINE = True

CHENGDU = "50-chengdu"
LINE = "นายสมชาย ใจดี, นักวิเทศสัมพันธ์, 053-112-708"


def paper(name: str, *, size: int = 40_000, problem: str | None = None) -> ReceivedFile:
    """A document as it stands after fetching."""
    sha256 = None if problem else hashlib.sha256(name.encode()).hexdigest()
    return ReceivedFile("document", name, "application/pdf", sha256, size, problem)  # type: ignore[arg-type]


def events(office: Office) -> list[AuditEvent]:
    with office.database.read() as session:
        return list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def drafts(office: Office) -> int:
    with office.database.read() as session:
        return len(session.scalars(select(Draft.id)).all())


@pytest.fixture
def at_documents(officer: Conversation) -> Conversation:
    officer.say("เฉิงตู")
    officer.press("เอกสารลงนาม")
    return officer


# ------------------------------------------------------------------ signed documents


def test_a_document_is_attached_named_opened_and_taken_out(
    office: Office, at_documents: Conversation
) -> None:
    officer = at_documents
    assert "ยังไม่มีเอกสารลงนามของคู่นี้" in officer.last
    assert "ส่งไฟล์เอกสาร" in officer.press("เพิ่มเอกสาร")

    assert "MOU.pdf เป็นเอกสารใด" in officer.say("", files=[paper("MOU.pdf")])
    said = officer.say("บันทึกความเข้าใจ 11 พ.ค. 2558")

    assert "1. บันทึกความเข้าใจ 11 พ.ค. 2558.pdf\n   39 KB · 22 พ.ย. 2569 · เจ้าหน้าที่ เชียงใหม่" in said
    assert drafts(office) == 0
    said = officer.press("บันทึกความเข้าใจ 11 พ.ค. 2558.pdf")
    assert "<บันทึกความเข้าใจ 11 พ.ค. 2558.pdf>" in said
    sent = officer.answer[0].file
    assert sent is not None
    assert (sent.mime, sent.path, sent.whole) == (
        "application/pdf",
        office.media / hashlib.sha256(b"MOU.pdf").hexdigest(),
        True,
    )
    officer.press("นำออก")
    said = officer.press("แนบผิดคู่")
    assert "นำเอกสารออกแล้ว" in said
    assert "ยังไม่มีเอกสารลงนาม" in said
    told = [(one.action, one.subject) for one in events(office)]
    assert told == [(f"document.{what}", "pairing:50-chengdu") for what in ("added", "named", "removed")]
    assert events(office)[-1].detail["reason"] == "wrong_pairing"
    assert "บันทึกความเข้าใจ" not in str([one.detail for one in events(office)])


def test_the_kind_is_one_press_and_several_files_come_at_once(at_documents: Conversation) -> None:
    officer = at_documents
    officer.press("เพิ่มเอกสาร")
    officer.say("", files=[paper("a.pdf")])
    assert "1. ความตกลงสถาปนาความสัมพันธ์.pdf" in officer.press("ความตกลงสถาปนาความสัมพันธ์")

    said = officer.say("", files=[paper("b.pdf"), paper("c.pdf"), paper("a.pdf")])

    assert "1 ไฟล์มีอยู่แล้วในคู่นี้" in said
    assert "เอกสารลงนาม เชียงใหม่–นครเฉิงตู (3)" in said
    assert "2. b.pdf" in said


def test_a_caption_names_the_document_and_a_question_in_the_midst_is_answered(
    office: Office, at_documents: Conversation
) -> None:
    officer = at_documents
    officer.press("เพิ่มเอกสาร")
    assert "1. MOU ภาษาจีน.pdf" in officer.say("MOU ภาษาจีน", files=[paper("scan.pdf")])

    officer.say("ต้องมีกิจกรรมปีละกี่ครั้ง")
    assert "แนบแล้ว: later.pdf" in officer.say("", files=[paper("later.pdf")])
    officer.say("/pairings")
    officer.say("", files=[paper("evidence.pdf")])

    assert drafts(office) == 1  # the list does not wait for files any more


def test_a_secret_paper_is_refused_and_leaves_nothing(office: Office, at_documents: Conversation) -> None:
    officer = at_documents
    officer.press("เพิ่มเอกสาร")

    said = officer.say("", files=[paper("ลับ.pdf", problem="secret")])

    assert "ชั้นความลับ" in said
    with office.database.read() as session:
        assert session.scalars(select(RegistryFile)).all() == []
    said = officer.say("", files=[paper("ok.pdf"), paper("big.pdf", problem="too_large")])
    assert "แนบแล้ว: ok.pdf" in said
    assert "20 MB" in said


def test_twenty_documents_and_a_hundred_megabytes_are_the_most(at_documents: Conversation) -> None:
    officer = at_documents
    officer.press("เพิ่มเอกสาร")
    officer.say("", files=[paper(f"{number}.pdf") for number in range(19)])

    said = officer.say("", files=[paper("x.pdf", size=101 * 1024 * 1024), paper("y.pdf"), paper("z.pdf")])

    assert "ไม่เกิน 20 ไฟล์ รวมไม่เกิน 100 MB" in said
    assert "แนบแล้ว: y.pdf" in said
    assert "z.pdf" not in said


def test_a_reason_is_typed_and_stands_in_no_event(office: Office, at_documents: Conversation) -> None:
    officer = at_documents
    officer.press("เพิ่มเอกสาร")
    officer.say("x", files=[paper("a.pdf")])
    officer.press("x.pdf")
    officer.press("นำออก")
    assert "พิมพ์เหตุผลที่นำออก" in officer.press("อื่น ๆ")

    assert "นำเอกสารออกแล้ว: x.pdf" in officer.say("นางสาวมะลิส่งมาผิด")

    assert "มะลิ" not in str([one.detail for one in events(office)])


def test_the_ministry_attaches_and_another_province_finds_nothing(
    office: Office, at_documents: Conversation, ministry: Conversation, neighbour: Conversation
) -> None:
    ministry.say("เฉิงตู")
    ministry.press("เอกสารลงนาม")
    ministry.press("เพิ่มเอกสาร")
    said = ministry.say("MOU", files=[paper("m.pdf")])
    assert "MOU.pdf" in said
    assert "ส่วนกลาง" in said
    missing = forged(office, neighbour, "docs.open", pairing="50-nowhere", document=1)

    assert forged(office, neighbour, "docs.open", pairing=CHENGDU, document=1) == missing
    for step in ("docs", "docs.add", "docs.open", "docs.remove", "docs.remove_for", "docs.kind"):
        answered = forged(office, neighbour, step, pairing=CHENGDU, document=1, reason="x", kind="mou")
        assert "MOU" not in answered
    with office.database.read() as session:
        assert len(session.scalars(select(RegistryFile)).all()) == 1


def test_a_kept_document_is_not_cleaned_away(office: Office, at_documents: Conversation) -> None:
    at_documents.press("เพิ่มเอกสาร")
    at_documents.say("x", files=[paper("a.pdf")])
    with office.database.read() as session:
        kept = hashlib.sha256(b"a.pdf").hexdigest()
        assert session.scalars(select(RegistryFile.sha256)).all() == [kept]
        assert kept in files.list_referenced(session)


# ------------------------------------------------------------------ working contacts


@pytest.fixture
def with_contact(officer: Conversation) -> Conversation:
    officer.say("เฉิงตู")
    officer.press("ผู้ประสานงาน")
    officer.press("เพิ่มผู้ประสานงาน")
    officer.press("ฝ่ายไทย")
    officer.say(LINE)
    officer.press("บันทึก")
    return officer


def test_a_contact_is_read_back_saved_and_corrected(office: Office, with_contact: Conversation) -> None:
    officer = with_contact
    assert "ฝ่ายไทย\n1. นายสมชาย ใจดี · นักวิเทศสัมพันธ์ · 053-112-708" in officer.last
    officer.press("รายที่ 1")
    assert "ผู้ดูแลข้อมูล: สมศรี (เจ้าหน้าที่)" in officer.last
    officer.press("แก้ไขข้อมูล")

    read = officer.say("นายสมชาย ใจดี, ผู้อำนวยการ, somchai@example.go.th")

    assert "ตรวจสอบก่อนบันทึก" in read
    assert "ตำแหน่ง: ผู้อำนวยการ\nช่องทางติดต่อ: somchai@example.go.th" in read
    assert "1. นายสมชาย ใจดี · ผู้อำนวยการ · somchai@example.go.th" in officer.press("บันทึก")


def test_nothing_is_saved_before_it_was_read_back(office: Office, officer: Conversation) -> None:
    officer.say("เฉิงตู")
    officer.press("ผู้ประสานงาน")
    officer.press("เพิ่มผู้ประสานงาน")
    officer.press("ฝ่ายคู่")
    assert "ยังอ่านชื่อไม่ได้" in officer.say("053-112-708")
    officer.say("Li Wei, Deputy Director, +86 28 6188 1234")
    save, card = officer.button("บันทึก")
    officer.say("/pairings")

    assert "ปุ่มนี้ใช้ไม่ได้แล้ว" in officer.press_id(save, card)

    with office.database.read() as session:
        assert session.scalars(select(Contact)).all() == []


def test_a_contact_taken_out_comes_back_with_one_press(office: Office, with_contact: Conversation) -> None:
    officer = with_contact
    officer.press("รายที่ 1")
    said = officer.press("นำออก")
    assert "นำผู้ประสานงานออกแล้ว" in said
    assert "นายสมชาย" not in said

    assert "1. นายสมชาย ใจดี" in officer.press("เลิกทำ")


def test_a_colleague_takes_over_and_the_ministry_only_reads(
    office: Office, with_contact: Conversation, ministry: Conversation
) -> None:
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("เฉิงตู")
    colleague.press("ผู้ประสานงาน")
    colleague.press("รายที่ 1")
    assert "รับดูแลข้อมูลผู้ประสานงานรายนี้แล้ว" in colleague.press("รับดูแลข้อมูล")
    assert "ผู้ดูแลข้อมูล: มานี (เจ้าหน้าที่)" in colleague.press("รายที่ 1")

    ministry.say("เฉิงตู")
    assert "นายสมชาย ใจดี" in ministry.press("ผู้ประสานงาน")
    assert "เพิ่มผู้ประสานงาน" not in ministry.buttons()
    ministry.press("รายที่ 1")
    assert ministry.buttons() == ["ย้อนกลับ"]
    for step in ("contacts.remove", "contacts.keep", "contacts.correct"):
        forged(office, ministry, step, pairing=CHENGDU, contact=1)
    with office.database.read() as session:
        assert [one.removed_at for one in session.scalars(select(Contact))] == [None]


def test_contacts_are_in_no_event_and_in_no_button(office: Office, with_contact: Conversation) -> None:
    with_contact.press("รายที่ 1")
    with_contact.press("นำออก")
    told = str([(one.action, one.subject, one.detail) for one in events(office)])
    assert [one.action for one in events(office)] == ["contact.added", "contact.removed"]
    assert "สมชาย" not in told
    assert "053" not in told
    assert not any("สมชาย" in label for label in with_contact.buttons())


def test_another_province_and_a_guest_see_no_contact(
    office: Office, with_contact: Conversation, neighbour: Conversation, guest: Conversation
) -> None:
    for person in (neighbour, guest):
        person.say("/start")
        for step in ("contacts", "contacts.show", "contacts.side", "contacts.correct", "contacts.keep"):
            assert "สมชาย" not in forged(office, person, step, pairing=CHENGDU, contact=1)


def test_in_a_group_contacts_and_documents_are_not_shown(office: Office, with_contact: Conversation) -> None:
    group = Conversation(office, "สมศรี", "web", group="กลุ่มจังหวัด")
    group.say("เฉิงตู")

    assert "เฉพาะในแชตส่วนตัว" in group.press("ผู้ประสานงาน")
    assert "เฉพาะในแชตส่วนตัว" in group.press("เอกสารลงนาม")
    assert "เฉพาะในแชตส่วนตัว" in group.press("ข้อมูลจังหวัด")
    assert "สมชาย" not in group.last


def test_ten_contacts_of_a_side_are_the_most(office: Office, with_contact: Conversation) -> None:
    officer = with_contact
    for number in range(9):
        officer.press("เพิ่มผู้ประสานงาน")
        officer.press("ฝ่ายไทย")
        officer.say(f"คนที่ {number}, เจ้าหน้าที่")
        officer.press("บันทึก")
    officer.press("เพิ่มผู้ประสานงาน")

    assert "ฝ่ายละไม่เกิน 10 ราย" in officer.press("ฝ่ายไทย")


# ------------------------------------------------------------------ the province's page


def test_the_page_tells_what_is_known_and_what_is_not(officer: Conversation, neighbour: Conversation) -> None:
    said = officer.say("ข้อมูลจังหวัด")

    assert "ข้อมูลจังหวัดเชียงใหม่" in said
    assert "ลงนามแล้ว 8 คู่" in said
    assert "ยังไม่ได้ยืนยันรายชื่อคู่" in said
    assert "คำสั่งแต่งตั้งคณะทำงาน: ยังไม่ระบุ" in said
    assert "เขตเศรษฐกิจพิเศษ: ยังไม่ระบุ" in said
    assert "ผู้ใช้งานของจังหวัด: 1 คน" in said
    assert "ข้อมูลยังไม่ครบ" in said
    said = neighbour.say("ข้อมูลจังหวัด")
    assert "เขตเศรษฐกิจพิเศษ: เป็น (ที่มา: แผนขับเคลื่อนฯ พ.ศ. 2562–2566 หัวข้อ 5.3)" in said


def test_an_officer_proposes_and_the_ministry_confirms(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("ข้อมูลจังหวัด")
    officer.press("แก้ไขข้อมูล")
    officer.press("คำสั่งแต่งตั้งคณะทำงาน")
    assert "พิมพ์ที่มา" in officer.say("คำสั่งจังหวัดเชียงใหม่ ที่ 123/2566")
    assert "ตรวจสอบก่อนส่ง" in officer.say("หนังสือจังหวัด ชม 0017/55 ลว. 5 ม.ค. 2566")
    assert "ส่งให้ส่วนกลางยืนยันแล้ว" in officer.press("ส่งให้ส่วนกลางยืนยัน")
    said = officer.press("ย้อนกลับ")
    assert "คำสั่งแต่งตั้งคณะทำงาน: ยังไม่ระบุ" in said
    assert "ข้อเสนอที่รอส่วนกลางยืนยัน: 1 รายการ" in said

    ministry.say("/start")
    forged(office, ministry, "profile", province="TH-50")
    ministry.press(ministry.buttons()[0])
    assert "ที่มา: หนังสือจังหวัด" in ministry.last
    assert "ยืนยันแล้ว ใช้เป็นข้อมูลปัจจุบัน" in ministry.press("ยืนยัน")

    (letter,) = officer.receive()
    assert "ส่วนกลางยืนยันแล้ว: คำสั่งแต่งตั้งคณะทำงาน เชียงใหม่" in letter.text
    assert "คำสั่งแต่งตั้งคณะทำงาน: คำสั่งจังหวัดเชียงใหม่ ที่ 123/2566 (ที่มา: หนังสือจังหวัด" in officer.press("ย้อนกลับ")
    assert "ใช้อยู่" in officer.press("ประวัติ")


def test_a_proposal_is_refused_with_a_reason_and_once_only(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("ข้อมูลจังหวัด")
    officer.press("แก้ไขข้อมูล")
    officer.press("เขตเศรษฐกิจพิเศษ")
    officer.press("เป็น")
    officer.say("ประกาศจังหวัด")
    officer.press("ส่งให้ส่วนกลางยืนยัน")
    ministry.say("/start")
    forged(office, ministry, "profile", province="TH-50")
    ministry.press("ข้อเสนอ เขตเศรษฐกิจพิเศษ: เป็น")
    accept, card = ministry.button("ยืนยัน")
    ministry.press("ไม่ยืนยัน")
    assert "บันทึกว่าไม่ใช้ข้อมูลนี้แล้ว" in ministry.say("ยังไม่มีประกาศของ กนพ.")

    assert "มีการพิจารณารายการนี้ไปแล้ว" in ministry.press_id(accept, card)

    (letter,) = officer.receive()
    assert "เหตุผล: ยังไม่มีประกาศของ กนพ." in letter.text
    with office.database.read() as session:
        assert registry.find_current(session, "province:TH-50", "special_zone") is None


def test_the_ministrys_own_word_holds_at_once_and_is_undone(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    ministry.say("/start")
    forged(office, ministry, "stated.ask", subject="province:TH-49", field="special_zone")
    ministry.press("ไม่เป็น")
    ministry.say("ประกาศ กนพ. ที่ 1/2569")
    assert "บันทึกแล้ว" in ministry.press("บันทึก")
    assert "เขตเศรษฐกิจพิเศษ: ไม่เป็น" in ministry.press("ย้อนกลับ")

    assert "ค่าเดิม" in ministry.press("เลิกทำ")

    with office.database.read() as session:
        current = registry.find_current(session, "province:TH-49", "special_zone")
        assert current is not None
        assert (current.value, current.source[:12]) == ("yes", "แผนขับเคลื่อ")


def test_an_officer_withdraws_a_proposal(office: Office, officer: Conversation) -> None:
    officer.say("ข้อมูลจังหวัด")
    officer.press("แก้ไขข้อมูล")
    officer.press("หน่วยงานที่รับผิดชอบ")
    officer.say("กลุ่มงานยุทธศาสตร์การพัฒนาจังหวัด")
    officer.say("คำสั่งแบ่งงาน 2569")
    officer.press("ส่งให้ส่วนกลางยืนยัน")

    officer.press("เลิกทำ")

    with office.database.read() as session:
        rows = session.scalars(select(RegistryFact.state).where(RegistryFact.subject == "province:TH-50"))
        assert rows.all() == ["refused"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("วันที่ของคำสั่ง", "วันไหนก็ได้", "อ่านไม่ได้"),
        ("วันที่ของคำสั่ง", "31/4/69", "อ่านไม่ได้"),
        ("วันที่ของคำสั่ง", "5 ม.ค. 2575", "วันที่ยังไม่ถึง"),
        ("วันประชุมคณะทำงาน", "5 ม.ค. 2569, บ่าย", "อ่านไม่ได้: บ่าย"),
        ("หน่วยงานที่รับผิดชอบ", "ก" * 201, "200"),
    ],
)
def test_what_cannot_be_read_is_asked_again(officer: Conversation, field: str, typed: str, said: str) -> None:
    officer.say("ข้อมูลจังหวัด")
    officer.press("แก้ไขข้อมูล")
    officer.press(field)

    assert said in officer.say(typed)
    assert "พิมพ์ที่มา" not in officer.last


def test_meetings_are_several_days(officer: Conversation) -> None:
    officer.say("ข้อมูลจังหวัด")
    officer.press("แก้ไขข้อมูล")
    officer.press("วันประชุมคณะทำงาน")

    assert "5 ม.ค. 2569, 3 เม.ย. 2569" in officer.say("3 เม.ย. 2569 และ 5 ม.ค. 2569")


def test_another_province_can_neither_see_nor_say_anything(office: Office, neighbour: Conversation) -> None:
    neighbour.say("/start")
    for step, args in {
        "profile": {"province": "TH-50"},
        "stated.which": {"subject": "province:TH-50"},
        "stated.ask": {"subject": "province:TH-50", "field": "office"},
        "stated.pick": {"subject": "province:TH-50", "field": "special_zone", "value": "yes"},
        "stated.history": {"subject": "province:TH-50"},
        "list.history": {"province": "TH-50"},
        "countries.show": {"country": "CN"},
        "checks.show": {"province": "TH-50"},
    }.items():
        assert "ไม่พบรายการนี้" in forged(office, neighbour, step, **args), step


def test_to_those_who_may_not_the_words_mean_what_they_may(
    officer: Conversation, guest: Conversation
) -> None:
    assert "รายชื่อคู่ของเชียงใหม่ถูกต้องหรือไม่" in officer.say("การยืนยันรายชื่อคู่")
    assert "ที่มา: แผนขับเคลื่อน" in officer.say("ลำดับความสำคัญของประเทศ")
    assert "ส่วนนี้สำหรับเจ้าหน้าที่จังหวัด" in guest.say("ข้อมูลจังหวัด")
    assert "ไม่พบรายการนี้" in guest.say("การยืนยันรายชื่อคู่")


# ------------------------------------------------------------------ which countries come first


def test_a_country_is_ranked_with_reason_and_source_and_shown(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    assert "ลำดับความสำคัญของประเทศ: ยังไม่ได้จัดลำดับ" in officer.say("เฉิงตู")
    said = ministry.say("ลำดับความสำคัญของประเทศ")
    assert "แนวทางการขับเคลื่อนที่ 2" in said
    ministry.press(next(label for label in ministry.buttons() if label.startswith("จีน")))
    ministry.press("จัดลำดับ")
    ministry.press("ส่งเสริมเป็นลำดับแรก")
    ministry.say("มีคู่มากที่สุด")
    ministry.say("มติคณะทำงานส่วนกลาง 1/2569")
    assert "บันทึกแล้ว" in ministry.press("บันทึก")

    assert "ลำดับความสำคัญของประเทศ: ส่งเสริมเป็นลำดับแรก" in officer.say("เฉิงตู")
    assert "จีน ส่งเสริมเป็นลำดับแรก" in officer.say("/pairings")
    said = ministry.press("ย้อนกลับ")
    assert "เหตุผล: มีคู่มากที่สุด\nที่มา: มติคณะทำงานส่วนกลาง 1/2569" in said
    assert "ส่งเสริมเป็นลำดับแรก · ใช้อยู่ · 22 พ.ย. 2569" in ministry.press("ประวัติ")
    ministry.press("เลิกทำ")
    assert "ยังไม่ได้จัดลำดับ" in officer.say("เฉิงตู")


def test_a_province_ranks_no_country(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    assert "ลำดับความสำคัญของประเทศ" not in officer.buttons()
    forged(office, officer, "stated.pick", subject="country:CN", field="priority", value="first")
    assert "ไม่พบรายการนี้" in officer.last


# ------------------------------------------------------------------ who has confirmed


def test_the_ministry_sees_who_has_confirmed(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ขาดคู่")
    officer.say("เมืองลุ่มน้ำ ประเทศตัวอย่าง")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("มีคู่ที่ไม่ใช่")
    officer.press("นครเฉิงตู")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")

    said = ministry.say("การยืนยันรายชื่อคู่")

    assert "ยืนยันแล้ว 1 จาก 30 จังหวัด" in said
    said = ministry.press("ตามภาค")
    said = ministry.press("ภาคเหนือ")
    assert "ภาคเหนือ · ยืนยันแล้ว 1 จาก" in said
    line = "เชียงใหม่: ยืนยัน 22 พ.ย. 2569 · 16 คู่ · ขาด 1 · ไม่ใช่ 1"
    pages = [ministry.last, *(ministry.press("ถัดไป") for _ in range(ministry.buttons().count("ถัดไป")))]
    assert line in "\n".join(pages)
    said = ministry.press("เชียงใหม่")
    assert "ยืนยันรายชื่อคู่เมื่อ 22 พ.ย. 2569 (เจ้าหน้าที่)" in said
    assert "คู่ที่แจ้งว่าขาด: เมืองลุ่มน้ำ ประเทศตัวอย่าง" in said
    assert "แจ้งว่าไม่ใช่คู่ของจังหวัด: เชียงใหม่–นครเฉิงตู" in said
    history = ministry.press("ประวัติการตรวจรายชื่อ")
    assert "ยืนยันรายชื่อคู่ · เจ้าหน้าที่" in history
    assert "แจ้งว่าไม่ใช่คู่ของจังหวัด เชียงใหม่–นครเฉิงตู" in history
    ministry.say("การยืนยันรายชื่อคู่")
    assert "เชียงใหม่" not in ministry.press("เฉพาะที่ยังไม่ยืนยัน")


def test_each_word_on_the_list_is_undone(office: Office, officer: Conversation) -> None:
    def verdicts() -> set[str | None]:
        with office.database.read() as session:
            return set(session.scalars(select(Pairing.verdict).where(Pairing.province_code == "TH-50")))

    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")
    assert verdicts() == {"correct"}
    assert "สถานะก่อนยืนยัน" in officer.press("เลิกทำ")
    assert verdicts() == {None}
    assert "ข้อมูลยังไม่ครบ" in officer.press("ตรวจรายชื่อคู่")

    officer.press("ขาดคู่")
    officer.say("เมืองลุ่มน้ำ")
    assert "ถอนรายการที่แจ้งว่าขาดแล้ว" in officer.press("เลิกทำ")
    assert "เมืองลุ่มน้ำ" not in officer.press("ตรวจรายชื่อคู่")

    officer.say("เฉิงตู")
    officer.press("ไม่ใช่คู่ของจังหวัด")
    assert verdicts() == {None, "wrong"}
    officer.press("เป็นคู่ของจังหวัด")
    assert verdicts() == {None, "correct"}


def test_an_undo_does_not_take_back_what_a_colleague_confirmed_since(
    office: Office, officer: Conversation
) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")
    undo, card = officer.button("เลิกทำ")
    office.clock.move(minutes=1)
    colleague = office.person("มานี", "officer", "TH-50")
    colleague.say("/pairings")
    colleague.press("ตรวจรายชื่อคู่")
    colleague.press("ถูกต้อง")

    assert "จึงไม่ได้เลิกทำ" in officer.press_id(undo, card)


def test_what_came_or_changed_since_the_confirmation_is_checked_again(
    office: Office, officer: Conversation, ministry: Conversation
) -> None:
    officer.say("/pairings")
    officer.press("ตรวจรายชื่อคู่")
    officer.press("ถูกต้อง")
    office.clock.move(hours=1)
    now = office.clock.now()
    with office.database.write() as session:
        said = registry.Value(field="stage", value="dormant", source="หนังสือ")
        row = registry.add(session, f"pairing:{CHENGDU}", said, "proposed", None, now)
        registry.make_current(session, row, None, now)
        known = session.get_one(Pairing, "50-hokkaido")
        known.verdict = None  # as one that was added

    officer.say("/pairings")
    said_ = officer.press("ตรวจรายชื่อคู่")

    assert "เพิ่มหรือเปลี่ยนหลังยืนยัน ตรวจอีกครั้งได้: เชียงใหม่–จังหวัดฮอกไกโด, เชียงใหม่–นครเฉิงตู" in said_
    assert "เปลี่ยนหลังยืนยัน 2" in ministry.say("การยืนยันรายชื่อคู่") or "ถัดไป" in ministry.buttons()
    office.clock.move(hours=1)
    officer.say("เฉิงตู")
    officer.press("คู่นี้ถูกต้อง")
    officer.say("/pairings")
    assert "เชียงใหม่–นครเฉิงตู" not in officer.press("ตรวจรายชื่อคู่").partition("ตรวจอีกครั้งได้")[2]


# ------------------------------------------------------------------ "ข้อมูลยังไม่ครบ" wherever figures stand


def confirm(office: Office, code: str) -> None:
    from storage import meta, people

    with office.database.write() as session:
        people.get_or_add_check(session, code).confirmed_at = office.clock.now()
        meta.bump_registry(session)


PLACES = {
    "status": "/status",
    "list": "/pairings",
    "our pairs": "จังหวัดของเรามีคู่ใดบ้าง",
    "name of the province": "เชียงใหม่",
    "name of a pairing": "เฉิงตู",
    "pairings in a country": "/pairings จีน",
    "activities": "/activities",
    "activities in words": "/activities ปี 2569",
    "profile": "ข้อมูลจังหวัด",
    "check": "ตรวจรายชื่อคู่",
}


@pytest.mark.parametrize("line", PLACES.values(), ids=PLACES.keys())
def test_every_list_and_figure_of_a_province_says_until_it_confirms_that_data_may_lack(
    office: Office, officer: Conversation, line: str
) -> None:
    officer.say("ประชุมกับเฉิงตู 3 พ.ย. 69")
    officer.press("บันทึก")
    assert "ข้อมูลยังไม่ครบ" in officer.say(line)

    confirm(office, "TH-50")

    assert "ข้อมูลยังไม่ครบ" not in officer.say(line)


@pytest.mark.parametrize("line", ["/status", "/activities", "/pairings จีน", "เฉิงตู"])
def test_so_does_every_figure_of_the_country(office: Office, ministry: Conversation, line: str) -> None:
    assert "ข้อมูลยังไม่ครบ" in ministry.say(line)

    with office.database.read() as session:
        codes = set(session.scalars(select(Pairing.province_code)))
    for code in codes:
        confirm(office, code)

    assert "ข้อมูลยังไม่ครบ" not in ministry.say(line)


def test_so_does_the_digest(office: Office, officer: Conversation) -> None:
    officer.say("/start")
    office.plan()
    office.clock.move(days=1)
    assert "ข้อมูลยังไม่ครบ" in "\n".join(one.text for one in officer.receive())


def test_the_figures_of_the_command_line_tell_it_too(office: Office) -> None:
    from bot.reports.status import read_status

    with office.database.read() as session:
        assert read_status(session, office.clock.now())["confirmed"] == {
            "provinces": 0,
            "of": 30,
            "incomplete": True,
        }
    confirm(office, "TH-50")
    with office.database.read() as session:
        assert read_status(session, office.clock.now() + timedelta(days=0))["confirmed"]["provinces"] == 1
