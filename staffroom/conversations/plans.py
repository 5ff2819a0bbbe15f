"""What the library tells: a lesson plan was begun or is ready. The community reads it as a message."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.conversations.actions.say import say
from staffroom.core.errors import NotYours, Refused
from staffroom.library.models import LessonPlan
from staffroom.people.models import Person


def begun(payload: dict[str, Any]) -> None:
    _tell(
        payload,
        lambda title: (
            _("I have begun a lesson plan: %(title)s. Write in it with me.") % {"title": title}
        ),
    )


def ready(payload: dict[str, Any]) -> None:
    _tell(
        payload,
        lambda title: _("This lesson plan is ready for teaching: %(title)s.") % {"title": title},
    )


def _tell(payload: dict[str, Any], words: Any) -> None:
    """By whoever did it, in the community's language; not where it may no longer be said."""
    plan = (
        LessonPlan.objects.filter(pk=payload["plan"], removed_at=None)
        .select_related("community__programme")
        .first()
    )
    by = Person.objects.filter(pk=payload["by"], erased_at=None).first()
    if plan is None or by is None:
        return
    with translation.override(plan.community.language):
        text = words(plan.title)
    address = reverse("plan", args=[plan.community_id, plan.pk])
    try:
        say(
            by=by,
            community=plan.community,
            text=f"{text}\n{address}",
            language=plan.community.language,
            id=uuid.UUID(payload["message"]),
        )
    except (Refused, NotYours):  # it rests meanwhile, or the person has left
        return
