"""Who may do what with the quizzes and polls of a community."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.communities.access import community_for
from staffroom.communities.levers import acts, lever
from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import gone, stand
from staffroom.core.errors import NotYours, Refused
from staffroom.instruments.models import Instrument
from staffroom.people.models import Person

HOST = "community"

acts(
    "quizzes", gettext_lazy("Members make quizzes and puzzles for each other, or none are offered.")
)


def offered(community: Community) -> bool:
    return lever(community, "quizzes") == "on"


def switched_off() -> str:
    return _(
        "Quizzes and puzzles are switched off in this community. You can change that together, under Our design."
    )


class CommunityHost:
    """Members make them, everybody inside tries a quiz, members alone vote; the author changes it."""

    def check_make(self, by: Person, host_id: uuid.UUID, kind: str) -> None:
        community = community_for(by, host_id)
        stand(by, community).check_member()
        _check_offered(community, kind)

    def check_read(self, by: Person, instrument: Instrument) -> None:
        """Whoever is inside reads what stands in the stream; a draft is its author's."""
        community_for(by, instrument.host_id)
        post = post_of(instrument)
        if post is None:
            self.check_change(by, instrument)
        elif gone(post):
            raise NotYours

    def check_answer(self, by: Person, instrument: Instrument) -> None:
        self.check_read(by, instrument)
        community = community_for(by, instrument.host_id)
        standing = stand(by, community)
        if instrument.kind == Instrument.Kind.POLL:
            standing.check_member()
        standing.check_open()
        _check_offered(community, instrument.kind)

    def check_change(self, by: Person, instrument: Instrument) -> None:
        community_for(by, instrument.host_id)
        if instrument.author_id != by.pk:
            raise NotYours
        post = post_of(instrument)
        if post is not None and gone(post):
            raise NotYours


def _check_offered(community: Community, kind: str) -> None:
    if kind != Instrument.Kind.POLL and not offered(community):
        raise Refused(switched_off())


def post_of(instrument: Instrument) -> Post | None:
    """The post by which it stands in the stream."""
    return Post.objects.filter(instrument=instrument).select_related("community").first()
