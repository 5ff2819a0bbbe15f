"""How a file looks and what it says, found out by the worker."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.library.actions.editions import FOLDER
from staffroom.library.finding import remember
from staffroom.library.models import Edition, Resource


@task()
def look_into(edition: str) -> None:
    """Draw it and read it, unless that is done or it is gone. Twice does no harm."""
    found = Edition.objects.filter(pk=edition, looked_at=None).first()
    if found is None:
        return
    try:
        with found.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return
    from staffroom.library.reading import look  # its libraries are large

    picture, words = look.picture(data, found.kind), look.said(data, found.kind)
    name = ""
    if picture is not None:
        path = f"{FOLDER}/{uuid.uuid4().hex}.webp"
        name = default_storage.save(path, ContentFile(picture.data))
    if not _keep(found, name, len(picture.data) if picture else 0, words) and name:
        default_storage.delete(name)  # gone or done meanwhile


@transaction.atomic
def _keep(edition: Edition, name: str, size: int, words: str) -> bool:
    held = Edition.objects.select_for_update().filter(pk=edition.pk, looked_at=None).first()
    if held is None:
        return False
    held.picture, held.picture_size, held.looked_at = name, size, now()
    held.words = held.words or words
    held.save(update_fields=["picture", "picture_size", "words", "looked_at"])
    resource = Resource.objects.select_for_update().get(pk=held.resource_id)
    resource.version += 1
    resource.save(update_fields=["version"])
    remember(resource)
    outbox.put("resource.changed", resource=str(resource.pk), version=resource.version)
    return True
