"""A prompt of the library is put before a community."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.actions import prompt
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_moderate
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import Person
from staffroom.rhythm.models import PromptUse
from staffroom.rhythm.queries.prompts import library, offered


def check_start(by: Person, community: Community) -> None:
    """The moderator, where the design has prompts."""
    check_moderate(by, community)
    if not offered(community):
        raise Refused(
            _("Prompts are switched off in this community. You can change that together, under Our design.")
        )  # fmt: skip


@transaction.atomic
def start_prompt(
    *,
    by: Person,
    community: Community,
    key: str,
    text: str = "",
    id: uuid.UUID | None = None,
    written_at: dt.datetime | None = None,
) -> Post:
    """The moderator starts one; with `text` in words of their own. The same id makes one post."""
    check_start(by, community)
    words = library(community.programme).get(key)
    if words is None:
        raise Refused(_("This one is no longer offered. Please choose another."))
    tongue = words.tongue(community.language, by.language)
    text = text or words.said(tongue)
    post = prompt(
        by=by,
        community=community,
        text=text,
        language=tongue if text == words.texts[tongue] else "",
        id=id,
        written_at=written_at,
    )
    use, new = PromptUse.objects.get_or_create(
        community=community, post=post, defaults={"key": key, "at": now()}
    )
    if new:
        audit.write("prompt.started", actor=by, on=post, key=use.key)
    return post
