"""Brokers on the page of a community; taken along, forgotten, merged; ended when they leave."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.communities.hooks import about_rows
from staffroom.communities.models import Community
from staffroom.core import hooks, outbox
from staffroom.core.clock import now
from staffroom.core.retention import Rule
from staffroom.core.words import listed
from staffroom.edges.actions import brokers
from staffroom.edges.models import Broker, BrokerWord
from staffroom.edges.queries.sisters import brokers_of
from staffroom.people.models import Person


def about(request: HttpRequest) -> list[dict[str, str]]:
    """One line: who carries, by consent."""
    community: Community = request.community  # type: ignore[attr-defined]
    if community.stage != Community.Stage.OPEN:
        return []
    found = list(brokers_of(community).select_related("person").order_by("person__name"))
    named = [each.person.first_name for each in found if each.shown]
    more = len(found) - len(named)
    if more:
        named.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": more})
    return [
        {
            "url": reverse("brokers", args=[community.pk]),
            "icon": "talk",
            "title": _("Brokers"),
            "text": listed(named) if named else _("Nobody carries questions across yet."),
        }
    ]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Between which communities the person carried; the person's word about others."""
    return {
        "brokers": [
            {
                "between": [side.community.name for side in each.sides.select_related("community")],
                "offered": each.offered_at,
                "accepted": each.accepted_at,
                "ended": each.ended_at,
                "shown": each.shown,
            }
            for each in Broker.objects.filter(person=person).order_by("at")
        ],
        "broker_words": [
            {"community": each.side.community.name, "accepts": each.accepts, "at": each.at}
            for each in BrokerWord.objects.filter(member=person)
            .select_related("side__community")
            .order_by("at")
        ],
    }


def erase(person: Person, keep_contributions: bool) -> None:
    Broker.objects.filter(person=person).delete()
    BrokerWord.objects.filter(member=person).delete()
    Broker.objects.filter(asked_by=person).update(asked_by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """One offer between two communities, one word about each, none about oneself."""
    both = [keep, drop]
    BrokerWord.objects.filter(member__in=both, side__broker__person__in=both).delete()
    said = BrokerWord.objects.filter(member=keep).values("side")
    BrokerWord.objects.filter(
        member=drop, side__in=list(said.values_list("side", flat=True))
    ).delete()
    pairs = {_pair(each) for each in Broker.objects.filter(person=keep, ended_at=None)}
    for other in Broker.objects.filter(person=drop, ended_at=None):
        if _pair(other) in pairs:
            Broker.objects.filter(pk=other.pk).update(ended_at=now())


def _pair(broker: Broker) -> frozenset[Any]:
    return frozenset(broker.sides.values_list("community", flat=True))


def rules() -> list[Rule]:
    return [
        Rule(
            "brokers",
            gettext_lazy("Who carried questions between which communities, and what members said of it"),
            gettext_lazy("So that members know through whom words go"),
            days=365,
            least=90,
            most=1095,
            due=lambda before: Broker.objects.filter(ended_at__lt=before),
        )
    ]  # fmt: skip


def register() -> None:
    about_rows.add(about)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.nightly.add(brokers.nightly)
    outbox.on("membership.ended", brokers.membership_ended)
