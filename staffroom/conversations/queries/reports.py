"""What waits for a decision, what was decided, and what an author has not read yet."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from staffroom.communities.access import is_moderator
from staffroom.communities.models import Community
from staffroom.conversations import sealed
from staffroom.conversations.deciders import Bench, can_decide, check_decide
from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.reasons import SAID
from staffroom.people.models import Person


@dataclass(frozen=True)
class Case:
    """A post that waits for a decision. Reporters are counted, never named."""

    post: Post
    reports: list[Report] = field(default_factory=list)

    @property
    def members(self) -> int:
        """How many members asked for a look."""
        own = (Report.Reason.APPEAL, Report.Reason.MENDED)
        return sum(report.reason not in own for report in self.reports)

    @property
    def reasons(self) -> list[str]:
        return sorted({report.reason for report in self.reports})

    @property
    def notes(self) -> list[str]:
        return [report.note for report in self.reports if report.note]

    @property
    def reason_words(self) -> list[str]:
        return [
            str(SAID[Report.Reason(reason)])
            for reason in self.reasons
            if reason not in (Report.Reason.APPEAL, Report.Reason.MENDED)
        ]

    @property
    def appeal(self) -> bool:
        return Report.Reason.APPEAL in self.reasons

    @property
    def mended(self) -> bool:
        """Its author has changed what was returned."""
        return not self.members and not self.appeal


def open_cases(community: Community) -> list[Case]:
    """The community's posts with reports that wait, the one that has waited longest first."""
    reports = (
        Report.objects.filter(post__community=community, decision=None, to=Report.To.INSIDE)
        .select_related("post__author", "post__community", "post__question")
        .order_by("at", "id")
    )
    cases: dict[uuid.UUID, Case] = {}
    for report in reports:
        cases.setdefault(report.post_id, Case(report.post)).reports.append(report)
    return list(cases.values())


def cases_for(person: Person, community: Community) -> list[Case]:
    """Those of the open cases about which this person may decide."""
    cases = open_cases(community)
    bench = Bench(community)
    return [case for case in cases if can_decide(person, case.post, bench)]


def sits_at_desk(person: Person, community: Community) -> bool:
    """The moderator in term, and whoever has something to decide just now."""
    return is_moderator(person, community) or bool(cases_for(person, community))


def case_for(person: Person, post: Post) -> Case | None:
    """The case of one post, None when nothing waits; `NotYours` for whoever may not decide."""
    check_decide(person, post)
    cases = (case for case in open_cases(post.community) if case.post.pk == post.pk)
    return next(cases, None)


def log(community: Community) -> QuerySet[Decision]:
    """What was decided in this community and why, newest first. Reporters are not in it.

    What was kept is left out: it would only tell that somebody complained.
    """
    return (
        Decision.objects.filter(post__community=community)
        .exclude(choice=Decision.Choice.KEPT)
        .select_related("post", "by")
        .order_by("-at", "-id")
    )


def words_for(person: Person, community: Community) -> Decision | None:
    """The newest decision about this person's words that the person has not read."""
    return next(iter(_unseen(person, [community])), None)


def waiting_words(person: Person, communities: list[Community]) -> list[Decision]:
    """The same over several communities (which the caller has found for this person)."""
    return _unseen(person, communities)[:5]


def _unseen(person: Person, communities: list[Community]) -> list[Decision]:
    found = list(
        Decision.objects.filter(
            Q(post__author=person) | Q(post__anonymous=True),
            post__community__in=communities,
            seen_at=None,
            undone_at=None,
        )
        .select_related("post__community", "by")
        .order_by("-at")
    )
    own = sealed.mine(person, [decision.post for decision in found])
    return [each for each in found if not each.post.anonymous or each.post_id in own]


def desks(person: Person, communities: list[Community]) -> list[tuple[Community, int]]:
    """Where reports wait for this person's decision, and how many."""
    reported = set(
        Report.objects.filter(
            post__community__in=communities, decision=None, to=Report.To.INSIDE
        ).values_list("post__community", flat=True)
    )
    found = [(each, len(cases_for(person, each))) for each in communities if each.pk in reported]
    return [(each, count) for each, count in found if count]


def my_report(person: Person, post: Post) -> Report | None:
    """What this person last reported of the post."""
    return (
        Report.objects.filter(post=post, reporter=person)
        .exclude(reason=Report.Reason.APPEAL)
        .select_related("decision")
        .order_by("-at")
        .first()
    )
