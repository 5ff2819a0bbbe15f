"""How far a thing can be trusted: an answer, a resource, a note. What it is only its room knows."""

from django.db import models

from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person

Q = models.Q


class Capacity(models.TextChoices):
    """As what somebody judges."""

    ADVISER = "adviser"
    PEER = "peer"
    LEADER = "leader"  # of a school; of shared things alone


class Trust(Row):
    """One thing about which somebody said whether it is right. Nobody said anything: no row."""

    class State(models.TextChoices):
        UNVERIFIED = "unverified"
        VERIFIED = "verified"
        CORRECTED = "corrected"
        DISPUTED = "disputed"

    kind = models.CharField(max_length=20)
    thing = models.UUIDField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNVERIFIED)
    version = models.CharField(max_length=64, blank=True, help_text="Of which words the state is.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing"], name="one_trust_a_thing")]
        indexes = [models.Index(fields=["thing"], name="trust_thing")]


class Told(models.Model):
    """What somebody said about a thing."""

    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    version = models.CharField(max_length=64, help_text="Of which words: their fingerprint.")
    at = models.DateTimeField(default=now)

    class Meta:
        abstract = True


class Correction(Told, Row):
    """What is right instead. It stands once an adviser, two peers or the author say so."""

    trust = models.ForeignKey(Trust, models.CASCADE, related_name="corrections")
    text = models.TextField()
    source = models.CharField(max_length=300)
    accepted_at = models.DateTimeField(null=True, help_text="By the author.")
    reply = models.CharField(max_length=600, blank=True, help_text="By the author.")
    stood_at = models.DateTimeField(null=True, help_text="Since when it stands beside the words.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust"], condition=Q(closed_at=None), name="one_correction_at_a_time"
            )
        ]


class Voice(Told, Row):
    """One person says: it is right. Of the words themselves, or of a correction."""

    trust = models.ForeignKey(Trust, models.CASCADE, related_name="voices")
    correction = models.ForeignKey(Correction, models.CASCADE, null=True, related_name="voices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "by"], condition=Q(correction=None), name="one_voice_each"
            ),
            models.UniqueConstraint(
                fields=["correction", "by"],
                condition=Q(correction__isnull=False),
                name="one_voice_each_for_a_correction",
            ),
        ]


class Dispute(Row):
    """Two ways to see it, each with its sources, until an adviser closes it with a reason."""

    class Outcome(models.TextChoices):
        RIGHT = "right"
        WRONG = "wrong"
        BOTH = "both"

    trust = models.ForeignKey(Trust, models.CASCADE, related_name="disputes")
    opened_at = models.DateTimeField(default=now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    why = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust"], condition=Q(resolved_at=None), name="one_dispute_at_a_time"
            )
        ]


class Side(Told, Row):
    """What one person adds to one side of a dispute. The author's have no person of their own."""

    class Holds(models.TextChoices):
        RIGHT = "right"
        WRONG = "wrong"

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="sides")
    holds = models.CharField(max_length=6, choices=Holds.choices)
    author = models.BooleanField(default=False, help_text="Whoever wrote the thing.")
    text = models.TextField()
    source = models.CharField(max_length=300)


class Hearing(Row):
    """A person hears that something they read, saved or verified was corrected, disputed or edited."""

    class What(models.TextChoices):
        CORRECTED = "corrected"
        DISPUTED = "disputed"
        RESOLVED = "resolved"
        EDITED = "edited"  # to whoever had verified the words before

    trust = models.ForeignKey(Trust, models.CASCADE, related_name="hearings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "person"], condition=Q(seen_at=None), name="one_hearing_waits"
            )
        ]
        indexes = [models.Index(fields=["person"], name="hearing_waits", condition=Q(seen_at=None))]


class Skipped(Row):
    """An adviser leaves a thing for later; it comes back when its words change."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    thing = models.UUIDField()
    version = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "thing"], name="skipped_once")
        ]
