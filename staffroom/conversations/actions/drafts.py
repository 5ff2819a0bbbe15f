import datetime as dt
import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.communities.access import community_for
from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.models import Draft, Post
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import from_short
from staffroom.people.models import Person

PLACES = re.compile(r"lessons|tea|ask|celebrate|prompt|answer:[A-Za-z0-9_-]{22}")
FIELDS = frozenset({"text", "topic", "grade", "language", "about", "saying", "quoted_text"})
MOST = 20_000
#: A draft that comes on a slow way after its post was sent is not kept.
LATE = dt.timedelta(minutes=5)


@transaction.atomic
def save(*, by: Person, community: Community, place: str, fields: Mapping[str, object]) -> None:
    """Keep what a member was writing in one form. Without words there is no draft."""
    community_for(by, community.pk)
    kept = {
        name: _clean(value)
        for name, value in fields.items()
        if name in FIELDS and isinstance(value, str) and value
    }
    if not PLACES.fullmatch(place) or _without_name(by, community, place):
        raise Refused(_("This draft belongs to no form here."))
    if sum(map(len, kept.values())) > MOST:
        raise Refused(_("This is too long to be kept at Staffroom; it is kept on this phone."))
    blank = not any(kept.get(name, "").strip() for name in ("text", "topic", "saying"))
    if blank or _sent(by, community, kept.get("text", "")):
        forget(by=by, community=community, place=place)
        return
    Draft.objects.update_or_create(
        person=by,
        community=community,
        place=place,
        defaults={"fields": kept, "saved_at": now()},
    )


def forget(*, by: Person, community: Community, place: str) -> None:
    """The post was sent, or its words deleted."""
    Draft.objects.filter(person=by, community=community, place=place).delete()


def _sent(by: Person, community: Community, text: str) -> bool:
    words = text.replace("\r\n", "\n").strip()
    return (
        bool(words)
        and Post.objects.filter(
            Q(author=by, created_at__gt=now() - LATE) | Q(anonymous=True),
            community=community,
            text=words,
        ).exists()
    )


def _without_name(by: Person, community: Community, place: str) -> bool:
    """Below one's own anonymous question one writes without a name: no draft is kept here."""
    if not place.startswith("answer:"):
        return False
    asked = Post.objects.filter(
        pk=from_short(place.removeprefix("answer:")), community=community, anonymous=True
    ).first()
    return asked is not None and sealed.wrote(by, asked)


def _clean(value: str) -> str:
    # The database takes no NUL, and no half of a surrogate pair.
    return value.replace("\x00", "").encode("utf-8", "ignore").decode()
