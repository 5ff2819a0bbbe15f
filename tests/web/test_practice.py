"""The practice corner: everything as in a community, and nothing of it reaches anybody."""

import io
import json

import pytest
from django.test import Client
from PIL import Image

from staffroom.conversations.models import Photo, Post, Report
from staffroom.core import hooks
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people import actions as people
from staffroom.people.actions.erase import erase
from staffroom.web.models import Practice
from staffroom.web.practice import actions, queries
from staffroom.web.practice.exercises import EXERCISES, after
from staffroom.web.practice.room import JUMAS, PETERS
from staffroom.web.practice.state import MOST_BYTES, Corner, size
from tests.firewall.routes import all_routes
from tests.firewall.sample import address, furnish

QUESTION = f"/practice/q/{short(JUMAS)}"
SPAM = f"/practice/p/{short(PETERS)}"


def picture(side: int = 240) -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((side, side * 3 // 4), 60).convert("RGB").save(file, "JPEG")
    file.seek(0)
    file.name = "board.jpg"
    return file


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def amina(world, sign_in):
    return sign_in(world.amina)


def do_all(client: Client) -> list[str]:
    """All six, as a person would; where each one led."""
    sent = [
        client.post(
            "/practice/ask", {"text": "Why is a half more than a third?", "language": "en"}
        ),
        client.post(QUESTION, {"text": "I would fold paper."}),
        client.post("/practice/room", {"text": "", "photo": picture()}),
        client.post(
            "/practice/ask/without-name",
            {"text": "How does one teach zero?", "language": "en"},
        ),
        client.post(f"{SPAM}/report", {"reason": "off topic"}),
        client.post("/practice/leave"),
    ]
    return [response.get("Location", str(response.status_code)) for response in sent]


def test_each_exercise_says_what_happened_and_who_would_have_seen_it(amina):
    led = do_all(amina)
    assert led == [f"/practice/done/{key}" for key in EXERCISES]
    for place in led:
        page = text_of(amina.get(place))
        assert "What just happened" in page
        assert "Who would have seen it" in page
    assert "You have tried all six" in text_of(amina.get("/practice"))


def test_nothing_of_it_leaves_the_corner(amina, world):
    before = (AuditEntry.objects.count(), OutboxEntry.objects.count())
    do_all(amina)
    assert (AuditEntry.objects.count(), OutboxEntry.objects.count()) == before
    for model in (Post, Photo, Report):
        assert not model.objects.exists()
    assert world.maths.memberships.filter(person=world.amina, state="active").exists()
    assert Practice.objects.get().person == world.amina


def test_it_looks_like_a_community(amina):
    do_all(amina)
    room = text_of(amina.get("/practice/room"))
    for words in ("Juma", "Why is a half more", "A colleague", "Your words would stand here"):
        assert words in room
    assert "This is a room for lessons." in room
    assert "Earn money" not in room, "what was reported is hidden here at once"
    asked = text_of(amina.get(QUESTION))
    assert "I would fold paper." in asked
    assert "2 answers" in asked
    assert "/c/" not in room + asked, "no link leads out of the corner by mistake"


def test_every_page_says_where_one_is(amina):
    for place in ("/practice/room", "/practice/ask", QUESTION, SPAM, f"{SPAM}/report"):
        assert "Nothing is sent to anybody." in text_of(amina.get(place)), place
    assert "Nothing is sent to anybody." in text_of(amina.get("/practice/leave"))


def test_a_question_without_a_name_has_none(amina, world):
    amina.post(
        "/practice/ask/without-name",
        {"text": "How does one teach zero?", "language": "en"},
    )
    room = text_of(amina.get("/practice/room"))
    own = room[room.rindex("A colleague") - 400 : room.index("Your words would stand here")]
    assert "Amina" not in own
    assert 'class="av anon"' in own
    assert "zero" not in json.dumps(Practice.objects.get().corner), "not even in one's own row"


def test_with_a_name_it_is_said(amina):
    sent = amina.post("/practice/ask?try=anonymous", {"text": "Zero?", "language": "en"})
    assert sent["Location"] == "/practice/done/ask"
    assert "First tap: Without my name" in text_of(amina.get(sent["Location"]))
    assert "anonymous" not in Practice.objects.get().corner["done"]


def test_the_checks_are_those_of_a_community(amina):
    empty = amina.post("/practice/ask", {"text": " ", "language": "en"})
    assert empty.status_code == 422
    assert "Write a few words first." in text_of(empty)
    long = amina.post(QUESTION, {"text": "x" * 5001})
    assert long.status_code == 422
    assert "at most 5000 fit" in text_of(long)
    wrong = amina.post("/practice/room", {"text": "look", "photo": io.BytesIO(b"MZ program")})
    assert wrong.status_code == 422
    assert "This is a program" in text_of(wrong)
    assert amina.post(f"{SPAM}/report", {"note": "x"}).status_code == 422
    assert not Practice.objects.exists()


def test_a_photo_is_made_small_told_and_thrown_away(amina, settings):
    amina.post("/practice/room", {"text": "The board", "photo": picture(1300)})
    written = Practice.objects.get().corner["tries"]["photo"]
    assert written["photo"]["size"] <= 160_000 < written["photo"]["came"]
    assert "would have been kept" in text_of(amina.get("/practice/done/photo"))
    assert "looked at and thrown away" in text_of(amina.get("/practice/room"))


def test_a_message_without_a_photo_is_not_yet_the_exercise(amina):
    amina.post("/practice/room", {"text": "Good evening"})
    page = text_of(amina.get("/practice/room"))
    assert "Good evening" in page
    assert "For the photo: the plus" in page
    assert Practice.objects.get().corner["done"] == []


def test_a_colleagues_post_may_be_reported_but_only_peters_counts(amina):
    amina.post(f"/practice/p/{short(JUMAS)}/report", {"reason": "off topic"})
    assert Practice.objects.get().corner["done"] == []


def test_one_may_skip_and_come_back_and_begin_again(amina, world):
    world.amina.enrolled_at = queries.now()
    world.amina.save()
    assert "To the practice corner" in text_of(amina.get("/"))
    assert amina.post("/practice/skip")["Location"] == "/"
    assert "To the practice corner" not in text_of(amina.get("/"))
    amina.post("/practice/leave")
    assert "You have tried 1 of six" in text_of(amina.get("/practice"))
    amina.post("/practice/again")
    assert Practice.objects.get().corner == {"done": [], "tries": {}, "skipped": True}


def test_the_next_exercise_is_one_that_has_not_been_done():
    assert after([]).key == "ask"
    assert after(["ask", "answer"], "answer").key == "photo"
    assert after(["leave"], "leave").key == "ask"
    assert after(list(EXERCISES)) is None


@pytest.mark.parametrize("letter", ["x", "ب", "😀"])
def test_the_row_stays_small_whatever_is_written(world, letter):
    for key in EXERCISES:
        actions.tried(person=world.amina, exercise=key, text=letter * 5000, topic=letter * 80)
    kept = Practice.objects.get().corner
    assert size(kept) <= MOST_BYTES
    assert len(json.dumps(kept)) <= MOST_BYTES
    assert len(Corner.read(kept).done) == 6


def test_a_newcomer_is_led_there_once(world, sign_in):
    person = people.make_account(name="Zuhura Ali", phone="+254722222222")
    person.enrolled_at = queries.now()
    person.save()
    client = sign_in(person)
    assert client.post("/consent", {"next": "/"})["Location"] == "/practice"
    assert client.post("/consent", {"next": "/"})["Location"] == "/"


def test_whoever_was_on_the_way_somewhere_arrives(world, sign_in):
    person = people.make_account(name="Zuhura Ali", phone="+254722222222")
    client = sign_in(person)
    assert client.post("/consent", {"next": "/me"})["Location"] == "/me"


def test_it_goes_along_and_it_goes_with_the_person(amina, world):
    do_all(amina)
    record = {}
    for part in hooks.export_person:
        record |= part(person=world.amina)
    assert "I would fold paper." in json.dumps(record["practice"], default=str)
    erase(person=world.amina, keep_contributions=True, typed="delete me")
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    "name", ["baraka", "chausiku", "daudi", "esther", "farid", "gathoni", "hamisi"]
)
def test_nobody_else_sees_anything_of_it(world, sign_in, name):
    house = furnish(world)
    actions.tried(
        person=world.amina, exercise="ask", text="Sekret-practice", at="2026-11-01T10:00:00+00:00"
    )
    client = sign_in(getattr(house, name))
    for route in all_routes():
        if route.is_third_party:
            continue
        response = client.get(address(route, house))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Sekret-practice" not in body, str(route)


def test_a_stranger_is_sent_to_sign_in(db):
    assert Client().get("/practice/room")["Location"].startswith("/sign-in")
