"""Writing in a section: several at once, some of them offline for a day, and no word is lost."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.library.actions.plans.common import (
    MAX_TEXT,
    check_write,
    clean,
    hold,
    same_sender,
)
from staffroom.library.finding import remember
from staffroom.library.models import (
    LessonPlan,
    PlanSection,
    SectionDraft,
    SectionVersion,
    SectionWriting,
)
from staffroom.methods.text.merge import merge
from staffroom.people.models import Person

How = SectionVersion.How


@dataclass(frozen=True)
class Written:
    """What became of a text: it stands, joined with what others saved meanwhile, or waits for a look."""

    writing: SectionWriting
    merged: bool = False
    came_back: bool = False

    @property
    def clashes(self) -> bool:
        return self.writing.clashes and self.writing.settled_at is None


@transaction.atomic
def write(
    *,
    by: Person,
    section: PlanSection,
    text: str,
    based_on: int,
    id: uuid.UUID | None = None,
    how: str = How.WRITTEN,
) -> Written:
    """Save what was made of version `based_on`. If the section moved on, both are merged.

    What does not fit together waits as a clash; until somebody has looked, the section stays as it
    is. A section that was taken out meanwhile comes back: what was written in it counts.
    """
    check_write(by, section.plan)
    held = hold(section)
    if known := SectionWriting.objects.filter(pk=id).first() if id else None:
        same_sender(known.by_id, by, known.section_id, held.pk)
        return Written(known)
    words = clean(text, most=max(MAX_TEXT, len(held.text)), blank=True)
    writing = _sent(by, held, words, based_on, id)
    SectionDraft.objects.filter(section=held, person=by).delete()
    back = held.removed_at is not None
    merged = merge(_text_at(held, based_on), words, held.text)
    if merged.clean:
        whole = merged.text(lambda clash: clash.theirs)
        _stand(held, whole, by=by, based_on=based_on, how=how if whole == words else How.MERGED)
        writing.version = held.version
    else:
        writing.clashes = True
        audit.write("plan.section_clashes", actor=by, on=held, version=held.version)
    writing.save(update_fields=["version", "clashes"])
    if back:
        _bring_back(held, by)
    return Written(writing, merged=merged.clean and held.text != words, came_back=back)


@transaction.atomic
def settle(*, by: Person, writing: SectionWriting, text: str, version: int) -> Written:
    """Somebody has looked at both texts: this one is to stand. It may meet yet another, as any text."""
    check_write(by, writing.section.plan)
    held = hold(writing.section)
    waits = SectionWriting.objects.select_for_update().get(pk=writing.pk)
    if waits.settled_at is not None or not waits.clashes:
        raise Refused(_("Somebody has settled this already. Look at what stands there now."))
    done = write(by=by, section=held, text=text, based_on=version, how=How.SETTLED)
    waits.settled_at, waits.version = now(), done.writing.version
    waits.save(update_fields=["settled_at", "version"])
    return done


@transaction.atomic
def restore(*, by: Person, section: PlanSection, version: int) -> None:
    """An earlier text stands again; what stood until now stays among the versions."""
    check_write(by, section.plan)
    held = hold(section)
    earlier = SectionVersion.objects.filter(section=held, version=version).first()
    if earlier is None:
        raise NotYours
    _stand(held, earlier.text, by=by, based_on=version, how=How.RESTORED)


def _sent(
    by: Person, section: PlanSection, words: str, based_on: int, id: uuid.UUID | None
) -> SectionWriting:
    try:
        with transaction.atomic():
            writing = SectionWriting(
                id=id or uuid7(),
                section=section,
                by=by,
                text=words,
                based_on=max(0, min(based_on, section.version)),
                at=now(),
            )
            writing.save(force_insert=True)
            return writing
    except IntegrityError:  # the same id a moment ago, in another section
        raise Refused(_("This could not be sent as it is. Please send it once more.")) from None


def _text_at(section: PlanSection, version: int) -> str:
    """What the phone began from. Nothing known of it: then nothing is taken as agreed."""
    if version == section.version:
        return section.text
    found = SectionVersion.objects.filter(section=section, version=version).first()
    return found.text if found else ""


def _stand(section: PlanSection, text: str, *, by: Person, based_on: int, how: str) -> None:
    """This is the section's text from now on; the caller holds the row."""
    if text == section.text:
        return
    moment = now()
    section.version += 1
    section.text, section.written_by, section.written_at = text, by, moment
    section.save(update_fields=["version", "text", "written_by", "written_at"])
    SectionVersion.objects.create(
        section=section,
        version=section.version,
        text=text,
        based_on=max(0, based_on),
        how=how,
        by=by,
        at=moment,
    )
    LessonPlan.objects.filter(pk=section.plan_id).update(changed_at=moment)
    remember(section.plan)
    audit.write("plan.section_written", actor=by, on=section, version=section.version, how=how)


def _bring_back(section: PlanSection, by: Person) -> None:
    section.removed_at = section.removed_by = None
    section.save(update_fields=["removed_at", "removed_by"])
    remember(section.plan)
    audit.write("plan.section_back", actor=by, on=section)
