"""A message was changed or taken back in the app: so is its post, where its author may."""

from staffroom.channels.switchboard.messages import Inbound, Kind
from staffroom.channels.switchboard.models import GroupLink, Link, Mark
from staffroom.channels.switchboard.talk.read import read
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.conversations import actions
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours
from staffroom.people.models import Person


class Unknown(Exception):
    """The message has not come yet, or never became a post."""


def change(
    person: Person,
    event: Inbound,
    *,
    channel: str,
    link: Link | None = None,
    group: GroupLink | None = None,
) -> list[Say]:
    """Of two changes the one that was made later counts, whichever comes first."""
    rows = Mark.objects.select_for_update(of=("self",)).select_related("post")
    mark = rows.filter(channel=channel, link=link, group=group, message=event.reply_to).first()
    if mark is None:
        raise Unknown
    if event.at < mark.at:
        return []
    post = mark.post
    if post.author_id != person.pk:
        raise NotYours
    if event.kind == Kind.REMOVED:
        actions.remove(by=person, post=post)
    elif post.removed_at is None:
        actions.edit(by=person, post=post, text=_words(post, event.text))
    Mark.objects.filter(pk=mark.pk).update(at=event.at)
    return []


def _words(post: Post, text: str) -> str:
    """Without the word of command or the number that stood before them."""
    said = read(text)
    return said.rest if (said.command and said.rest) or (said.number and said.rest) else text
