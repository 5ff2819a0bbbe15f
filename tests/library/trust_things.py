"""Things to trust: an answer of the known world, and a leaflet shared with everyone."""

import uuid
from collections.abc import Collection

from staffroom.communities.models import Membership
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.library.actions import trust_correct, trust_dispute, trust_verify
from staffroom.library.hooks import trust as hook
from staffroom.library.hooks.trust import Thing, Verifiable, fingerprint
from staffroom.library.models import Trust
from staffroom.library.queries.trust import state_of
from staffroom.places.supervision import has_supervising_place


class Leaflets(Verifiable):
    """Shared things, kept in memory: whoever has an account sees them."""

    kind = "leaflet"

    def __init__(self) -> None:
        self.kept: dict[uuid.UUID, dict] = {}

    def add(self, author, text="Leaflet", readers=(), advisers=()) -> uuid.UUID:
        id = uuid.uuid4()
        self.kept[id] = {
            "author": author, "text": text, "readers": set(readers), "advisers": set(advisers),
            "at": now(),
        }  # fmt: skip
        return id

    def find(self, viewer, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thing]:
        return {id: self._thing(viewer, id) for id in ids if id in self.kept}

    def _thing(self, viewer, id) -> Thing:
        one = self.kept[id]
        peer = Membership.objects.filter(person=viewer, state="active").exists()
        return Thing(
            kind=self.kind, id=id, title="A leaflet", text=one["text"],
            version=fingerprint(one["text"]), address="/", place="Shared", at=one["at"],
            own=one["author"] == viewer, reach=len(one["readers"]),
            capacity=hook.capacity(
                adviser=viewer in one["advisers"], peer=peer, leader=has_supervising_place(viewer)
            ),
        )  # fmt: skip

    def versions(self, ids):
        return {id: fingerprint(self.kept[id]["text"]) for id in ids if id in self.kept}

    def existing(self, ids):
        return set(ids) & set(self.kept)

    def hold(self, id) -> None:
        pass

    def readers(self, id):
        return {person.pk for person in self.kept[id]["readers"]}

    def concerned(self, id):
        return {self.kept[id]["author"].pk}

    def enough(self, id, peers, nameless=0) -> bool:
        return hook.of_different_communities(peers)

    def waiting(self, viewer, *, leaders, reach, most):
        skipped = hook.skipped(viewer, self.kind)
        things = [self._thing(viewer, id) for id in self.kept]
        return [
            thing
            for thing in things
            if not thing.own
            and (thing.id, thing.version) not in skipped
            and state_of(self.kind, thing.id) not in ("verified", "corrected")
        ][:most]


def on(post) -> dict:
    return {"kind": "post", "thing": post.pk}


def verify(person, post, **more):
    trust_verify.verify(by=person, **on(post), **more)


def correct(person, post, text="Four quarters make one.", source="KIE book 7, page 12"):
    return trust_correct.correct(by=person, **on(post), text=text, source=source)


def dispute(person, post, holds="wrong", text="It fails for zero.", source="Tried in class"):
    return trust_dispute.dispute(by=person, **on(post), holds=holds, text=text, source=source)


def resolve(person, post, outcome="right", why="Both books say so.", **more):
    trust_dispute.resolve(by=person, **on(post), outcome=outcome, why=why, **more)


def state(post) -> str:
    """As the post itself has it, which must be what the trust says."""
    post.refresh_from_db()
    row = Trust.objects.filter(kind="post", thing=post.pk).first()
    assert post.trust == (row.state if row else "")
    return post.trust


def deliver() -> None:
    while outbox.deliver():
        pass
