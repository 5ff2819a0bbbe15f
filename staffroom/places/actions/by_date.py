"""What it means, in rows, that something ends, merges or closes on a day."""

import datetime as dt
import uuid
from typing import Any

from staffroom.places.models import (
    Area,
    AreaParent,
    Oversight,
    Posting,
    School,
    SchoolArea,
    on_date,
)


def end(rows: Any, on: dt.date) -> None:
    """End dated rows on a day: those not yet begun by then are removed, for they never were true."""
    rows.filter(starts__gte=on).delete()
    rows.filter(on_date(on)).update(ends=on)


def merge_area(area: uuid.UUID, into: uuid.UUID, on: dt.date) -> None:
    schools = list(
        SchoolArea.objects.filter(on_date(on), area=area).values_list("school_id", flat=True)
    )
    children = list(
        AreaParent.objects.filter(on_date(on), parent=area).values_list("area_id", flat=True)
    )
    end(SchoolArea.objects.filter(area=area), on)
    end(AreaParent.objects.filter(parent=area), on)
    end(AreaParent.objects.filter(area=area), on)
    SchoolArea.objects.bulk_create(
        SchoolArea(school_id=school, area_id=into, starts=on) for school in schools
    )
    AreaParent.objects.bulk_create(
        AreaParent(area_id=child, parent_id=into, starts=on) for child in children
    )
    for officer in Oversight.objects.filter(on_date(on), area=area):
        Oversight.objects.create(
            person_id=officer.person_id, area_id=into, title=officer.title, starts=on
        )
    end(Oversight.objects.filter(area=area), on)
    Area.objects.filter(pk=area).update(ends=on, merged_into=into)


def close_school_rows(school: uuid.UUID, on: dt.date, into: uuid.UUID | None = None) -> None:
    """Close a school: postings there end that day. Merged: teachers and deputies go along.

    The head's posting ends: the other school has its own head, and two would be a decision.
    """
    School.objects.filter(pk=school).update(closed=on, merged_into=into)
    postings = list(Posting.objects.filter(on_date(on), school=school))
    end(Posting.objects.filter(school=school), on)
    if into is not None:
        already = set(
            Posting.objects.filter(on_date(on), school=into).values_list("person_id", flat=True)
        )
        Posting.objects.bulk_create(
            Posting(person_id=old.person_id, school_id=into, role=old.role, starts=on)
            for old in postings
            if old.role != Posting.Role.HEAD and old.person_id not in already
        )
