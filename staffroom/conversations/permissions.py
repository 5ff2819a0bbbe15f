"""Who may write what. Reading is decided by `communities.wall.readable_by` and nowhere else.

Each `check_x` raises: `NotYours` where the person has no business at all (the page does not exist
for them), `Refused` where there is something to say about it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from staffroom.communities.access import community_for, is_member, is_moderator
from staffroom.communities.models import Community
from staffroom.communities.queries import may_write
from staffroom.communities.state import can_talk
from staffroom.conversations import sealed
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours, Refused
from staffroom.people.models import Person


@dataclass
class Standing:
    """What a person whom the wall lets in may do in a community; asked once a page.

    Only for people already let in: the access rule of a view or `stand` has asked the wall.
    """

    person: Person
    community: Community

    @cached_property
    def member(self) -> bool:
        return is_member(self.person, self.community)

    @cached_property
    def moderator(self) -> bool:
        return is_moderator(self.person, self.community)

    @cached_property
    def agreed(self) -> bool:
        return not self.member or may_write(self.person, self.community)

    def check_open(self) -> None:
        """Writing needs an open community, and members who know its rules."""
        if self.community.stage == Community.Stage.FORMING:
            raise Refused(_("This community has not opened yet. It begins with its first meeting."))
        if not can_talk(self.community):
            raise Refused(
                _("This community rests. What was written can be read; nothing is added.")
            )
        if not self.agreed:
            raise Refused(_("Before you write, please read our ground rules and agree to them."))

    def check_member(self) -> None:
        """A member in an open community: asks, talks, celebrates, says what helped."""
        if not self.member:
            raise NotYours
        self.check_open()

    def check_say(self, room: str) -> None:
        """Members talk everywhere; an adviser among the lessons, not at tea."""
        if room == Post.Room.TEA:
            self.check_member()
        self.check_open()

    def check_moderate(self) -> None:
        """The moderator in term, in an open community."""
        self.check_member()
        if not self.moderator:
            raise NotYours

    def check_solve(self, question: Post) -> None:
        """The asker or the moderator says whether a question is solved."""
        self.check_open()
        if question.kind != Post.Kind.QUESTION or gone(question):
            raise NotYours
        if not sealed.wrote(self.person, question) and not self.moderator:
            raise NotYours


def stand(person: Person, community: Community) -> Standing:
    """The person's standing, once the wall let them in; else `NotYours`."""
    community_for(person, community.pk)
    return Standing(person, community)


def check_member(person: Person, community: Community) -> None:
    stand(person, community).check_member()


def check_answer(person: Person, community: Community) -> None:
    """Members and advisers answer."""
    stand(person, community).check_open()


def check_say(person: Person, community: Community, room: str) -> None:
    stand(person, community).check_say(room)


def check_moderate(person: Person, community: Community) -> None:
    stand(person, community).check_moderate()


def check_help(person: Person, answer: Post) -> None:
    """A member says of somebody else's answer that it helped."""
    check_member(person, answer.community)
    if answer.kind != Post.Kind.ANSWER or gone(answer):
        raise NotYours
    if sealed.wrote(person, answer):
        raise Refused(_("This is your own answer. The others say whether it helped."))


def check_thank(person: Person, post: Post) -> None:
    """Whoever may write here may thank the others."""
    check_answer(person, post.community)
    if gone(post):
        raise NotYours
    if sealed.wrote(person, post):
        raise Refused(_("This is your own. The others may thank you."))


def check_solve(person: Person, question: Post) -> None:
    stand(person, question.community).check_solve(question)


def check_change(person: Person, post: Post) -> None:
    """The author changes or removes own words, as long as the community can be read."""
    community_for(person, post.community_id)
    if not sealed.wrote(person, post):
        raise NotYours


def check_earlier(person: Person, post: Post) -> None:
    """The author and the moderator see what stood there before."""
    community_for(person, post.community_id)
    if not sealed.wrote(person, post) and not is_moderator(person, post.community):
        raise NotYours


def gone(post: Post) -> bool:
    """Removed by its author or hidden by the moderator."""
    return post.removed_at is not None or post.hidden_at is not None
