"""Who writes from where, and where they may be reached."""

from staffroom.channels.switchboard.models import GroupLink, Link
from staffroom.communities.models import Community
from staffroom.communities.wall import all_readable_by
from staffroom.people.models import Person


def link_of(channel: str, address: str) -> Link | None:
    """The link of this address, if its person may use it: nobody whose phone was lost."""
    found = Link.objects.select_related("person").filter(channel=channel, address=address).first()
    return found if found is not None and in_use(found.person) else None


def in_use(person: Person) -> bool:
    return person.is_active and person.frozen_at is None and person.enrolled_at is not None


def open_link(person: Person, channel: str) -> Link | None:
    """By which something may be sent to this person now."""
    found = Link.objects.filter(person=person, channel=channel, stopped_at=None).first()
    return found if found is not None and in_use(person) else None


def chat_of(channel: str, chat: str) -> GroupLink | None:
    return GroupLink.objects.select_related("community").filter(channel=channel, chat=chat).first()


def places_of(person: Person) -> list[Community]:
    """The communities that the person may read now, in the order in which they are numbered."""
    return sorted(all_readable_by(person), key=lambda each: (each.name, each.pk))


def place_of(link: Link) -> Community | None:
    """To which the person writes now; None where they have several and have not said which."""
    places = places_of(link.person)
    chosen = next((each for each in places if each.pk == link.community_id), None)
    return chosen or (places[0] if len(places) == 1 else None)
