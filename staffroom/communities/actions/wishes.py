"""What a teacher says for being placed. Kept for the forming alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import PlacingWish
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import Person


@transaction.atomic
def write_wish(*, person: Person, women_only: bool, education: str) -> PlacingWish:
    """Only who has said that she is a woman can ask for women alone. The log does not tell what."""
    if education and education not in PlacingWish.Education.values:
        raise Refused(_("Please choose one of the answers."), "education")
    if women_only and person.gender != "f":
        raise Refused(
            _(
                "Only women can be placed so. If you are one, say it first on the page with your name."
            ),
            "women_only",
        )
    wish, _new = PlacingWish.objects.update_or_create(
        person=person,
        defaults={"women_only": women_only, "education": education, "at": now()},
    )
    audit.write("placing_wish.written", actor=person)
    return wish
