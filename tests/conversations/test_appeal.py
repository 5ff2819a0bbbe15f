"""A second look: by somebody else inside, or by the programme's office, which reads that post alone."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.communities.models import OutsideView
from staffroom.conversations.actions.appealed import decide_appeal
from staffroom.conversations.actions.decide import AlreadyDecided, decide, undo
from staffroom.conversations.actions.edit import edit
from staffroom.conversations.actions.remove import remove
from staffroom.conversations.actions.report import appeal, report
from staffroom.conversations.models import Decision, Report
from staffroom.conversations.queries.appeals import appeals_for, office_of
from staffroom.conversations.queries.reports import cases_for, log, words_for
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.places.models import Appointment, Posting
from tests.conversations.makers import a_post


@pytest.fixture
def hidden(world):
    post = a_post(world.maths, world.otieno, "Buy my past papers, 200 bob")
    report(by=world.amina, post=post, reason="forwarded")
    decide(by=world.baraka, post=post, choice="hidden", why="No selling.")
    post.refresh_from_db()
    return post


@pytest.fixture
def appealed(world, hidden):
    return appeal(by=world.otieno, post=hidden, note="They are free", to="office", agreed=True)


def test_the_office_is_asked_only_with_consent(world, hidden):
    with pytest.raises(Refused) as refusal:
        appeal(by=world.otieno, post=hidden, to="office")
    assert refusal.value.field == "agreed"
    assert not appeals_for(world.gathoni)


def test_the_form_tells_what_is_missing_and_keeps_the_words(world, sign_in, hidden):
    url = reverse("word", args=[world.maths.pk, hidden.pk])
    sent = {"appeal": "1", "note": "They are free", "to": "office"}
    answer = sign_in(world.otieno).post(url, sent)
    assert answer.status_code == 422
    assert "only if you agree" in answer.content.decode()
    assert "They are free" in answer.content.decode()
    assert sign_in(world.otieno).post(url, sent | {"agreed": "on"}).status_code == 302
    assert "You asked the programme’s office" in sign_in(world.otieno).get(url).content.decode()


def test_the_office_sees_that_post_without_names_and_is_written_down(world, sign_in, appealed):
    other = a_post(world.maths, world.amina, "Another word of ours")
    client = sign_in(world.gathoni)
    assert reverse("appeal", args=[appealed.pk]) in client.get(reverse("today")).content.decode()
    page = client.get(reverse("appeal", args=[appealed.pk])).content.decode()
    for words in ("200 bob", "No selling.", "They are free"):
        assert words in page
    for words in ("Otieno", "Baraka", "Amina", other.text):
        assert words not in page
    look = OutsideView.objects.get()
    assert (look.person, look.page, look.office) == (world.gathoni, "appeal", "gardener")
    seen = (
        sign_in(world.amina)
        .get(reverse("seen_from_outside", args=[world.maths.pk]))
        .content.decode()
    )
    assert "one post, because its author asked for that" in seen
    for page in ("stream", "moderation_log", "reports"):
        assert client.get(reverse(page, args=[world.maths.pk])).status_code == 404


def test_nobody_inside_is_asked_as_well(world, appealed, hidden):
    for name in ("baraka", "chausiku", "nafula"):
        assert not cases_for(getattr(world, name), world.maths)
    with pytest.raises(AlreadyDecided):
        decide(by=world.chausiku, post=hidden, choice="kept")


@pytest.mark.parametrize(
    "who", ["amina", "baraka", "chausiku", "daudi", "esther", "farid", "otieno"]
)
def test_nobody_else_takes_it(world, sign_in, appealed, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        decide_appeal(by=person, appeal=appealed, choice="kept")
    assert sign_in(person).get(reverse("appeal", args=[appealed.pk])).status_code == 404


def test_the_wall_bars_an_office_that_supervises_a_member(world, sign_in, appealed):
    Posting.objects.create(
        person=world.gathoni, school=world.market, role="head", starts=dt.date(2020, 1, 1)
    )
    assert sign_in(world.gathoni).get(reverse("appeal", args=[appealed.pk])).status_code == 404
    assert world.gathoni not in office_of(world.maths)


def test_what_was_asked_inside_is_not_the_offices(world, sign_in, hidden):
    inside = appeal(by=world.otieno, post=hidden)
    assert sign_in(world.gathoni).get(reverse("appeal", args=[inside.pk])).status_code == 404


def test_it_is_put_back_and_everyone_concerned_is_told(world, sign_in, appealed, hidden):
    url = reverse("appeal", args=[appealed.pk])
    assert sign_in(world.gathoni).post(url, {"choice": "hidden"}).status_code == 422
    sign_in(world.gathoni).post(url, {"choice": "kept", "why": "They are free indeed."})
    hidden.refresh_from_db()
    assert hidden.hidden_at is None
    assert words_for(world.otieno, world.maths).office
    word = sign_in(world.otieno).get(reverse("word", args=[world.maths.pk, hidden.pk]))
    assert "stands again as you wrote it" in word.content.decode()
    said = sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk]))
    assert "Taken back: it stands again." in said.content.decode()
    assert not appeals_for(world.gathoni)
    assert "200 bob" not in sign_in(world.hamisi).get(url).content.decode()
    with pytest.raises(AlreadyDecided, match="Gathoni"):
        decide_appeal(by=world.hamisi, appeal=appealed, choice="hidden", why="x")


def test_it_stays_hidden_with_a_new_reason_once(world, appealed, hidden):
    made = decide_appeal(by=world.hamisi, appeal=appealed, choice="hidden", why="Not here.")
    hidden.refresh_from_db()
    assert hidden.hidden_why == "Not here."
    assert log(world.maths).first() == made
    with pytest.raises(Refused, match="second look was taken"):
        appeal(by=world.otieno, post=hidden, to="office", agreed=True)
    with pytest.raises(NotYours):  # the office's word is not the moderator's to take back
        undo(by=world.baraka, decision=made)


def test_an_appeal_about_what_its_author_removed(world, sign_in, appealed, hidden):
    remove(by=world.otieno, post=hidden)
    assert not appeals_for(world.gathoni)
    page = sign_in(world.gathoni).get(reverse("appeal", args=[appealed.pk])).content.decode()
    assert "Its author has removed it" in page
    assert "200 bob" not in page
    with pytest.raises(Refused, match="removed it"):
        decide_appeal(by=world.gathoni, appeal=appealed, choice="kept")


def test_what_one_removed_oneself_cannot_be_appealed(world, hidden):
    remove(by=world.otieno, post=hidden)
    hidden.refresh_from_db()
    with pytest.raises(Refused, match="removed this yourself"):
        appeal(by=world.otieno, post=hidden)


def test_without_an_office_it_is_not_offered(world, sign_in, hidden):
    Appointment.objects.all().delete()
    page = sign_in(world.otieno).get(reverse("word", args=[world.maths.pk, hidden.pk]))
    assert 'value="office"' not in page.content.decode()
    with pytest.raises(Refused, match="nobody who could look"):
        appeal(by=world.otieno, post=hidden, to="office", agreed=True)


def test_returned_changed_and_put_back(world, sign_in):
    post = a_post(world.maths, world.otieno, "Only lazy teachers use counters")
    report(by=world.amina, post=post, reason="unkind")
    decide(
        by=world.baraka, post=post, choice="returned", why="Kinder, please.", rule="We are kind."
    )
    author = sign_in(world.otieno)
    page = author.get(reverse("word", args=[world.maths.pk, post.pk])).content.decode()
    assert "We are kind." in page
    url = reverse("edit", args=[world.maths.pk, post.pk])
    assert url in page
    assert (
        "lazy"
        not in sign_in(world.amina).get(reverse("stream", args=[world.maths.pk])).content.decode()
    )
    post.refresh_from_db()
    with pytest.raises(Refused, match="Change them first"):
        edit(by=world.otieno, post=post, text=post.text)
    author.post(url, {"text": "I do without counters. What do you do?", "version": post.version})
    post.refresh_from_db()
    assert post.hidden_at is None
    assert Decision.objects.get().mended_at is not None
    assert cases_for(world.baraka, world.maths)[0].mended
    desk = sign_in(world.baraka).get(reverse("reports", args=[world.maths.pk])).content.decode()
    assert "The author has changed what was returned" in desk
    said = sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk]))
    assert "Its author has changed it" in said.content.decode()
    decide(by=world.baraka, post=post, choice="kept")
    assert not Report.objects.filter(decision=None).exists()


def test_a_hidden_post_is_not_edited(world, sign_in, hidden):
    with pytest.raises(NotYours):
        edit(by=world.otieno, post=hidden, text="new")


def test_a_reminder_stands_in_the_log_without_its_post(world, sign_in):
    post = a_post(world.maths, world.otieno)
    report(by=world.amina, post=post, reason="unkind")
    decide(
        by=world.baraka, post=post, choice="reminded", why="Privately: gently.", rule="We are kind."
    )
    said = (
        sign_in(world.amina).get(reverse("moderation_log", args=[world.maths.pk])).content.decode()
    )
    assert "We are kind." in said
    assert "gently" not in said
    assert reverse("post", args=[world.maths.pk, post.pk]) not in said


def test_a_decision_is_taken_back_from_the_log_for_a_week(world, sign_in, hidden):
    made = Decision.objects.get()
    url = reverse("undo_decision", args=[world.maths.pk, made.pk])
    page = reverse("moderation_log", args=[world.maths.pk])
    assert url in sign_in(world.baraka).get(page).content.decode()
    assert url not in sign_in(world.amina).get(page).content.decode()
    Decision.objects.update(at=now() - dt.timedelta(days=8))
    assert url not in sign_in(world.baraka).get(page).content.decode()
    said = sign_in(world.baraka).post(url, follow=True).content.decode()
    assert "more than a week ago" in said


def test_the_answer_to_an_appeal_is_taken_back_to_what_was_before(world, hidden):
    appeal(by=world.otieno, post=hidden)
    for choice, why in (("kept", ""), ("hidden", "Still no selling.")):
        made = decide(by=world.chausiku, post=hidden, choice=choice, why=why)
        hidden.refresh_from_db()
        assert hidden.hidden_why == why
        undo(by=world.chausiku, decision=made)
        hidden.refresh_from_db()
        assert hidden.hidden_why == "No selling."
        assert Decision.objects.get(undone_at=None).by == world.baraka
        assert cases_for(world.chausiku, world.maths)[0].appeal


def test_the_second_keeps_her_words(world, sign_in):
    post = a_post(world.maths, world.otieno, anonymous=False)
    report(by=world.amina, post=post, reason="unkind")
    decide(by=world.baraka, post=post, choice="kept")
    url = reverse("decide", args=[world.maths.pk, post.pk])
    answer = sign_in(world.baraka).post(url, {"choice": "hidden", "why": "My careful sentence"})
    assert answer.status_code == 409
    assert "My careful sentence" in answer.content.decode()
    assert "has decided already" in answer.content.decode()


def test_passed_on_to_those_who_are_named_for_it(world, sign_in, settings):
    post = a_post(world.maths, world.otieno, "A child of my class is beaten at home")
    report(by=world.amina, post=post, reason="other")
    with pytest.raises(Refused):  # nobody is named
        decide(by=world.baraka, post=post, choice="passed", why="A child may be in danger")
    Appointment.objects.create(
        person=world.hamisi,
        programme=world.programme,
        role="safeguarding",
        starts=dt.date(2020, 1, 1),
    )
    with pytest.raises(Refused) as refusal:
        decide(by=world.baraka, post=post, choice="passed")
    assert refusal.value.field == "why"
    made = decide(by=world.baraka, post=post, choice="passed", why="A child may be in danger")
    assert len(made.code) == 14
    assert made.why == ""
    from staffroom.governing.actions.safeguarding import open_disclosure
    from staffroom.governing.models import Disclosure

    words = open_disclosure(by=world.hamisi, disclosure=Disclosure.objects.get()).disclosure
    post.refresh_from_db()
    assert post.hidden_at is not None
    assert post.hidden_why == ""
    said = (
        sign_in(world.nafula).get(reverse("moderation_log", args=[world.maths.pk])).content.decode()
    )
    assert "danger" not in said
    assert words.programme == world.programme
    with pytest.raises(NotYours):
        undo(by=world.baraka, decision=made)


def test_a_reader_whom_the_wall_bars_gets_nothing(world):
    Appointment.objects.create(
        person=world.hamisi,
        programme=world.programme,
        role="safeguarding",
        starts=dt.date(2020, 1, 1),
    )
    Posting.objects.create(
        person=world.hamisi, school=world.market, role="head", starts=dt.date(2020, 1, 1)
    )
    post = a_post(world.maths, world.otieno)
    report(by=world.amina, post=post, reason="other")
    with pytest.raises(Refused):
        decide(by=world.baraka, post=post, choice="passed", why="x")
