import datetime as dt
import io
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse
from PIL import ExifTags, Image

from staffroom.conversations import photo_files
from staffroom.conversations.actions.photos import attach, discard, keep, sweep
from staffroom.conversations.forms.tray import Tray
from staffroom.conversations.models import Photo, Report
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from tests.conversations.makers import a_picture, a_post


def files_on_disk():
    return set(default_storage.listdir("photos")[1]) if default_storage.exists("photos") else set()


def files_of_rows():
    return {name.split("/")[1] for name in photo_files.names_in_rows()}


def with_everything_it_knows() -> io.BytesIO:
    """A photo with place, time, phone, comment, XMP and an ICC profile's text."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Tecno-SEKRET"
    exif[ExifTags.Base.Artist] = "Amina-SEKRET"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "S", (0.0, 55.0, 48.0)
    return a_picture(
        exif=exif,
        comment=b"SEKRET comment",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SEKRET</x:xmpmeta>",
        icc_profile=b"SEKRET profile",
    )


def test_nothing_is_kept_but_the_picture(world):
    photo = keep(by=world.amina, community=world.maths, file=with_everything_it_knows())
    for field in (photo.file, photo.small):
        data = field.read()
        assert b"SEKRET" not in data
        picture = Image.open(io.BytesIO(data))
        assert picture.format == "WEBP"
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
    assert (photo.width, photo.height) == (900, 600)
    assert (photo.size, photo.small_size) == (photo.file.size, photo.small.size)
    assert len(set(photo_files.names(photo))) >= 4
    assert "amina" not in photo.file.name.lower()
    assert photo.pk.hex not in photo.file.name


def test_a_photo_of_a_phone_becomes_small(world):
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG")
    photo = keep(by=world.amina, community=world.maths, file=file)
    assert max(photo.width, photo.height) <= 1280
    assert photo.size <= 160_000
    assert photo.small_size <= 24_000


def bomb() -> io.BytesIO:
    """A PNG of a few KB that says it has 900 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    head = (30_000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    data = zlib.compress(b"\0" * 3_000_000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 500
BAD = {
    "40 MB": (lambda: io.BytesIO(b"\xff\xd8\xff" + b"\0" * 40_000_000), "40 MB; at most 12 MB"),
    "program": (lambda: io.BytesIO(b"MZ\x90\x00" + b"\0" * 500), "program"),
    "bomb": (bomb, "too many points"),
    "svg": (
        lambda: io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        "SVG",
    ),
    "truncated": (lambda: io.BytesIO(a_picture((2000, 1500)).read()[:9000]), "damaged"),
    "heic": (lambda: io.BytesIO(HEIC), "HEIC"),
    "empty": (io.BytesIO, "empty"),
    "text": (lambda: io.BytesIO(b"not a photo at all"), "not a photo"),
    "html": (lambda: io.BytesIO(b"<!doctype html><script>alert(1)</script>"), "SVG"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_a_photo_is_said_and_the_good_ones_wait(world, kind):
    make, says = BAD[kind]
    bad = make()
    tray = sent(world.amina, world.maths, files=[a_picture(), bad])
    assert len(tray.photos) == 1
    assert len(tray.problems) == 1
    assert says in tray.problems[0]
    with pytest.raises(Refused):
        tray.check()
    assert files_on_disk() == files_of_rows()
    again = sent(world.amina, world.maths, kept=tray.ids)
    assert again.ids == tray.ids
    again.check()


def sent(person, community, files=(), kept=(), left_out=()):
    """The tray of a form as the browser sends it."""
    uploads = []
    for number, file in enumerate(files):
        upload = ContentFile(file.read(), name=f"IMG_{number}.jpg")
        upload.content_type = "image/jpeg"
        uploads.append(upload)
    request = RequestFactory().post(
        "/",
        {
            "photo": uploads,
            "photo_id": [short(pk) for pk in kept],
            "photo_remove": [short(pk) for pk in left_out],
            "shows": "nobody",
        },
    )
    request.user = person
    return Tray.sent(request, community)


def test_at_most_four(world):
    pictures = [a_picture(colour=colour) for colour in ("red", "green", "blue", "pink", "tan")]
    tray = sent(world.amina, world.maths, files=pictures)
    assert len(tray.photos) == 4
    assert tray.room == 0
    assert len(tray.problems) == 1
    post = a_post(world.maths, world.amina)
    attach(post=post, by=world.amina, photos=tray.ids)
    more = keep(by=world.amina, community=world.maths, file=a_picture(colour="black"))
    with pytest.raises(Refused, match="4 photos"):
        attach(post=post, by=world.amina, photos=[more.pk])


def test_sending_twice_attaches_once(world, django_capture_on_commit_callbacks):
    post = a_post(world.maths, world.amina)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tray = sent(world.amina, world.maths, files=[a_picture()])
            attach(post=post, by=world.amina, photos=tray.ids)
    assert post.photos.count() == 1
    assert Photo.objects.count() == 1
    assert files_on_disk() == files_of_rows()


def test_the_same_photo_waits_once(world):
    tray = sent(world.amina, world.maths, files=[a_picture(), a_picture()])
    assert len(tray.photos) == 1
    assert files_on_disk() == files_of_rows()
    assert Photo.objects.count() == 1


def test_only_my_own_waiting_photos_of_this_community(world):
    mine = keep(by=world.amina, community=world.maths, file=a_picture())
    assert sent(world.baraka, world.maths, kept=[mine.pk]).photos == []
    assert sent(world.amina, world.sister, kept=[mine.pk]).photos == []
    assert attach(post=a_post(world.maths, world.baraka), by=world.baraka, photos=[mine.pk]) == []
    with pytest.raises(NotYours):
        attach(post=a_post(world.maths, world.baraka), by=world.amina, photos=[mine.pk])
    with pytest.raises(NotYours):
        discard(by=world.baraka, photo=mine)


def test_left_out_is_gone(world, django_capture_on_commit_callbacks):
    one = keep(by=world.amina, community=world.maths, file=a_picture())
    two = keep(by=world.amina, community=world.maths, file=a_picture(colour="red"))
    with django_capture_on_commit_callbacks(execute=True):
        tray = sent(world.amina, world.maths, kept=[one.pk, two.pk], left_out=[one.pk])
    assert tray.ids == [two.pk]
    assert files_on_disk() == files_of_rows()


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_outsiders_keep_no_photos(world, who):
    with pytest.raises(NotYours):
        keep(by=getattr(world, who), community=world.maths, file=a_picture())
    assert not files_on_disk()


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ({}, {"amina", "baraka", "nafula", "otieno", "chausiku"}),
        ({"removed_at": "now"}, {"amina"}),
        ({"hidden_at": "now"}, {"amina", "baraka"}),
        (None, {"amina"}),
    ],
)
def test_who_may_see_it(world, sign_in, state, who):
    photo = keep(by=world.amina, community=world.maths, file=a_picture())
    if state is not None:
        fields = dict.fromkeys(state, now())
        attach(post=a_post(world.maths, world.amina, **fields), by=world.amina, photos=[photo.pk])
    for name in ("amina", "baraka", "nafula", "otieno", "chausiku", "daudi", "esther", "farid"):
        client = sign_in(getattr(world, name))
        for page in ("photo", "photo_small"):
            answer = client.get(reverse(page, args=[world.maths.pk, photo.pk]))
            assert (answer.status_code == 200) == (name in who), (name, page)
        assert client.get(reverse("photo", args=[world.sister.pk, photo.pk])).status_code == 404


def test_it_is_served_as_a_picture_and_nothing_else(world, sign_in):
    photo = keep(by=world.amina, community=world.maths, file=a_picture())
    answer = sign_in(world.amina).get(reverse("photo", args=[world.maths.pk, photo.pk]))
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Disposition"] == 'inline; filename="photo.webp"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Cookie" in answer["Vary"]
    assert b"".join(answer.streaming_content) == photo.file.read()


def test_a_lost_file_is_a_page_that_is_not_here(world, sign_in):
    photo = keep(by=world.amina, community=world.maths, file=a_picture())
    default_storage.delete(photo.file.name)
    answer = sign_in(world.amina).get(reverse("photo", args=[world.maths.pk, photo.pk]))
    assert answer.status_code == 404


def test_the_nightly_sweep(world, django_capture_on_commit_callbacks):
    with pretend(now() - dt.timedelta(hours=30)):
        keep(by=world.amina, community=world.maths, file=a_picture())
        gone = keep(by=world.amina, community=world.maths, file=a_picture(colour="red"))
        attach(
            post=a_post(world.maths, world.amina, removed_at=now()),
            by=world.amina,
            photos=[gone.pk],
        )
        reported = keep(by=world.amina, community=world.maths, file=a_picture(colour="pink"))
        post = a_post(world.maths, world.amina, removed_at=now())
        attach(post=post, by=world.amina, photos=[reported.pk])
        Report.objects.create(post=post, reporter=world.otieno, reason="pupil")
        told = keep(by=world.amina, community=world.maths, file=a_picture(colour="blue"))
        attach(post=a_post(world.maths, world.amina), by=world.amina, photos=[told.pk])
    fresh = keep(by=world.amina, community=world.maths, file=a_picture(colour="tan"))
    default_storage.save("photos/orphan.webp", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        sweep(now())
    assert set(Photo.objects.all()) == {reported, told, fresh}
    assert files_on_disk() == files_of_rows() | {"orphan.webp"}
    with django_capture_on_commit_callbacks(execute=True):
        sweep(now() + dt.timedelta(hours=25))
    assert set(Photo.objects.all()) == {reported, told}
    assert files_on_disk() == files_of_rows()


@pytest.mark.django_db(transaction=True)
def test_when_the_row_does_not_commit_the_file_is_swept(world):
    with transaction.atomic():
        keep(by=world.amina, community=world.maths, file=a_picture())
        transaction.set_rollback(True)
    assert not Photo.objects.exists()
    sweep(now() + dt.timedelta(days=2))
    assert not files_on_disk()


def test_the_owner_takes_a_photo_out_of_a_post(world, sign_in, django_capture_on_commit_callbacks):
    photo = keep(by=world.amina, community=world.maths, file=a_picture())
    post = a_post(world.maths, world.amina)
    attach(post=post, by=world.amina, photos=[photo.pk])
    url = reverse("photo_discard", args=[world.maths.pk, photo.pk])
    assert sign_in(world.baraka).post(url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        discard(by=world.amina, photo=photo)
    post.refresh_from_db()
    assert post.version == 2
    assert not Photo.objects.exists()
    assert not files_on_disk()
