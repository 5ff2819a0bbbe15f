"""A programme's own sections for lesson plans."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities import offices
from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import MAX_SECTIONS, clean_line
from staffroom.library.models import PlanTemplate
from staffroom.library.plan_words import BY_KEY, STANDARD
from staffroom.people.models import Person
from staffroom.places.models import Programme


@transaction.atomic
def set_template(
    *, by: Person, programme: Programme, sections: list[dict[str, Any]]
) -> PlanTemplate:
    """Plans begun from now on have these sections; those begun before keep theirs."""
    check_template(by, programme)
    kept = [_section(raw, place) for place, raw in enumerate(sections)]
    if not kept:
        raise Refused(_("A plan needs at least one section."))
    if len(kept) > MAX_SECTIONS:
        raise Refused(_("At most %(most)s sections fit.") % {"most": MAX_SECTIONS})
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = current_template(programme)
    if last is not None and last.sections == kept:
        return last
    made = PlanTemplate.objects.create(
        programme=programme,
        version=last.version + 1 if last else 1,
        sections=kept,
        changed_by=by,
        changed_at=now(),
    )
    audit.write("plan_template.changed", actor=by, on=made, version=made.version)
    return made


def check_template(by: Person, programme: Programme) -> None:
    """Gardeners and administrators of the whole programme."""
    roles = (offices.GARDENER, offices.ADMINISTRATOR)
    if not offices.appointments(by, *roles).filter(area=None, programme=programme).exists():
        raise NotYours


def current_template(programme: Programme) -> PlanTemplate | None:
    return PlanTemplate.objects.filter(programme=programme).order_by("-version").first()


def sections_of(programme: Programme) -> list[dict[str, Any]]:
    """What a new plan begins with."""
    template = current_template(programme)
    if template is not None:
        return list(template.sections)
    return [{"key": s.key, "title": "", "hint": "", "timed": s.timed} for s in STANDARD]


def _section(raw: dict[str, Any], place: int) -> dict[str, Any]:
    key = str(raw.get("key") or "")
    title = clean_line(
        str(raw.get("title") or ""), most=80, field=f"title_{place}", blank=key in BY_KEY
    )
    if key in BY_KEY and title == str(BY_KEY[key].title):
        title = ""  # ours, said to each reader in their own language
    hint = clean_line(str(raw.get("hint") or ""), most=200, field=f"hint_{place}")
    if key in BY_KEY and hint == str(BY_KEY[key].hint):
        hint = ""
    return {
        "key": key if key in BY_KEY else f"own-{uuid7().hex[-12:]}" if not key else key[:30],
        "title": title,
        "hint": hint,
        "timed": bool(raw.get("timed")),
    }
