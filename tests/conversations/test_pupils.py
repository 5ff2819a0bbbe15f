"""Photos that show pupils: asked at the sending, covered at one tap, decided by the moderator."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.conversations.actions.decide import decide, undo
from staffroom.conversations.actions.photos import attach
from staffroom.conversations.actions.report import appeal, flag, report
from staffroom.conversations.models import Photo, Post, Report
from staffroom.conversations.queries.reports import cases_for
from staffroom.core.errors import NotYours, Refused
from tests.conversations.makers import a_picture, a_post


@pytest.fixture
def shown(world):
    post = a_post(world.maths, world.otieno, "We count with stones")
    attach(post=post, by=world.otieno, files=[a_picture()])
    return post


def upload():
    return SimpleUploadedFile("x.jpg", a_picture().read(), "image/jpeg")


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        ("", 422, "Say whether a pupil can be known"),
        ("nonsense", 422, "Say whether a pupil can be known"),
        ("pupil", 422, "ask the parents first"),
        ("nobody", 302, ""),
        ("agreed", 302, ""),
        ("masked", 302, ""),
    ],
)
def test_the_sender_is_asked(world, sign_in, answer, status, says):
    url = reverse("stream", args=[world.maths.pk])
    response = sign_in(world.amina).post(url, {"text": "Look", "photo": upload(), "shows": answer})
    assert response.status_code == status
    assert says in response.content.decode()
    photo = Photo.objects.get()
    assert photo.shows == (answer if status == 302 else "")
    assert (photo.post is not None) == (status == 302)


def test_the_kept_photo_needs_only_the_answer(world, sign_in):
    from staffroom.core.ids import short

    client, url = sign_in(world.amina), reverse("ask", args=[world.maths.pk])
    page = client.post(url, {"text": "Look?", "language": "en", "photo": upload()}).content.decode()
    photo = Photo.objects.get()
    assert short(photo.pk) in page
    sent = {"text": "Look?", "language": "en", "photo_id": short(photo.pk), "shows": "masked"}
    assert client.post(url, sent).status_code == 302
    photo.refresh_from_db()
    assert (photo.shows, photo.post.text) == ("masked", "Look?")


def test_without_a_photo_nothing_is_asked(world, sign_in):
    url = reverse("stream", args=[world.maths.pk])
    assert sign_in(world.amina).post(url, {"text": "Good morning"}).status_code == 302


def test_without_a_name_it_is_asked_as_well(world, sign_in):
    url = reverse("ask_without_name", args=[world.maths.pk])
    sent = {"text": "Look?", "language": "en", "sure": "1"}
    answer = sign_in(world.amina).post(url, sent | {"photo": upload()})
    assert "Say whether a pupil can be known" in answer.content.decode()
    sign_in(world.amina).post(url, sent | {"photo": upload(), "shows": "nobody"})
    assert Photo.objects.get().shows == "nobody"


def test_one_tap_covers_it_until_the_moderator_has_looked(world, sign_in, shown):
    url, photo = reverse("flag", args=[world.maths.pk, shown.pk]), shown.photos.get()
    stream = reverse("stream", args=[world.maths.pk])
    assert url in sign_in(world.amina).get(stream).content.decode()
    piece = sign_in(world.amina).post(url, HTTP_HX_REQUEST="true").content.decode()
    assert "A photo is covered" in piece
    assert "We count with stones" in piece
    small = reverse("photo_small", args=[world.maths.pk, photo.pk])
    for who, status in (("amina", 404), ("nafula", 404), ("otieno", 200), ("baraka", 200)):
        assert sign_in(getattr(world, who)).get(small).status_code == status, who
    assert sign_in(world.baraka).get(small)["Cache-Control"] == "no-store"
    page = sign_in(world.baraka).get(reverse("decide", args=[world.maths.pk, shown.pk]))
    assert small in page.content.decode()
    assert "A pupil can be seen" in page.content.decode()
    Photo.objects.update(shows="agreed")
    page = sign_in(world.baraka).get(reverse("decide", args=[world.maths.pk, shown.pk]))
    assert "the parents have agreed" in page.content.decode()


def test_found_fine_it_is_seen_again_and_not_covered_anew(world, sign_in, shown):
    flag(by=world.amina, post=shown)
    decide(by=world.baraka, post=shown, choice="kept")
    photo = shown.photos.get()
    assert photo.covered_at is None
    assert photo.cleared_at is not None
    flag(by=world.nafula, post=shown)
    assert shown.photos.get().covered_at is None
    assert cases_for(world.baraka, world.maths)


def test_covered_the_words_stay_and_the_author_may_appeal(world, sign_in, shown):
    report(by=world.amina, post=shown, reason="pupil", note="Her face")
    assert shown.photos.get().covered_at is not None
    made = decide(by=world.baraka, post=shown, choice="covered", why="Ask the parents first.")
    shown.refresh_from_db()
    assert shown.hidden_at is None
    word = sign_in(world.otieno).get(reverse("word", args=[world.maths.pk, shown.pk]))
    assert "Your words stay; the photo is covered" in word.content.decode()
    report(by=world.nafula, post=shown, reason="unkind")
    decide(by=world.baraka, post=shown, choice="kept")
    assert shown.photos.get().covered_at is not None  # that was about the words
    appeal(by=world.otieno, post=shown, note="The parents have signed")
    decide(by=world.chausiku, post=shown, choice="kept")
    assert shown.photos.get().covered_at is None
    made.refresh_from_db()
    assert made.undone_at is not None


def test_taken_back_it_is_covered_until_it_is_decided_anew(world, shown):
    flag(by=world.amina, post=shown)
    made = decide(by=world.baraka, post=shown, choice="kept")
    undo(by=world.baraka, decision=made)
    assert shown.photos.get().covered_at is not None
    assert Report.objects.filter(decision=None).count() == 1


def test_moving_a_thread_does_not_uncover(world, shown):
    from staffroom.conversations.actions import move

    flag(by=world.amina, post=shown)
    move(by=world.baraka, post=shown, room="tea")
    assert shown.photos.get().covered_at is not None


def test_a_post_without_photo_or_of_ones_own(world, shown):
    with pytest.raises(NotYours):
        flag(by=world.amina, post=a_post(world.maths, world.otieno))
    with pytest.raises(Refused):
        flag(by=world.otieno, post=shown)


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_nobody_from_outside_flags(world, sign_in, shown, who):
    url = reverse("flag", args=[world.maths.pk, shown.pk])
    assert sign_in(getattr(world, who)).post(url).status_code == 404
    assert Post.objects.get().photos.get().covered_at is None
