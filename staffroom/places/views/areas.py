"""The administrative tree, step by step, as it is today."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staffroom.core.errors import NotYours
from staffroom.core.paging import paged
from staffroom.places import queries, supervision
from staffroom.places.access import administrator
from staffroom.places.models import Area, AreaParent, Oversight, on_date
from staffroom.places.views.common import here, with_lines


@administrator
def top(request: HttpRequest) -> HttpResponse:
    day = here(request)
    inside = AreaParent.objects.filter(on_date(day)).values("area")
    areas = Area.objects.filter(on_date(day), programme=request.programme).exclude(pk__in=inside)  # type: ignore[attr-defined]
    schools = queries.schools_without_area(request.programme, day)  # type: ignore[attr-defined]
    context = paged(request, areas.select_related("level").order_by("level__depth", "name"), 100)
    context |= {"programme": request.programme, "lost": schools.count()}  # type: ignore[attr-defined]
    return render(request, "places/areas.html", context)


@administrator
def one(request: HttpRequest, area: uuid.UUID) -> HttpResponse:
    day = here(request)
    found = (
        Area.objects.filter(programme=request.programme, pk=area).select_related("level").first()  # type: ignore[attr-defined]
    )
    if found is None:
        raise NotYours
    children = Area.objects.filter(
        on_date(day), pk__in=AreaParent.objects.filter(on_date(day), parent=found).values("area")
    ).select_related("level")
    line = queries.area_paths({found.pk}, day)[found.pk][1:]
    around = {a.pk: a for a in Area.objects.filter(pk__in=line)}
    own = queries.schools_in({found.pk}, day).order_by("name")
    context = paged(request, own)
    context |= {
        "area": found,
        "trail": [around[pk] for pk in reversed(line)],
        "parent": around[line[0]] if line else None,
        "children": children.order_by("level__depth", "name"),
        "schools": with_lines(context["page"]),
        "in_all": queries.schools_in(supervision.descendants({found.pk}, day), day).count(),
        "overseers": Oversight.objects.filter(on_date(day), area=found).select_related("person"),
    }
    return render(request, "places/area.html", context)
