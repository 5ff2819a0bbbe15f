"""A voice note: kept small, heard by whoever may, in words where its author wrote them."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.conversations import attachments
from staffroom.conversations.actions import attached
from staffroom.conversations.actions.attached import (
    attach,
    discard,
    keep_recording,
    may_attach,
    sweep,
    transcribe,
)
from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Post, Recording
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short, uuid7
from staffroom.core.models import AuditEntry, SearchEntry
from tests.conversations.makers import a_post
from tests.core.sounds import a_recording, a_wave


def keep(world, by=None, seconds=2.0):
    return keep_recording(by=by or world.amina, community=world.maths, file=a_wave(seconds))


def upload(file=None, name="voice.webm"):
    return SimpleUploadedFile(name, (file or a_recording()).read(), content_type="audio/webm")


def on_disk():
    return set(default_storage.listdir("voice")[1]) if default_storage.exists("voice") else set()


def of_rows():
    return {name.split("/")[1] for name in Recording.objects.values_list("file", flat=True)}


def test_a_note_without_words_is_a_message(world, sign_in):
    browser = sign_in(world.amina)
    answer = browser.post(
        reverse("stream", args=[world.maths.pk]), {"text": "", "voice": upload(), "id": uuid7()}
    )
    assert answer.status_code == 302
    post = Post.objects.get()
    note = post.recordings.get()
    assert (post.text, post.attached_count, note.seconds) == ("", 1, 2)
    assert note.size == note.file.size < 6000
    page = sign_in(world.nafula).get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert 'preload="none"' in page
    assert "0:02" in page
    assert f"{max(1, round(note.size / 1000))} KB" in page


@pytest.mark.parametrize("name", ["ask", "question"])
def test_a_question_and_an_answer_may_carry_one(world, sign_in, question, name):
    place = [] if name == "ask" else [question.pk]
    sent = {"text": "Listen:", "voice": upload(), "transcript": "Fold it twice.", "language": "en"}
    answer = sign_in(world.amina).post(reverse(name, args=[world.maths.pk, *place]), sent)
    assert answer.status_code == 302
    note = Recording.objects.get()
    assert note.post.text == "Listen:"
    assert note.transcript == "Fold it twice."
    page = sign_in(world.nafula).get(answer["Location"]).content.decode()
    assert "<audio" in page
    assert "Fold it twice." in page


def test_an_hour_is_told_and_the_words_stay(world, sign_in, monkeypatch):
    from tests.core.test_sound import silent_hour

    sent = {"text": "About yesterday", "voice": upload(silent_hour(), "lesson.wav")}
    answer = sign_in(world.amina).post(reverse("stream", args=[world.maths.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lesson.wav: This recording has 60 minutes; at most 2 can be taken." in page
    assert "About yesterday" in page
    assert not Post.objects.exists()
    assert not on_disk()


def test_a_good_note_waits_when_something_else_was_wrong(world, sign_in):
    browser, url = sign_in(world.amina), reverse("ask", args=[world.maths.pk])
    told = browser.post(
        url, {"text": "", "voice": upload(), "transcript": "Twice.", "language": "en"}
    )
    note = Recording.objects.get()
    page = told.content.decode()
    assert told.status_code == 422
    assert f'value="{short(note.pk)}"' in page
    assert "Twice." in page
    assert note.post is None
    sent = {"text": "Now", "attached_id": short(note.pk), "transcript": "Twice!", "language": "en"}
    assert browser.post(url, sent).status_code == 302
    note.refresh_from_db()
    assert (note.post.text, note.transcript) == ("Now", "Twice!")


def test_it_can_be_left_out_again(world, sign_in, django_capture_on_commit_callbacks):
    note = keep(world)
    sent = {"text": "No", "attached_id": short(note.pk), "attached_remove": short(note.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(world.amina).post(reverse("stream", args=[world.maths.pk]), sent)
    assert Post.objects.get().attached_count == 0
    assert not Recording.objects.exists()
    assert not on_disk()


def test_sending_twice_keeps_one(world, django_capture_on_commit_callbacks):
    key = uuid7()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            note = keep(world)
            say(by=world.amina, community=world.maths, text="", id=key, attached=[note.pk])
    assert Recording.objects.count() == 1
    assert Post.objects.get().attached_count == 1
    assert on_disk() == of_rows()


def test_one_a_post(world):
    post = a_post(world.maths, world.amina)
    attach(post=post, by=world.amina, ids=[keep(world).pk])
    with pytest.raises(Refused, match="one voice note"):
        attach(post=post, by=world.amina, ids=[keep(world, seconds=3).pk])
    assert post.recordings.count() == 1


def test_nobody_attaches_anothers_note_or_to_anothers_post(world):
    note = keep(world)
    attach(post=a_post(world.maths, world.baraka), by=world.baraka, ids=[note.pk])
    assert Recording.objects.get().post is None
    with pytest.raises(NotYours):
        attach(post=a_post(world.maths, world.baraka), by=world.amina, ids=[note.pk])
    with pytest.raises(NotYours):
        discard(by=world.baraka, thing=note)


def test_without_a_name_only_photos_may_be_attached(world):
    assert [may_attach(kind, anonymous=True) for kind in ("photo", "voice", "file")] == [
        True,
        False,
        False,
    ]
    assert may_attach("voice", anonymous=False)
    post = a_post(world.maths, None)
    post.anonymous = True
    with pytest.raises(Refused, match="shows who sends it"):
        attach(post=post, by=world.amina, ids=[keep(world).pk])


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_outsiders_keep_none(world, who):
    with pytest.raises(NotYours):
        keep(world, by=getattr(world, who))
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
def test_who_may_hear_it(world, sign_in, state, who):
    note = keep(world)
    if state is not None:
        fields = dict.fromkeys(state, now())
        attach(post=a_post(world.maths, world.amina, **fields), by=world.amina, ids=[note.pk])
    for name in ("amina", "baraka", "nafula", "otieno", "chausiku", "daudi", "esther", "farid"):
        client = sign_in(getattr(world, name))
        answer = client.get(reverse("voice", args=[world.maths.pk, note.pk]))
        assert (answer.status_code == 200) == (name in who), name
        assert client.get(reverse("voice", args=[world.sister.pk, note.pk])).status_code == 404


def test_a_part_of_it_is_served(world, sign_in):
    note = keep(world)
    browser, url = sign_in(world.amina), reverse("voice", args=[world.maths.pk, note.pk])
    whole = browser.get(url)
    data = b"".join(whole.streaming_content)
    assert (whole.status_code, whole["Accept-Ranges"], whole["Content-Type"]) == (
        200,
        "bytes",
        "audio/webm",
    )
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert whole["Cache-Control"].startswith("private")
    size = len(data)
    for wanted, start, end in [
        ("bytes=0-", 0, size),
        ("bytes=100-199", 100, 200),
        ("bytes=-50", size - 50, size),
        (f"bytes=10-{size * 9}", 10, size),
    ]:
        part = browser.get(url, headers={"Range": wanted})
        assert part.status_code == 206
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
        assert b"".join(part.streaming_content) == data[start:end]
        assert part["Content-Length"] == str(end - start)
    beyond = browser.get(url, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "bytes=-"):
        assert browser.get(url, headers={"Range": odd}).status_code in {200, 416}
    old = {"Range": "bytes=5-", "If-Range": '"another"'}
    assert browser.get(url, headers=old).status_code == 200
    default_storage.delete(note.file.name)
    assert browser.get(url).status_code == 404


def test_its_author_puts_it_into_words_and_search_finds_them(world, sign_in):
    note = keep(world)
    post = a_post(world.maths, world.amina, "")
    attach(post=post, by=world.amina, ids=[note.pk])
    url = reverse("voice_words", args=[world.maths.pk, note.pk])
    assert sign_in(world.nafula).post(url, {"transcript": "Mine"}).status_code == 404
    assert sign_in(world.amina).get(url).status_code == 200
    assert sign_in(world.amina).post(url, {"transcript": "x" * 3001}).status_code == 422
    answer = sign_in(world.amina).post(url, {"transcript": "Quarters of an orange"})
    assert answer.status_code == 302
    post.refresh_from_db()
    assert post.version == 2
    assert "orang" in SearchEntry.objects.get(object_id=post.pk).more.split()
    found = sign_in(world.nafula).get(reverse("search"), {"q": "orange"})
    assert reverse("post", args=[world.maths.pk, post.pk]) in found.content.decode()
    assert "<mark>orange</mark>" in found.content.decode()
    assert AuditEntry.objects.get(act="recording.transcribed").detail == {}


def test_a_removed_note_is_not_put_into_words(world):
    note = keep(world)
    attach(post=a_post(world.maths, world.amina, removed_at=now()), by=world.amina, ids=[note.pk])
    with pytest.raises(NotYours):
        transcribe(by=world.amina, recording=note, transcript="No")


def test_more_leads_to_words_and_out(world, sign_in, django_capture_on_commit_callbacks):
    note = keep(world)
    post = a_post(world.maths, world.amina, "With a note")
    attach(post=post, by=world.amina, ids=[note.pk])
    browser = sign_in(world.amina)
    page = browser.get(reverse("post_more", args=[world.maths.pk, post.pk])).content.decode()
    assert reverse("voice_words", args=[world.maths.pk, note.pk]) in page
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("voice_discard", args=[world.maths.pk, note.pk]))
    post.refresh_from_db()
    assert (post.attached_count, post.version) == (0, 2)
    assert not on_disk()


def test_the_nightly_sweep(world, django_capture_on_commit_callbacks):
    with pretend(now() - dt.timedelta(hours=30)):
        keep(world)
        told = keep(world, seconds=3)
        attach(post=a_post(world.maths, world.amina), by=world.amina, ids=[told.pk])
        gone = keep(world, seconds=4)
        attach(
            post=a_post(world.maths, world.amina, removed_at=now()), by=world.amina, ids=[gone.pk]
        )
    fresh = keep(world, seconds=5)
    with django_capture_on_commit_callbacks(execute=True):
        sweep(now())
    assert set(Recording.objects.all()) == {told, fresh}
    assert on_disk() == of_rows()


def test_a_person_takes_the_notes_along(world):
    note = keep(world)
    transcribe(by=world.amina, recording=note, transcript="Twice.")
    keep(world, by=world.baraka)
    told = attachments.export(world.amina)["recordings"]
    assert [(one["transcript"], one["seconds"]) for one in told] == [("Twice.", 2)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip:
        attachments.export_files(world.amina, zip)
        assert zip.namelist() == [told[0]["file"]]
        assert zip.read(told[0]["file"]) == note.file.read()
    json.dumps(told, default=str)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_voice_goes_with_its_person_its_words_may_stay(
    world, keeps, django_capture_on_commit_callbacks
):
    from staffroom.people.actions.erase import delete_word, erase

    note = keep(world)
    transcribe(by=world.amina, recording=note, transcript="Fold it twice.")
    post = a_post(world.maths, world.amina, "Listen:")
    attach(post=post, by=world.amina, ids=[note.pk])
    with django_capture_on_commit_callbacks(execute=True):
        erase(person=world.amina, keep_contributions=keeps, typed=delete_word())
    post.refresh_from_db()
    assert post.author is None
    assert post.text == ("Listen:\n\nFold it twice." if keeps else "")
    assert not Recording.objects.exists()
    assert not on_disk()


def test_words_may_be_taken_out_of_a_post_with_a_note(world):
    from staffroom.conversations.actions.edit import edit

    post = a_post(world.maths, world.amina, "Listen:")
    with pytest.raises(Refused):
        edit(by=world.amina, post=post, text="")
    attach(post=post, by=world.amina, ids=[keep(world).pk])
    assert edit(by=world.amina, post=post, text="").text == ""


def test_the_limit_of_kinds_is_known_to_all():
    assert set(attached.MOST) == set(attached.FOLDERS) == set(attached.KINDS)


def test_the_list_of_communities_says_what_came(world):
    from staffroom.conversations.queries.news import new_in_my_communities

    post = a_post(world.maths, world.amina, "")
    attach(post=post, by=world.amina, ids=[keep(world).pk])
    news = {one.community: one for one in new_in_my_communities(world.nafula)}
    assert news[world.maths].last_line == "Voice note or file"
