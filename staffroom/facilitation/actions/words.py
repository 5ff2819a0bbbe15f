"""A word for me: read, and put aside."""

from django.db import transaction

from staffroom.core.clock import now
from staffroom.core.errors import NotYours
from staffroom.facilitation.models import Word
from staffroom.people.models import Person


@transaction.atomic
def put_aside(*, by: Person, word: Word) -> None:
    """It goes from Today. Whoever sent it does not learn of it, and neither does the audit."""
    if word.person_id != by.pk:
        raise NotYours
    Word.objects.filter(pk=word.pk, seen_at=None).update(seen_at=now())
