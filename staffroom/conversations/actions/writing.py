"""What every kind of post has in common: its words are clean, its id counts once."""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.actions import doubting, search_text
from staffroom.conversations.actions.attached import attach as attach_more
from staffroom.conversations.actions.mention import mention
from staffroom.conversations.actions.photos import attach
from staffroom.conversations.actions.tracing import trace
from staffroom.conversations.models import Post
from staffroom.core import texts
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import uuid7
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person

_HELD = Prepared(lambda pk: Community.objects.select_for_update().filter(pk=pk), uuid.UUID)
_KNOWN = Prepared(lambda pk: Post.objects.filter(pk=pk), uuid.UUID)
MAX_TEXT = 5_000
MAX_TOPIC = 80
MAX_QUOTE = 500


def clean(text: str, *, most: int = MAX_TEXT, field: str = "text", blank: bool = False) -> str:
    """The words of a post; `Refused` when there are none or too many."""
    return texts.clean(text, most=most, field=field, blank=blank)


def language_of(text: str, community: Community, author: Person) -> str:
    """Urdu where the letters say so and somebody here reads it; else unknown rather than wrong."""
    first = next((char for char in text if unicodedata.bidirectional(char) in ("L", "R", "AL")), "")
    if first and unicodedata.bidirectional(first) == "AL":
        known = [community.language, author.language, *author.languages]
        return "ur" if "ur" in known else ""
    return ""


def hold(community: Community) -> Community:
    """The community, its row held: what is written into one community is written one by one.

    So that a post never becomes visible after a later one: whoever polls has not missed it.
    """
    held: Community = _HELD.first(community.pk)
    return held


def write(
    *,
    by: Person,
    community: Community,
    kind: str,
    text: str,
    id: uuid.UUID | None,
    written_at: dt.datetime | None,
    photos: Collection[uuid.UUID] = (),
    attached: Collection[uuid.UUID] = (),
    **fields: Any,
) -> Post:
    """Write the post, or find the one that this id already made. The caller has checked `by`."""
    community = hold(community)
    id = id or uuid7()
    if known := _KNOWN.first(id):
        same(known, by=by, community=community, kind=kind)
        attach(post=known, by=by, photos=photos)
        attach_more(post=known, by=by, ids=attached)
        return known
    fields.setdefault("language", "")
    fields["language"] = fields["language"] or language_of(text, community, by)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                id=id,
                community=community,
                author=by,
                kind=kind,
                text=text,
                created_at=now(),
                written_at=written_at,
                **fields,
            )
    except IntegrityError:  # the same id a moment ago, in another community
        return same(Post.objects.get(pk=id), by=by, community=community, kind=kind)
    mention(post, new=True)
    search_text.remember_new(post)
    doubting.remember(post)
    if photos:
        attach(post=post, by=by, photos=photos)
    if attached:
        attach_more(post=post, by=by, ids=attached)
    trace("post.written", post, by=by, kind=kind)
    return post


def same(known: Post, *, by: Person, community: Community, kind: str) -> Post:
    """The post itself when it is the same sending again; else `Refused`."""
    if (known.community_id, known.kind) == (community.pk, kind) and sealed.wrote(by, known):
        return known
    raise Refused(_("This could not be sent as it is. Please send it once more."))


def passage(quotes: Post | None, quoted_text: str, community: Community) -> str:
    """The quoted passage, if it stands in the quoted post; the post's beginning when none is given."""
    if quotes is None:
        return ""
    if quotes.community_id != community.pk or quotes.removed_at or quotes.hidden_at:
        raise Refused(_("What you quote is no longer there."), "quotes")
    wanted = " ".join(quoted_text.split())
    stands = " ".join(quotes.text.split())
    if wanted and wanted not in stands:
        raise Refused(_("Quote the words as they stand there."), "quoted_text")
    return shortened(wanted or stands)


def shortened(text: str, most: int = 160) -> str:
    """At most `most` characters, cut at a space where there is one."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0][: most - 1] + "…"


def about_words(text: str, most: int, field: str) -> str:
    """One line at most `most` long."""
    return clean(" ".join(text.split()), most=most, field=field, blank=True)
