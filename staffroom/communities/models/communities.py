from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Area, Programme


class Community(Row):
    """A small trusted group of teachers."""

    class Stage(models.TextChoices):
        FORMING = "forming"  # gathering members, or waiting for its kick-off workshop
        OPEN = "open"
        RESTING = "resting"
        CLOSED = "closed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="communities")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="communities")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    grades = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=8, default="en")
    timezone = models.CharField(max_length=60, default="UTC")
    cloth = models.PositiveSmallIntegerField(default=1, help_text="Its emblem, 1 to 4.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FORMING)
    set_weekday = models.PositiveSmallIntegerField(null=True, help_text="0 is Monday.")
    set_hour = models.TimeField(null=True)
    set_since = models.DateTimeField(null=True, help_text="When the set time was last changed.")
    skip_day = models.DateField(null=True, help_text="A day on which there is no gathering.")
    prompt_day = models.DateField(
        null=True, help_text="The first school day of the week: a prompt is suggested on it."
    )
    approvals_needed = models.PositiveSmallIntegerField(default=2)
    listed = models.BooleanField(default=True, help_text="Can be found by those who may join.")
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_words = models.CharField(max_length=600, blank=True)
    went_over = models.BooleanField(
        default=False, help_text="Its members went on in other communities: it does not wake."
    )
    edge_calls = models.BooleanField(
        default=False,
        help_text="Something at its edges may wait for somebody: `edges` asks only where this is set.",
    )

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """The link of a person and a community, with its history: leaving and returning are new rows."""

    class State(models.TextChoices):
        INVITED = "invited"
        REQUESTED = "requested"
        ACTIVE = "active"
        LEFT = "left"  # by the member
        DECLINED = "declined"  # by the members, or the invitation by the person
        ENDED = "ended"  # by the firewall or by the members

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.CharField(max_length=300, blank=True, help_text="Said by the person when asking.")
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True, help_text="The person has read why it ended.")
    introduced_at = models.DateTimeField(null=True, help_text="Broke the ice, or chose not to.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=models.Q(state__in=["invited", "requested", "active"]),
                name="one_living_membership",
            )
        ]
        indexes = [models.Index(fields=["person", "state"], name="membership_of_person")]


class Approval(Row):
    """One member's word on a request to join."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="approvals")
    member = models.ForeignKey(Person, models.CASCADE, related_name="+")
    accepts = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True, help_text="For the members alone.")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("membership", "member")]


class Ending(Row):
    """The moderator asks the members to end somebody's membership."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="endings")
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, help_text="For the members alone.")
    at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(closed_at=None),
                name="one_open_ending",
            )
        ]


class EndingAgreement(Row):
    """A member agrees that the membership ends."""

    ending = models.ForeignKey(Ending, models.CASCADE, related_name="agreements")
    member = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("ending", "member")]


class GroundRules(Row):
    """A version of a community's rules: proposed by one, in force once the members agree."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="rule_versions")
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    in_force_since = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("community", "version")]


class RuleAgreement(Row):
    """A member agreed to a version of the rules."""

    rules = models.ForeignKey(GroundRules, models.CASCADE, related_name="agreements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        unique_together = [("rules", "person")]


class Term(Row):
    """A member's turn as moderator."""

    class How(models.TextChoices):
        TURN = "turn"
        VOTE = "vote"
        VOLUNTEER = "volunteer"
        LOT = "lot"

    community = models.ForeignKey(Community, models.CASCADE, related_name="terms")
    person = models.ForeignKey(Person, models.CASCADE, related_name="terms")
    how = models.CharField(max_length=10, choices=How.choices)
    offered_at = models.DateTimeField(default=now)
    accepted_at = models.DateTimeField(null=True, help_text="A lot or a turn may be refused.")
    refused_at = models.DateTimeField(null=True)
    starts = models.DateTimeField(null=True)
    planned_end = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True, help_text="Once at most.")
    ended_at = models.DateTimeField(null=True)
    handover = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=models.Q(starts__isnull=False, ended_at=None),
                name="one_term_at_a_time",
            )
        ]


class Election(Row):
    """A vote for the next moderator, open until a time."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="elections")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)


class Ballot(Row):
    """One vote. Who voted for whom is shown to nobody."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(Person, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        unique_together = [("election", "voter")]


class Advisership(Row):
    """A subject specialist supports the accuracy of what a community says."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="adviserships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="adviserships")
    starts = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)


class LeverChoice(Row):
    """A programme's default or a community's own choice of one lever (`communities.levers`)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="lever_choices")
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, related_name="lever_choices"
    )
    lever = models.CharField(max_length=30)
    value = models.CharField(max_length=30)
    left_to_community = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "lever"],
                condition=models.Q(community=None),
                name="one_default_a_lever",
            ),
            models.UniqueConstraint(
                fields=["community", "lever"],
                condition=models.Q(community__isnull=False),
                name="one_choice_a_lever",
            ),
        ]


class DesignChange(Row):
    """Who changed which lever, when and why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="design_changes")
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, related_name="design_changes"
    )
    lever = models.CharField(max_length=30)
    old = models.CharField(max_length=30, blank=True)
    new = models.CharField(max_length=30)
    why = models.CharField(max_length=300)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    waits_until = models.DateTimeField(null=True, help_text="Announced; acts from then on.")
    withdrawn_at = models.DateTimeField(null=True)


class Kickoff(Row):
    """The workshop in person with which a community begins."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="kickoff")
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    present = models.PositiveSmallIntegerField(null=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=now)


class Invitation(Row):
    """A link or printed QR code by which people come to a community. The token is kept as a hash."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(default=15)
    withdrawn_at = models.DateTimeField(null=True)


class OutsideView(Row):
    """Somebody who is not a member looked at the community: when, in which office, at which page."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="outside_views")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    office = models.CharField(max_length=20)
    page = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
