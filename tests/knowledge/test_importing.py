"""Which files are taken at all, in what words the others are refused, and what does not change."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from docx.document import Document as Docx

from knowledge.documents import Document, DocumentError
from knowledge.importing import SUPPORTED, read_document
from knowledge.importing.limits import MAX_BYTES
from tests.knowledge.made.docx import make_docx
from tests.knowledge.made.pdf import make_pdf

LINES = ["หมวด ๑ บททั่วไป", "ข้อ ๑ ให้ใช้แนวทางนี้", "ข้อ ๕.๒ ให้ส านักงานจังหวัดเสนอเรื่อง MOU ภายใน ๓๐ วัน"]


def refused(data: bytes, name: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(data, name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pdf.zip", ".pdf", ""])
def test_an_unknown_ending_is_refused_with_those_that_are_known(name: str) -> None:
    said = refused(b"x", name)
    assert all(ending in said for ending in SUPPORTED)


@pytest.mark.parametrize("name", ["a.doc", "a.docm", "a.odt", "a.rtf"])
def test_what_can_be_saved_as_docx_is_told_so(name: str) -> None:
    assert ".docx" in refused(b"x", name)


@pytest.mark.parametrize("ending", SUPPORTED)
def test_an_empty_or_too_large_file_is_refused(ending: str) -> None:
    assert "empty" in refused(b"", f"a{ending}")
    assert "20 MB" in refused(bytes(MAX_BYTES + 1), f"a{ending}")


def test_too_many_letters_are_refused() -> None:
    assert "3,000,000" in refused(b"a" * 3_000_001, "a.txt")


def test_an_ending_in_capitals_is_the_same() -> None:
    assert read_document(b"text", "A.TXT").passages[0].text == "text"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.txt", "a.md", "a.docm"])
def test_every_refusal_names_the_file_and_speaks_thai_then_english(data: bytes, name: str) -> None:
    assert re.fullmatch(
        r"a\.\w+: [^()]*[ก-๙][^()]*(?:\(\.docm?\)[^()]*)?\([A-Za-z .,;:_-]+\)", refused(data, name)
    )


def every_format() -> dict[str, Document]:
    def write(document: Docx) -> None:
        for line in LINES:
            document.add_paragraph(line)

    text = "\n\n".join(LINES).encode()
    files = {"a.pdf": make_pdf([LINES]), "a.docx": make_docx(write), "a.txt": text, "a.md": text}
    return {name: read_document(data, name, title="แนวทางปฏิบัติ") for name, data in files.items()}


def test_one_text_gives_the_same_passages_in_every_format() -> None:
    found = every_format()
    assert found["a.docx"] == found["a.txt"] == found["a.md"]
    assert [(passage.clause, passage.section, passage.text) for passage in found["a.pdf"].passages] == [
        ("ข้อ 1", "clause-1", "ข้อ ๑ ให้ใช้แนวทางนี้"),
        ("ข้อ 5.2", "clause-5-2", "ข้อ ๕.๒ ให้สำนักงานจังหวัดเสนอเรื่อง MOU ภายใน ๓๐ วัน"),
    ]
    assert [passage.text for passage in found["a.pdf"].passages] == [p.text for p in found["a.docx"].passages]


def test_every_format_comes_back_from_json() -> None:
    for document in every_format().values():
        assert Document.from_json(document.to_json()) == document


def test_a_new_version_under_the_same_title_has_the_same_id() -> None:
    old = read_document("ข้อ 1 เดิม".encode(), "ฉบับ 1.txt", title="แนวทางปฏิบัติ")
    new = read_document("ข้อ 1 ใหม่".encode(), "ฉบับ 2.md", title="แนวทาง ปฏิบัติ ".replace(" ป", "ป"))
    assert old.id == new.id
    assert old.passages != new.passages


def test_the_libraries_are_loaded_only_for_their_files() -> None:
    """Who asks a question should not wait for readers of files."""
    code = (
        "import sys; from knowledge.importing import read_document; read_document(b'a', 'a.txt');"
        "print(sorted({'docx', 'pypdfium2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
