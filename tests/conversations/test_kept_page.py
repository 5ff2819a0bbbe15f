"""A page that is kept says what a page made anew says, whatever happened in between."""

import datetime as dt
import random
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from staffroom.communities.levers import forget as forget_levers
from staffroom.communities.models import Community, LeverChoice, Membership, RuleAgreement, Term
from staffroom.conversations import actions
from staffroom.conversations.actions.celebrate import celebrate
from staffroom.conversations.actions.decide import decide
from staffroom.conversations.actions.drafts import save as save_draft
from staffroom.conversations.actions.photos import keep as keep_photo
from staffroom.conversations.actions.report import report
from staffroom.conversations.kept_page import key_for
from staffroom.conversations.models import Mute, Post, ReadMark
from staffroom.conversations.queries.facts import facts_of
from staffroom.conversations.queries.stream import PAGE
from staffroom.core import fragments
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.people.models import Person
from tests.conversations.makers import a_picture, a_post, a_question
from tests.library.trust_things import correct, dispute, resolve, verify

VISIT = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="id" value="[^"]+"|data-kept="\d+"'
)


def address(community, room="lessons"):
    return f"/c/{short(community.pk)}/" + ("tea" if room == "tea" else "")


def shown(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return VISIT.sub("", response.content.decode())


@pytest.fixture(autouse=True)
def _nothing_kept():
    fragments.forget_all()


@pytest.fixture
def talk(world):
    for number in range(8):
        a_post(world.maths, [world.amina, world.nafula, world.otieno][number % 3],
               f"Number {number}", minutes_ago=600 - number)  # fmt: skip
    a_question(world.maths, world.amina, minutes_ago=30)
    return world


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        shown(client, url)
    return len(asked)


def test_a_second_look_asks_little(talk, sign_in):
    client, url = sign_in(talk.nafula), address(talk.maths)
    first = queries(client, url)
    queries(client, url)  # now nothing is unread: this one is kept
    assert queries(client, url) < first / 2


def test_it_is_kept_for_all_in_the_same_state_and_for_nobody_else(talk, sign_in):
    url = address(talk.maths)
    for person in (talk.nafula, talk.otieno, talk.baraka, talk.chausiku):
        client = sign_in(person)
        for _ in range(3):
            shown(client, url)
    kept = [made for key, made in fragments._kept.items() if key[0] == "room"]
    assert len(kept) == 4, "authors of posts, the moderator, the adviser: four states"
    for made in fragments._kept.values():
        for person in Person.objects.all():
            assert str(person.pk) not in made
            assert person.pk.hex not in made
            assert short(person.pk) not in made
            assert str(person.phone) not in made
        assert not re.search(r'csrfmiddlewaretoken" value="[^\x00]', made)
        assert not re.search(r'data-me="[^\x00]', made)


def test_two_who_wrote_nothing_share_one_page(world, sign_in):
    a_post(world.maths, world.amina)
    pages = []
    for person in (world.nafula, world.otieno):
        client = sign_in(person)
        for _ in range(3):
            page = shown(client, address(world.maths))
        pages.append(re.sub(r'data-me="[^"]+"', "", page))
    assert pages[0] == pages[1]
    assert len([key for key in fragments._kept if key[0] == "room"]) == 1


def test_each_gets_own_token_and_own_mark(talk, sign_in):
    url = address(talk.maths)
    told = []
    for person in (talk.nafula, talk.nafula):
        client = sign_in(person)
        for _ in range(3):
            response = client.get(url)
        page = response.content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        told.append(token)
        assert f'data-me="{short(person.pk)[-6:]}"' in page
        assert "\x00" not in page
        strict = type(client)(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        sent = strict.post(url, {"text": f"Sent with {token[:4]}", "csrfmiddlewaretoken": token})
        assert sent.status_code == 302
    assert told[0] != told[1]


def _acts(w):
    """Whatever can change what stands on the page of a room."""
    say = lambda who, **more: actions.say(by=who, community=w.maths, text=f"Said {now()}", **more)  # noqa: E731
    some = lambda: random.choice(list(Post.objects.filter(community=w.maths, question=None)))  # noqa: E731
    person = lambda: random.choice([w.amina, w.nafula, w.otieno, w.baraka])  # noqa: E731
    return {
        "say": lambda: say(person()),
        "reply": lambda: say(person(), quotes=some()),
        "tea": lambda: say(person(), room="tea"),
        "ask": lambda: actions.ask(by=person(), community=w.maths, text="Why is it?"),
        "ask without name": lambda: actions.ask_without_name(
            by=person(), community=w.maths, text="Why?"
        ),
        "answer": lambda: actions.answer(by=person(), question=some(), text="So it is."),
        "edit": lambda: (lambda post: actions.edit(by=post.author, post=post, text=f"New {now()}"))(
            some()
        ),
        "remove": lambda: (lambda post: actions.remove(by=post.author, post=post))(some()),
        "restore": lambda: (lambda post: actions.restore(by=post.author, post=post))(some()),
        "thank": lambda: actions.thank(by=person(), post=some()),
        "unthank": lambda: actions.unthank(by=person(), post=some()),
        "solve": lambda: actions.solve(by=w.baraka, question=some()),
        "reopen": lambda: actions.reopen(by=w.baraka, question=some()),
        "verify": lambda: verify(random.choice([w.chausiku, w.nafula, w.otieno]), some()),
        "correct": lambda: correct(w.chausiku, some(), text=f"Rather {random.random()}"),
        "dispute": lambda: dispute(w.nafula, some()),
        "dispute ends": lambda: resolve(w.chausiku, some(), random.choice(["right", "both"])),
        "pin": lambda: actions.pin(by=w.baraka, post=some()),
        "unpin": lambda: actions.unpin(by=w.baraka, post=some()),
        "prompt": lambda: actions.prompt(by=w.baraka, community=w.maths, text="Think of it"),
        "celebrate": lambda: celebrate(
            by=w.amina, community=w.maths, about=w.otieno, text="Made a clock", saying="", room="lessons"
        ),
        "photo": lambda: say(
            w.amina, photos=[keep_photo(by=w.amina, community=w.maths, file=a_picture((40, 30))).pk]
        ),
        "report": lambda: report(by=w.nafula, post=some(), reason="unkind"),
        "hide": lambda: decide(by=w.baraka, post=some(), choice="hidden", why="Unkind"),
        "mute": lambda: Mute.objects.get_or_create(person=w.nafula, muted_person=w.otieno),
        "unmute": lambda: Mute.objects.all().delete(),
        "draft": lambda: save_draft(by=w.nafula, community=w.maths, place="lessons", fields={"text": "half"}),
        "no draft": lambda: save_draft(by=w.nafula, community=w.maths, place="lessons", fields={}),
        "name": lambda: Person.objects.filter(pk=person().pk).update(name=f"N{random.random():.6f} M"),
        "language": lambda: Person.objects.filter(pk=w.nafula.pk).update(
            language=random.choice(["en", "sw", "ur"])
        ),
        "face": lambda: Person.objects.filter(pk=w.nafula.pk).update(
            letters=random.choice(["", "nastaliq"])
        ),
        "text only": lambda: Person.objects.filter(pk=w.nafula.pk).update(
            text_only=random.random() < 0.5
        ),
        "community": lambda: Community.objects.filter(pk=w.maths.pk).update(
            name=f"Maths {random.random():.4f}", set_weekday=2, set_hour=dt.time(20)
        ),
        "resting": lambda: Community.objects.filter(pk=w.maths.pk).update(
            stage=random.choice(["open", "open", "resting"])
        ),
        "member": lambda: Membership.objects.create(
            community=w.maths, person=w.farid, state="active", joined_at=now()
        ),
        "term ends": lambda: Term.objects.filter(community=w.maths).update(ended_at=now()),
        "term": lambda: Term.objects.create(
            community=w.maths, person=w.nafula, how="turn", accepted_at=now(), starts=now(),
            planned_end=now() + dt.timedelta(days=9),
        ),
        "no moderation": lambda: LeverChoice.objects.update_or_create(
            programme=w.programme, community=w.maths, lever="moderation",
            defaults={"value": random.choice(["none", "rotating"])},
        ),
        "rules": lambda: RuleAgreement.objects.filter(person=w.nafula).delete(),
        "leave": lambda: Membership.objects.filter(person=w.otieno).update(state="left"),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_kept_is_as_made_anew(talk, sign_in, seed):
    """Acts in any order; after each, two kinds of viewer look, with what is kept and without."""
    random.seed(seed)
    acts = _acts(talk)
    people = [talk.nafula, talk.otieno, talk.baraka, talk.chausiku]
    clients = [sign_in(person) for person in people]
    at = now()
    done = 0
    for step in range(24):
        at += dt.timedelta(minutes=random.choice([1, 1, 1, 400]))
        with pretend(at):
            name = random.choice(list(acts))
            try:
                with transaction.atomic():
                    acts[name]()
                done += 1
            except (NotYours, Refused, AttributeError, IntegrityError):
                continue
            forget_levers(talk.maths)
            _look(random.sample(clients, 2), talk.maths, f"seed {seed}, step {step}: {name}")
    assert done > 10


def _look(clients, community, after):
    for client in clients:
        for room in ("lessons", *random.sample(["tea"], random.randint(0, 1))):
            url = address(community, room)
            if client.get(url).status_code == 404:
                continue
            warm = shown(client, url)
            kept, size = fragments._kept.copy(), fragments._size
            fragments.forget_all()
            cold = shown(client, url)
            assert warm == cold, after
            fragments._kept.update(kept)
            fragments._size = size


def test_the_day_turns(talk, sign_in):
    client, url = sign_in(talk.nafula), address(talk.maths)
    late = Post.objects.latest("created_at").created_at.astimezone(ZoneInfo("Africa/Nairobi"))
    for _ in range(3):
        with pretend(late.replace(hour=23, minute=59)):
            assert "Today" in shown(client, url)
    with pretend(late.replace(hour=23, minute=59) + dt.timedelta(days=1)):
        assert "Yesterday" in shown(client, url)


def test_the_wall_is_asked_each_time(talk, sign_in):
    client, url = sign_in(talk.nafula), address(talk.maths)
    for _ in range(3):
        shown(client, url)
    Membership.objects.filter(person=talk.nafula).update(state="ended")
    assert client.get(url).status_code == 404


def test_what_happened_is_said_once(talk, sign_in):
    client, url = sign_in(talk.nafula), address(talk.maths)
    for _ in range(3):
        shown(client, url)
    mine = actions.say(by=talk.nafula, community=talk.maths, text="Mine")
    shown(client, url)
    client.post(f"/c/{short(talk.maths.pk)}/p/{short(mine.pk)}/remove")
    assert "Removed. You can undo this" in shown(client, url)
    assert "Removed. You can undo this" not in shown(client, url)
    assert "Removed. You can undo this" not in shown(sign_in(talk.otieno), url)


@pytest.mark.parametrize("room", ["lessons", "tea"])
@pytest.mark.parametrize("name", ["stream", "question", "today", "new"])
def test_no_query_grows_with_posts_or_members(world, sign_in, name, room):
    asked = a_question(world.maths, world.amina, room=room)
    client = sign_in(world.nafula)
    cursor = asked.pk
    url = {
        "stream": address(world.maths, room),
        "question": f"/c/{short(world.maths.pk)}/q/{short(asked.pk)}",
        "today": "/",
        "new": f"/c/{short(world.maths.pk)}/new?room={room}&after={short(cursor)}",
    }[name]
    counts = {}
    for many in (10, 1000):
        missing = many - Post.objects.filter(community=world.maths).count()
        people = [
            Person(name=f"Teacher {number} {many}", enrolled_at=now())
            for number in range(many // 20)
        ]
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(community=world.maths, person=each, state="active", joined_at=now())
            for each in people
        )
        Post.objects.bulk_create(
            Post(
                community=world.maths,
                author=people[number % len(people)] if people else world.amina,
                kind="answer" if number % 3 == 0 else "message",
                question=asked if number % 3 == 0 else None,
                room=room,
                text=f"Number {number}",
                created_at=now() + dt.timedelta(milliseconds=number),
            )
            for number in range(missing)
        )
        for _ in range(2):
            client.get(url)
        ReadMark.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[many] = len(queries)
    assert counts[1000] <= counts[10] + 1, counts  # the jump to the first unread asks one more


def test_a_page_with_a_query_is_not_kept(talk, rf):
    request = rf.get("/?before=x")
    request.community, request.user, request.session = talk.maths, talk.nafula, {}
    facts = facts_of(talk.maths, talk.nafula, "lessons")
    assert key_for(request, "lessons", facts) is None
    assert PAGE == 20


def test_what_is_said_of_a_question_is_on_the_kept_page_at_once(world, sign_in):
    asked = a_question(world.maths, world.amina, minutes_ago=30)
    a_post(world.maths, world.otieno, "I ask this too.", quotes=asked, quoted_text=asked.text)
    client, url = sign_in(world.nafula), address(world.maths)
    for act, words in [
        (lambda: verify(world.chausiku, asked), "Verified"),
        (lambda: correct(world.chausiku, asked, text="Rather so"), "Rather so"),
        (lambda: dispute(world.baraka, asked), "Disputed"),
        (lambda: resolve(world.chausiku, asked, "right"), "Verified"),
    ]:
        for _ in range(3):
            assert words not in shown(client, url)
        act()
        for _ in range(3):
            assert words in shown(client, url)
