"""Learning who wrote an anonymous post: for abuse, by two people together, and never in silence.

Somebody who looks after the community asks, with a reason. Two people of the programme's office
(gardener, administrator), whom the wall does not bar, agree one after the other; either may refuse.
The members read in their log that it happened, by whom and why; the author is told.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.communities.access import community_for, is_moderator
from staffroom.communities.queries import advisers
from staffroom.conversations import sealed
from staffroom.conversations.actions.report import MAX_NOTE
from staffroom.conversations.models import Post, Unsealing
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded
from staffroom.people.models import Person

#: How long the two may look at the name again.
OPEN_FOR = dt.timedelta(days=7)
ROLES = (offices.GARDENER, offices.ADMINISTRATOR)


def check_ask(person: Person, post: Post) -> None:
    """The moderator in term or an adviser, about a reported anonymous post of somebody else."""
    community_for(person, post.community_id)
    advising = {advisership.person_id for advisership in advisers(post.community)}
    if not is_moderator(person, post.community) and person.pk not in advising:
        raise NotYours
    elsewhere = post.travel == Post.Travel.IN  # who asked it is not known here at all
    if not post.anonymous or elsewhere or post.removed_at or sealed.wrote(person, post):
        raise NotYours
    if not post.reports.exists():
        raise Refused(_("Report it first: this is for abuse that somebody has reported."))


def check_decide(person: Person, unsealing: Unsealing) -> None:
    """Of the programme's office, not barred by the wall, and not the author."""
    if not offices.tends(person, unsealing.post.community, *ROLES):
        raise NotYours
    if sealed.wrote(person, unsealing.post):
        raise NotYours


@transaction.atomic
def ask(*, by: Person, post: Post, reason: str) -> Unsealing:
    """Ask the programme to unseal. Asking twice is asking once."""
    check_ask(by, post)
    words = _sentence(reason, "reason")
    try:
        with transaction.atomic():
            made = Unsealing.objects.create(post=post, asked_by=by, reason=words)
    except IntegrityError:  # one waits already
        return post.unsealings.get(opened_at=None, refused_at=None)
    audit.write("unsealing.asked", actor=by, on=made)
    return made


@transaction.atomic
def agree(*, by: Person, unsealing: Unsealing) -> Unsealing:
    """The first agreement waits for the second, which opens the seal."""
    held = _waiting(by, unsealing)
    if held.first_by_id is None:
        held.first_by, held.first_at = by, now()
        audit.write("unsealing.agreed", actor=by, on=held)
    elif held.first_by_id == by.pk:
        raise Refused(_("You have agreed already. It takes a second person."))
    else:
        held.second_by, held.opened_at = by, now()
        audit.write("unsealing.opened", actor=by, on=held)
    held.save()
    return held


@transaction.atomic
def refuse(*, by: Person, unsealing: Unsealing, why: str) -> Unsealing:
    """Either of the two says no: the seal stays closed."""
    held = _waiting(by, unsealing)
    held.refused_why = _sentence(why, "why")
    held.refused_by, held.refused_at = by, now()
    held.save()
    audit.write("unsealing.refused", actor=by, on=held)
    return held


@transaction.atomic
def look(*, by: Person, unsealing: Unsealing) -> Person | None:
    """The author's name, for the two who agreed, for a week; every look is written down."""
    check_decide(by, unsealing)
    if unsealing.opened_at is None or by.pk not in {unsealing.first_by_id, unsealing.second_by_id}:
        raise NotYours
    if now() - unsealing.opened_at > OPEN_FOR:
        raise Refused(_("This was opened more than a week ago; the name is no longer shown."))
    audit.write("unsealing.looked", actor=by, on=unsealing)
    found = sealed.open_for_abuse(unsealing.post)
    return Person.objects.filter(pk=found).first() if found else None


@transaction.atomic
def hear(*, by: Person, unsealing: Unsealing) -> None:
    """The author has read that the seal was opened. Nothing of this names the author."""
    if unsealing.opened_at is None or not sealed.wrote(by, unsealing.post):
        raise NotYours
    Unsealing.objects.filter(pk=unsealing.pk, told_at=None).update(told_at=unsealing.opened_at)


def _waiting(by: Person, unsealing: Unsealing) -> Unsealing:
    held = (
        Unsealing.objects.select_for_update(of=("self",))
        .select_related("post__community", "first_by")
        .get(pk=unsealing.pk)
    )
    check_decide(by, held)
    if held.opened_at is not None or held.refused_at is not None:
        raise Refused(_("This has been decided already."))
    return held


def _sentence(text: str, field: str) -> str:
    words = one_line(text)
    if not words:
        raise Refused(_("Say why, in a sentence. The members and the author read it."), field)
    return bounded(words, MAX_NOTE, field)
