import pytest

from staffroom.conversations.actions.celebrate import celebrate
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.help import help
from staffroom.conversations.actions.say import say
from staffroom.conversations.actions.thank import thank
from staffroom.conversations.keeping import erase, export
from staffroom.conversations.models import Helped, Mention, Post, Revision, Thanks
from staffroom.core.models import AuditEntry


@pytest.fixture
def talk(world, question, answered, message):
    help(by=world.amina, answer=answered)
    thank(by=world.amina, post=message)
    edit(by=world.amina, post=question, text="Why turn it over?")
    say(by=world.otieno, community=world.maths, text="Yes @Amina", quotes=question)
    return question


def test_everything_one_wrote_is_taken_along(world, talk):
    data = export(world.amina)
    (post,) = data["posts"]
    assert post["text"] == "Why turn it over?"
    assert post["earlier"] == ["Why do we turn the second fraction over?"]
    assert len(data["helped"]) == len(data["thanks"]) == 1
    assert "quarters" not in str(data)


def test_words_stay_without_a_name(world, talk, answered, message):
    erase(world.amina, keep_contributions=True)
    talk.refresh_from_db()
    assert (talk.author, talk.text, talk.removed_at) == (None, "Why turn it over?", None)
    for post in (talk, answered, message):
        post.refresh_from_db()
        assert (post.helped_count, post.thanks_count) == (0, 0)
    assert not Helped.objects.exists()
    assert not Thanks.objects.exists()
    assert not Mention.objects.exists()
    assert AuditEntry.objects.get(act="posts.erased").actor_id is None


def test_or_the_words_go_and_answers_stay(world, talk, answered):
    erase(world.amina, keep_contributions=False)
    talk.refresh_from_db()
    answered.refresh_from_db()
    assert (talk.author, talk.text, talk.topic) == (None, "", "")
    assert talk.removed_at
    assert not Revision.objects.exists()
    assert answered.text
    assert not Post.objects.filter(quoted_text__contains="turn").exists()


def test_an_erased_answer_no_longer_counts(world, question, answered):
    help(by=world.amina, answer=answered)
    erase(world.nafula, keep_contributions=False)
    question.refresh_from_db()
    assert (question.answer_count, question.helped_count) == (0, 0)


def test_a_celebration_of_the_person_says_nothing_any_more(world):
    post = celebrate(by=world.amina, community=world.maths, about=world.nafula, text="Nafula did")
    erase(world.nafula, keep_contributions=True)
    post.refresh_from_db()
    assert (post.text, post.about, post.author) == ("", None, world.amina)
