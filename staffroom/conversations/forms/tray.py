"""The photos of a form: those that wait from an earlier try, those just sent, what was wrong."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.actions import photos as acts
from staffroom.conversations.forms import consent
from staffroom.conversations.models import Photo
from staffroom.core import ids, limits
from staffroom.core.errors import Refused
from staffroom.core.forms import Form, one_line
from staffroom.people.models import Person


class Tray:
    """Shown by `conversations/_photo_field.html`; given to a post by `attach(photos=tray.ids)`.

    A form that is refused for another reason is shown again with the tray, so that nobody has to
    send a good photo twice.
    """

    most = acts.MOST
    #: Whether the form asks if a pupil can be known on the photos.
    asks = True
    #: What was answered.
    shows = ""
    choices = consent.CHOICES

    def __init__(self, photos: Iterable[Photo] = (), problems: Iterable[str] = ()) -> None:
        self.photos = list(photos)
        self.problems = list(problems)

    @property
    def ids(self) -> list[uuid.UUID]:
        return [photo.pk for photo in self.photos]

    @property
    def room(self) -> int:
        """How many more photos fit."""
        return max(0, self.most - len(self.photos))

    def check(self) -> None:
        """`Refused` when a photo could not be taken: the person decides whether to go on without."""
        if self.problems:
            raise Refused(" ".join(self.problems), "photo")
        if self.asks and self.photos:
            shows = consent.check(self.shows)
            acts.say_what_it_shows(photos=self.photos, shows=shows)

    def refuse(self, form: Form, refusal: Refused) -> None:
        """What is wrong with a photo is said at the photos, all else where the form says it."""
        if refusal.field != "photo":
            form.refuse(refusal)
        elif not self.problems:
            self.problems.append(refusal.message)

    def said(self, refusal: Refused) -> str:
        """The sentence at the words; empty when it is said at the photos already."""
        return "" if refusal.field == "photo" and self.problems else refusal.message

    @classmethod
    def waiting(cls, person: Person, community: Community, wanted: Collection[str]) -> "Tray":
        """The photos of these (short) ids that still wait for a post of this person."""
        if not wanted:
            return cls([])
        found = Photo.objects.filter(
            pk__in=known_ids(wanted), owner=person, community=community, post=None
        )
        return cls(found.order_by("id")[: acts.MOST])

    @classmethod
    def sent(cls, request: HttpRequest, community: Community) -> "Tray":
        """What the form sent: `photo_id` (kept), `photo_remove` (left out), files `photo`."""
        person: Person = request.user  # type: ignore[assignment]
        tray = cls.waiting(person, community, request.POST.getlist("photo_id"))
        tray.shows = request.POST.get("shows", "")
        leave = known_ids(request.POST.getlist("photo_remove"))
        for photo in tray.photos:
            if photo.pk in leave:
                acts.discard(by=person, photo=photo)
        tray.photos = [photo for photo in tray.photos if photo.pk not in leave]
        for file in request.FILES.getlist("photo"):
            tray.add(person, community, file)
        return tray

    def add(self, person: Person, community: Community, file: object) -> None:
        """One more file; why not, if it cannot be taken."""
        if not self.room:
            if acts.too_many() not in self.problems:
                self.problems.append(acts.too_many())
            return
        try:
            limits.take("photo", str(person.pk), limit=60, seconds=3600)
            photo = acts.keep(by=person, community=community, file=file)  # type: ignore[arg-type]
        except Refused as refusal:
            name = one_line(getattr(file, "name", "") or "")[:40] or _("Photo")
            self.problems.append(f"{name}: {refusal.message}")
        else:
            if photo not in self.photos:
                self.photos.append(photo)


def pictures_sent(request: HttpRequest) -> dict[str, Any]:
    """The photos of an anonymous post: taken with the sending itself, never kept waiting."""
    files = request.FILES.getlist("photo")
    if len(files) > acts.MOST:
        raise Refused(acts.too_many(), "photo")
    shows = consent.check(request.POST.get("shows", "")) if files else ""
    return {"pictures": [acts.pair(file) for file in files], "shows": shows}


def known_ids(texts: Iterable[str]) -> set[uuid.UUID]:
    """The ids among short ones as a form sends them; nonsense is passed over."""
    found = set()
    for text in list(texts)[:20]:
        try:
            found.add(ids.from_short(text))
        except ValueError:
            continue
    return found
