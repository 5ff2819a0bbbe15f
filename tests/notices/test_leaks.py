"""What no digest and no page *What is new* may hold, for every known person."""

import datetime as dt

import pytest

from staffroom.communities.models import GroundRules, Membership
from staffroom.conversations.actions import (
    answer,
    ask_without_name,
    remove,
)
from staffroom.conversations.actions.decide import decide
from staffroom.conversations.actions.mute import mute_person
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Decision, Photo, Post
from staffroom.core.clock import now, pretend
from staffroom.notices.models import Digest
from staffroom.notices.plain import text_of
from staffroom.notices.queries import digests
from staffroom.notices.queries.reach import places_of
from staffroom.notices.queries.window import Window
from staffroom.people.models import Person
from staffroom.places.models import Posting
from tests.conftest import LONG_AGO
from tests.conversations.nameless import rows
from tests.firewall.rules import ALL
from tests.firewall.sample import SECRETS, furnish
from tests.notices.makers import DAY, FIVE, HOUR, MINUTE, NOON, begin, said, wants, work

INSIDE = {"amina", "baraka", "nafula", "otieno", "chausiku"}
LATER = FIVE + MINUTE


def told(person, *, unread=False) -> str:
    """A digest over everything that this person could ever be told, with words."""
    places = places_of(person)
    long_ago = now() - dt.timedelta(days=60)
    window = Window({each.pk: long_ago for each in places.readable}, long_ago, now() + DAY)
    return text_of(digests.in_window(person, places, window, unread), words=True, tail="")


@pytest.fixture
def house(world):
    return furnish(world)


@pytest.mark.parametrize("name", sorted(ALL - INSIDE))
def test_a_digest_tells_an_outsider_nothing_that_was_said(name, house):
    text = told(getattr(house, name))
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("name", sorted(ALL - INSIDE))
def test_nor_does_an_old_digest_once_the_person_is_out(name, house, sign_in):
    """Whoever was in when it was made reads nothing of it later."""
    person = getattr(house, name)
    since = (now() - dt.timedelta(days=30)).isoformat()
    digest = Digest.objects.create(
        person=person,
        period="2026-10-14",
        window={str(house.maths.pk): since, "": since},
        until=now() + DAY,
        by="page",
        state="sent",
    )
    for path in (f"/me/digests/{digest_short(digest)}", f"/me/digests/{digest_short(digest)}.txt"):
        page = sign_in(person).get(path)
        assert page.status_code == 200
        assert not [secret for secret in SECRETS if secret in page.content.decode()]


def digest_short(digest):
    from staffroom.core.ids import short

    return short(digest.pk)


def test_there_is_something_to_be_found(house):
    assert "Sekret-assumption" in told(house.nafula)
    assert "Sekret-answer" in told(house.amina)


@pytest.mark.parametrize("name", sorted(INSIDE))
@pytest.mark.parametrize("how", ["removed", "hidden", "returned", "hidden question", "muted"])
def test_what_is_out_of_sight_is_in_no_digest(world, name, how):
    person = getattr(world, name)
    author = world.otieno if person != world.otieno else world.nafula
    question = said(world.maths, author, "Sekret?", kind="question", at=now())
    below = said(
        world.maths, world.baraka, "Sekret-below", kind="answer", question=question, at=now()
    )
    if how == "removed":
        remove(by=author, post=question)
    elif how in ("hidden", "returned"):
        reporter = world.chausiku if person != world.chausiku else world.amina
        report(by=reporter, post=question, reason="unkind")
        choice = Decision.Choice.HIDDEN if how == "hidden" else Decision.Choice.RETURNED
        decide(by=world.baraka, post=question, choice=choice, why="Sekret-why")
    elif how == "hidden question":
        Post.objects.filter(pk=question.pk).update(hidden_at=now())
    else:
        mute_person(by=person, other=author, community=world.maths)
    text = told(person)
    assert "Sekret?" not in text
    assert "Sekret-why" not in text
    if how != "muted":
        assert "Sekret-below" not in text
    assert below.pk


def test_a_muted_persons_words_are_not_told_by_a_correction(world):
    from tests.library.trust_things import correct, deliver

    question = said(world.maths, world.otieno, "Sekret?", kind="question", at=now())
    wrong = answer(by=world.nafula, question=question, text="Two.")
    from staffroom.conversations.actions import mark_read

    mark_read(by=world.amina, community=world.maths, question=question, until=now() + HOUR)
    correct(world.chausiku, wrong)
    deliver()
    assert "Corrected: Sekret?" in told(world.amina)
    mute_person(by=world.amina, other=world.otieno, community=world.maths)
    assert "Sekret" not in told(world.amina)


def test_a_covered_photo_leaves_no_trace(world):
    post = said(world.maths, world.nafula, "", kind="question", at=now())
    Photo.objects.create(
        community=world.maths, owner=world.nafula, post=post, width=1, height=1, size=1,
        caption="Sekret-caption", covered_at=now(),
    )  # fmt: skip
    text = told(world.amina)
    assert "Sekret" not in text
    assert "Question. Nafula: Photo" in text


def test_who_left_and_who_became_a_supervisor_get_nothing(world):
    said(world.maths, world.nafula, "Sekret?", kind="question", at=now())
    assert "Sekret?" in told(world.otieno)
    Posting.objects.create(person=world.otieno, school=world.hill, role="head", starts=LONG_AGO)
    assert told(world.otieno) == ""
    Membership.objects.filter(person=world.baraka).update(state="left")
    assert told(world.baraka) == ""
    assert told(world.esther) == ""
    assert told(world.farid) == ""


def test_nobody_is_invited_over_the_wall(world):
    Membership.objects.create(community=world.maths, person=world.esther, state="invited")
    Membership.objects.create(community=world.maths, person=world.daudi, state="invited")
    assert told(world.esther) == ""
    assert "You are invited to Mathematics, Mwingi." in told(world.daudi)


def test_whoever_asked_without_a_name_is_told_as_everyone_else(world):
    """Nothing in a digest tells the asker from the others: neither the question nor its answers."""
    begin(world)
    with pretend(NOON):
        question = ask_without_name(by=world.otieno, community=world.maths, text="Nameless?")
    with pretend(NOON + HOUR):
        answer(by=world.nafula, question=question, text="Try this.")
        report(by=world.amina, post=question, reason="unkind")
        decide(
            by=world.baraka, post=question, choice="reminded", why="Kindly.", rule="We are kind."
        )
    for person in (world.otieno, world.amina):
        wants(person)
    Person.objects.update(subjects=[])
    work(LATER)
    of = {each.person_id: each for each in Digest.objects.all()}
    with pretend(LATER):
        mine, theirs = (
            text_of(digests.held_by(of[each.pk]), words=True, tail="")
            for each in (world.otieno, world.amina)
        )
    assert mine == theirs
    assert "Question. A colleague: Nameless?" in mine
    assert "word about" not in mine
    assert "12:" not in mine


def test_the_asker_learns_on_the_page_alone(world, sign_in):
    question = ask_without_name(by=world.otieno, community=world.maths, text="Nameless?")
    answer(by=world.nafula, question=question, text="Try this.")
    mine = sign_in(world.otieno).get("/news").content.decode()
    assert "1 answer to you" in mine
    assert "Nameless?" not in mine
    theirs = sign_in(world.amina).get("/news").content.decode()
    assert "answer to you" not in theirs
    assert "Nameless?" in theirs


def test_no_row_tells_who_asked_without_a_name(world):
    """Digests and *mark all as read* leave the same behind for the asker and for a reader."""
    from staffroom.notices.actions.choose import mark_all_read

    begin(world)
    with pretend(NOON):
        question = ask_without_name(by=world.otieno, community=world.maths, text="Nameless?")
    for person in (world.otieno, world.baraka):
        wants(person)
        with pretend(NOON + MINUTE):
            mark_all_read(by=person, until=NOON + MINUTE)
    work(LATER)
    kept = {}
    for (table, _key), text in rows().items():
        if table.startswith("notices_"):
            for person in (world.otieno, world.baraka):
                if str(person.pk) in text:
                    kept.setdefault(person.pk, []).append(str(question.pk) in text)
    assert sorted(kept[world.otieno.pk]) == sorted(kept[world.baraka.pk])


def test_a_nameless_question_is_told_once_and_never_missed(world):
    """Asked a little after a digest of the same part of the day, with the time of its beginning."""
    begin(world)
    wants(world.amina, hour=19)
    said(world.maths, world.nafula, "First?", kind="question", at=NOON)
    for at, words in [(FIVE + HOUR, "Before seven?"), (FIVE + 3 * HOUR, "After seven?")]:
        with pretend(at):
            ask_without_name(by=world.otieno, community=world.maths, text=words)
    for day in range(3):
        work(FIVE + 2 * HOUR + MINUTE + day * DAY)
        said(world.maths, world.nafula, "Another?", kind="question", at=FIVE + 3 * HOUR + day * DAY)
    with pretend(FIVE + 3 * DAY):
        texts = [
            text_of(digests.held_by(digest), words=True, tail="")
            for digest in Digest.objects.filter(person=world.amina).order_by("made_at")
        ]
    print(
        texts,
        list(Post.objects.values_list("text", "created_at", "anonymous")),
        Digest.objects.values_list("window", "until"),
    )
    assert len(texts) == 3
    for words in ("Before seven?", "After seven?"):
        assert sum(words in text for text in texts) == 1


def test_a_digest_holds_no_rules_votes_or_reports(world):
    GroundRules.objects.create(community=world.maths, version=2, rules=["Sekret-rule"])
    post = said(world.maths, world.nafula, "Why?", kind="question", at=now())
    report(by=world.amina, post=post, reason="other", note="Sekret-note")
    for name in sorted(ALL - {"imani", "juma"}):
        assert "Sekret" not in told(getattr(world, name))
