"""Into the library: what is needed, what is guessed, what is refused and how that is said."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.looking import look_into
from staffroom.library.actions.resources import About, add
from staffroom.library.models import Edition, Resource
from tests.core.papers import SECRET, a_pdf, an_office_paper, zipped
from tests.library.makers import a_resource, a_video, an_epub, for_all


def put(world, name, data, **about):
    return add(
        by=world.amina,
        community=world.maths,
        about=About(**about),
        file=io.BytesIO(data),
        name=name,
    )


def on_disk():
    return (
        set(default_storage.listdir("library")[1]) if default_storage.exists("library") else set()
    )


def test_a_file_and_two_words_are_enough(world, sign_in):
    browser, url = sign_in(world.amina), reverse("add_resource", args=[world.maths.pk])
    page = browser.get(url).content.decode()
    assert "5 MB" in page
    sent = {"title": "KCSE 2024 paper 1", "kind": "past-paper", "id": str(uuid7()),
            "file": SimpleUploadedFile("KCSE.pdf", a_pdf())}  # fmt: skip
    answer = browser.post(url, sent)
    made = Resource.objects.get()
    assert answer["Location"] == reverse("resource", args=[made.pk])
    assert (made.title, made.kind, made.pages) == ("KCSE 2024 paper 1", "past-paper", 2)
    # Guessed from the community, to be mended by whoever knows better.
    assert (made.language, made.subjects) == ("en", ["mathematics"])
    assert made.licence == "unknown"
    assert SECRET.encode() not in made.editions.get().file.read()
    # Sent twice by a bad network, it is one.
    sent["file"] = SimpleUploadedFile("KCSE.pdf", a_pdf())
    assert browser.post(url, sent).status_code == 302
    assert Resource.objects.count() == 1


def test_title_and_kind_are_guessed_from_the_file(world):
    made = put(world, "Mathematics_past_paper_2023.docx", an_office_paper())
    assert (made.title, made.kind) == ("Mathematics past paper 2023", "past-paper")
    assert made.file_kind == "docx"


def test_a_link_needs_no_file(world):
    made = add(
        by=world.amina,
        community=world.maths,
        about=About(title="Balance beam", kind="video", link="youtu.be/abc123"),
    )
    assert (made.link, made.size, made.edition) == ("https://youtu.be/abc123", 0, 0)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "https://u:p@evil.example/", "ftp://x.example/a", "x", "data:,x"],
)
def test_a_link_that_is_none(link, world):
    with pytest.raises(Refused, match="address"):
        add(by=world.amina, community=world.maths, about=About(title="x", link=link))


def test_neither_file_nor_link(world, sign_in):
    url = reverse("add_resource", args=[world.maths.pk])
    told = sign_in(world.amina).post(url, {"title": "Fractions for all", "kind": "book"})
    assert told.status_code == 422
    assert "choose a file, or write where it is on the web" in told.content.decode()
    assert "Fractions for all" in told.content.decode()


def test_what_is_too_heavy_is_said_with_what_to_do(world):
    with pytest.raises(Refused) as told:
        put(world, "lesson.mp4", b"\0\0\0\x20ftypisom" + b"0" * 5_100_000, title="x")
    assert "5.1 MB; at most 5 MB" in told.value.message
    assert "as a link" in told.value.message
    assert not on_disk()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("locked.pdf", a_pdf(password="x"), "password"),
        ("broken.pdf", b"%PDF-1.7 nothing more", "damaged"),
        ("macro.docx", an_office_paper(more={"word/vbaProject.bin": b"x"}), "macros"),
        ("plan.pdf", an_office_paper(), "says PDF, but inside it is DOCX"),
        ("film.mp4", a_pdf(), "says MP4, but inside it is PDF"),
        ("game.pdf", b"MZ\x90\x00" + b"\0" * 60, "program"),
        ("page.txt", b"<!doctype html><script>x</script>", "none that we know"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
        ("empty.pdf", b"", "empty"),
        ("book.epub", an_epub(script=True), "programs"),
        ("book.epub", an_epub({"META-INF/encryption.xml": '<x Algorithm="http://drm"/>'}), "password"),
        ("book.epub", zipped({"mimetype": "application/epub+zip"}), "damaged"),
        ("film.mp4", b"\0\0\0\x20ftypisom" + b"\0" * 400, "damaged"),
        ("bundle.zip", zipped({"evil.html": "x"}), "none that we know"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken(name, data, said, world):
    with pytest.raises(Refused, match=said) as told:
        put(world, name, data, title="x")
    assert told.value.field == "file"
    assert not Resource.objects.exists()
    assert not on_disk()


def test_an_e_book_shows_its_cover_and_how_it_begins(world):
    edition = put(world, "book.epub", an_epub(), title="A book").editions.get()
    assert edition.words == "The first page\nBegins.\n\nThe second & last page."
    look_into.func(edition=str(edition.pk))
    edition.refresh_from_db()
    assert edition.picture.read().startswith(b"RIFF")


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_video_forgets_where_it_was_filmed(kind, world):
    made = put(world, f"film.{kind}", a_video(kind), title="x")
    assert (made.kind, made.file_kind, made.seconds) == ("video", kind, 2)
    edition = made.editions.get()
    assert b"SEKRET" not in edition.file.read()
    look_into.func(edition=str(edition.pk))
    edition.refresh_from_db()
    assert 0 < edition.picture_size <= 12_000


def test_the_worker_draws_and_reads_a_pdf(world):
    import pikepdf

    paper = pikepdf.open(io.BytesIO(a_pdf(1, telling=False)))
    page = paper.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = paper.make_stream(b"BT /F1 24 Tf 72 700 Td (Dividing by a half) Tj ET")
    out = io.BytesIO()
    paper.save(out)
    edition = put(world, "plan.pdf", out.getvalue(), title="x").editions.get()
    before = edition.resource.version
    look_into.func(edition=str(edition.pk))
    edition.refresh_from_db()
    assert edition.words == "Dividing by a half"
    assert edition.picture_size > 0
    assert Resource.objects.get().version == before + 1
    look_into.func(edition=str(edition.pk))  # twice does no harm
    assert len(on_disk()) == 2


def test_words_of_office_papers(world):
    data = an_office_paper(
        more={"word/document.xml": "<w:p><w:t>One &lt; two</w:t></w:p><w:p><w:t>Three</w:t></w:p>"}
    )
    edition = put(world, "x.docx", data, title="x").editions.get()
    look_into.func(edition=str(edition.pk))
    assert Edition.objects.get().words == "One < two\nThree"


def test_who_may_add(world):
    for person in (world.chausiku, world.daudi, world.esther, world.farid, world.gathoni):
        with pytest.raises(NotYours):
            a_resource(world, by=person)
    with pytest.raises(NotYours):
        add(by=world.amina, programme=world.programme, about=About(title="x", link="x.example/a"))
    assert for_all(world).for_all
    world.maths.stage = "resting"
    world.maths.save()
    with pytest.raises(Refused, match="rests"):
        a_resource(world)
