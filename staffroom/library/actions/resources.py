"""Put a resource into the library, describe it better, take it out, bring it back."""

import re
import uuid
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.core.texts import bounded, plain
from staffroom.library import reach
from staffroom.library.actions import editions
from staffroom.library.actions.trust_settling import words_changed
from staffroom.library.finding import remember
from staffroom.library.models import Resource
from staffroom.library.reading import VIDEOS
from staffroom.library.resource_words import KINDS, LICENCES
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS
from staffroom.places.models import Programme

MOST_TITLE, MOST_DESCRIPTION, MOST_CREDIT, MOST_TOPIC = 160, 2000, 300, 120
MOST_LINK = 500
_LINK = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$", re.I)


@dataclass
class About:
    """What is said of a resource; empty parts are guessed when it is put there."""

    kind: str = ""
    title: str = ""
    description: str = ""
    subjects: list[str] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    topic: str = ""
    language: str = ""
    licence: str = ""
    credit: str = ""
    year: int | None = None
    link: str = ""

    def cleaned(self) -> "About":
        """One line where it is one line, known codes alone; `Refused` at the field that is wrong."""
        about = About(
            kind=_known(self.kind, KINDS, "kind"),
            title=_short(self.title, MOST_TITLE, "title"),
            description=_long(self.description),
            subjects=[_known(code, SUBJECTS, "subjects") for code in self.subjects],
            grades=sorted({_known(grade, GRADES, "grades") for grade in self.grades}),
            topic=_short(self.topic, MOST_TOPIC, "topic"),
            language=_known(self.language, LANGUAGES, "language"),
            licence=_known(self.licence or "unknown", LICENCES, "licence"),
            credit=_short(self.credit, MOST_CREDIT, "credit"),
            year=_year(self.year),
            link=_web_address(self.link),
        )
        if not about.title:
            raise Refused(_("Please give it a title, so that it can be found."), "title")
        return about


def add(
    *,
    by: Person | None,
    community: Community | None = None,
    programme: Programme | None = None,
    about: About,
    file: IO[bytes] | None = None,
    name: str = "",
    id: uuid.UUID | None = None,
    key: str = "",
    most: int | None = None,
) -> Resource:
    """Put it into a community's library or, without one, into the programme's.

    The same `id` again is the same resource. `most` is how heavy a file may be, in bytes; without
    it, the programme's limit holds.
    """
    home = community.programme if community is not None else programme
    if home is None:
        raise NotYours
    reach.check_add(by, community, home)
    if id is not None and (known := Resource.objects.filter(pk=id).first()):
        reach.check_change(by, known)
        return known
    about = guessed(about, name, community).cleaned()
    if file is None and not about.link:
        raise Refused(_("Please choose a file, or write where it is on the web."), "file")
    taken = editions.taken(file, name, home, most) if file is not None else None
    about.kind = about.kind or kind_of(taken.kind if taken else "", about.title)
    with editions.kept(taken) as stored, transaction.atomic():
        resource = Resource.objects.create(
            **({"id": id} if id else {}),
            programme=home,
            community=community,
            for_all=community is None,
            added_by=by,
            key=key,
            **vars(about),
        )
        if stored is not None:
            editions.put(resource, stored, by)
        remember(resource)
        _tell("resource.added", resource, by)
    return resource


def guessed(about: About, name: str, community: Community | None) -> About:
    """What was left empty, from the file's name and from the community it is put into."""
    parts = dict(vars(about))
    if not parts["title"].strip() and name:
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        parts["title"] = one_line(re.sub(r"[_\s]+", " ", stem))[:MOST_TITLE]
    if community is not None:
        parts["language"] = parts["language"] or community.language
        if not parts["subjects"] and community.subject in SUBJECTS:
            parts["subjects"] = [community.subject]
        parts["grades"] = parts["grades"] or [g for g in community.grades if g in GRADES]
    return About(**parts)


def kind_of(file_kind: str, title: str) -> str:
    """What it may be, by its file and its title: a guess that its giver can mend."""
    if file_kind in VIDEOS:
        return Resource.Kind.VIDEO
    words = {
        r"\b(past|exam|paper|kcse|kcpe|kpsea|test|mtihani)": Resource.Kind.PAST_PAPER,
        r"\b(syllabus|scheme|curriculum|mtaala)": Resource.Kind.SYLLABUS,
        r"\b(lesson|plan|somo)": Resource.Kind.LESSON_PLAN,
        r"\b(guide|mwongozo)": Resource.Kind.GUIDE,
        r"\b(story|hadithi)": Resource.Kind.STORY,
    }
    for pattern, kind in words.items():
        if re.search(pattern, title.lower()):
            return kind
    return Resource.Kind.AID if file_kind in {"webp", "pptx", "odp"} else Resource.Kind.BOOK


@transaction.atomic
def change(*, by: Person | None, resource: Resource, about: About) -> Resource:
    """Describe it anew."""
    reach.check_change(by, resource)
    held = _standing(resource)
    about = about.cleaned()
    if not held.edition and not about.link:
        raise Refused(_("Please write where it is on the web."), "link")
    parts = vars(about) | {"kind": about.kind or held.kind}
    changed = [name for name, value in parts.items() if getattr(held, name) != value]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, parts[name])
    touch(held, *changed)
    _tell("resource.changed", held, by)
    return held


def replace(
    *, by: Person | None, resource: Resource, file: IO[bytes], name: str, most: int | None = None
) -> Resource:
    """A better file; the earlier one can still be fetched. The same file again changes nothing."""
    reach.check_change(by, resource)
    taken = editions.taken(file, name, resource.programme, most)
    if editions.is_same(resource, taken):
        return resource
    with editions.kept(taken) as stored, transaction.atomic():
        held = _standing(resource)
        if stored is not None:
            editions.put(held, stored, by)
        touch(held)
        _tell("resource.changed", held, by)
    return held


@transaction.atomic
def remove(*, by: Person | None, resource: Resource) -> None:
    """Out of every library it stands in; within the days of retention it can be brought back."""
    reach.check_change(by, resource)
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    if held.removed_at is not None:
        return
    held.removed_at = now()
    touch(held, "removed_at")
    _tell("resource.removed", held, by)


@transaction.atomic
def restore(*, by: Person, resource: Resource) -> Resource:
    reach.check_change(by, resource)
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    if held.removed_at is None:
        return held
    if held.key and _rival(held):
        raise Refused(_("It is here again already, from the same list. Nothing was brought back."))
    held.removed_at = None
    touch(held, "removed_at")
    _tell("resource.restored", held, by)
    return held


def _rival(resource: Resource) -> bool:
    rows = Resource.objects.filter(programme=resource.programme_id, key=resource.key)
    return rows.filter(community=resource.community_id).exclude(pk=resource.pk).exists()


def touch(resource: Resource, *fields: str) -> None:
    """Save these fields; whoever shows it shows it anew."""
    resource.version += 1
    resource.changed_at = now()
    resource.save(update_fields=[*fields, "version", "changed_at"])
    words_changed(kind="resource", thing=resource.pk)
    remember(resource)


def _standing(resource: Resource) -> Resource:
    held = Resource.objects.select_for_update().filter(reach.STANDING, pk=resource.pk).first()
    if held is None:
        raise Refused(_("It was taken out of the library meanwhile."))
    return held


def _tell(act: str, resource: Resource, by: Person | None) -> None:
    audit.write(act, actor=by, on=resource)
    outbox.put(act, resource=str(resource.pk), version=resource.version)


def count_helped(resource: Resource) -> None:
    """A number of people; the version stays, since nothing that was written changes."""
    Resource.objects.filter(pk=resource.pk).update(helped_count=resource.helped.count())
    outbox.put("resource.helped", resource=str(resource.pk))


def _known(value: Any, codes: Any, at: str) -> Any:
    if value == "" or value in codes:
        return value
    raise Refused(_("Please choose one of the list."), at)


def _short(text: str, most: int, at: str) -> str:
    text = one_line(text)
    return bounded(text, most, at)


def _long(text: str) -> str:
    text = plain(text)
    return bounded(text, MOST_DESCRIPTION, "description")


def _year(year: int | None) -> int | None:
    if year is not None and not 1800 <= year <= today().year + 1:
        raise Refused(_("Please write the year with four digits."), "year")
    return year


def _web_address(text: str) -> str:
    """Only what is fetched from the web, so that no link can run anything."""
    text = "".join(text.split())
    if text and "://" not in text and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text):
        text = f"https://{text}"
    if text and (len(text) > MOST_LINK or not _LINK.match(text)):
        raise Refused(
            _("This is not the address of a page on the web. It begins with https://"), "link"
        )
    return text
