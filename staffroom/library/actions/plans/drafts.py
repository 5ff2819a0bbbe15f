"""What somebody is writing: kept at Staffroom after a rest, and the others see that they write."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.texts import plain
from staffroom.library.actions.plans.common import MAX_TEXT, check_write
from staffroom.library.models import PlanSection, SectionDraft, SectionWriting
from staffroom.people.models import Person

#: A draft that comes on a slow way after its text was sent is not kept.
LATE = dt.timedelta(minutes=5)


@transaction.atomic
def keep(*, by: Person, section: PlanSection, text: str, based_on: int) -> None:
    """Keep the draft; none where nothing differs from what stands or was sent a moment ago."""
    check_write(by, section.plan)
    words = plain(text)
    if len(words) > max(MAX_TEXT * 2, len(section.text)):
        raise Refused(_("This is too long to be kept at Staffroom; it is kept on this phone."))
    sent = SectionWriting.objects.filter(section=section, by=by, text=words, at__gt=now() - LATE)
    if words == section.text or sent.exists():
        SectionDraft.objects.filter(section=section, person=by).delete()
        return
    SectionDraft.objects.update_or_create(
        section=section,
        person=by,
        defaults={
            "text": words,
            "based_on": max(0, min(based_on, section.version)),
            "saved_at": now(),
        },
    )


@transaction.atomic
def forget(*, by: Person, section: PlanSection) -> None:
    """The writer leaves it."""
    SectionDraft.objects.filter(section=section, person=by).delete()
