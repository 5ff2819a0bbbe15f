from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from staffroom.conversations.actions.photos import LARGE_BYTES, LARGE_SIDE, MOST, too_many
from staffroom.conversations.forms.tray import Tray
from staffroom.core import limits
from staffroom.core.errors import Refused
from staffroom.core.forms import one_line
from staffroom.core.pictures import shrink
from staffroom.people.models import Person


class PracticeTray(Tray):
    """Photos go through the same checks and are made small; then they are thrown away."""

    asks = False  # nothing of the corner is seen by anybody

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[dict[str, int]] = []

    @classmethod
    def practised(cls, request: HttpRequest) -> "PracticeTray":
        tray = cls()
        person: Person = request.user  # type: ignore[assignment]
        for file in request.FILES.getlist("photo"):
            tray.look(person, file)
        return tray

    def look(self, person: Person, file: Any) -> None:
        if len(self.sizes) >= MOST:
            if too_many() not in self.problems:
                self.problems.append(too_many())
            return
        try:
            limits.take("photo", str(person.pk), limit=60, seconds=3600)
            small = shrink(file, max_side=LARGE_SIDE, max_bytes=LARGE_BYTES)
        except Refused as refusal:
            name = one_line(getattr(file, "name", "") or "")[:40] or _("Photo")
            self.problems.append(f"{name}: {refusal.message}")
        else:
            self.sizes.append({"came": file.size, "size": len(small.data)})
