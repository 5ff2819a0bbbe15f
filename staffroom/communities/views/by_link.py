"""The link somebody came with, kept while signing in and agreeing took them elsewhere."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.communities import queries
from staffroom.communities.actions import inviting
from staffroom.communities.queries.waiting import Waiting
from staffroom.people.models import Person

KEY = "invitation"


def keep(request: HttpRequest, token: str) -> None:
    request.session[KEY] = token


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def is_kept(request: HttpRequest, token: str) -> bool:
    return bool(request.session.get(KEY) == token)


def waiting(request: HttpRequest) -> list[Waiting]:
    """The invitation of the link, while it stands for this person and waits for an answer."""
    token = request.session.get(KEY)
    person = request.user
    if not token or not isinstance(person, Person):
        return []
    found = inviting.link_for(person, token)
    if found is None or queries.my_membership(person, found.community) is not None:
        forget(request)
        return []
    words = _("You are invited to %(name)s.") % {"name": found.community.name}
    path = reverse("join_here", args=[token])
    return [Waiting("invitation", "plus", words, path, found.community)]
