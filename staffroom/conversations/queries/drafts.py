"""What a member was writing when the form was left."""

import uuid

from staffroom.communities.models import Community
from staffroom.conversations.models import Draft
from staffroom.core.prepared import Prepared
from staffroom.people.models import Person


def draft(person: Person, community: Community, place: str) -> Draft | None:
    kept: Draft | None = _DRAFT.first(person.pk, community.pk, place)
    return kept


_DRAFT = Prepared(
    lambda person, community, place: Draft.objects.filter(
        person=person, community=community, place=place
    ).order_by("pk")[:1],
    uuid.UUID,
    uuid.UUID,
    str,
)


def for_form(person: Person, community: Community, place: str) -> dict[str, str]:
    """The fields as they were typed; empty without a draft."""
    kept = draft(person, community, place)
    return dict(kept.fields) if kept else {}


def shown(person: Person, community: Community, place: str) -> dict[str, object]:
    """For a template: `draft` (the fields), `draft_kept` (when, in milliseconds, for the script)."""
    kept = draft(person, community, place)
    if kept is None:
        return {"draft": {}, "draft_kept": ""}
    return {"draft": kept.fields, "draft_kept": str(int(kept.saved_at.timestamp() * 1000))}
