"""Resources' part in what reaches every room: export, erasure, merging, retention, the page *Me*."""

import zipfile
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.library.actions import editions
from staffroom.library.actions.resources import count_helped
from staffroom.library.models import (
    Collection,
    CollectionItem,
    Edition,
    Resource,
    ResourceHelped,
    ResourceReport,
    Share,
    ShelfItem,
)
from staffroom.library.queries import resource_reports, resources
from staffroom.people.models import Person


def register() -> None:
    """Called once, when the room is ready."""
    hooks.export_person.add(export)
    hooks.export_files.add(export_files)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge)
    hooks.retention.add(rules)
    hooks.nightly.add(editions.sweep)
    hooks.me_entries.add(me_entries)


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person put into the library, and the person's own marks and lists."""
    added = Resource.objects.filter(added_by=person).select_related("community").order_by("pk")
    return {
        "resources": [_described(one) for one in added],
        "resource_files": [
            dict(one)
            for one in Edition.objects.filter(added_by=person)
            .order_by("pk")
            .values("resource_id", "number", "name", "size", "added_at")
        ],
        "resources_shared": _rows(Share.objects.filter(by=person), "community__name"),
        "resources_helped": _rows(ResourceHelped.objects.filter(person=person)),
        "shelf": _rows(ShelfItem.objects.filter(person=person)),
        "resource_reports": _rows(ResourceReport.objects.filter(reporter=person), "reason", "note"),
        "resource_decisions": _rows(ResourceReport.objects.filter(decided_by=person), "decided_at"),
        "collections": [
            {
                "name": one.name,
                "about": one.about,
                "made": one.made_at,
                "resources": [
                    str(id)
                    for id in CollectionItem.objects.filter(collection=one).values_list(
                        "resource", flat=True
                    )
                ],
            }
            for one in Collection.objects.filter(owner=person).order_by("pk")
        ],
    }


def _rows(rows: Any, *more: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values("resource_id", "at", *more))


def _described(one: Resource) -> dict[str, Any]:
    told = ("kind", "title", "description", "subjects", "grades", "topic", "language", "licence",
            "credit", "year", "link", "for_all", "added_at", "removed_at")  # fmt: skip
    described = {name: getattr(one, name) for name in told}
    return described | {"id": str(one.pk), "community": one.community.name if one.community else ""}


def export_files(person: Person, zip: zipfile.ZipFile) -> None:
    """The files themselves."""
    for one in Edition.objects.filter(added_by=person).order_by("pk"):
        try:
            with one.file.open("rb") as file:
                zip.writestr(f"library/{one.pk}.{one.kind}", file.read())
        except FileNotFoundError:  # lost by a restored backup: the rest is worth having
            continue


def erase(person: Person, keep_contributions: bool) -> None:
    """Marks and one's own lists go; what was put into the library stays without a name, or goes too."""
    touched = list(ResourceHelped.objects.filter(person=person).values_list("resource", flat=True))
    ResourceHelped.objects.filter(person=person).delete()
    ShelfItem.objects.filter(person=person).delete()
    own = Collection.objects.filter(owner=person)
    own.filter(community=None, programme=None).delete()
    own.update(owner=None)
    ResourceReport.objects.filter(reporter=person).update(reporter=None, note="")
    ResourceReport.objects.filter(decided_by=person).update(decided_by=None)
    Share.objects.filter(by=person).update(by=None)
    added = Resource.objects.filter(added_by=person)
    if not keep_contributions:
        editions.forget(added.values_list("pk", flat=True))
    Edition.objects.filter(added_by=person).update(added_by=None)
    added.update(added_by=None, version=F("version") + 1)
    for one in Resource.objects.filter(pk__in=touched):
        count_helped(one)


def merge(keep: Person, drop: Person) -> None:
    """Nobody is helped twice, or by what they put there themselves."""
    both = [keep, drop]
    own = ResourceHelped.objects.filter(person__in=both, resource__added_by__in=both)
    mine = ResourceHelped.objects.filter(person=keep).values_list("resource", flat=True)
    twice = ResourceHelped.objects.filter(person=drop, resource__in=list(mine))
    doomed = list(own.values_list("pk", "resource")) + list(twice.values_list("pk", "resource"))
    ResourceHelped.objects.filter(pk__in=[pk for pk, _resource in doomed]).delete()
    for one in Resource.objects.filter(pk__in=[resource for _pk, resource in doomed]):
        count_helped(one)


def rules() -> list[Rule]:
    return [
        Rule(
            "resources",
            gettext_lazy("What members put into the library, with its earlier files"),
            gettext_lazy("To teach with it"),
            until=gettext_lazy("until it is taken out, or its giver leaves and takes it along"),
        ),
        Rule(
            "removed_resources",
            gettext_lazy("What was taken out of the library"),
            gettext_lazy("To undo"),
            days=30,
            least=1,
            most=365,
            due=lambda before: Resource.objects.filter(removed_at__lt=before),
            forget=editions.forget,
        ),
        Rule(
            "shelves",
            gettext_lazy("What somebody keeps on their own shelf, and what helped them"),
            gettext_lazy("To find it again; to say how many it helped"),
            until=gettext_lazy("while the account lives, or until it is taken back"),
        ),
        Rule(
            "resource_reports",
            gettext_lazy("Who reported a resource and why, once it was decided"),
            gettext_lazy("To answer for the decision"),
            days=365,
            least=90,
            most=1095,
            due=lambda before: ResourceReport.objects.filter(decided_at__lt=before),
        ),
    ]


def me_entries(person: Person) -> list[dict[str, str]]:
    """The programme's library and the own shelf; for whoever decides, what waits for a look."""
    on_shelf = resources.shelf(person).count()
    count = ngettext("%(n)s thing on it", "%(n)s things on it", on_shelf) % {"n": on_shelf}
    entries = [
        _entry("library", "book", _("The library"), _("Books, past papers, stories for all of us")),
        _entry("shelf", "down", _("My shelf"), count if on_shelf else _("What I want at hand")),
    ]
    waiting = resource_reports.waiting_for(person).count()
    if waiting:
        words = ngettext("%(n)s waits for a look", "%(n)s wait for a look", waiting)
        title = _("Reported in the library")
        entries.append(_entry("resource_reports", "flag", title, words % {"n": waiting}))
    return entries


def _entry(name: str, icon: str, title: str, text: str) -> dict[str, str]:
    group = "work" if name == "resource_reports" else "mine"
    return {"url": reverse(name), "group": group, "icon": icon, "title": title, "text": text}
