"""Each browser gets a photo in the best format that it takes, and is told its KB before."""

import io
import random
import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from staffroom.conversations import photo_files
from staffroom.conversations.actions import photos
from staffroom.conversations.actions.photos import attach, catch_up, discard, keep
from staffroom.conversations.models import Photo
from staffroom.core import looks, outbox
from staffroom.core.clock import now
from staffroom.core.picture_forms import drawn
from tests.conversations.makers import a_picture, a_post

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PAGES = {"photo": "", "photo_small": "_small"}


def a_board(size=(900, 600)) -> io.BytesIO:
    """Chalk on a board: something that has details to keep."""
    chance = random.Random(4)
    board = Image.effect_noise((size[0] // 6, size[1] // 6), 60).resize(size).convert("RGB")
    for _ in range(60):
        at = chance.randrange(size[0] - 90), chance.randrange(size[1] - 12)
        board.paste("white", (*at, at[0] + 90, at[1] + 4))
    out = io.BytesIO()
    board.save(out, "JPEG", quality=95, comment=b"SEKRET")
    out.seek(0)
    out.name = "board.jpg"
    return out


@pytest.fixture
def photo(world):
    kept = keep(by=world.amina, community=world.maths, file=a_board())
    attach(post=a_post(world.maths, world.amina), by=world.amina, photos=[kept.pk])
    return Photo.objects.get()


def get(client, photo, page="photo_small", accept=None):
    headers = {"accept": accept} if accept else {}
    answer = client.get(reverse(page, args=[photo.community_id, photo.pk]), headers=headers)
    return answer["Content-Type"], b"".join(answer.streaming_content), answer


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("image/avif,image/webp,image/apng,image/*,*/*;q=0.8", "avif"),
        ("image/webp,image/png,image/*;q=0.8,*/*;q=0.5", "webp"),
        ("image/png,image/*;q=0.8,*/*;q=0.5", "jpeg"),
        (None, "webp"),
        ("*/*", "webp"),
        ("\x00;;;,", "webp"),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_the_best_that_the_browser_takes(world, sign_in, photo, page, accept, form):
    kind, data, answer = get(sign_in(world.nafula), photo, page, accept)
    field = {"webp": "small" if PAGES[page] else "file"}.get(form, form + PAGES[page])
    assert kind == f"image/{form}"
    assert data == getattr(photo, field).read()
    assert Image.open(io.BytesIO(data)).format == form.upper()
    assert "Accept" in answer["Vary"]
    assert answer["Content-Disposition"] == f'inline; filename="photo.{form}"'


def test_no_format_carries_what_the_file_knew_and_none_is_too_heavy(photo):
    for field, size in photo_files.FILES.items():
        data = getattr(photo, field).read()
        assert b"SEKRET" not in data
        assert len(data) == getattr(photo, size)
        assert len(data) <= (24_000 if "small" in field else 160_000)
    assert photo.avif_size < photo.size
    assert photo.avif_small_size < photo.small_size


def test_the_page_tells_the_kb_of_the_format_that_will_come(world, sign_in, photo):
    client = sign_in(world.nafula)
    page = reverse("stream", args=[world.maths.pk])
    for accept, form in ((CHROME, "avif_small"), ("text/html,image/png,image/*", "jpeg_small")):
        said = client.get(page, headers={"accept": accept}).content.decode()
        size = getattr(photo, photo_files.FILES[form])
        assert (
            f'<b class="kb"><bdi dir="ltr">{max(1, round(size / 1000))} KB</bdi></b></span>' in said
        )
        again = client.get(page).content.decode()  # the browser says nothing: what it said before
        assert f"{max(1, round(size / 1000))} KB" in again


def test_twelve_colours_stand_where_the_photo_will(world, sign_in, photo):
    assert re.fullmatch("[0-9a-f]{36}", photo.hint)
    said = sign_in(world.nafula).get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert f'<svg viewBox="0 0 {photo.width} {photo.height}" aria-hidden="true">' in said
    assert "style=" not in said
    assert "data:image" not in said
    assert "by Amina Hassan" in said


def test_words_alone_have_neither_colours_nor_icon_but_the_kb(world, sign_in, photo):
    world.nafula.text_only = True
    world.nafula.save()
    said = sign_in(world.nafula).get(reverse("stream", args=[world.maths.pk])).content.decode()
    link = re.search(r'<a class="file photo".*?</a>', said)[0]
    assert "svg" not in link
    assert "KB" in link
    other = sign_in(world.otieno).get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert "<svg viewBox" in other


def test_one_colour_is_one_line():
    assert drawn("fff" * 12, 400, 300).count("<path") == 1
    assert drawn("", 400, 300) == ""


def test_all_formats_go_with_the_photo(world, django_capture_on_commit_callbacks, photo):
    assert len(default_storage.listdir("photos")[1]) == 6
    with django_capture_on_commit_callbacks(execute=True):
        discard(by=world.amina, photo=photo)
    assert not default_storage.listdir("photos")[1]


def test_an_older_photo_gets_them_at_night(world, photo):
    names = [getattr(photo, field).name for field in ("avif", "avif_small", "jpeg", "jpeg_small")]
    photo_files.delete(names)
    Photo.objects.update(hint="", avif="", avif_small="", jpeg="", jpeg_small="", avif_size=0)
    catch_up(now())
    catch_up(now())
    while outbox.deliver():
        pass
    photo.refresh_from_db()
    assert len(photo.hint) == 36
    assert Image.open(photo.jpeg_small.open()).format == "JPEG"
    assert len(default_storage.listdir("photos")[1]) == len(photo_files.names(photo))


def test_a_photo_that_gains_nothing_stays_as_it_is(world, monkeypatch):
    monkeypatch.setattr("staffroom.core.picture_forms.WORTH", 0.0)
    kept = keep(by=world.amina, community=world.maths, file=a_picture())
    assert (kept.avif.name, kept.avif_size) == ("", 0)
    file, form, size = photo_files.chosen(kept, looks.AVIF, small=True)
    assert (file.name, form, size) == (kept.small.name, "webp", kept.small_size)


def test_a_disk_that_fills_midway_leaves_nothing(world, monkeypatch):
    write, count = photo_files._write, iter(range(99))

    def full(data, field):
        if next(count) == 3:
            raise OSError
        return write(data, field)

    monkeypatch.setattr(photo_files, "_write", full)
    with pytest.raises(OSError):
        photos.keep(by=world.amina, community=world.maths, file=a_board())
    assert not default_storage.listdir("photos")[1]
