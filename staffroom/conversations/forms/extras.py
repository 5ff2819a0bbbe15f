"""The tray of a form with everything that may lie in it: photos, a voice note, papers."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.actions import attached as acts
from staffroom.conversations.forms.tray import Tray, known_ids
from staffroom.conversations.models import Document, Photo, Recording
from staffroom.core import limits
from staffroom.core.errors import Refused
from staffroom.core.forms import Form, one_line
from staffroom.people.models import Person


class FullTray(Tray):
    """What waits from an earlier try, what was just sent, and what was wrong with it."""

    most_files = acts.MOST[Document]

    def __init__(self, photos: Iterable[Photo] = (), problems: Iterable[str] = ()) -> None:
        super().__init__(photos, problems)
        self.recordings: list[Recording] = []
        self.documents: list[Document] = []
        self.wrong: dict[str, list[str]] = {"voice": [], "file": []}
        self.transcript = ""
        self.file_limit_kb = 0

    @property
    def attached(self) -> list[UUID]:
        return [one.pk for one in [*self.recordings, *self.documents]]

    @property
    def room_for_files(self) -> int:
        return max(0, acts.MOST[Document] - len(self.documents))

    @property
    def troubled(self) -> bool:
        return bool(self.problems or any(self.wrong.values()))

    def check(self) -> None:
        super().check()
        for field, sentences in self.wrong.items():
            if sentences:
                raise Refused(" ".join(sentences), field)

    def refuse(self, form: Form, refusal: Refused) -> None:
        if refusal.field not in self.wrong:
            super().refuse(form, refusal)
        elif not self.wrong[refusal.field]:
            self.wrong[refusal.field].append(refusal.message)

    def said(self, refusal: Refused) -> str:
        return "" if self.wrong.get(refusal.field) else super().said(refusal)

    @classmethod
    def sent(cls, request: HttpRequest, community: Community) -> "FullTray":
        """Photos as ever; `attached_id` (kept), `attached_remove` (left out), `voice`, `file`,
        `transcript`.
        """
        tray = super().sent(request, community)
        assert isinstance(tray, FullTray)
        person: Person = request.user  # type: ignore[assignment]
        tray._find_waiting(request, person, community)
        for file in request.FILES.getlist("voice"):
            tray._take("voice", person, community, file)
        for file in request.FILES.getlist("file"):
            tray._take("file", person, community, file)
        if "transcript" in request.POST:
            tray._note_transcript(request.POST["transcript"], person)
        return tray

    def _find_waiting(self, request: HttpRequest, person: Person, community: Community) -> None:
        kept = known_ids(request.POST.getlist("attached_id"))
        leave = known_ids(request.POST.getlist("attached_remove"))
        for model in acts.KINDS if kept else ():
            mine = model.objects.filter(
                pk__in=kept, owner=person, community=community, post=None
            ).order_by("id")
            for thing in mine[: acts.MOST[model]]:
                if thing.pk in leave:
                    acts.discard(by=person, thing=thing)
                else:
                    self._add(thing)

    def _add(self, thing: acts.Thing) -> None:
        if isinstance(thing, Recording):
            if thing not in self.recordings:
                self.recordings.append(thing)
        elif thing not in self.documents:
            self.documents.append(thing)

    def _take(self, field: str, person: Person, community: Community, file: object) -> None:
        """One more; why not, if it cannot be taken."""
        name = one_line(getattr(file, "name", "") or "")
        model = Recording if field == "voice" else Document
        there = self.recordings if field == "voice" else self.documents
        try:
            if len(there) >= acts.MOST[model]:
                raise Refused(acts.too_many(model), field)
            limits.take(f"keep-{field}", str(person.pk), limit=40, seconds=3600)
            if field == "voice":
                self._add(acts.keep_recording(by=person, community=community, file=file))  # type: ignore[arg-type]
            else:
                self._add(acts.keep_document(by=person, community=community, file=file, name=name))  # type: ignore[arg-type]
        except Refused as refusal:
            said = name[:40] or _("Voice note")
            self.wrong[field].append(f"{said}: {refusal.message}")

    def _note_transcript(self, text: str, person: Person) -> None:
        """What the note says travels with it, also over a form that is shown again."""
        self.transcript = text
        if not self.recordings:
            return
        try:
            acts.transcribe(by=person, recording=self.recordings[0], transcript=text)
        except Refused as refusal:
            self.wrong["voice"].append(refusal.message)
