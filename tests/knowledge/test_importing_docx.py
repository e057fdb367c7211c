"""DOCX files: what a reader of the printed page sees, in order; and packages that are traps."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO

import pytest
from docx.document import Document as Docx
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import LONGEST_ROW, Document, DocumentError
from knowledge.importing import read_document
from tests.knowledge.made.docx import altered, make_docx, numbered, part, with_body

BODY = "word/document.xml"


def read(data: bytes, name: str = "คู่มือ.docx") -> Document:
    return read_document(data, name)


def read_xml(xml: str) -> Document:
    return read(with_body(xml))


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


def guideline(document: Docx) -> None:
    document.add_paragraph("แนวทางปฏิบัติ", style="Title")
    document.add_paragraph("คำน า")
    document.add_heading("หมวด ๑ บททั่วไป", 1)
    document.add_paragraph("ข้อ ๑ ให้ใช้แนวทางนี้")
    document.add_heading("การลงนาม", 1)
    document.add_heading("ผู้ลงนาม", 2)
    document.add_paragraph("ผู้ว่าราชการจังหวัดเป็นผู้ลงนาม")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("ขั้นตอน", "ผู้ทำ", "เสนอเรื่อง", "จังหวัด"), strict=True
    ):
        cell.text = text
    document.add_paragraph("สำเนาหนังสือ", style="List Bullet")
    document.add_paragraph("ข้อ ๕.๒ ให้รายงาน")


def test_headings_paragraphs_tables_and_lists_in_their_order() -> None:
    document = read(make_docx(guideline))
    assert document.title == "แนวทางปฏิบัติ"
    assert [(p.clause, p.heading, p.text) for p in document.passages] == [
        (None, "แนวทางปฏิบัติ", "คำนำ"),
        ("ข้อ 1", "ข้อ 1", "ข้อ ๑ ให้ใช้แนวทางนี้"),
        (None, "ผู้ลงนาม", "ผู้ว่าราชการจังหวัดเป็นผู้ลงนาม"),
        (None, "ผู้ลงนาม", "ขั้นตอน: เสนอเรื่อง\nผู้ทำ: จังหวัด"),
        (None, "ผู้ลงนาม", "• สำเนาหนังสือ"),
        ("ข้อ 5.2", "ข้อ 5.2", "ข้อ ๕.๒ ให้รายงาน"),
    ]
    assert document.headings["chapter-1"] == "หมวด 1 บททั่วไป"
    assert {passage.page for passage in document.passages} == {None}


@pytest.mark.parametrize("name", ["หัวเรื่อง 1", "หัวข้อ ๑", "Heading 1"])
def test_thai_names_of_styles_and_styles_based_on_them_make_headings(name: str) -> None:
    def write(document: Docx) -> None:
        if name not in {style.name for style in document.styles}:
            document.styles.add_style(name, 1)
        document.styles.add_style("Own", 1).base_style = document.styles[name]
        document.add_paragraph("การลงนาม", style="Own")
        document.add_paragraph("ให้ลงนาม")

    assert [(p.heading, p.text) for p in read(make_docx(write)).passages] == [("การลงนาม", "ให้ลงนาม")]


def test_an_outline_level_makes_a_heading_too() -> None:
    document = read_xml(
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>การลงนาม</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>ให้ลงนาม</w:t></w:r></w:p>"
    )
    assert [passage.heading for passage in document.passages] == ["การลงนาม"]


def test_tracked_deletions_are_gone_and_insertions_are_there() -> None:
    document = read_xml(
        "<w:p><w:r><w:t>ให้เสนอ</w:t></w:r><w:del><w:r><w:delText>ครม.</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>กระทรวง</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>ย้ายออก</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>ย่อหน้า</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>เดียวกัน</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ก</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>ข</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>ลบ</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert texts(document) == ["ให้เสนอกระทรวง\nย่อหน้าเดียวกัน", "ก: 1\nข: 2"]


def test_hidden_text_and_field_codes_are_not_quoted_and_results_are() -> None:
    document = read_xml(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>เห็น</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:tab/><w:t>12</w:t></w:r>'
        '<w:hyperlink><w:r><w:t xml:space="preserve"> ลิงก์</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>บรรทัดใหม่</w:t></w:r></w:p>'
    )
    assert texts(document) == ["เห็น 12 ลิงก์\nบรรทัดใหม่"]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    document = read_xml(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>ในกล่องควบคุม</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:r><w:t>ข้อความ</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>กล่อง</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>กล่อง</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(document) == ["ในกล่องควบคุม\nข้อความ\nกล่อง"]


def test_a_table_of_contents_is_left_out() -> None:
    def write(document: Docx) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("หมวด 1 บททั่วไป 3", style="toc 1")
        document.add_paragraph("ข้อ 1 ให้ใช้")

    assert texts(read(make_docx(write))) == ["ข้อ 1 ให้ใช้"]


@pytest.mark.parametrize(
    ("levels", "paragraphs", "said"),
    [
        ([("decimal", "ข้อ %1")], [0, 0], ["ข้อ 1 ก", "ข้อ 2 ก"]),
        (
            [("thaiNumbers", "ข้อ %1"), ("thaiNumbers", "%1.%2")],
            [0, 1, 1, 0, 1],
            ["ข้อ ๑ ก\n๑.๑ ก", "๑.๒ ก", "ข้อ ๒ ก\n๒.๑ ก"],
        ),
        ([("thaiLetters", "(%1)")], [0, 0, 0, 0], ["(ก) ก\n(ข) ก\n(ค) ก\n(ง) ก"]),
        ([("upperRoman", "Part %1")], [0, 0, 0, 0], ["Part I ก", "Part II ก", "Part III ก", "Part IV ก"]),
        ([("lowerLetter", "%1)")], [0, 0], ["a) ก\nb) ก"]),
        ([("bullet", "\uf0b7")], [0, 0], ["• ก\n• ก"]),
    ],
)
def test_numbers_that_word_writes_by_itself_are_counted(
    levels: list[tuple[str, str]], paragraphs: list[int], said: list[str]
) -> None:
    assert texts(read(numbered(levels, paragraphs))) == said


def test_a_list_that_begins_anew_begins_at_its_start() -> None:
    data = numbered([("decimal", "ข้อ %1")], [0, 0], again=[0])
    assert texts(read(data)) == ["ข้อ 1 ก", "ข้อ 2 ก", "ข้อ 1 ก"]


def test_merged_cells_say_what_they_cover() -> None:
    def write(document: Docx) -> None:
        table = document.add_table(3, 3)
        for row, line in enumerate((("ขั้น", "งาน", "ผู้ทำ"), ("1", "เสนอ", "จังหวัด"), ("", "ลงนาม", ""))):
            for column, text in enumerate(line):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(2, 1).merge(table.cell(2, 2))

    assert texts(read(make_docx(write))) == ["ขั้น: 1\nงาน: เสนอ\nผู้ทำ: จังหวัด", "ขั้น: 1\nงาน: ลงนาม"]


def test_a_long_row_is_cut_at_its_cells() -> None:
    def write(document: Docx) -> None:
        table = document.add_table(2, 2)
        for column, text in enumerate(("ก", "ข")):
            table.cell(0, column).text = text
            table.cell(1, column).text = text * LONGEST_ROW

    assert texts(read(make_docx(write))) == ["ก: " + "ก" * LONGEST_ROW, "ข: " + "ข" * LONGEST_ROW]


@pytest.mark.parametrize(("rows", "columns"), [(1, 2), (3, 1)])
def test_a_table_that_only_frames_text_is_text(rows: int, columns: int) -> None:
    def write(document: Docx) -> None:
        table = document.add_table(rows, columns)
        for row in table.rows:
            for cell in row.cells:
                cell.text = "ข้อความ"

    assert texts(read(make_docx(write))) == ["\n".join(["ข้อความ"] * rows * columns)]


# ------------------------------------------------------------------ what is refused


def refused(data: bytes, name: str = "คู่มือ.docx") -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(data, name)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    return said


def simple(document: Docx) -> None:
    document.add_paragraph("ข้อ 1 ให้ใช้")


SIMPLE = make_docx(simple)


def with_doctype(xml: bytes) -> bytes:
    start = xml.index(b"?>") + 2
    return xml[:start] + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + xml[start:]


@pytest.mark.parametrize(
    "name", [BODY, "word/styles.xml", "_rels/.rels", "[Content_Types].xml", "word/numbering.xml"]
)
def test_a_document_type_in_any_part_is_refused(name: str) -> None:
    assert "DTD" in refused(altered(SIMPLE, {name: with_doctype(part(SIMPLE, name))}))


def test_a_document_type_in_utf16_is_refused() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    assert "DTD" in refused(altered(SIMPLE, {"customXml/item1.xml": xml}))


def test_pictures_and_embedded_files_are_ignored() -> None:
    extra = {
        "word/media/image1.svg": b"<!DOCTYPE svg><svg/>",
        "word/embeddings/a.bin": b"\x00" * 50,
        "word/vbaProject.bin": b"x",
    }
    assert texts(read(altered(SIMPLE, extra))) == ["ข้อ 1 ให้ใช้"]


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_bomb_is_refused_before_it_is_unpacked(compression: int) -> None:
    assert "100" in refused(altered(SIMPLE, {"word/media/a.bin": bytes(5_000_000)}, compression=compression))


def test_a_part_that_is_too_large_is_refused() -> None:
    assert "40 MB" in refused(altered(SIMPLE, {"word/media/a.bin": bytes(41 * 1024 * 1024)}))


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered: a real one would need a hundred megabytes."""
    monkeypatch.setattr(import_module("knowledge.archives"), "MAX_UNPACKED", 2 * 1024 * 1024)
    assert "2 MB" in refused(altered(SIMPLE, {f"word/media/{n}.bin": bytes(900_000) for n in range(3)}))


def test_too_many_parts_are_refused() -> None:
    assert "5,000" in refused(altered(SIMPLE, {f"word/media/{n}": b"" for n in range(5001)}))


def test_too_many_letters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered: a file with three million letters takes long to make."""
    monkeypatch.setattr(import_module("knowledge.importing.docx"), "MAX_CHARACTERS", 5)
    assert "3,000,000" in refused(SIMPLE)


def test_macros_are_refused_under_any_name() -> None:
    types = part(SIMPLE, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "macros" in refused(altered(SIMPLE, {"[Content_Types].xml": types}))
    assert "macros" in refused(SIMPLE, "คู่มือ.docm")


def test_another_office_file_is_refused() -> None:
    types = part(SIMPLE, "[Content_Types].xml").replace(
        b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
    )
    assert "not a Word document" in refused(altered(SIMPLE, {"[Content_Types].xml": types}))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE + bytes(600), "old Word format"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7", "not a DOCX"),
        (b"PK\x03\x04", "damaged"),
        (SIMPLE[:-40], "damaged"),
    ],
)
def test_other_content_under_the_name_of_docx_is_refused(data: bytes, word: str) -> None:
    assert word in refused(data)


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(SIMPLE)
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "encrypted" in refused(bytes(data))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"<w:body>", b"<w:buddy>").replace(b"</w:body>", b"</w:buddy>"),
        lambda xml: xml[:-20],
        lambda xml: b"",
        lambda xml: xml.replace(b"<w:p>", b"<w:p>" + b"<w:r>" * 5000).replace(
            b"</w:p>", b"</w:r>" * 5000 + b"</w:p>"
        ),
    ],
    ids=["no body", "cut off", "empty", "too deep"],
)
def test_damaged_xml_is_refused(change: Callable[[bytes], bytes]) -> None:
    assert "damaged" in refused(altered(SIMPLE, {BODY: change(part(SIMPLE, BODY))}))


def test_a_document_without_text_is_refused() -> None:
    assert "no text" in refused(make_docx(lambda document: document.add_paragraph(" ")))


@settings(max_examples=60)
@given(st.data())
def test_a_package_with_some_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    bytes_ = bytearray(SIMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        bytes_[data.draw(st.integers(4, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(bytes_))
    except DocumentError:
        return


@settings(max_examples=60)
@given(st.data())
def test_a_body_with_some_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    bytes_ = bytearray(part(GUIDELINE, BODY))
    for _ in range(data.draw(st.integers(1, 3))):
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(altered(GUIDELINE, {BODY: bytes(bytes_)}, compression=zipfile.ZIP_STORED))
    except DocumentError:
        return


GUIDELINE = make_docx(guideline)


def test_the_same_file_gives_the_same_document() -> None:
    assert read(GUIDELINE) == read(BytesIO(GUIDELINE).getvalue())
