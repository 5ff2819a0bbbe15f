"""The demo's places: the programme with the real schools, and where its people work."""

import datetime as dt
import random
from typing import Any

from staffroom.communities.models import Community
from staffroom.people.models import Person
from staffroom.places.models import Area, Posting, Programme, School, on_date
from staffroom.places.supervision import descendants
from staffroom.web.demo.content import Group


def area_of(programme: Programme, facts: dict[str, Any], on: dt.date) -> Area:
    """The community's sub-county, found inside its county; the county where there is none."""
    county = Area.objects.get(programme=programme, level__depth=1, name__iexact=facts["county"])
    inside = descendants({county.pk}, on)
    found = Area.objects.filter(pk__in=inside, name__iexact=facts.get("sub_county", "")).order_by(
        "level__depth"
    )
    return found.first() or county


def schools_in(area: Area, on: dt.date) -> list[School]:
    """The area's schools, in a fixed order."""
    inside = descendants({area.pk}, on)
    return list(
        School.objects.filter(on_date(on, "areas__"), areas__area__in=inside, closed=None).order_by(
            "code"
        )
    )


def post_people(
    group: Group, community: Community, people: dict[str, Person], starts: dt.date
) -> None:
    """Each new person of the group works at a school of its area; two teachers at most at one school."""
    new = [people[entry["key"]] for entry in group.people]
    assert community.area is not None
    schools = schools_in(community.area, starts)
    heads = group.facts["subject"] == "school-leadership"
    role = Posting.Role.HEAD if heads else Posting.Role.TEACHER
    wanted = len(new) if heads else (len(new) * 2 + 2) // 3
    draw = random.Random(group.slug)  # noqa: S311  (a story, not a secret)
    chosen = draw.sample(schools, min(len(schools), max(1, wanted)))
    Posting.objects.bulk_create(
        Posting(person=person, school=chosen[number % len(chosen)], role=role, starts=starts)
        for number, person in enumerate(new)
        if not person.postings.exists()
    )
