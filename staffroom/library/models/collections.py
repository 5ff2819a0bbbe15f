"""Resources in an order that somebody chose: for a topic, a term, a workshop."""

from django.db import models
from django.db.models import Q

from staffroom.communities.models import Community
from staffroom.core.clock import now
from staffroom.core.models import Row
from staffroom.library.models.resources import Resource
from staffroom.people.models import Person
from staffroom.places.models import Programme


class Collection(Row):
    """A community's, a programme's, or (with neither) its owner's own."""

    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="collections")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="collections")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(community=None) | Q(programme=None), name="collection_of_one"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CollectionItem(Row):
    """A resource in a collection; `place` says where."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        unique_together = [("collection", "resource")]
        ordering = ["place", "id"]
