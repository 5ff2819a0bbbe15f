"""Who sits at a community's desk: the moderator in term, as long as the wall lets them in."""

from django.utils.translation import gettext_lazy

from staffroom.communities import access
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community, Term
from staffroom.communities.queries import current_term
from staffroom.communities.queries.school import on_break
from staffroom.core.errors import NotYours
from staffroom.people.models import Person

acts(
    "nudges",
    gettext_lazy(
        "The moderator sees who was not heard for a while and may invite them; whoever writes most is told so alone."
    ),
)


def check_desk(person: Person, community: Community) -> Term:
    """The person's running term here; `NotYours` for anybody else, the adviser and former moderators too."""
    access.community_for(person, community.pk)
    term = current_term(community)
    if term is None or term.person_id != person.pk or not access.is_member(person, community):
        raise NotYours
    return term


def reminds(community: Community) -> bool:
    """Whether those who are not heard are spoken of at all."""
    return lever(community, "nudges") == "on"


def rests(community: Community) -> bool:
    """Nothing is suggested: it is not open, or schools are closed."""
    return community.stage != Community.Stage.OPEN or on_break(community)
