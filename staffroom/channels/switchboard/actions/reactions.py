"""Signs under a message: thanks, and this helped. Taken back, they are undone."""

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.messages import Inbound
from staffroom.channels.switchboard.models import Link
from staffroom.channels.switchboard.queries.posts import thread
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.conversations import actions
from staffroom.conversations.models import Helped, Post, Thanks
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person

THANKS = "👍❤♥🙏👏🎉😊🔥💯😍🥰💚💙🤝"
HELPED = "✅✔☑💡"


def react(
    person: Person, event: Inbound, post: Post | None, *, link: Link | None = None
) -> list[Say]:
    """Quiet where it is done or means nothing to us: nobody wants an answer to a thumb."""
    if post is None:
        return []
    sign = event.text.strip()[:1]
    try:
        if not sign:
            _take_back(person, post)
        elif sign in HELPED and post.kind == Post.Kind.ANSWER:
            actions.help(by=person, answer=post)
        elif sign in THANKS or sign in HELPED:
            actions.thank(by=person, post=post)
    except (Refused, NotYours):
        return []
    return []


def _take_back(person: Person, post: Post) -> None:
    if Helped.objects.filter(post=post, person=person).exists():
        actions.unhelp(by=person, answer=post)
    if Thanks.objects.filter(post=post, person=person).exists():
        actions.unthank(by=person, post=post)


def say(person: Person, what: str, post: Post | None) -> list[Say]:
    """The same said with a button or a word."""
    if post is None:
        raise NotYours
    if what == "thanks":
        actions.thank(by=person, post=post)
        return [Say(_("Thanked."), about=post.pk)]
    if what == "helped":
        actions.help(by=person, answer=post)
        return [Say(_("Noted: it helped."), about=post.pk)]
    if what == "done":
        actions.solve(by=person, question=thread(post))
        return [Say(_("Solved. Well done."), about=post.pk)]
    raise NotYours
