"""Who may do what with a practice note. Reading is decided by the wall and `queries.notes`.

`check_x` raises `NotYours` where there is no business at all, `Refused` where something can be said.
"""

from django.utils.translation import gettext as _

from staffroom.communities.access import community_for, is_member, is_moderator
from staffroom.communities.models import Community
from staffroom.communities.queries import may_write
from staffroom.communities.state import can_talk
from staffroom.core.errors import NotYours, Refused, can
from staffroom.library.models import Note, Trial
from staffroom.people.models import Person


def check_work(person: Person, community: Community) -> None:
    """A member who knows the rules, in an open community: makes notes, tries them."""
    here = community_for(person, community.pk)
    if not is_member(person, here):
        raise NotYours
    if not can_talk(here) or here.stage == Community.Stage.FORMING:
        raise Refused(_("This community rests. What was written can be read; nothing is added."))
    if not may_write(person, here):
        raise Refused(_("Before you write, please read our ground rules and agree to them."))


def check_note(person: Person, note: Note) -> Community:
    """The same, for a note that stands in the community; the community."""
    if note.community is None or note.removed_at is not None:
        raise NotYours
    check_work(person, note.community)
    return note.community


def check_tend(person: Person, note: Note) -> None:
    """Whoever wrote it down, or the moderator, changes it directly and lets it travel."""
    community = check_note(person, note)
    if note.made_by_id != person.pk and not is_moderator(person, community):
        raise NotYours


def check_take(person: Person, trial: Trial) -> None:
    """What somebody proposes, a second colleague takes in; or whoever tends the note."""
    check_note(person, trial.note)
    if trial.proposal != Trial.Proposal.OPEN:
        raise Refused(_("This proposal was decided already."))
    if trial.by_id == person.pk and not can(check_tend, person, trial.note):
        raise Refused(_("This is your own proposal. A colleague takes it in."))


def check_take_off(person: Person, note: Note) -> None:
    """Whoever tends it, and whoever's question or answer it was made from."""
    community = check_note(person, note)
    if note.credits.filter(person=person, role__in=["asked", "answered"]).exists():
        return
    if note.made_by_id != person.pk and not is_moderator(person, community):
        raise NotYours
