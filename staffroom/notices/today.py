"""A digest on the page Today, which asks for it only where there is one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.notices.models import Digest
from staffroom.notices.queries.digests import LASTS, unseen
from staffroom.people.models import Person


def digest_rows(person: Person) -> list[dict[str, str]]:
    """The newest digest that the person has not opened."""
    digest = unseen(person.pk, now() - LASTS).first()
    if digest is None:
        return []
    failed = digest.state == Digest.State.FAILED
    return [
        {
            "url": reverse("digest", args=[digest.pk]),
            "icon": "book",
            "title": _("A digest did not reach your phone") if failed else _("Your digest"),
            "text": _("You can read it here"),
        }
    ]
