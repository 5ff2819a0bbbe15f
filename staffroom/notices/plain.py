"""A digest as plain text, within what a channel carries."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.conversations.models import Post
from staffroom.core.words import listed
from staffroom.library.models import Trust
from staffroom.notices.queries.news import News, Section

Fits = Callable[[str], bool]
#: Of one post so many letters at most, the shorter where there is little room.
LONG, SHORT = 120, 50


def text_of(
    news: News,
    *,
    words: bool,
    tail: str,
    fits: Fits = lambda text: True,
    mark: Callable[[Post], str] = lambda post: "-",
) -> str:
    """The text with `tail` (where to read, how to stop) at its end; as many lines as fit.

    `mark` stands before a post: a number where one can answer by it.
    Without `words` it says only that there is something: whoever holds the phone learns no more.
    """
    if not words:
        return f"{_('There is something new for you in Staffroom.')}\n{tail}"
    for letters in (LONG, SHORT):
        lines = list(_lines(news, letters, mark))
        if fits("\n".join([*lines, tail])):
            return "\n".join([*lines, tail])
    for kept in range(len(lines) - 1, 0, -1):
        text = "\n".join([*lines[:kept], _("And more."), tail])
        if fits(text):
            return text
    return f"{_('There is something new for you in Staffroom.')}\n{tail}"


def _lines(news: News, letters: int, mark: Callable[[Post], str]) -> Iterator[str]:
    for section in news.sections:
        yield f"{section.community.name}:"
        yield from _of(section, letters, mark)
    for word in news.corrections:
        yield f"- {heard(word.what)}: {_cut(word.thing.title, letters)}"
    for invitation in news.invitations:
        name = invitation.community.name
        yield "- " + _("You are invited to %(name)s.") % {"name": name}


def _of(section: Section, letters: int, mark: Callable[[Post], str]) -> Iterator[str]:
    for post in section.answers:
        yield f"{mark(post)} " + _("Answer to you. %(line)s") % {"line": line(post, letters)}
    for post in section.named:
        yield f"{mark(post)} " + _("Names you. %(line)s") % {"line": line(post, letters)}
    for _decision in section.decisions:
        yield "- " + _("A word about your post")
    for post in section.questions:
        yield f"{mark(post)} " + _("Question. %(line)s") % {"line": line(post, letters)}
    if section.others:
        yield "- " + others(section.others)


def others(n: int) -> str:
    return ngettext("%(n)s other message", "%(n)s other messages", n) % {"n": n}


def heard(what: str) -> str:
    """What happened to a thing that the person read, wrote or verified."""
    if what == "edited":
        return _("What you verified was changed")
    if what == "corrected":
        return _("Corrected")
    return _("Disputed") if what == "disputed" else _("A dispute is closed")


def line(post: Post, letters: int = LONG) -> str:
    """Who, and the beginning of their words; of a nameless post neither name nor time."""
    return f"{who(post)}: {words(post, letters)}"


def who(post: Post) -> str:
    if post.anonymous:
        return _("The colleague who asked") if post.question_id else _("A colleague")
    return post.author.first_name if post.author else _("A former colleague")


def words(post: Post, letters: int = LONG) -> str:
    """The beginning of the words; what stands there where there are none."""
    begun = _cut(post.text, letters)
    if not begun:
        return _("Voice note or file") if post.attached_count else _("Photo")
    return listed([_("Corrected"), begun]) if post.trust == Trust.State.CORRECTED else begun


def _cut(text: str, letters: int) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= letters else joined[: letters - 1].rstrip() + "…"
