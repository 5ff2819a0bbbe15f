"""Papers: known by their content, freed of what they knew, refused with a sentence."""

import io
import os
import stat
import zipfile

import pikepdf
import pytest
from PIL import Image

from staffroom.core import documents
from staffroom.core.documents import first_page, office
from staffroom.core.errors import Refused
from tests.core.papers import SECRET, a_pdf, an_office_paper, named, zipped

MB = 1_000_000


def clean(data: bytes, name: str, most: int = 5 * MB):
    return documents.clean(named(data, name), name, most=most)


def test_a_pdf_loses_its_maker_and_whatever_acts_by_itself():
    before = a_pdf()
    made = clean(before, "Fractions grade 6.pdf")
    assert (made.kind, made.name, made.pages) == ("pdf", "Fractions grade 6.pdf", 2)
    assert made.type == "application/pdf"
    with pikepdf.open(io.BytesIO(made.data)) as paper:
        assert "/Info" not in paper.trailer or not paper.docinfo
        assert "/Metadata" not in paper.Root
        assert "/OpenAction" not in paper.Root
        assert not paper.attachments
        notes = list(paper.pages[0].Annots)
        assert len(notes) == 3
        links = [str(note.A.URI) for note in notes if "/A" in note]
        assert links == ["https://example.org/fractions"]
        everything = b"".join(
            thing.unparse() + (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b"")
            for thing in paper.objects
        )
    assert SECRET.encode() not in everything
    assert b"JavaScript" not in everything
    assert b"Launch" not in everything


def test_cleaning_twice_is_the_same_so_that_sending_twice_is_one():
    once = clean(a_pdf(), "a.pdf").data
    assert clean(once, "a.pdf").data == clean(once, "a.pdf").data
    paper = an_office_paper()
    assert clean(paper, "a.docx").data == clean(paper, "a.docx").data


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_an_office_paper_loses_its_maker_and_stays_whole(kind):
    made = clean(an_office_paper(kind), f"Plan.{kind.upper()}")
    assert (made.kind, made.name) == (kind, f"Plan.{kind}")
    with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
        assert parts.testzip() is None
        texts = {name: parts.read(name) for name in parts.namelist()}
        first = parts.infolist()[0]
    assert SECRET.encode() not in b"".join(texts.values())
    assert "humbnail" not in " ".join(texts) + texts.get("_rels/.rels", b"").decode()
    assert b"Fractions" in b"".join(texts.values())
    if kind.startswith("od"):
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_the_folder_of_its_template_is_taken_out():
    rel = '<Relationship Id="r9" Type="http://x/attachedTemplate" Target="file:///C:/Users/Amina-SEKRET/N.dotm" TargetMode="External"/>'
    made = clean(
        an_office_paper(
            more={
                "word/_rels/settings.xml.rels": f"<Relationships>{rel}</Relationships>",
                "word/settings.xml": '<w:settings><w:attachedTemplate r:id="r9"/><w:zoom/></w:settings>',
            }
        ),
        "a.docx",
    )
    with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
        assert parts.read("word/settings.xml") == b"<w:settings><w:zoom/></w:settings>"
        assert b"Relationship " not in parts.read("word/_rels/settings.xml.rels")


def bomb() -> bytes:
    return an_office_paper(more={"word/media/a.xml": b"0" * 60 * MB})


def lying_bomb() -> bytes:
    """It says of itself that its part is small."""
    data = bytearray(bomb())
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(sign, 0, data.rfind(b"word/media/a.xml"))
        at = data.rfind(sign) if at < 0 else at
        size = int.from_bytes(data[at + place : at + place + 4], "little")
        if size == 60 * MB:
            data[at + place : at + place + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def encrypted_open_paper() -> bytes:
    manifest = (
        '<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    )
    return an_office_paper("odt", {"META-INF/manifest.xml": manifest})


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "empty": (lambda: b"", "a.pdf", "empty"),
    "heavy": (lambda: b"%PDF-" + b"0" * 6 * MB, "a.pdf", "6 MB; at most 5 MB"),
    "program": (lambda: b"MZ" + b"\0" * 300, "report.pdf", "program"),
    "text": (lambda: b"Dear colleagues", "a.docx", "none that we know"),
    "html": (lambda: b"<!doctype html><script>", "a.pdf", "none that we know"),
    "any zip": (lambda: zipped({"a.txt": "x"}), "a.docx", "none that we know"),
    "another kind": (lambda: an_office_paper("xlsx"), "plan.docx", "says DOCX, but inside it is XLSX"),
    "a pdf named docx": (a_pdf, "plan.docx", "says DOCX, but inside it is PDF"),
    "old": (lambda: OLD, "a.doc", "old kind"),
    "locked office": (
        lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked with a password",
    ),
    "locked pdf": (lambda: a_pdf(password="x"), "a.pdf", "locked with a password"),
    "locked odt": (encrypted_open_paper, "a.odt", "locked with a password"),
    "macros": (lambda: an_office_paper(more={"word/vbaProject.bin": "x"}), "a.docx", "macros"),
    "macros by type": (
        lambda: an_office_paper(
            more={"[Content_Types].xml": "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"}
        ),
        "a.docm",
        "macros",
    ),
    "macros in odt": (lambda: an_office_paper("odt", {"Basic/Standard/a.xml": "x"}), "a.odt", "macros"),
    "bomb": (bomb, "a.docx", "unpacks to far more"),
    "lying bomb": (lying_bomb, "a.docx", "damaged"),
    "many parts": (
        lambda: an_office_paper(more={f"word/{n}.xml": "" for n in range(3100)}),
        "a.docx",
        "unpacks to far more",
    ),
    "cut off": (lambda: an_office_paper()[:-30], "a.docx", "damaged"),
    "cut off pdf": (lambda: b"%PDF-1.7\n1 0 obj", "a.pdf", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_taken_is_said(case):
    make, name, says = BAD[case]
    with pytest.raises(Refused) as refused:
        clean(make(), name)
    assert says in refused.value.message
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/Plan.pdf", "Plan.pdf"),
        ("C:\\Users\\x\\Plan.pdf", "C Users x Plan.pdf"),
        ("Plan\u202efdp.pdf", "Planfdp.pdf"),
        ("Plan", "Plan.pdf"),
        ("", "PDF.pdf"),
        ('a"b\n<c>.pdf', "ab c.pdf"),
        ("سبق.pdf", "سبق.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_its_own_name_as_far_as_a_name_may_go(sent, kept):
    name = clean(a_pdf(telling=False), sent).name
    assert name.endswith(".pdf")
    assert "/" not in name
    assert "\\" not in name
    if not sent.startswith(("..", "C:")):
        assert name == kept


def test_the_first_page_is_a_small_picture():
    picture = first_page.draw(a_pdf(), "pdf")
    assert picture is not None
    assert len(picture.data) <= 12_000
    assert Image.open(io.BytesIO(picture.data)).format == "WEBP"
    assert picture.height > picture.width


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"", b"\0" * 1000])
def test_what_cannot_be_drawn_has_none(data):
    assert first_page.draw(data, "pdf") is None


def test_without_libreoffice_an_office_paper_has_none(monkeypatch):
    monkeypatch.setattr(first_page.shutil, "which", lambda name: None)
    assert first_page.draw(an_office_paper(), "docx") is None


def test_libreoffice_is_asked_with_a_copy_that_names_nothing_outside(tmp_path, monkeypatch):
    """A stand-in for the program: it keeps what it is given, and answers with a PDF."""
    (tmp_path / "made.pdf").write_bytes(a_pdf())
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nfor last; do :; done\ncp "$last" {tmp_path}/given.docx\n'
        f'cp {tmp_path}/made.pdf "${{last%.docx}}.pdf"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rel = '<Relationship Id="r9" Type="x/image" Target="http://evil.example/a.png" TargetMode="External"/>'
    paper = an_office_paper(more={"word/_rels/document.xml.rels": rel})
    assert first_page.draw(paper, "docx") is not None
    with zipfile.ZipFile(tmp_path / "given.docx") as parts:
        assert b"evil.example" not in parts.read("word/_rels/document.xml.rels")


def test_a_link_outside_is_taken_from_open_papers_too():
    paper = an_office_paper(
        "odt", {"content.xml": '<draw:image xlink:href="http://evil.example/a"/>'}
    )
    with zipfile.ZipFile(io.BytesIO(office.without_outside(paper))) as parts:
        assert b"evil" not in parts.read("content.xml")
