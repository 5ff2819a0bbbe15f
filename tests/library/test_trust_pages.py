"""What people see: the correction where the wrong words stand, the two desks, Today; and nobody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staffroom.conversations.actions.answer import answer, answer_as_asker
from staffroom.conversations.actions.ask import ask, ask_without_name
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.read import mark_read
from staffroom.conversations.actions.say import say
from staffroom.core import fragments
from staffroom.core.clock import now
from staffroom.core.ids import short
from staffroom.library.queries.trust_desk import desk
from staffroom.people.models import Person
from tests.library.trust_things import correct, deliver, dispute, resolve, verify

RIGHT = "Four quarters make one."


@pytest.fixture(autouse=True)
def _nothing_kept():
    fragments.forget_all()


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def trust_url(post):
    return f"/trust/post/{short(post.pk)}"


def question_url(world, question):
    return f"/c/{short(world.maths.pk)}/q/{short(question.pk)}"


def test_a_correction_stands_where_the_wrong_words_stood(world, question, answered, sign_in):
    correct(world.chausiku, answered)
    seen = page(sign_in(world.amina), question_url(world, question))
    before, fold = seen.split("<summary>What was written</summary>")
    assert RIGHT in before
    assert answered.text in fold
    assert answered.text not in before
    assert "Chausiku Kimani, adviser" in before


def test_it_stands_in_the_stream_too(world, question, sign_in):
    url = f"/c/{short(world.maths.pk)}/"
    for client in (sign_in(world.otieno), sign_in(world.amina)):
        for _ in range(3):
            page(client, url)
    correct(world.chausiku, question, text="We multiply by the other way round.")
    for person in (world.otieno, world.amina):
        seen = page(sign_in(person), url)
        assert "We multiply by the other way round." in seen
        assert seen.index("We multiply by") < seen.index("What was written")


def test_a_quote_says_that_it_was_corrected(world, question, sign_in):
    say(by=world.otieno, community=world.maths, text="I ask this too.", quotes=question)
    correct(world.chausiku, question, text="Ask: how many fit?")
    seen = page(sign_in(world.amina), f"/c/{short(world.maths.pk)}/")
    quote = re.search(r"<blockquote.*?</blockquote>", seen, re.S)[0]
    assert "Ask: how many fit?" in quote


def test_an_answer_quoted_below_says_so(world, question, answered, sign_in):
    answer(by=world.otieno, question=question, text="So it is.", quotes=answered)
    dispute(world.baraka, answered)
    seen = page(sign_in(world.amina), question_url(world, question))
    assert "Disputed" in re.search(r"<blockquote.*?</blockquote>", seen, re.S)[0]


def test_what_is_found_says_so(world, answered, sign_in):
    correct(world.chausiku, answered)
    seen = page(sign_in(world.amina), "/search?q=quarters")
    assert RIGHT in seen


def test_verified_answers_come_first(world, question, answered, sign_in):
    later = answer(by=world.otieno, question=question, text="Lay the strips together.")
    verify(world.chausiku, later)
    seen = page(sign_in(world.amina), question_url(world, question))
    assert seen.index(later.text) < seen.index(answered.text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Verified", "Corrected", "Disputed"]),
        ("ur", ["تصدیق شدہ", "تصحیح شدہ", "اختلاف ہے"]),
    ],
)
def test_the_three_states_in_words(world, question, sign_in, language, words):
    Person.objects.filter(pk=world.amina.pk).update(language=language)
    posts = [
        answer(by=world.nafula, question=question, text=f"Answer {number}") for number in range(3)
    ]
    verify(world.chausiku, posts[0])
    correct(world.chausiku, posts[1])
    dispute(world.baraka, posts[2])
    world.amina.refresh_from_db()
    seen = page(sign_in(world.amina), question_url(world, question))
    for word in words:
        assert word in seen


def test_the_page_of_a_thing_offers_what_one_can_do(world, answered, sign_in):
    for person, offered in [
        (world.amina, {"verify", "correct", "dispute"}),
        (world.chausiku, {"verify", "correct", "dispute"}),
        (world.nafula, set()),
    ]:
        seen = page(sign_in(person), trust_url(answered))
        for act in ("verify", "correct", "dispute", "resolve", "accept"):
            assert (f"{trust_url(answered)}/{act}" in seen) == (act in offered), (person.name, act)


@pytest.mark.parametrize("who", ["esther", "farid", "daudi", "gathoni", "hamisi", None])
def test_nobody_outside_gets_anything(world, answered, sign_in, who):
    correct(world.chausiku, answered)
    dispute(world.baraka, answered)
    client = sign_in(getattr(world, who) if who else None)
    acts = [
        "verify",
        "withdraw",
        "skip",
        "correct",
        "agree",
        "disagree",
        "accept",
        "reply",
        "dispute",
        "resolve",
        "seen",
    ]
    for url in [trust_url(answered), *(f"{trust_url(answered)}/{act}" for act in acts)]:
        for response in (client.get(url), client.post(url)):
            assert response.status_code in {404, 405, 302}
            assert response.status_code != 302 or "/sign-in" in response["Location"]
            assert RIGHT not in response.content.decode()


def test_by_the_forms_as_people_do_it(world, answered, sign_in):
    url, adviser, peer = trust_url(answered), sign_in(world.chausiku), sign_in(world.baraka)
    empty = adviser.post(f"{url}/correct", {"text": "Kept as typed", "source": ""})
    assert empty.status_code == 422
    assert "Kept as typed" in empty.content.decode()
    said = {"text": RIGHT, "source": "KIE 7"}
    assert adviser.post(f"{url}/correct", said).status_code == 302
    assert RIGHT in page(peer, url)
    opened = {"holds": "right", "text": "It works in my class.", "source": "41 pupils"}
    assert peer.post(f"{url}/dispute", opened).status_code == 302
    assert "It works in my class." in page(adviser, url)
    closed = {"outcome": "both", "why": "Both ways lead there.", "text": "", "source": ""}
    assert adviser.post(f"{url}/resolve", closed).status_code == 302
    assert "Both ways lead there." in page(peer, url)


def test_today_says_it_until_it_is_read(world, question, answered, sign_in):
    mark_read(by=world.otieno, community=world.maths, question=question, until=now())
    correct(world.chausiku, answered)
    deliver()
    client = sign_in(world.otieno)
    assert "About what you read" in page(client, "/")
    assert "It was corrected." in page(client, trust_url(answered))
    client.post(f"{trust_url(answered)}/seen")
    assert "About what you read" not in page(client, "/")
    assert "About what you read" not in page(sign_in(world.baraka), "/")


def test_the_desk_has_what_waits_and_empties(world, question, answered, sign_in):
    client = sign_in(world.chausiku)
    seen = page(client, "/trust/")
    assert answered.text in seen
    response = client.post(f"{trust_url(answered)}/verify", {"desk": "age", "version": ""})
    assert response["Location"] == "/trust/?by=age"
    assert answered.text not in page(client, "/trust/")
    edit(by=world.nafula, post=answered, text="Count the quarters in four.")
    assert "Count the quarters in four." in page(client, "/trust/")
    client.post(f"{trust_url(answered)}/skip", {"desk": "age"})
    assert "Count the quarters in four." not in page(client, "/trust/")
    client.post("/trust/again")
    assert "Count the quarters in four." in page(client, "/trust/")


def test_the_desk_by_age_and_by_reach(world, question, sign_in):
    first = answer(by=world.nafula, question=question, text="The first")
    other = ask(by=world.amina, community=world.maths, text="And minus three?")
    read = answer(by=world.otieno, question=other, text="The one that is read")
    for person in (world.amina, world.baraka, world.nafula):
        mark_read(by=person, community=world.maths, question=other, until=now())
    order = [w.thing.id for w in desk(world.chausiku, leaders=False, reach=False).waiting]
    assert order == [first.pk, read.pk]
    order = [w.thing.id for w in desk(world.chausiku, leaders=False, reach=True).waiting]
    assert order == [read.pk, first.pk]
    seen = page(sign_in(world.chausiku), "/trust/?by=reach")
    assert "read by 3" in seen
    assert "read by fewer than 3" in seen


def test_what_an_adviser_asked_or_answered_alone_is_on_no_desk_of_theirs(world, question):
    answer(by=world.chausiku, question=question, text="I say so.")
    asked = ask_without_name(by=world.nafula, community=world.maths, text="Why is it so?")
    answer_as_asker(by=world.nafula, question=asked, text="I found it.")
    shown = desk(world.chausiku, leaders=False, reach=True).waiting
    assert [one.thing.text for one in shown] == ["I found it."]
    assert shown[0].thing.reach is None
    assert shown[0].thing.author == ""


def test_no_query_grows_with_what_waits(world, question, sign_in):
    counts = {}
    for many in (10, 60):
        missing = many - question.answers.count()
        for number in range(missing):
            written = answer(by=world.nafula, question=question, text=f"Answer {number}")
            if number % 3 == 0:
                verify(world.amina, written)
        client = sign_in(world.chausiku)
        client.get("/trust/")
        for name, url in [("desk", "/trust/?by=age"), ("question", question_url(world, question))]:
            client.get(url)
            fragments.forget_all()
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.setdefault(name, []).append(len(asked))
    assert counts["desk"][0] == counts["desk"][1], counts
    assert counts["question"][0] == counts["question"][1], counts


def test_the_library_desk_has_shared_things_and_no_name(world, leaflets, answered, sign_in):
    leaflets.add(world.daudi, "Shared-words")
    mine = leaflets.add(world.esther, "Esthers-own-words")
    seen = page(sign_in(world.esther), "/trust/library")
    assert "Shared-words" in seen
    assert "Esthers-own-words" not in seen
    assert answered.text not in seen
    for name in ("Nafula", "Amina", "Mathematics"):
        assert name not in seen
    from staffroom.library.actions import trust_verify

    trust_verify.verify(by=world.nafula, kind="leaflet", thing=mine)
    seen = page(sign_in(world.daudi), f"/trust/leaflet/{short(mine)}")
    assert "Nafula" not in seen
    assert "a colleague: it is right" in seen


@pytest.mark.parametrize(
    ("url", "allowed"), [("/trust/", {"chausiku"}), ("/trust/library", {"esther"})]
)
def test_the_desks_are_for_those_who_sit_there(world, sign_in, url, allowed):
    people = [
        "amina",
        "baraka",
        "chausiku",
        "daudi",
        "esther",
        "farid",
        "gathoni",
        "hamisi",
        "nafula",
        "otieno",
    ]
    reached = {name for name in people if sign_in(getattr(world, name)).get(url).status_code == 200}
    assert reached == allowed


def test_the_ways_to_the_desks(world, sign_in):
    assert "/trust/" in page(sign_in(world.chausiku), "/me")
    assert "/trust/" in page(sign_in(world.chausiku), f"/c/{short(world.maths.pk)}/")
    assert "/trust/library" in page(sign_in(world.esther), "/me")
    assert "/trust/" not in page(sign_in(world.amina), "/me")
    assert "/trust/" not in page(sign_in(world.amina), f"/c/{short(world.maths.pk)}/")


def test_a_closed_dispute_is_kept_to_be_read(world, answered, sign_in):
    dispute(world.baraka, answered)
    resolve(world.chausiku, answered, "right", why="Both books say so.")
    seen = page(sign_in(world.amina), trust_url(answered))
    assert "Both books say so." in seen
    assert "It fails for zero." in seen


def test_markup_is_no_markup(world, question, answered, sign_in):
    correct(world.chausiku, answered, text="<b>x</b><script>1</script>", source="<i>book</i>")
    for url in (question_url(world, question), trust_url(answered)):
        seen = page(sign_in(world.amina), url)
        assert "<script>1" not in seen
        assert "<i>book" not in seen


def test_the_things_of_others_rooms_do_not_exist_by_guessing(world, sign_in):
    for url in ("/trust/nonsense/AAAAAAAAAAAAAAAAAAAAAA", "/trust/post/AAAAAAAAAAAAAAAAAAAAAA"):
        assert sign_in(world.amina).get(url).status_code == 404
