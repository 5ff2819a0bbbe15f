import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.models import Membership
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.celebrate import celebrate
from staffroom.conversations.actions.pin import pin
from staffroom.conversations.actions.prompt import prompt
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.actions.say import say
from staffroom.conversations.models import Mute, Post, ReadMark
from staffroom.core.clock import now, pretend
from staffroom.core.fragments import forget_all
from staffroom.core.ids import short, uuid7


@pytest.fixture(autouse=True)
def _no_fragments():
    forget_all()


def page(client, community, query="", room="stream"):
    return client.get(reverse(room, args=[community.pk]) + query)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def order(text, *pieces):
    places = [text.index(piece) for piece in pieces]
    return places == sorted(places)


def chat(world, how_many, by=None, start=None, step=dt.timedelta(minutes=10), **fields):
    start = start or now() - how_many * step
    posts = []
    for number in range(how_many):
        with pretend(start + number * step):
            posts.append(
                say(
                    by=by or world.otieno,
                    community=world.maths,
                    text=f"message {number:03}",
                    **fields,
                )
            )
    return posts


def test_an_empty_room_says_how_it_begins(world, sign_in):
    client = sign_in(world.amina)
    assert "A clean board" in html(page(client, world.maths))
    assert "The kettle is on" in html(page(client, world.maths, room="tea"))


def test_rooms_are_apart_and_the_query_leads_to_tea(world, sign_in, message):
    say(by=world.amina, community=world.maths, text="Ugali na sukuma", room="tea")
    client = sign_in(world.nafula)
    lessons, tea = html(page(client, world.maths)), html(page(client, world.maths, room="tea"))
    assert "I folded paper" in lessons
    assert "Ugali" not in lessons
    assert "Ugali" in tea
    assert page(client, world.maths, "?room=tea").headers["Location"].endswith("/tea")


def test_newest_at_the_bottom_twenty_a_page(world, sign_in):
    posts = chat(world, 45)
    client = sign_in(world.amina)
    text = html(page(client, world.maths))
    assert order(text, "message 025", "message 044")
    assert "message 024" not in text
    text = html(page(client, world.maths, f"?before={short(posts[25].pk)}"))
    assert order(text, "message 005", "message 024")
    assert "message 025" not in text
    assert "message 004" not in text
    text = html(page(client, world.maths, f"?before={short(posts[5].pk)}"))
    assert order(text, "message 000", "message 004")
    assert "Earlier" not in text


def test_posts_of_one_moment_are_neither_lost_nor_doubled(world, sign_in):
    with pretend(now()):
        posts = chat(world, 45, step=dt.timedelta())
    ids = sorted(post.pk for post in posts)
    client, seen, query = sign_in(world.amina), [], ""
    for _page in range(3):
        text = html(page(client, world.maths, query))
        found = re.findall(r'<li class="[^"]*" id="p-([^"]+)"', text)
        seen = found + seen
        query = f"?before={found[0]}"
    assert seen == [short(id) for id in ids]


def test_the_unread_line_stands_before_what_others_wrote_since(world, sign_in):
    chat(world, 3, start=now() - dt.timedelta(hours=5))
    client = sign_in(world.amina)
    assert 'class="b unread"' not in html(page(client, world.maths))
    say(by=world.amina, community=world.maths, text="mine is not news")
    say(by=world.otieno, community=world.maths, text="first news")
    say(by=world.otieno, community=world.maths, text="second news")
    text = html(page(client, world.maths))
    assert order(text, "mine is not news", 'id="new">2 new', "first news", "second news")
    assert "unread" not in html(page(client, world.maths))


def test_it_jumps_to_the_first_unread_and_marks_only_what_was_shown(world, sign_in):
    posts = chat(world, 50)
    mark_read(by=world.amina, community=world.maths, room="lessons", until=posts[4].created_at)
    client = sign_in(world.amina)
    jump = f"?at={short(posts[5].pk)}"
    assert "Jump to the first unread (45)" not in html(page(client, world.maths, jump))
    assert ReadMark.objects.get().until == posts[25].created_at
    text = html(page(client, world.maths, f"?at={short(posts[26].pk)}"))
    assert order(text, "message 023", "24 new", "message 026", "message 046")
    ReadMark.objects.update(until=posts[4].created_at)
    for _time in range(2):  # what was not shown stays unread, however often one looks at the end
        text = html(page(client, world.maths))
        assert "Jump to the first unread (45)" in text
        assert jump in text
    fresh = say(by=world.otieno, community=world.maths, text="while the page is open")
    news = reverse("new_posts", args=[world.maths.pk])
    assert client.get(f"{news}?after={short(posts[-1].pk)}").status_code == 200
    assert ReadMark.objects.get().until == posts[4].created_at
    assert "Jump to the first" in html(page(client, world.maths, "?skip=1"))
    assert ReadMark.objects.get().until == fresh.created_at
    assert "Jump to the first" not in html(page(client, world.maths))


def test_one_author_within_five_minutes_shows_one_face(world, sign_in):
    chat(world, 3, start=now() - dt.timedelta(minutes=30), step=dt.timedelta(minutes=4))
    text = html(page(sign_in(world.amina), world.maths))
    assert text.count('class="av') == 1
    assert text.count('<p class="by vh">') == 2


def test_after_more_than_five_minutes_the_face_is_back(world, sign_in):
    chat(world, 3, start=now() - dt.timedelta(minutes=30), step=dt.timedelta(minutes=6))
    assert html(page(sign_in(world.amina), world.maths)).count('class="av') == 3


def test_days_are_those_of_the_community(world, sign_in):
    # 22:30 UTC is half past one of the next day in Nairobi.
    late = now().replace(hour=20, minute=30) - dt.timedelta(days=9)
    with pretend(late):
        say(by=world.otieno, community=world.maths, text="before midnight")
    with pretend(late + dt.timedelta(hours=2)):
        say(by=world.otieno, community=world.maths, text="after midnight")
    text = html(page(sign_in(world.amina), world.maths))
    assert text.count("daymark") == 2
    assert "23:30" in text
    assert "01:30" in text


def test_the_first_celebration_of_a_day_is_a_feast_the_second_is_not(world, sign_in):
    for about in (world.nafula, world.otieno):
        celebrate(by=world.amina, community=world.maths, about=about, text="Well done")
    text = html(page(sign_in(world.baraka), world.maths))
    assert text.count('class="kanga"') == 1
    assert order(text, "Hongera, Nafula!", "Hongera, Otieno!")
    assert text.index("kanga") < text.index("Hongera, Nafula!")


def test_mine_stand_at_the_end_side_with_a_tick(world, sign_in, message):
    mine = html(page(sign_in(world.otieno), world.maths))
    assert 'class="e b mine" id="p-' in mine
    assert "saved" in mine
    assert 'class="e b mine" id="p-' not in html(page(sign_in(world.amina), world.maths))


def test_removed_words_are_gone_from_the_page(world, sign_in, message):
    client = sign_in(world.amina)
    page(client, world.maths)
    reply = say(by=world.nafula, community=world.maths, text="Yes indeed", quotes=message)
    assert reply.quoted_text in html(page(client, world.maths))
    remove(by=world.otieno, post=message)
    text = html(page(client, world.maths))
    assert "I folded paper" not in text
    assert "Removed by its author." in text
    assert "What was quoted is no longer there." in text


def test_the_prompts_author_sees_how_many_read_it_never_who(world, sign_in):
    prompt(by=world.baraka, community=world.maths, text="Bring one exercise.")
    client = sign_in(world.baraka)
    assert "fewer than 3" in html(page(client, world.maths))
    for person in (world.amina, world.nafula):
        page(sign_in(person), world.maths)
    assert "fewer than 3" in html(page(client, world.maths))
    page(sign_in(world.otieno), world.maths)
    assert "Read by 3 of us." in html(page(client, world.maths))
    assert "Read by" not in html(page(sign_in(world.amina), world.maths))


def test_a_pinned_post_is_found_from_every_page(world, sign_in):
    first = chat(world, 30)[0]
    pin(by=world.baraka, post=first)
    text = html(page(sign_in(world.amina), world.maths))
    assert "Pinned" in text
    assert f"?at={short(first.pk)}" in text


def test_what_a_muted_person_wrote_is_folded(world, sign_in, message):
    Mute.objects.create(person=world.amina, muted_person=world.otieno)
    assert "Muted. Show" in html(page(sign_in(world.amina), world.maths))
    assert "Muted" not in html(page(sign_in(world.nafula), world.maths))


def test_an_urdu_post_stands_right_in_an_english_page(world, sign_in):
    say(by=world.otieno, community=world.maths, text="کسر کیا ہے؟", language="ur")
    assert '<p class="words" dir="auto" lang="ur">کسر' in html(
        page(sign_in(world.amina), world.maths)
    )


def test_words_are_words(world, sign_in):
    say(by=world.otieno, community=world.maths, text="<script>alert(1)</script> & <b>bold</b>")
    text = html(page(sign_in(world.amina), world.maths))
    assert "<script>alert" not in text
    assert "&lt;b&gt;bold" in text


def test_a_message_is_sent_and_the_page_comes_back(world, sign_in):
    client, key = sign_in(world.amina), str(uuid7())
    address = reverse("stream", args=[world.maths.pk])
    for _time in range(2):
        answer = client.post(address, {"text": "Habari", "id": key})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{address}#bottom"
    assert Post.objects.get().text == "Habari"


def test_the_script_gets_the_entry_alone(world, sign_in):
    client, key = sign_in(world.amina), str(uuid7())
    answer = client.post(
        reverse("tea", args=[world.maths.pk]),
        {"text": "Chai", "id": key},
        headers={"HX-Request": "true"},
    )
    text = html(answer)
    assert "<html" not in text
    assert f'id="p-{short(Post.objects.get().pk)}"' in text
    assert "mine" in text


@pytest.mark.parametrize("text", ["", "a" * 100_000])
def test_a_refused_message_keeps_every_letter(world, sign_in, text):
    key = str(uuid7())
    answer = sign_in(world.amina).post(
        reverse("stream", args=[world.maths.pk]), {"text": text, "id": key}
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert f">{text}</textarea>" in body
    assert 'role="alert"' in body
    assert f'name="id" value="{key}"' in body
    assert not Post.objects.exists()


def test_a_reply_quotes_and_can_be_let_go(world, sign_in, message):
    client = sign_in(world.amina)
    address = reverse("stream", args=[world.maths.pk])
    text = html(client.get(f"{address}?reply={short(message.pk)}"))
    assert "To Otieno" in text
    client.post(address, {"text": "How?", "quotes": str(message.pk), "quoted_text": "folded paper"})
    assert Post.objects.get(text="How?").quoted_text == "folded paper"
    assert '<blockquote class="said"' in html(client.get(address))


def test_news_come_as_entries_with_a_cursor(world, sign_in):
    client = sign_in(world.amina)
    posts = chat(world, 2)
    address = reverse("new_posts", args=[world.maths.pk])
    cursor = short(posts[-1].pk)
    assert client.get(f"{address}?room=lessons&after={cursor}").status_code == 204
    fresh = say(by=world.nafula, community=world.maths, text="Something new")
    answer = client.get(f"{address}?room=lessons&after={cursor}")
    assert answer.headers["X-Cursor"] == short(fresh.pk)
    text = html(answer)
    assert "Something new" in text
    assert "message 001" not in text
    assert "<html" not in text
    assert client.get(f"{address}?room=tea&after=").status_code == 204
    assert client.get(f"{address}?room=cellar").status_code == 404


def test_a_page_costs_the_same_queries_whatever_stands_in_the_room(world, sign_in):
    client = sign_in(world.amina)
    counts = []
    for more in (10, 190):
        for number in range(more):
            person = [world.otieno, world.nafula, world.baraka][number % 3]
            post = say(by=person, community=world.maths, text=f"@Amina number {number}")
        ask(by=world.amina, community=world.maths, text="Why?")
        celebrate(by=world.baraka, community=world.maths, about=world.nafula, text="Good")
        say(by=world.otieno, community=world.maths, text="Yes", quotes=post)
        page(client, world.maths, "?skip=1")
        with CaptureQueriesContext(connection) as queries:
            page(client, world.maths)
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 1  # whether the page may be kept asks one more
    assert counts[1] <= 24


def test_nothing_is_written_when_nothing_is_new(world, sign_in, message):
    client = sign_in(world.amina)
    page(client, world.maths)
    with CaptureQueriesContext(connection) as queries:
        page(client, world.maths)
    written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi"])
@pytest.mark.parametrize("name", ["stream", "tea", "new_posts", "ask", "celebrate", "prompt"])
def test_others_find_no_such_page(world, sign_in, who, name):
    client = sign_in(getattr(world, who))
    address = reverse(name, args=[world.maths.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x"}).status_code in (404, 405)


def test_a_resting_community_is_read_and_says_why_nothing_is_added(world, sign_in, message):
    world.maths.stage = "resting"
    world.maths.save()
    client = sign_in(world.amina)
    text = html(page(client, world.maths))
    assert "I folded paper" in text
    assert "This community rests." in text
    assert 'id="write"' not in text
    assert client.post(reverse("stream", args=[world.maths.pk]), {"text": "x"}).status_code == 422
    assert client.get(reverse("ask", args=[world.maths.pk])).status_code == 422


def test_words_of_one_who_left_stay_under_their_name(world, sign_in, message):
    Membership.objects.filter(person=world.otieno).update(state="left")
    text = html(page(sign_in(world.amina), world.maths))
    assert "I folded paper" in text
    assert "Otieno Ouma" in text
    assert page(sign_in(world.otieno), world.maths).status_code == 404
