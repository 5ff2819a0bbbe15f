"""Celebrations in what reaches every room, and the ways to them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.access import is_member
from staffroom.communities.levers import lever
from staffroom.communities.models import Community
from staffroom.conversations import hooks as inside
from staffroom.conversations.models import Post
from staffroom.core import hooks
from staffroom.core.ids import short
from staffroom.core.retention import Rule
from staffroom.people.models import Person
from staffroom.rhythm.models.recognition import Recognition
from staffroom.rhythm.queries.recognition import IDEAS, waiting_for


def kept(request: HttpRequest) -> list[dict[str, Any]]:
    """A line of the page *What we keep*; by their design some communities go without."""
    community = request.community  # type: ignore[attr-defined]
    if lever(community, "recognition") != "on":
        return []
    return [
        {
            "url": reverse("celebrations", args=[community.pk]),
            "icon": "drum",
            "title": _("Celebrations"),
            "text": _("What a colleague’s idea changed in class, month by month"),
        }
    ]


def ways(request: HttpRequest, post: Post) -> list[dict[str, Any]]:
    """From what a colleague wrote under their name: it changed something in my class."""
    community: Community = request.community  # type: ignore[attr-defined]
    person: Person = request.user  # type: ignore[assignment]
    if post.kind not in IDEAS or post.author_id is None or post.author_id == person.pk:
        return []
    if post.room != Post.Room.LESSONS or lever(community, "recognition") != "on":
        return []
    if not is_member(person, community):  # an adviser reads and does not celebrate
        return []
    url = reverse("recognise", args=[community.pk])
    return [
        {
            "url": f"{url}?about={short(post.author_id)}&from={short(post.pk)}",
            "icon": "drum",
            "words": _("It changed something in my class"),
            "help": _("Tell the author, who hears first"),
        }
    ]


def rows_for(person: Person) -> list[dict[str, Any]]:
    """Lines of Today; asked where `web.queries.calls` knows that something waits."""
    words = _("%(name)s tells what your idea changed")
    return [
        {
            "url": reverse("recognition", args=[each.community_id, each.pk]),
            "icon": "drum",
            "title": words % {"name": each.by.first_name if each.by else _("A colleague")},
            "text": _("You hear first, and decide who else does"),
        }
        for each in waiting_for(person)[:2]
    ]


def export_person(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What was said to the person and by them; of others the name alone, as on the page."""
    to_me = Recognition.objects.filter(about=person).select_related("community", "by")
    by_me = Recognition.objects.filter(by=person).select_related("community", "about")
    return {
        "recognition_of_me": [
            _plain(each) | {"by": each.by.name if each.by else ""} for each in to_me.order_by("at")
        ],
        "recognition_by_me": [
            _plain(each) | {"about": each.about.name} for each in by_me.order_by("at")
        ],
    }


def _plain(row: Recognition) -> dict[str, Any]:
    return {
        "community": row.community.name,
        "change": row.change,
        "happened": row.happened,
        "saying": row.saying,
        "shared": row.state == Recognition.State.SHARED,
        "at": row.at,
    }


def erase_person(person: Person, keep_contributions: bool) -> None:
    """What was said to the person goes; what they said stays with its owner, without the name."""
    Recognition.objects.filter(about=person).delete()
    mine = Recognition.objects.filter(by=person)
    if not keep_contributions:
        mine.delete()
    mine.update(by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """Nobody says such a thing to themselves."""
    Recognition.objects.filter(by__in=[keep, drop], about__in=[keep, drop]).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "recognition",
            gettext_lazy("What a member told a colleague about the colleague’s idea"),
            gettext_lazy("To celebrate teaching"),
            until=gettext_lazy("until one of the two takes it away"),
        ),
        Rule(
            "recognition_waiting",
            gettext_lazy("What was told to a colleague who never answered"),
            gettext_lazy("So that the colleague can decide who sees it"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: Recognition.objects.filter(
                state=Recognition.State.WAITING, at__lt=before
            ),
        ),
    ]


def register() -> None:
    inside.kept.add(kept)
    inside.ways.add(ways)
    hooks.export_person.add(export_person)
    hooks.erase_person.add(erase_person)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
