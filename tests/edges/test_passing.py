"""With the asker's yes, and without anything that tells who asked, a question goes to sisters."""

import pytest

from staffroom.communities.models import LeverChoice
from staffroom.conversations import sealed
from staffroom.conversations.actions import answer, ask_without_name, help, remove
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.models import Photo, Post
from staffroom.conversations.queries import news
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.edges.actions import passing, returning, rising
from staffroom.edges.models import Crossing, Rise
from staffroom.edges.queries.sisters import sisters
from staffroom.edges.queries.waiting import rows
from staffroom.people.actions.erase import delete_word, erase
from staffroom.places.models import Supervision
from tests.conftest import LONG_AGO
from tests.conversations.makers import a_picture
from tests.edges.conftest import again, days, delivered

pytestmark = pytest.mark.django_db
WORDS = "How do you teach division of fractions?"


def page(world, question=None):
    question = question or world.question
    return f"/c/{short(question.community_id)}/q/{short(question.pk)}"


def fresh(post):
    return Post.objects.select_related("community__programme", "question").get(pk=post.pk)


def passed(world, text=WORDS, **more):
    return passing.pass_on(by=world.nafula, question=fresh(world.question), text=text, **more)[0]


def answered(world, copy, text="Cut a paper strip.", by=None):
    made = answer(by=by or world.daudi, question=fresh(copy), text=text)
    delivered()
    return made


def gone(person, *, keep):
    erase(person=person, keep_contributions=keep, typed=delete_word())


def back(world):
    return Post.objects.get(question=world.question)


def test_it_stands_in_the_sister_community_without_a_name(risen, sign_in):
    copy = passed(risen, topic="Fractions")
    assert (copy.community, copy.author, copy.travel) == (risen.sister, None, "in")
    said = sign_in(risen.daudi).get(page(risen, copy)).content.decode()
    assert WORDS in said
    assert "A colleague of a sister community" in said
    for word in ("Nafula", "Mathematics, Mwingi", "Mwingi", "River Primary"):
        assert word not in said
    assert not Crossing.objects.filter(named__isnull=False).exists()


def test_sent_twice_it_stands_there_once(risen):
    assert passed(risen).pk == passed(risen).pk
    assert Post.objects.filter(community=risen.sister).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "I am Nafula, how do I begin?",
        "At River Primary we have 60 pupils.",
        "Here in Mwingi nobody knows.",
        "Otieno says: invert. Why?",
        "Write to me: nafula@example.org",
        "Call 0712 345 678",
        "https://example.org/me",
        "We of MATHEMATICS, MWINGI ask",
        "@baraka said so",
    ],
)
def test_words_that_tell_are_refused_and_named(risen, text):
    with pytest.raises(Refused) as refused:
        passed(risen, text)
    assert refused.value.field == "text"
    assert not Post.objects.filter(community=risen.sister).exists()


@pytest.mark.parametrize(
    "text", ["What is 1000000 : 250?", "Is grace a noun?", "Up the hill to a market", WORDS]
)
def test_other_words_may_go(risen, text):
    assert passed(risen, text).text == text


def test_a_refusal_keeps_what_was_typed(risen, sign_in):
    told = sign_in(risen.nafula).post(
        page(risen) + "/onward", {"do": "pass", "text": "Nafula asks: why?"}
    )
    assert told.status_code == 422
    assert "Nafula asks: why?" in told.content.decode()


def test_only_the_asker_lets_it_go(risen, sign_in):
    for person in (risen.amina, risen.baraka, risen.chausiku, risen.daudi, risen.esther):
        with pytest.raises(NotYours):
            passing.pass_on(by=person, question=fresh(risen.question), text=WORDS)
        assert sign_in(person).get(page(risen) + "/onward").status_code == 404
    assert sign_in(risen.nafula).get(page(risen) + "/onward").status_code == 200


def test_before_it_has_risen_it_stays(between):
    from tests.conversations.makers import a_question

    young = a_question(between.maths, between.nafula)
    with pytest.raises(NotYours):
        passing.pass_on(by=between.nafula, question=fresh(young), text=WORDS)


def test_where_the_sister_takes_none_there_is_nowhere_to_go(risen):
    LeverChoice.objects.create(
        programme=risen.programme, community=risen.sister, lever="boundary_questions", value="off"
    )
    with pytest.raises(Refused):
        passed(risen)


@pytest.mark.parametrize("side", ["above", "below"])
def test_the_wall_stands_between_communities(risen, side):
    """Daudi of the sister supervises Otieno, or Otieno him: neither hears of the other's."""
    pair = {"supervisor": risen.daudi, "person": risen.otieno}
    if side == "below":
        pair = {"supervisor": risen.otieno, "person": risen.daudi}
    Supervision.objects.create(starts=LONG_AGO, **pair)
    assert sisters(again(risen.maths)) == []
    with pytest.raises(Refused):
        passed(risen)


def test_a_wall_that_rises_later_takes_everything_back(risen):
    copy = passed(risen)
    answered(risen, copy)
    Supervision.objects.create(supervisor=risen.daudi, person=risen.otieno, starts=LONG_AGO)
    returning.mend_all(now())
    assert fresh(copy).removed_at is not None
    assert fresh(copy).text == ""
    assert back(risen).removed_at is not None
    assert back(risen).text == ""


def test_the_asker_keeps_it_here_and_is_asked_no_more(risen, sign_in):
    client = sign_in(risen.nafula)
    assert "With your yes" in client.get(page(risen)).content.decode()
    client.post(page(risen) + "/onward", {"do": "keep"})
    assert rows(risen.nafula, [again(risen.maths)]) == []
    assert passed(risen)  # and may think better of it


def test_it_can_be_taken_back(risen, sign_in):
    copy = passed(risen)
    answered(risen, copy)
    sign_in(risen.nafula).post(page(risen) + "/onward", {"do": "back"})
    assert fresh(copy).removed_at is not None
    assert back(risen).removed_at is None  # the answer stays
    again_there = passed(risen)
    assert again_there.pk != copy.pk


def test_whoever_asked_without_a_name_stays_so(between, sign_in):
    question = ask_without_name(by=between.nafula, community=between.maths, text=WORDS)
    Post.objects.filter(pk=question.pk).update(created_at=now() - days(8))
    between.question = fresh(question)
    rising.nightly(now())
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    client = sign_in(between.nafula)
    assert "Shall your question go further?" in client.get("/").content.decode()
    for other in (between.amina, between.baraka, between.otieno):
        assert "Shall your question go further?" not in sign_in(other).get("/").content.decode()
    assert "without your name" in client.get(page(between) + "/onward").content.decode()
    client.post(page(between) + "/onward", {"do": "pass", "text": WORDS})
    copy = Post.objects.get(community=between.sister)
    made = AuditEntry.objects.exclude(pk__in=before)
    assert made.filter(act="question.passed_on").exists()
    told = str(list(made.values())) + str(list(OutboxEntry.objects.values()))
    told += str(list(Rise.objects.values())) + str(list(Crossing.objects.values()))
    told += str(list(Post.objects.filter(pk=copy.pk).values()))
    assert str(between.nafula.pk) not in told
    assert between.nafula.pk.hex not in told
    assert Rise.objects.get().passed_at == sealed.moment(now(), "Africa/Nairobi", None)
    assert not sealed.mine(between.nafula, [copy])


def test_no_photo_goes_by_itself_and_one_goes_when_it_is_chosen(risen):
    from staffroom.conversations.actions.photos import attach

    attach(post=risen.question, files=[a_picture()], by=risen.nafula)
    mine = Photo.objects.get()
    copy = passed(risen)
    assert not copy.photos.exists()
    passing.take_back(by=risen.nafula, question=fresh(risen.question))
    again_there = passed(risen, photos=[mine.pk])
    taken = again_there.photos.get()
    assert (taken.owner, taken.caption) == (None, "")
    assert taken.file.name != mine.file.name
    assert taken.file.read() == mine.file.read()


def test_an_answer_comes_back_as_from_a_colleague(risen, sign_in):
    copy = passed(risen)
    answered(risen, copy)
    assert [post.pk for post in news.answered(risen.nafula)] == [risen.question.pk]
    said = sign_in(risen.nafula).get(page(risen)).content.decode()
    assert "Cut a paper strip." in said
    assert "A colleague of another community" in said
    assert "Daudi" not in said
    assert "Science, Kitui East" not in said
    assert fresh(risen.question).answer_count == 1


def test_under_name_and_community_where_its_author_likes(risen, sign_in):
    copy = passed(risen)
    made = answered(risen, copy)
    client = sign_in(risen.daudi)
    assert "goes back without a name" in client.get(page(risen, copy)).content.decode()
    url = f"/c/{short(risen.sister.pk)}/a/{short(made.pk)}/credit"
    client.post(url, {"say": "name"})
    assert (
        "Daudi Barasa (Science, Kitui East)"
        in sign_in(risen.nafula).get(page(risen)).content.decode()
    )
    client.post(url, {"say": "hide"})
    assert back(risen).credit == ""
    for person in (risen.amina, risen.nafula, risen.esther):
        assert sign_in(person).post(url, {"say": "name"}).status_code == 404


def test_credit_may_be_chosen_before_the_worker_came(risen):
    copy = passed(risen)
    made = answer(by=risen.daudi, question=fresh(copy), text="Fold it.")
    returning.credit(by=risen.daudi, answer=fresh(made), named=True)
    delivered()
    assert back(risen).credit.startswith("Daudi")


def test_what_changes_there_changes_here(risen):
    copy = passed(risen)
    made = answered(risen, copy)
    edit(by=risen.daudi, post=fresh(made), text="Cut two strips.")
    delivered()
    assert back(risen).text == "Cut two strips."
    remove(by=risen.daudi, post=fresh(made))
    delivered()
    assert back(risen).removed_at is not None
    assert fresh(risen.question).answer_count == 0


def test_thanks_travel_to_whoever_answered(risen, sign_in):
    copy = passed(risen)
    answered(risen, copy)
    help(by=risen.nafula, answer=fresh(back(risen)))
    delivered()
    assert "Thanks from a sister community" in sign_in(risen.daudi).get("/").content.decode()
    said = sign_in(risen.daudi).get(page(risen, copy)).content.decode()
    assert "They say: this helped, thank you." in said
    assert "Nafula" not in said


def test_delivered_twice_it_comes_once(risen):
    copy = passed(risen)
    made = answered(risen, copy)
    returning.written({"post": str(made.pk)})
    assert Post.objects.filter(question=risen.question).count() == 1


def test_an_answer_that_stands_only_here_stays_here(risen):
    passed(risen)
    answer(by=risen.otieno, question=fresh(risen.question), text="I think so.")
    delivered()
    assert Post.objects.filter(community=risen.sister, kind="answer").count() == 0


def test_nobody_reads_the_other_community(risen, sign_in):
    copy = passed(risen)
    answered(risen, copy)
    assert sign_in(risen.nafula).get(page(risen, copy)).status_code == 404
    assert sign_in(risen.daudi).get(page(risen)).status_code == 404
    for stranger in (risen.esther, risen.farid, risen.gathoni):
        for where in (page(risen), page(risen, copy)):
            assert sign_in(stranger).get(where).status_code == 404


def test_whoever_leaves_for_good_takes_words_and_name_along(risen):
    copy = passed(risen)
    made = answered(risen, copy)
    returning.credit(by=risen.daudi, answer=fresh(made), named=True)
    gone(risen.daudi, keep=False)
    assert (back(risen).text, back(risen).credit) == ("", "")
    gone(risen.nafula, keep=False)
    assert fresh(copy).removed_at is not None


def test_what_stays_loses_the_name(risen):
    copy = passed(risen)
    made = answered(risen, copy)
    returning.credit(by=risen.daudi, answer=fresh(made), named=True)
    gone(risen.daudi, keep=True)
    assert (back(risen).text, back(risen).credit) == ("Cut a paper strip.", "")


def test_below_an_ordinary_question_nothing_is_asked(between, rf, django_assert_num_queries):
    from staffroom.edges.hooks.questions import below
    from tests.conversations.makers import a_question

    question = a_question(between.maths, between.nafula)
    request = rf.get("/")
    request.user = between.otieno
    with django_assert_num_queries(0):
        assert below(request=request, question=question, mine=False) == []
        assert below(request=request, question=question, mine=True) == []
