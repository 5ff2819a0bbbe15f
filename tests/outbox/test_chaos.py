"""The heart of the outbox: a bad line, phones and a server that are killed, and each act once.

Real Chromium with its worker, the real server, between both a relay that loses, doubles, delays and
reorders. What a run does is drawn from STAFFROOM_OUTBOX_SEED; STAFFROOM_OUTBOX_ACTS says how much.
The thousands are `benchmarks/outbox.py`.
"""

import base64
import io
import os
import random
import time
from collections import defaultdict

import pytest
from PIL import Image

from staffroom.communities.models import GroundRules, Membership, RuleAgreement
from staffroom.conversations import actions
from staffroom.core.clock import now
from staffroom.core.ids import short
from tests.journeys.conftest import CHROMIUM
from tests.outbox.house import House
from tests.outbox.phone import Phone
from tests.outbox.relay import Relay

ACTS = int(os.environ.get("STAFFROOM_OUTBOX_ACTS", "80"))
SEED = int(os.environ.get("STAFFROOM_OUTBOX_SEED", "20261128"))
BATCH = 40
NAMES = ["amina", "otieno", "nafula"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and os.environ.get("CI") != "true", reason="no Chromium"),
]


@pytest.fixture
def world(transactional_db, world):
    """Both communities are those of everybody who writes here."""
    state = Membership.State.ACTIVE
    for name in NAMES:
        Membership.objects.get_or_create(
            community=world.sister,
            person=getattr(world, name),
            defaults={"state": state, "joined_at": now()},
        )
        rules = GroundRules.objects.get(community=world.sister)
        RuleAgreement.objects.get_or_create(rules=rules, person=getattr(world, name))
    world.thankable = [
        actions.say(by=world.baraka, community=world.maths, text=f"Thank me {number}.")
        for number in range(3)
    ]
    return world


def picture(number: int) -> str:
    """A small photo, another one each time."""
    file = io.BytesIO()
    Image.new("RGB", (24, 18), (number % 256, number // 256 % 256, 90)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


class Member:
    """One who writes: what was written, in order, and how each button was left."""

    def __init__(self, name, person, phone, world, seed) -> None:
        self.name, self.person, self.phone, self.world = name, person, phone, world
        self.random = random.Random(f"{seed} {name}")
        self.written: dict[str, list[str]] = defaultdict(list)
        self.photos = 0
        self.thanked: dict[str, bool] = {}
        self.count = 0

    def text(self, community) -> str:
        self.count += 1
        words = f"{self.name} {self.count:05}"
        self.written[str(community.pk)].append(words)
        return words

    def batch(self, size: int) -> int:
        """A handful of acts in one community; at times a question, on its own page."""
        community = self.random.choice([self.world.maths, self.world.sister])
        place = f"/c/{short(community.pk)}/"
        if self.random.random() < 0.3:
            self.phone.go(place + "ask")
            self.phone.ask(self.text(community))
            self.phone.page.wait_for_timeout(50)
        self.phone.go(place)
        acts = []
        for _act in range(size):
            kind = self.random.choices(["say", "press", "photo"], [6, 3, 0.4])[0]
            if kind == "press":
                post = self.random.choice(self.world.thankable)
                on = not self.thanked.get(str(post.pk), False)
                self.thanked[str(post.pk)] = on
                undo = "" if on else "/undo"
                where = f"/c/{short(post.community_id)}/p/{short(post.pk)}/thank{undo}"
                acts.append({"kind": "press", "to": where})
            else:
                self.photos += kind == "photo"
                acts.append({"kind": kind, "text": self.text(community)})
        return self.phone.write(acts, picture(self.random.randrange(65536)))


def test_each_act_stands_once_in_order_and_none_is_invented(world, sign_in, tmp_path, engine):
    chance, begun = random.Random(SEED), time.monotonic()
    cookies = {name: sign_in(getattr(world, name)).cookies["s"].value for name in NAMES}
    house = House(tmp_path)
    relay = Relay(house.port, SEED)
    address = f"http://127.0.0.1:{relay.port}"
    names = NAMES if ACTS > 500 else NAMES[:2]
    kills = {"phone": 0, "house": 0}
    phones = {name: Phone(engine, tmp_path / name, address, cookies[name]) for name in names}
    members = [Member(n, getattr(world, n), phones[n], world, SEED) for n in names]
    try:
        house.begin()
        for phone in phones.values():
            phone.open("/waiting")
        rounds = max(2, ACTS // (BATCH * len(members)))
        for number in range(rounds):
            for member in members:
                member.batch(BATCH)
            if number % 4 == 1:
                house.kill()
                kills["house"] += 1
            if number % 3 == 0 or number == rounds - 1:
                phone = chance.choice(members).phone
                phone.kill()
                kills["phone"] += 1
                if house.process is None:
                    house.begin()
                phone.open("/waiting")
            if house.process is None:
                house.begin()
        written = sum(len(texts) for m in members for texts in m.written.values())
        _until_all_has_gone(members, 300 + ACTS / 8)
        relay.calm = True
        while not relay.quiet:
            time.sleep(0.1)
        time.sleep(0.3)
    finally:
        for phone in phones.values():
            phone.kill()
        house.kill()
        relay.end()
    _check(house, world, members)
    took = time.monotonic() - begun
    print(
        f"\n{written} posts of {sum(m.count for m in members)} and presses; seed {SEED}; {took:.0f} s"
    )
    print(f"killed: {kills}; the line: {dict(relay.seen)}")


def _until_all_has_gone(members: list[Member], seconds: float) -> None:
    for member in members:
        member.phone.go("/waiting")
    until = time.monotonic() + seconds
    while left := {member.name: member.phone.waits() for member in members}:
        if not any(left.values()):
            return
        assert time.monotonic() < until, (
            f"still waiting: {left} {[member.phone.why() for member in members]}"
        )
        time.sleep(0.2)


def _check(house: House, world, members: list[Member]) -> None:
    rows = house.rows(
        "SELECT author_id, community_id, text, id FROM conversations_post"
        " WHERE text NOT LIKE 'Thank me%' ORDER BY created_at, id"
    )
    stands: dict[tuple[str, str], list[str]] = defaultdict(list)
    for author, community, text, _id in rows:
        stands[_plain(author), _plain(community)].append(text)
    expected = {
        (_plain(member.person.pk), _plain(community)): texts
        for member in members
        for community, texts in member.written.items()
    }
    for key, texts in expected.items():
        assert stands[key] == texts, "every post once, in the order in which it was written"
    assert sum(map(len, stands.values())) == sum(map(len, expected.values())), "none invented"
    thanks = house.rows("SELECT person_id, post_id FROM conversations_thanks")
    left = {(_plain(person), _plain(post)) for person, post in thanks}
    assert left == {
        (_plain(member.person.pk), _plain(post))
        for member in members
        for post, on in member.thanked.items()
        if on
    }, "a button is as it was left"
    photos = house.rows("SELECT count(*) FROM conversations_photo WHERE post_id IS NOT NULL")
    assert photos[0][0] == sum(member.photos for member in members), "each photo with its post"
    twice = house.rows("SELECT act FROM core_doneact GROUP BY act HAVING count(*) > 1")
    assert twice == []


def _plain(id: object) -> str:
    return str(id).replace("-", "")
