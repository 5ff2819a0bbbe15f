"""Papers in posts: known by their content, fetched under their own name, drawn by the worker."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.conversations import attachments
from staffroom.conversations.actions.attached import attach, discard, keep_document, sweep
from staffroom.conversations.actions.first_pages import draw_first_page
from staffroom.conversations.models import Document, Post
from staffroom.core import jobs
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import SearchEntry
from staffroom.people.actions.erase import delete_word, erase
from staffroom.places.actions.programmes import set_file_limit
from tests.conversations.makers import a_post
from tests.core.papers import SECRET, a_pdf, an_office_paper


def keep(world, name="Plan.pdf", data=None, by=None):
    file = io.BytesIO(data or a_pdf())
    return keep_document(by=by or world.amina, community=world.maths, file=file, name=name)


def upload(name="Plan.pdf", data=None):
    return SimpleUploadedFile(name, data or a_pdf(), content_type="application/octet-stream")


def on_disk():
    return set(default_storage.listdir("papers")[1]) if default_storage.exists("papers") else set()


def of_rows():
    rows = Document.objects.values_list("file", "first_page")
    return {name.split("/")[1] for row in rows for name in row if name}


def test_a_paper_is_sent_with_a_message_and_fetched_under_its_name(world, sign_in):
    sent = {"text": "For tomorrow", "file": upload("درجہ ششم plan.pdf")}
    answer = sign_in(world.amina).post(reverse("stream", args=[world.maths.pk]), sent)
    assert answer.status_code == 302
    paper = Document.objects.get()
    assert (paper.name, paper.kind, paper.pages) == ("درجہ ششم plan.pdf", "pdf", 2)
    assert Post.objects.get().attached_count == 1
    page = sign_in(world.nafula).get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert "درجہ ششم plan.pdf" in page
    assert "2 pages" in page
    got = sign_in(world.nafula).get(reverse("paper", args=[world.maths.pk, paper.pk]))
    data = b"".join(got.streaming_content)
    assert SECRET.encode() not in data
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%D8%AF")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got["Content-Length"] == str(paper.size) == str(len(data))


def test_what_cannot_be_taken_is_said_and_the_good_one_waits(world, sign_in):
    files = [upload("Plan.docx", an_office_paper()), upload("fake.docx", b"Dear colleagues")]
    sent = {"text": "Two papers", "file": files, "language": "en"}
    browser, url = sign_in(world.amina), reverse("ask", args=[world.maths.pk])
    told = browser.post(url, sent)
    page = told.content.decode()
    assert told.status_code == 422
    assert "fake.docx: This file is none that we know." in page
    assert "Two papers" in page
    paper = Document.objects.get()
    assert f'value="{short(paper.pk)}"' in page
    again = {"text": "One paper", "attached_id": short(paper.pk), "language": "en"}
    assert browser.post(url, again).status_code == 302
    paper.refresh_from_db()
    assert paper.post.text == "One paper"


def test_two_a_post(world, sign_in):
    papers = [keep(world, f"{n}.pdf", a_pdf(pages=n)) for n in (1, 2, 3)]
    post = a_post(world.maths, world.amina)
    with pytest.raises(Refused, match="2 files"):
        attach(post=post, by=world.amina, ids=[paper.pk for paper in papers])
    attach(post=post, by=world.amina, ids=[paper.pk for paper in papers[:2]])
    post.refresh_from_db()
    assert post.attached_count == 2
    assert SearchEntry.objects.get(object_id=post.pk).more == "1 pdf 2 pdf"


def test_the_programme_says_how_much_one_may_weigh(world, sign_in):
    world.programme.file_limit_kb = 1000
    world.programme.save()
    heavy = {"text": "x", "file": upload("big.pdf", b"%PDF-" + b"0" * 1_100_000)}
    told = sign_in(world.amina).post(reverse("stream", args=[world.maths.pk]), heavy)
    assert "at most 1 MB can be taken" in told.content.decode()
    page = sign_in(world.amina).get(reverse("ask", args=[world.maths.pk])).content.decode()
    assert "1 MB" in page


def test_the_administrator_sets_the_limit(world, sign_in):
    browser, url = sign_in(world.hamisi), reverse("file_limit")
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"megabytes": "51"}).status_code == 422
    assert browser.post(url, {"megabytes": "8"}).status_code == 302
    world.programme.refresh_from_db()
    assert world.programme.file_limit_kb == 8000
    for person in (world.amina, world.gathoni, world.esther):
        with pytest.raises(NotYours):
            set_file_limit(by=person, programme=world.programme, megabytes=5)
    with pytest.raises(Refused):
        set_file_limit(by=world.hamisi, programme=world.programme, megabytes=0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_draws_the_first_page(world, sign_in):
    paper = keep(world)
    post = a_post(world.maths, world.amina)
    attach(post=post, by=world.amina, ids=[paper.pk])
    assert sign_in(world.nafula).get(first_page(world, paper)).status_code == 404
    jobs.run_due("here")
    paper.refresh_from_db()
    post.refresh_from_db()
    assert 0 < paper.first_page_size <= 12_000
    assert post.version == 2
    got = sign_in(world.nafula).get(first_page(world, paper))
    assert got["Content-Type"] == "image/webp"
    assert sign_in(world.esther).get(first_page(world, paper)).status_code == 404
    page = sign_in(world.nafula).get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert "First page" in page
    draw_first_page.call(document=str(paper.pk))
    assert on_disk() == of_rows()


def first_page(world, paper):
    return reverse("first_page", args=[world.maths.pk, paper.pk])


@pytest.mark.django_db(transaction=True)
def test_a_paper_discarded_meanwhile_is_not_drawn(world, django_capture_on_commit_callbacks):
    paper = keep(world)
    with django_capture_on_commit_callbacks(execute=True):
        discard(by=world.amina, thing=paper)
    jobs.run_due("here")
    draw_first_page.call(document=str(paper.pk))
    assert not on_disk()


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ({}, {"amina", "baraka", "nafula", "otieno", "chausiku"}),
        ({"removed_at": "now"}, {"amina"}),
        ({"hidden_at": "now"}, {"amina", "baraka"}),
        (None, {"amina"}),
    ],
)
def test_who_may_have_it(world, sign_in, state, who):
    paper = keep(world)
    if state is not None:
        fields = dict.fromkeys(state, now())
        attach(post=a_post(world.maths, world.amina, **fields), by=world.amina, ids=[paper.pk])
    for name in ("amina", "baraka", "nafula", "otieno", "chausiku", "daudi", "esther", "farid"):
        client = sign_in(getattr(world, name))
        answer = client.get(reverse("paper", args=[world.maths.pk, paper.pk]))
        assert (answer.status_code == 200) == (name in who), name
        assert client.get(reverse("paper", args=[world.sister.pk, paper.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_it_is_taken_out_and_swept(world, sign_in, django_capture_on_commit_callbacks):
    with pretend(now() - dt.timedelta(hours=30)):
        keep(world, "waiting.pdf", a_pdf(pages=1))
        told = keep(world, "told.pdf", a_pdf(pages=2))
        attach(post=a_post(world.maths, world.amina), by=world.amina, ids=[told.pk])
        jobs.run_due("here")
    with django_capture_on_commit_callbacks(execute=True):
        sweep(now())
    assert list(Document.objects.all()) == [told]
    assert on_disk() == of_rows()
    url = reverse("paper_discard", args=[world.maths.pk, told.pk])
    assert sign_in(world.baraka).post(url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(world.amina).post(url).status_code == 302
    assert Post.objects.get().attached_count == 0
    assert not on_disk()


def test_a_person_takes_papers_along_and_they_go_or_stay(world, django_capture_on_commit_callbacks):
    paper = keep(world)
    post = a_post(world.maths, world.amina, "Here it is")
    attach(post=post, by=world.amina, ids=[paper.pk])
    waiting = keep(world, "later.pdf", a_pdf(pages=5))
    told = attachments.export(world.amina)["papers"]
    assert [one["name"] for one in told] == ["Plan.pdf", "later.pdf"]
    with zipfile.ZipFile(io.BytesIO(), "w") as zip:
        attachments.export_files(world.amina, zip)
        assert zip.namelist() == [one["file"] for one in told]
    with django_capture_on_commit_callbacks(execute=True):
        erase(person=world.amina, keep_contributions=True, typed=delete_word())
    paper.refresh_from_db()
    assert paper.owner is None
    assert not Document.objects.filter(pk=waiting.pk).exists()


def test_papers_go_with_the_words(world, django_capture_on_commit_callbacks):
    paper = keep(world)
    attach(post=a_post(world.maths, world.amina), by=world.amina, ids=[paper.pk])
    with django_capture_on_commit_callbacks(execute=True):
        erase(person=world.amina, keep_contributions=False, typed=delete_word())
    assert not Document.objects.exists()
    assert not on_disk()


def test_logs_and_audit_know_no_name_of_a_paper(world):
    from staffroom.core.models import AuditEntry

    keep(world, "Amina on pupil Kamau.pdf")
    said = str(list(AuditEntry.objects.values_list("act", "detail")))
    assert "document.kept" in said
    assert "Kamau" not in said
