"""The first page of a paper as a small picture, drawn by the worker."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from staffroom.conversations.actions.attached import FOLDERS, touch
from staffroom.conversations.models import Document


@task()
def draw_first_page(document: str) -> None:
    """Draw it, unless that is done or the paper is gone. Twice does no harm."""
    found = Document.objects.filter(pk=document, first_page_size=0).first()
    if found is None:
        return
    try:
        with found.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return
    from staffroom.core.documents import first_page  # its libraries are large

    picture = first_page.draw(data, found.kind)
    if picture is None:
        return
    name = default_storage.save(
        f"{FOLDERS[Document]}/{uuid.uuid4().hex}.webp", ContentFile(picture.data)
    )
    if not _keep(found, name, len(picture.data)):  # discarded or drawn meanwhile
        default_storage.delete(name)


@transaction.atomic
def _keep(document: Document, name: str, size: int) -> bool:
    held = Document.objects.select_for_update().filter(pk=document.pk, first_page_size=0).first()
    if held is None:
        return False
    held.first_page, held.first_page_size = name, size
    held.save(update_fields=["first_page", "first_page_size"])
    touch(held)
    return True
