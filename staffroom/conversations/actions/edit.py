import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.conversations.actions import doubting, search_text
from staffroom.conversations.actions.attached import has_more_than_words
from staffroom.conversations.actions.counting import hold
from staffroom.conversations.actions.mention import mention
from staffroom.conversations.actions.put_back import put_back
from staffroom.conversations.actions.tracing import moment_of, trace
from staffroom.conversations.actions.trusting import words_changed
from staffroom.conversations.actions.writing import MAX_TOPIC, about_words, clean
from staffroom.conversations.models import Post, Revision
from staffroom.conversations.permissions import check_change, gone
from staffroom.conversations.queries.appeals import returned_to_author
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES


@transaction.atomic
def edit(
    *,
    by: Person,
    post: Post,
    text: str,
    topic: str | None = None,
    grade: int | None = None,
    version: int | None = None,
) -> Post:
    """The author changes the words; the earlier ones are kept and the post says that it was edited.

    `version` is the one the author began from: a change made meanwhile on another phone is told.
    """
    check_change(by, post)
    held = hold(post)
    returned = returned_to_author(held)
    # A quiz or a poll is changed where it was made.
    if (gone(held) and returned is None) or held.instrument_id is not None:
        raise NotYours
    if version is not None and version != held.version:
        raise Refused(_("This was changed meanwhile. Below is your text; look at both."), "text")
    words = clean(text, blank=has_more_than_words(held))
    changed = words != held.text
    if held.kind == Post.Kind.QUESTION and topic is not None:
        if grade is not None and grade not in GRADES:
            raise Refused(_("Choose one of the grades in the list."), "grade")
        wanted = (about_words(topic, MAX_TOPIC, "topic"), grade)
        changed = changed or wanted != (held.topic, held.grade)
        held.topic, held.grade = wanted
    if not changed:
        if returned is not None:
            raise Refused(_("These are the words that were returned. Change them first."), "text")
        return held
    at = moment_of(held)
    _keep_earlier(held, at)
    held.text, held.edited_at = words, at
    held.version += 1
    held.save(update_fields=["text", "topic", "grade", "edited_at", "version"])
    mention(held)
    search_text.remember(held)
    words_changed(held)
    doubting.remember_changed(held)
    trace("post.edited", held, by=by, version=held.version)
    if returned is not None:
        put_back(held, returned)
    return held


def _keep_earlier(post: Post, at: dt.datetime) -> None:
    earlier = Revision(post=post, version=post.version, text=post.text, replaced_at=at)
    if post.anonymous:
        earlier.id = uuid.uuid4()
    earlier.save(force_insert=True)
