"""What we say back when something was done."""

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.actions import kept
from staffroom.channels.switchboard.actions.posting import Posted
from staffroom.channels.switchboard.actions.turn import Turn
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.models import Link
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.telling import address
from staffroom.conversations.models import Photo, Post
from staffroom.core.ids import short

Shows = Photo.Shows


def posted(turn: Turn, done: Posted) -> list[Say]:
    """Where it stands; what could not be taken; what its photo shows."""
    post = done.post
    said = {
        Post.Kind.QUESTION: _("Asked in %(name)s."),
        Post.Kind.ANSWER: _("Your answer stands in %(name)s."),
        Post.Kind.CELEBRATION: _("Celebrated in %(name)s."),
    }.get(Post.Kind(post.kind), _("Said in %(name)s."))
    lines = [said % {"name": post.community.name}, *done.said]
    says = [Say(" ".join([*lines, address(post)]), about=post.pk)]
    if done.covered:
        says.append(what_does_it_show(turn.link, post))
    return says


def what_does_it_show(link: Link, post: Post) -> Say:
    key = short(post.pk)
    buttons = (
        Button(f"s:{Shows.NOBODY}:{key}", _("No pupil")),
        Button(f"s:{Shows.AGREED}:{key}", _("Parents agreed")),
        Button(f"s:{Shows.MASKED}:{key}", _("Not to be known")),
    )
    kept.ask(link, "shows", [each.key for each in buttons], {})
    return Say(
        _("Can a pupil be seen on the photo? Until you say, it is covered and nobody sees it."),
        buttons,
        post.pk,
    )
