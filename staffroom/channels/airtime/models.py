from django.db import models

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.people.models import Person
from staffroom.places.models import Programme


def money() -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=2, default=0)


class Budget(Row):
    """What a programme spends on members' data at most, and what a MB costs there."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3, help_text="ISO 4217.")
    mb_price = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    per_person = money()
    per_order = money()
    per_month = money()
    two_above = money()


class Order(Row):
    """One round of support: the same for each member of some communities."""

    class Kind(models.TextChoices):
        AIRTIME = "airtime"
        DATA = "data"

    class Way(models.TextChoices):
        PROVIDER = "provider"
        HAND = "hand"

    class State(models.TextChoices):
        DRAFT = "draft"
        SECOND = "second"  # one has agreed, another must
        GOING = "going"  # agreed to; each share has a state of its own
        DROPPED = "dropped"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    month = models.DateField(help_text="The first day of the month in which it counts.")
    amount = money()
    megabytes = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    least_days = models.PositiveSmallIntegerField(default=0, help_text="Of membership.")
    communities = models.ManyToManyField(Community, related_name="+")
    left_out = models.JSONField(default=dict, help_text="Why: how many. Nobody is named.")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    first_yes = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    second_yes = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)


class Share(Row):
    """What one person gets of an order. Its id is the key by which the provider gives it once."""

    class State(models.TextChoices):
        WAITING = "waiting"  # not asked for yet
        ASKING = "asking"  # the provider is being asked just now
        TAKEN = "taken"  # the provider has it
        ARRIVED = "arrived"
        FAILED = "failed"
        UNKNOWN = "unknown"  # the line broke after we asked: never asked for again by itself
        REFUNDED = "refunded"
        LEFT_OUT = "left_out"  # between the preview and the yes somebody left, or has no number
        GIVEN = "given"  # by hand

    order = models.ForeignKey(Order, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    amount = money()
    request_id = models.CharField(max_length=80, blank=True, help_text="The provider's.")
    why = models.CharField(max_length=60, blank=True, help_text="The provider's word, no number.")
    at = models.DateTimeField(default=now, help_text="When its state last changed.")
    came = models.BooleanField(null=True, help_text="What its receiver says.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="one_share_an_order")
        ]
        indexes = [
            models.Index(
                fields=["request_id"], name="share_of_request", condition=~models.Q(request_id="")
            )
        ]


#: Money that is gone, or may be.
SPENT = [Share.State.WAITING, Share.State.ASKING, Share.State.TAKEN, Share.State.ARRIVED,
         Share.State.UNKNOWN, Share.State.GIVEN]  # fmt: skip
