"""What a linked person writes arrives as if typed on the web."""

import datetime as dt

import pytest

from staffroom.channels.switchboard.messages import Kind, Media, TryLater
from staffroom.channels.switchboard.models import Link, Numbered, Pending, Received, Sent
from staffroom.communities.models import Membership, RuleAgreement
from staffroom.conversations.models import Helped, Photo, Post, Thanks
from staffroom.core.clock import now
from tests.channels.switchboard.line import work
from tests.conversations.makers import a_picture, a_post, a_question


@pytest.fixture
def baraka(world, rich):
    """Baraka is in one community alone."""
    rich.link(world.baraka, "b")
    return "b"


def told(rich, sender, text="TODAY"):
    rich.says(sender, text)


def test_a_question(world, rich, baraka):
    (said,) = rich.says(baraka, "ASK Why do we turn it over?")
    post = Post.objects.get()
    assert (post.kind, post.text, post.author) == (
        "question",
        "Why do we turn it over?",
        world.baraka,
    )
    assert post.community == world.maths
    assert said.startswith("Asked in Mathematics")


def test_a_question_in_urdu_with_urdu_digits_for_the_answer(world, rich, baraka):
    rich.says(baraka, "سوال کسر کو کیوں الٹتے ہیں؟")
    assert Post.objects.get().text == "کسر کو کیوں الٹتے ہیں؟"
    rich.link(world.nafula, "n")
    rich.says("n", "TODAY")
    rich.says("n", "۱ تصویر بنائیں")
    assert Post.objects.get(kind="answer").text == "تصویر بنائیں"


def test_the_same_message_five_times_is_one_post(world, rich, baraka):
    event = rich.event(baraka, "ASK Why?")
    for _again in range(5):
        rich.call(event)
        work()
    assert Post.objects.count() == 1
    assert len(rich.sent) == 1


def test_today_tells_a_number_and_the_number_answers(world, rich, baraka):
    question = a_question(world.maths, world.nafula)
    (said,) = rich.says(baraka, "leo")
    assert said.startswith("1 Nafula:")
    assert "turn the second fraction" in said
    rich.says(baraka, "1 Fold a paper.")
    answer = Post.objects.get(kind="answer")
    assert (answer.text, answer.question, answer.author) == (
        "Fold a paper.",
        question,
        world.baraka,
    )


def test_today_of_somebody_with_several_communities_is_the_newest_of_all(world, rich, baraka):
    Membership.objects.create(
        community=world.sister, person=world.baraka, state="active", joined_at=now()
    )
    a_question(world.maths, world.nafula)
    (said,) = rich.says(baraka, "leo")
    assert said.startswith("1 ")
    assert "turn the second fraction" in said


def test_a_reply_to_our_message_answers_what_it_is_about(world, rich, baraka):
    question = a_question(world.maths, world.nafula)
    rich.says(baraka, "TODAY")
    rich.says(baraka, "Fold it.", reply_to="out-1")
    assert Post.objects.get(kind="answer").question == question
    # And a reply to one's own answer goes on below the same question.
    rich.says(baraka, "Twice.", reply_to="in-2")
    assert Post.objects.filter(question=question).count() == 2


def test_plain_words_are_asked_about_and_kept(world, rich, baraka):
    rich.says(baraka, "My pupils laughed today.")
    assert not Post.objects.exists()
    assert [each.key for each in rich.sent[-1].buttons] == ["m:ask", "m:say", "m:no"]
    rich.says(baraka, kind=Kind.CHOICE, choice="m:say")
    assert Post.objects.get().text == "My pupils laughed today."
    assert not Pending.objects.exists()


def test_two_plain_messages_in_a_row_are_both_kept(world, rich, baraka):
    rich.says(baraka, "First.")
    rich.says(baraka, "Second.")
    rich.says(baraka, kind=Kind.CHOICE, choice="m:say")
    assert Post.objects.get().text == "First.\nSecond."


def test_without_buttons_the_choices_are_numbered(world, plain):
    plain.link(world.baraka, "+254700000002")
    (said,) = plain.says("+254700000002", "My pupils laughed today.")
    assert "1 A question\n2 A message\n3 Forget it" in said
    plain.says("+254700000002", "2")
    assert Post.objects.get().kind == "message"


def test_forget_it(world, rich, baraka):
    rich.says(baraka, "Never mind")
    rich.says(baraka, "no")
    assert not Post.objects.exists()
    assert not Pending.objects.exists()


def test_several_communities_are_asked_about_and_the_words_wait(world, rich):
    rich.link(world.amina, "a")
    rich.says("a", "ASK Where?")
    assert not Post.objects.exists()
    rich.says("a", "2")
    assert Post.objects.get().community == world.sister
    rich.says("a", "ASK Again?")
    assert Post.objects.count() == 2
    (said,) = rich.says("a", "GROUP 1")
    assert "Mathematics, Mwingi" in said
    assert Link.objects.get().community == world.maths


def test_thanks_helped_and_solved(world, rich, baraka):
    rich.link(world.nafula, "n")
    rich.says("n", "ASK Why?")
    rich.says(baraka, "TODAY")
    rich.says(baraka, "1 Fold it.")
    answer = Post.objects.get(kind="answer")
    rich.says("n", "MORE 1") or rich.says("n", "TODAY")
    number = Numbered.objects.get(link__person=world.nafula, post=answer).number
    rich.says("n", f"HELPED {number}")
    rich.says("n", f"thanks {number}")
    assert Helped.objects.get().post == answer
    assert Thanks.objects.get().post == answer
    rich.says("n", "DONE")
    assert Post.objects.get(kind="question").solved_at


def test_a_sign_thanks_and_taken_back_it_does_not(world, rich, baraka):
    answer = a_post(world.maths, world.nafula)
    Sent.objects.create(
        channel="fake", link=Link.objects.get(), kind="relay", ref=answer.pk, provider_id="o1"
    )
    rich.says(baraka, "👍", kind=Kind.REACTION, reply_to="o1")
    assert Thanks.objects.count() == 1
    rich.says(baraka, "", kind=Kind.REACTION, reply_to="o1")
    assert not Thanks.objects.exists()


def test_a_change_and_a_removal_in_any_order(world, rich, baraka):
    t = now()
    first = rich.event(baraka, "SAY Halo", id="m1", at=t)
    early = rich.event(
        baraka, "SAY Hallo", kind=Kind.EDIT, reply_to="m1", at=t + dt.timedelta(seconds=5)
    )
    late = rich.event(
        baraka, "SAY Hello", kind=Kind.EDIT, reply_to="m1", at=t + dt.timedelta(seconds=9)
    )
    for event in (late, early, first):
        rich.call(event)
    work()
    work(minutes=1)
    assert Post.objects.get().text == "Hello"
    rich.says(baraka, kind=Kind.REMOVED, reply_to="m1", at=t + dt.timedelta(seconds=20))
    assert Post.objects.get().removed_at


def test_a_photo_is_covered_until_it_is_said_what_it_shows(world, rich, baraka):
    rich.files["f1"] = a_picture().getvalue()
    rich.says(baraka, "SAY Our board", kind=Kind.PHOTO, media=Media("f1", "image/jpeg"))
    photo = Photo.objects.get()
    assert photo.post.text == "Our board"
    assert photo.covered_at
    key = rich.sent[-1].buttons[0].key
    rich.says(baraka, kind=Kind.CHOICE, choice=key)
    photo.refresh_from_db()
    assert photo.covered_at is None
    assert photo.shows == "nobody"


def test_a_photo_that_lies_about_its_type_keeps_the_words(world, rich, baraka):
    rich.files["f1"] = b"MZ this is a programme"
    said = rich.says(baraka, "SAY Our board", kind=Kind.PHOTO, media=Media("f1", "image/jpeg"))
    assert Post.objects.get().text == "Our board"
    assert not Photo.objects.exists()
    assert len(said[0].split(". ")) > 1


def test_a_photo_that_never_arrives_keeps_the_words(world, rich, baraka):
    rich.files["f1"] = TryLater("busy")
    rich.call(rich.event(baraka, "SAY Our board", kind=Kind.PHOTO, media=Media("f1")))
    for minutes in range(5):
        work(minutes)
    assert Post.objects.get().text == "Our board"
    assert "did not reach us" in rich.sent[-1].text


def test_a_photo_without_words_waits_for_its_meaning(world, rich, baraka):
    rich.files["f1"] = a_picture().getvalue()
    rich.says(baraka, "", kind=Kind.PHOTO, media=Media("f1"))
    rich.says(baraka, kind=Kind.CHOICE, choice="m:say")
    assert Photo.objects.get().post == Post.objects.get()


def test_ground_rules_are_agreed_to_by_message(world, rich, baraka):
    RuleAgreement.objects.filter(person=world.baraka).delete()
    (said,) = rich.says(baraka, "ASK Why?")
    assert "ground rules" in said
    (told,) = rich.says(baraka, "AGREE")
    assert "We are kind." in told
    rich.says(baraka, kind=Kind.CHOICE, choice=rich.sent[-1].buttons[0].key)
    assert RuleAgreement.objects.filter(person=world.baraka).exists()
    rich.says(baraka, "ASK Why?")
    assert Post.objects.exists()


def test_the_language_changes_and_help_follows(world, rich, baraka):
    said = rich.says(baraka, "LUGHA Kiswahili")
    assert "ULIZA" in said[-1]


def test_help_costs_two_parts_at_most(world, plain):
    for language in ("en", "sw"):
        world.baraka.language = language
        world.baraka.save()
        Link.objects.all().delete()
        plain.link(world.baraka, "+254700000002")
        (said,) = plain.says("+254700000002", "MSAADA")
        assert len(said) <= 320


def test_a_wild_phone_is_told_once(world, rich, baraka):
    said = [rich.says(baraka, "HELP") for _time in range(64)]
    assert sum(map(len, said)) == 61


def test_a_celebration(world, rich, baraka):
    rich.says(baraka, "CELEBRATE Nafula: all her pupils read.")
    assert Post.objects.get(kind="celebration").about == world.nafula


def test_what_we_cannot_take_is_said(world, rich, baraka):
    (said,) = rich.says(baraka, kind=Kind.OTHER)
    assert "cannot be taken" in said
    assert Received.objects.get().state == "refused"


def test_who_is_in_no_community_reads_and_writes_nothing(world, rich):
    a_question(world.maths, world.nafula)
    for person in (world.esther, world.farid):
        rich.link(person)
        address = f"at-{person.first_name.lower()}"
        for text in ("TODAY", "ASK x?", "MORE 1", "1 hello", "THANKS 1", "GROUP 1", "3"):
            for said in rich.says(address, text):
                assert "Mathematics" not in said
                assert "fraction" not in said
    assert Post.objects.count() == 1


def test_a_number_told_before_the_wall_closed_opens_nothing(world, rich, baraka):
    a_question(world.maths, world.nafula)
    rich.says(baraka, "TODAY")
    world.maths.memberships.filter(person=world.baraka).update(state="left")
    for text in ("MORE 1", "1 hello", "THANKS 1"):
        (said,) = rich.says(baraka, text)
        assert "fraction" not in said
    assert Post.objects.count() == 1
