"""A kept file is on the disk before anybody says so."""

import os

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from staffroom.core import files


def test_file_and_folder_are_written_through(monkeypatch, settings):
    seen = []
    real = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: (seen.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle)),
    )
    name = default_storage.save("photos/a.webp", ContentFile(b"x"))
    folder = str(settings.MEDIA_ROOT / "photos")
    assert seen == [f"{folder}/{name.split('/')[1]}", folder]


def test_it_is_the_storage_of_the_product():
    assert isinstance(storages["default"], files.Storage)
