"""Papers from people: nothing in them may run, none may be locked, none may bear a marking of secrecy."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, String

from bot.media import pdf as pdf_module
from bot.media.examine import Finding, examine
from bot.media.kinds import DOC, DOCX, PDF, PPT, PPTX, XLS, XLSX
from knowledge import archives
from tests import files_from_people as made

LETTER = ("ที่ มท 0211.4/ว 123", "เรื่อง การเยือนของคณะผู้แทน", "เรียน ผู้ว่าราชการจังหวัด")


@pytest.fixture
def look(tmp_path: Path) -> Callable[[bytes], Finding]:
    """Examines a file here, without a process of its own."""

    def examined(content: bytes) -> Finding:
        path = tmp_path / "file"
        path.write_bytes(content)
        return examine(path, tmp_path / "clean", tmp_path / "thumbnail")

    return examined


Look = Callable[[bytes], Finding]


# ------------------------------------------------------------------ kinds


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (made.pdf(pages=[LETTER]), PDF),
        (made.pdf(pages=[LETTER], object_stream_mode=pikepdf.ObjectStreamMode.disable), PDF),
        (made.office("docx", main=made.word(*LETTER)), DOCX),
        (made.office("xlsx"), XLSX),
        (made.office("pptx"), PPTX),
        (made.old_word("เรียน ผู้ว่าราชการจังหวัด"), DOC),
        (made.old_sheet(), XLS),
        (made.old_slides(), PPT),
    ],
)
def test_a_plain_paper_is_taken_by_its_content(look: Look, content: bytes, mime: str) -> None:
    assert look(content) == Finding(mime)


def zipped(**parts: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"text",
        b"a,b,c\n1,2,3\n",
        b"{\\rtf1 a letter}",
        b"<html></html>",
        b"MZ\x90\0",
        b"\n%PDF-1.7",
        zipped(a="a zip of anything"),
        made.ole({"__properties_version1.0": bytes(64)}),
    ],
)
def test_any_other_kind_is_not(look: Look, content: bytes) -> None:
    assert look(content).problem == "type"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        made.pdf()[:-200],
        b"%PDF-1.7\nrubbish\n%%EOF\n",
        made.office()[:-30],
        made.office()[:-30] + bytes(30),
        b"PK\x03\x04" + bytes(500),
        made.old_word()[:600],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_a_broken_paper_is_refused(look: Look, content: bytes) -> None:
    assert look(content).problem == "damaged"


# ------------------------------------------------------------------ PDF


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attachment(document: pikepdf.Pdf) -> pikepdf.Object:
    stream = document.make_stream(b"MZ")
    stream.Type = Name.EmbeddedFile
    return document.make_indirect(Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary(F=stream)))


def with_attachment() -> bytes:
    with pikepdf.open(BytesIO(made.pdf())) as document:
        document.Root.AF = Array([attachment(document)])
        file = BytesIO()
        document.save(file)
        return file.getvalue()


@pytest.mark.parametrize("packed", [pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable])
@pytest.mark.parametrize(
    ("objects", "catalog"),
    [
        ((), {"/OpenAction": script()}),
        ((), {"/AA": Dictionary(WC=script())}),
        ((), {"/Names": Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))}),
        ((script(),), {}),
        ((Dictionary(Type=Name.Annot, Subtype=Name.Link, A=script()),), {}),
        ((Dictionary(A=Array([1, Array([Dictionary(B=script())])])),), {}),
        ((), {"/OpenAction": Dictionary(S=Name.Launch, F="cmd.exe")}),
        ((), {"/AcroForm": Dictionary(XFA=String("<xdp/>"), Fields=Array([]))}),
        ((Dictionary(Subtype=Name.RichMedia, RichMediaContent=Dictionary()),), {}),
        ((Dictionary(Type=Name.Filespec, EF=Dictionary()),), {}),
    ],
)
def test_a_pdf_that_runs_something_is_refused(
    look: Look,
    objects: tuple[Dictionary, ...],
    catalog: dict[str, Dictionary],
    packed: pikepdf.ObjectStreamMode,
) -> None:
    content = made.pdf(*objects, catalog=catalog, object_stream_mode=packed)
    assert (b"/JS" in content) <= (packed == pikepdf.ObjectStreamMode.disable)
    assert look(content).problem == "active"


def test_a_pdf_with_a_file_in_it_is_refused(look: Look) -> None:
    assert look(with_attachment()).problem == "active"


def test_a_name_in_another_spelling_is_the_same_name(look: Look) -> None:
    """Replaced by as many letters, so that all places in the file still hold."""
    written = Dictionary({"/S": Name("/ABCDEFGHIJKL"), "/KLMN": String("app.alert(1)")})
    content = made.pdf(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert look(content) == Finding(PDF)
    assert look(content.replace(b"/ABCDEFGHIJKL", b"/Java#53cript")).problem == "active"
    assert look(content.replace(b"/KLMN", b"/J#53")).problem == "active"


def test_words_about_scripts_are_no_script(look: Look) -> None:
    about = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Contents=String("remove /JS (and /JavaScript) first")
    )
    assert look(made.pdf(about, catalog={"/JSX": 1, "/OpenAction": Dictionary(S=Name.GoTo)})) == Finding(PDF)


def test_a_pdf_that_is_a_zip_too_is_refused(look: Look) -> None:
    assert look(made.pdf() + zipped(a="")).problem == "active"


@pytest.mark.parametrize("method", [4, 6])
def test_a_pdf_with_a_password_is_refused(look: Look, method: int) -> None:
    locked = Encryption(owner="owner", user="user", R=method)  # type: ignore[arg-type]
    assert look(made.pdf(encryption=locked)).problem == "locked"


def test_a_pdf_that_only_must_not_be_printed_is_taken(look: Look) -> None:
    assert look(made.pdf(encryption=Encryption(owner="owner", user=""))) == Finding(PDF)
    assert look(made.pdf(script(), encryption=Encryption(owner="owner", user=""))).problem == "active"


def test_a_pdf_of_too_many_objects_is_refused(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    content = made.pdf(*(Dictionary(A=number) for number in range(300)))
    monkeypatch.setattr(pdf_module, "OBJECTS_AT_ONCE", 7)
    assert look(content) == Finding(PDF)
    monkeypatch.setattr(pdf_module, "MAX_OBJECTS", 200)
    assert look(content).problem == "damaged"


@pytest.mark.parametrize(
    "pages",
    [
        [("ลับ", *LETTER)],
        [(*LETTER, "- ลับมาก -")],
        [LETTER, LETTER, ("ลับที่สุด", *LETTER)],
        [("ชั้นความลับ : ลับ", *LETTER), LETTER],
        [(*LETTER, "CONFIDENTIAL")],
    ],
)
def test_a_pdf_with_a_stamp_on_its_first_or_last_page_is_refused(
    look: Look, pages: list[tuple[str, ...]]
) -> None:
    assert look(made.pdf(pages=pages)).problem == "secret"


@pytest.mark.parametrize(
    "stamp",
    [
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Name=Name.TopSecret),
        Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Contents=String("ลับมาก")),
    ],
)
def test_a_stamp_put_on_a_page_later_counts(look: Look, stamp: Dictionary) -> None:
    assert look(made.pdf(stamp, pages=[LETTER])).problem == "secret"


def test_the_same_letters_in_a_pdf_are_no_stamp(look: Look) -> None:
    assert look(made.pdf(pages=[("กลับ", "อำเภอลับแล", "ไม่มีชั้นความลับ", *LETTER)])) == Finding(PDF)


# ------------------------------------------------------------------ Office


@pytest.mark.parametrize(
    "content",
    [
        made.office(parts={"word/vbaProject.bin": made.ole({"VBA": b""})}),
        made.office(types='<Default ContentType="application/vnd.ms-office.vbaProject"/>'),
        made.office(types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
        made.office("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"}),
        made.office(parts={"word/activeX/activeX1.bin": b"x"}),
        made.office(parts={"word/embeddings/oleObject1.bin": made.ole({"\x01Ole10Native": b"MZ"})}),
        made.office(
            parts={"word/embeddings/oleObject1.bin": made.ole({"a": b"b"}, storages=["_VBA_PROJECT"])}
        ),
        made.office(parts={"word/embeddings/setup.exe": b"anything"}),
        made.office(parts={"word/media/image1.png": b"MZ\x90\0 a program"}),
        made.office(parts={"word/media/image1.png": b"\x7fELF"}),
        made.office(parts={"word/embeddings/a.docx": made.office(parts={"word/vbaProject.bin": b"x"})}),
        made.office(parts={"word/embeddings/a.bin": zipped(a="a zip in a document")}),
        made.office(main='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
        made.office(
            parts={
                "word/_rels/settings.xml.rels": '<Relationships><Relationship Type="http://x/attachedTemplate" '
                'Target="https://example.org/a.dotm" TargetMode="External"/></Relationships>'
            }
        ),
    ],
)
def test_an_office_file_that_runs_something_is_refused(look: Look, content: bytes) -> None:
    assert look(content).problem == "active"


def test_a_workbook_in_a_document_and_links_and_pictures_are_nothing_bad(look: Look) -> None:
    link = '<Relationship Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    template = '<Relationship Type="http://x/attachedTemplate" Target="file:///C:/Normal.dotm" TargetMode="External"/>'
    content = made.office(
        parts={
            "word/_rels/document.xml.rels": f"<Relationships>{link}{template}</Relationships>",
            "word/embeddings/Sheet1.xlsx": made.office("xlsx"),
            "word/media/image1.jpg": made.encoded(made.photo()),
            "word/embeddings/oleObject1.bin": made.old_sheet(),
        }
    )
    assert look(content) == Finding(DOCX)


def nested(depth: int) -> bytes:
    content = made.office()
    for _ in range(depth):
        content = made.office(parts={"word/embeddings/a.docx": content})
    return content


def test_documents_in_documents_go_no_deeper_than_real_ones(look: Look) -> None:
    assert look(nested(2)) == Finding(DOCX)
    assert look(nested(3)).problem == "active"


def doubled() -> bytes:
    file = BytesIO(made.office())
    with zipfile.ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "<other/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        made.office(parts={"word/media/a.bmp": bytes(5_000_000)}),
        made.office(parts={f"word/media/{number}": b"" for number in range(archives.MAX_MEMBERS)}),
        made.office(parts={"../../etc/passwd": b"x"}),
        made.office(parts={"word/Document.xml": b"<other/>"}),
        b"PK\x03\x04 before the zip " + made.office(),
        made.office() + b"behind the zip",
    ],
)
def test_a_zip_that_swells_or_deceives_is_refused(look: Look, content: bytes) -> None:
    assert look(content).problem == "damaged"


def test_two_parts_under_one_name_are_refused(look: Look) -> None:
    assert look(doubled()).problem == "damaged"


def test_an_office_file_with_a_password_is_refused(look: Look) -> None:
    assert (
        look(made.ole({"EncryptedPackage": bytes(5_000), "EncryptionInfo": bytes(200)})).problem == "locked"
    )


@pytest.mark.parametrize(
    "content",
    [
        made.office(main=made.word("ลับ", *LETTER)),
        made.office(main=made.word(*LETTER * 40, "ลับมาก")),
        made.office(parts={"word/header1.xml": made.word("- ลับ -")}, main=made.word(*LETTER)),
        made.office(parts={"word/footer2.xml": made.word("SECRET")}, main=made.word(*LETTER)),
        made.office(parts={"word/header3.xml": made.watermark("ลับที่สุด")}, main=made.word(*LETTER)),
        made.office("xlsx", {"xl/sharedStrings.xml": made.strings("ลับ", "แผนงาน")}),
        made.office(
            "xlsx",
            {
                "xl/worksheets/sheet1.xml": "<worksheet><sheetData/><headerFooter><oddHeader>&amp;C&amp;14ลับมาก"
                "</oddHeader></headerFooter></worksheet>"
            },
        ),
        made.office(
            "xlsx", {"xl/worksheets/sheet1.xml": "<a><c><is><t>ลับ</t></is></c><c><is><t>แผน</t></is></c></a>"}
        ),
        made.office("pptx", {"ppt/slides/slide1.xml": made.slide("แผนการเยือน", "ลับ")}),
        made.old_word("ลับ"),
        made.old_word("เรื่อง\r- ลับมาก -\rเรียน"),
        made.ole({"Workbook": (bytes(601) + "\0ลับที่สุด\0".encode("utf-16-le")).ljust(4096, b"\0")}),
    ],
)
def test_an_office_file_with_a_stamp_is_refused(look: Look, content: bytes) -> None:
    assert look(content).problem == "secret"


@pytest.mark.parametrize(
    "content",
    [
        made.office(main=made.word("กลับ", "อำเภอลับแล", "ความลับของความสำเร็จ", *LETTER)),
        made.office(main=made.word(*LETTER * 30, "ลับ", *LETTER * 30)),
        made.office("xlsx", {"xl/sharedStrings.xml": made.strings(*"abcdefgh" * 20, "ลับ", *"abcdefgh" * 20)}),
        made.old_word("กลับ\rอำเภอลับแล\rความลับของความสำเร็จ"),
    ],
)
def test_the_same_letters_in_an_office_file_are_no_stamp(look: Look, content: bytes) -> None:
    assert look(content).problem is None


# ------------------------------------------------------------------ old Office


MACRO_SHEET = made.record(0x85, struct.pack("<IBB", 0, 0, 1) + b"\1\0A")
SHEET = made.record(0x85, struct.pack("<IBB", 0, 0, 0) + b"\1\0A")
SLIDES_WITH_MACROS = b"\x1f\x00\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0" + struct.pack("<III", 3, 1, 2)
SLIDES_WITHOUT = b"\x1f\x00\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0" + bytes(12)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (made.old_word(storages=["Macros", "VBA", "_VBA_PROJECT"]), "active"),
        (made.ole({"WordDocument": bytes(4096), "\x01Ole10Native": bytes(5000)}), "active"),
        (made.ole({"Workbook": bytes(4096)}, storages=["_VBA_PROJECT_CUR"]), "active"),
        (made.old_sheet(SHEET, MACRO_SHEET), "active"),
        (made.old_sheet(SHEET), None),
        (made.old_slides(SLIDES_WITH_MACROS), "active"),
        (made.old_slides(SLIDES_WITHOUT), None),
        (made.old_word() + zipped(a="b"), "active"),
        (made.old_word(locked=True), "locked"),
        (made.old_sheet(made.record(0x2F, bytes(6))), "locked"),
        (made.ole({"PowerPoint Document": bytes(4096), "EncryptedSummary": bytes(64)}), "locked"),
        (made.ole({"WordDocument": bytes(9_000_000)}), None),
    ],
)
def test_an_old_office_file_is_looked_into(look: Look, content: bytes, problem: str | None) -> None:
    assert look(content).problem == problem


def test_a_container_whose_sectors_run_in_a_ring_is_refused(look: Look) -> None:
    content = bytearray(made.old_word())
    table = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    struct.pack_into("<I", content, table, 0)  # the directory goes on with its own first sector
    assert look(bytes(content)).problem == "damaged"
