"""The words by which a community invites, changed by its moderator, readable by every member."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.facilitation.models import InviteText
from staffroom.facilitation.permissions import check_desk
from staffroom.facilitation.queries.texts import ours
from staffroom.people.models import Person

MOST = 400


@transaction.atomic
def change_text(*, by: Person, community: Community, language: str, text: str) -> None:
    """Empty, or the same as ours, is ours again."""
    check_desk(by, community)
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose one of the languages."), "language")
    if len(text) > MOST:
        raise Refused(_("Please keep it under %(most)s letters.") % {"most": MOST}, "text")
    if not text.strip() or text.strip() == ours(language):
        InviteText.objects.filter(community=community, language=language).delete()
    else:
        InviteText.objects.update_or_create(
            community=community,
            language=language,
            defaults={"text": text.strip(), "changed_by": by, "changed_at": now()},
        )
    audit.write("desk.text_changed", actor=by, on=community, language=language)
