"""The private copy of a community: invented colleagues, and what its one visitor wrote.

Nothing here is ever saved: these are the objects that the pages of a real community are drawn
from, made for one page and gone with it.
"""

import datetime as dt
import uuid
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.conversations.entries import Entry, Viewer, lay_out
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.people.models import Person
from staffroom.web.practice.state import Corner


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + number)


HERE, JUMAS, PETERS = _id(1), _id(11), _id(12)
#: Which exercise makes which post.
OWN = {"ask": _id(21), "anonymous": _id(22), "photo": _id(23), "answer": _id(24)}


class Shown(Entry):
    """An entry made anew for each page: what one person practises is never kept for others."""

    photo: dict[str, Any] | None = None

    @property
    def html(self) -> SafeString:
        entry = self._render(translation.get_language() or "en")
        tile = render_to_string("web/practice/_photo.html", self.photo) if self.photo else ""
        return mark_safe(entry + tile)  # noqa: S308 - our templates


def community() -> Community:
    return Community(
        id=HERE,
        name=_("Practice corner"),
        stage=Community.Stage.OPEN,
        language=translation.get_language() or "en",
        grades=[4, 5, 6],
        cloth=3,
    )


def colleague(number: int, name: str) -> Person:
    return Person(id=_id(100 + number), name=name)


def unkept() -> str:
    """Stands for the words of a question without a name, which are not kept beside a person."""
    return _(
        "Your words would stand here. They are not kept, so that nobody can tell they are yours."
    )


def posts(here: Community, person: Person, corner: Corner) -> list[Post]:
    """The lessons as they stand for this visitor, oldest first."""
    ago = lambda minutes: now() - dt.timedelta(minutes=minutes)  # noqa: E731
    welcome = _post(
        here,
        _id(10),
        "message",
        colleague(1, _("Wanjiru Kamau")),
        _("Welcome. We are invented, and nothing you write here leaves this page. Try everything."),
        created_at=ago(90),
    )
    question = _post(
        here,
        JUMAS,
        "question",
        colleague(2, _("Juma Otieno")),
        _(
            "My pupils say that a quarter is more than a third, since 4 is more than 3. What do you do?"
        ),
        topic=_("Fractions"),
        grade=5,
        answer_count=1 + ("answer" in corner.tries),
        created_at=ago(60),
    )
    unwanted = _post(
        here,
        PETERS,
        "message",
        colleague(3, _("Peter Mwangi")),
        _("Earn money at home every day. Write to me and I tell you how."),
        created_at=ago(30),
    )
    if "report" in corner.done:
        unwanted.hidden_at = ago(1)
        unwanted.hidden_why = _("This is a room for lessons.")
    own = [own_post(here, person, corner, key) for key in ("ask", "anonymous", "photo")]
    return [welcome, question, unwanted, *(post for post in own if post)]


def own_post(here: Community, person: Person, corner: Corner, key: str) -> Post | None:
    """What the visitor wrote in this exercise."""
    written = corner.tries.get(key)
    if not written:
        return None
    author = None if key == "anonymous" else person
    kind = {"answer": "answer", "photo": "message"}.get(key, "question")
    return _post(
        here,
        OWN[key],
        kind,
        author,
        unkept() if key == "anonymous" else written["text"],
        topic=written.get("topic", ""),
        grade=written.get("grade"),
        created_at=dt.datetime.fromisoformat(written["at"]),
    )


def answers(here: Community, person: Person, corner: Corner, question: Post) -> list[Post]:
    if question.pk != JUMAS:
        return []
    first = _post(
        here,
        _id(13),
        "answer",
        colleague(4, _("Zainab Ali")),
        _(
            "I let each pupil fold two strips of paper, one in three and one in four. Then they see it."
        ),
        created_at=question.created_at + dt.timedelta(minutes=20),
    )
    mine = own_post(here, person, corner, "answer")
    if mine and corner.tries["answer"].get("quotes"):
        mine.quotes, mine.quoted_text = question, question.text
    return [first, *([mine] if mine else [])]


def entries(found: list[Post], here: Community, person: Person, corner: Corner) -> list[Shown]:
    """As in a real community; thanks and the like are left out."""
    photos = {OWN[key]: written.get("photo") for key, written in corner.tries.items() if key in OWN}
    shown = []
    for entry in lay_out(found, Viewer(person=person, may_write=False), here):
        one = Shown(**vars(entry))
        one.photo = photos.get(entry.post.pk)
        shown.append(one)
    return shown


def _post(
    here: Community, id: uuid.UUID, kind: str, author: Person | None, text: str, **more: Any
) -> Post:
    post = Post(
        id=id, community=here, kind=kind, author=author, anonymous=author is None, text=text, **more
    )
    post.pictures = []
    return post
