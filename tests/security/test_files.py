"""What is sent as a file: never what it pretends, never under its own name, never open to whoever guesses."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from staffroom.conversations import photo_files
from staffroom.conversations.models import Photo

MARK = b"<script>alert('polyglot')</script>"


def jpeg(**options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", **options)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", MARK)
    return out.getvalue()


def located() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Phone of Amina"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    return jpeg(exif=exif.tobytes())


#: A photo that is something else besides: only its points may be kept.
POLYGLOTS = {
    "html after the picture": jpeg() + MARK,
    "an archive after the picture": jpeg() + zipped(),
    "html in its comment": jpeg(comment=MARK),
    "place and phone in it": located(),
}
NOT_PHOTOS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg after a byte order mark": b"\xef\xbb\xbf <?xml version='1.0'?><svg/>",
    "html called jpeg": b"<!doctype html><script>alert(1)</script>",
    "javascript called gif": b"GIF89a/*" + MARK + b"*/=1;",
    "a program": b"MZ\x90\x00",
    "an archive": zipped(),
    "php": b"<?php system($_GET['c']); ?>",
    "a file of one pixel that says it has a billion": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00\x00\x00\x00\x00",
}
NAMES = [
    "../../../etc/cron.d/x.jpg",
    "/etc/passwd",
    "C:\\x.jpg",
    "x.php.jpg",
    "a\x00.html",
    "‮gpj.exe",
]


def send(client, house, data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg"):
    from staffroom.core.ids import short

    file = SimpleUploadedFile("x.jpg", data, kind)
    file._name = name  # as the wire brings it, before Django cleans it
    return client.post(
        f"/c/{short(house.maths.pk)}/", {"text": "Look", "photo": file, "shows": "nobody"}
    )


@pytest.mark.parametrize("what", POLYGLOTS)
def test_only_the_points_of_a_photo_are_kept(what, world, sign_in):
    assert send(sign_in(world.amina), world, POLYGLOTS[what]).status_code == 302
    photo = Photo.objects.get()
    for field in (photo.file, photo.small):
        kept = field.read()
        assert kept.startswith(b"RIFF")
        assert MARK not in kept
        assert b"PK\x03\x04" not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "comment"} & set(picture.info)


@pytest.mark.parametrize("what", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(what, world, sign_in):
    client = sign_in(world.amina)
    assert send(client, world, NOT_PHOTOS[what]).status_code == 422
    assert not Photo.objects.exists()
    mine = SimpleUploadedFile("me.jpg", NOT_PHOTOS[what], "image/jpeg")
    assert client.post("/me/photo", {"photo": mine}).status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_not_used(name, world, sign_in, settings):
    assert send(sign_in(world.amina), world, jpeg(), name).status_code == 302
    photo = Photo.objects.get()
    assert photo.file.name.startswith("photos/")
    assert len(photo.file.name) == len("photos/") + 32 + len(".webp")
    kept = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert {f"photos/{path.name}" for path in kept} == set(photo_files.names(photo))


def test_no_file_is_served_by_its_place_on_the_disk(house, sign_in):
    name = house.photo.file.name
    assert default_storage.exists(name)
    client = sign_in(house.amina)
    for path in (
        f"/f/{name}",
        f"/{name}",
        f"/static/{name}",
        f"/static/../{name}",
        f"/media/{name}",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/secret-key", "/static/../secret-key", "/staffroom.sqlite3", "/static/"],
)
def test_nothing_of_the_data_folder_is_served(path, db, client):
    assert client.get(path).status_code == 404


def test_a_photo_is_open_to_those_inside_alone(house, sign_in):
    from staffroom.core.ids import short

    inside = {"amina", "baraka", "nafula", "otieno", "chausiku"}
    everybody = inside | {"daudi", "esther", "farid", "gathoni", "hamisi", "nobody"}
    base = f"/c/{short(house.maths.pk)}/photo/{short(house.photo.pk)}"
    for name in everybody:
        for path in (base, f"{base}/small"):
            response = sign_in(getattr(house, name, None)).get(path)
            if name in inside:
                assert response.status_code == 200, name
                assert response["Content-Type"] == "image/webp"
                assert "sandbox" in response["Content-Security-Policy"]
            else:
                assert response.status_code in {302, 404}, name
    # through another community of which one is a member
    other = f"/c/{short(house.sister.pk)}/photo/{short(house.photo.pk)}"
    assert sign_in(house.daudi).get(other).status_code == 404


def test_the_face_of_a_colleague_is_open_to_those_who_meet(house, sign_in):
    from staffroom.core.ids import short

    path = f"/people/{short(house.nafula.pk)}/photo"
    assert sign_in(house.amina).get(path).status_code == 200
    for name in ("daudi", "esther", "farid", "gathoni", "hamisi"):
        assert sign_in(getattr(house, name)).get(path).status_code == 404, name
