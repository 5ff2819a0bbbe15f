"""Tests before and after, at every tier; feedback; fidelity; what of it anybody may see."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.cascade.actions import learning as acts
from staffroom.cascade.actions.training_forms import begin_form, publish_form
from staffroom.cascade.hooks import learning as hooked
from staffroom.cascade.models import (
    Fidelity,
    Invitation,
    SessionDay,
    SessionTrainer,
    TestSitting,
    Trainer,
    TrainingForm,
    TrainingSession,
)
from staffroom.cascade.queries.learning import own_effects
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.instruments import actions
from staffroom.instruments.models import Answer, Instrument, Item, Response
from staffroom.instruments.queries.current import newest
from staffroom.instruments.shape import Shape, options
from staffroom.people.models import Person


@pytest.fixture
def test(world):
    """A test of two questions, out."""
    form = begin_form(by=world.gathoni, programme=world.programme, use="test")
    draft = form.instrument.versions.get()
    for text in ("Which is more: 1/2 or 1/3?", "Which is more: 2/3 or 3/4?"):
        shape = Shape(
            Item.Kind.ONE, text, "Cut a cake.", options=options("first", "second", right="a")
        )
        actions.put_item(by=world.gathoni, version=draft, item=shape)
    actions.name(by=world.gathoni, version=draft, title="Fractions")
    publish_form(by=world.gathoni, form=form)
    return form


def make_session(world, *people, trainer=None, days_ago=0, tier="teachers", **fields):
    session = TrainingSession.objects.create(
        programme=world.programme, title="Fractions, Mwingi", tier=tier, **fields
    )
    SessionDay.objects.create(
        session=session, day=today("Africa/Nairobi") - dt.timedelta(days=days_ago)
    )
    Invitation.objects.bulk_create(Invitation(session=session, person=p) for p in people)
    if trainer:
        place = Trainer.objects.get_or_create(
            programme=world.programme, kind="circle", person=trainer
        )[0]
        SessionTrainer.objects.create(session=session, trainer=place)
    return session


@pytest.fixture
def session(world, test):
    return make_session(world, world.amina, world.otieno, trainer=world.baraka)


def sit(session, person, occasion, first="b", second="b", by=None):
    values = {"i1": first, "i2": second}
    return acts.sit(
        by=by or person, person=person, session=session, occasion=occasion, values=values
    )


def post(client, name, session, **sent):
    return client.post(reverse(name, args=[session.pk]), sent)


def test_the_same_items_are_answered_before_and_after(world, session, sign_in):
    amina = sign_in(world.amina)
    page = amina.get(reverse("training_test", args=[session.pk]))
    assert "Before the training" in page.text
    post(amina, "training_test", session, occasion="before", i1="b", i2="b")
    page = amina.get(reverse("training_test", args=[session.pk]))
    assert "After the training" in page.text
    assert "Cut a cake." not in page.text
    post(amina, "training_test", session, occasion="after", i1="a", i2="b")
    page = amina.get(reverse("training_test", args=[session.pk]))
    assert "0 of 2 right" in page.text
    assert "1 of 2 right" in page.text
    assert "Cut a cake." in page.text
    sitting = TestSitting.objects.get()
    assert sitting.before.version == sitting.after.version == newest(sitting.instrument)


def test_what_is_wrong_is_shown_as_typed(world, session, sign_in):
    page = post(sign_in(world.amina), "training_test", session, occasion="before", i1="b")
    assert page.status_code == 422
    assert "checked" in page.text
    assert not TestSitting.objects.exists()


def test_twice_is_once(world, session):
    sit(session, world.amina, "before", first="a")
    again = sit(session, world.amina, "before", first="b")
    assert again.before.answers.get(item__key="i1").value == "a"
    assert Response.objects.count() == 1


def test_after_does_not_open_before_the_last_day_and_all_shuts_a_week_later(world, test):
    coming = make_session(world, world.amina, days_ago=-2)
    sit(coming, world.amina, "before")
    with pytest.raises(Refused, match="opens on the last day"):
        sit(coming, world.amina, "after")
    over = make_session(world, world.amina, days_ago=8)
    with pytest.raises(Refused, match="is over"):
        sit(over, world.amina, "after")


def test_before_is_not_answered_once_after_is(world, session):
    sit(session, world.amina, "after")
    with pytest.raises(Refused, match="already"):
        sit(session, world.amina, "before")


def test_a_trainer_keys_in_a_paper_and_it_is_kept_who(world, session, sign_in):
    sent = {"person": world.otieno.pk, "occasion": "before", "i1": "a", "i2": "b"}
    assert post(sign_in(world.baraka), "training_paper", session, **sent).status_code == 302
    sitting = TestSitting.objects.get(person=world.otieno)
    assert sitting.before_keyed_by == world.baraka
    assert sitting.before.person == world.otieno


def test_a_supervisor_keys_in_no_paper_and_sees_no_means(world, test, sign_in):
    session = make_session(world, world.amina, trainer=world.esther)
    with pytest.raises(Refused, match="You supervise"):
        sit(session, world.amina, "before", by=world.esther)
    for name in ("training_learned", "training_test"):
        assert sign_in(world.esther).get(reverse(name, args=[session.pk])).status_code == 404


def test_who_is_not_invited_sits_nothing(world, session):
    for person in (world.farid, world.esther, world.baraka):
        with pytest.raises(NotYours):
            sit(session, person, "before")
    with pytest.raises(NotYours):
        sit(session, world.amina, "before", by=world.farid)


def test_feedback_has_no_name_and_is_shown_from_five_on(world, sign_in):
    form = begin_form(by=world.gathoni, programme=world.programme, use="feedback")
    publish_form(by=world.gathoni, form=form)
    people = [world.amina, world.otieno, world.nafula, world.daudi, world.farid]
    session = make_session(world, *people, trainer=world.baraka)
    sent = {f"i{n}": "a" for n in range(1, 5)}
    for person in people[:4]:
        assert post(sign_in(person), "training_feedback", session, **sent).status_code == 302
    learned = reverse("training_learned", args=[session.pk])
    assert "I had time to try it" not in sign_in(world.baraka).get(learned).text
    acts.give_feedback(by=world.farid, session=session, values=sent)
    acts.give_feedback(by=world.farid, session=session, values=sent | {"i1": "c"})
    assert "I had time to try it" in sign_in(world.baraka).get(learned).text
    assert sign_in(world.gathoni).get(learned).status_code == 404
    assert not Response.objects.filter(person__isnull=False).exists()


def test_fidelity_is_noted_once_by_each(world, session, sign_in):
    form = begin_form(by=world.gathoni, programme=world.programme, use="fidelity", language="en")
    publish_form(by=world.gathoni, form=form)
    sent = {f"i{n}": "b" for n in range(1, 7)}
    client = sign_in(world.baraka)
    assert post(client, "training_fidelity", session, **sent).status_code == 302
    assert "Partly" in client.get(reverse("training_fidelity", args=[session.pk])).text
    acts.note_fidelity(by=world.gathoni, session=session, values=sent)
    acts.note_fidelity(by=world.gathoni, session=session, values=sent)
    assert Fidelity.objects.count() == 2


def test_the_office_writes_a_test(world, sign_in):
    office = sign_in(world.gathoni)
    office.post(reverse("training_forms"), {"use": "test", "subject": "mathematics"})
    form = TrainingForm.objects.get()
    new = reverse("training_item_new", args=[form.pk])
    sent = {"kind": "number", "text": "Half of 3?", "right_number": "1.5", "explanation": "3/2"}
    assert office.post(new, sent).status_code == 302
    one = reverse("training_form", args=[form.pk])
    assert "Half of 3?" in office.get(one).text
    office.post(one, {"title": "Halves", "publish": "1"})
    assert newest(form.instrument).title == "Halves"
    assert office.get(new).status_code == 404  # what is out stays
    assert Instrument.objects.get().author is None


def many(world, test, sessions=6, people=10, trainer=None, tier="teachers"):
    """Sessions that are over; everybody was half right before, and more after."""
    version = newest(test.instrument)
    items = list(version.items.all())
    for number in range(sessions):
        session = make_session(world, trainer=trainer, days_ago=20, tier=tier)
        rows, answers, sat = [], [], []
        for place in range(people):
            before, after = (Response(id=uuid7(), version=version, once=False) for _ in range(2))
            rows += [before, after]
            for n, item in enumerate(items):
                answers.append(Answer(response=before, item=item, share=float(n == 0)))
                right = (place + number) % 10 < 9 - 3 * n
                answers.append(Answer(response=after, item=item, share=float(right)))
            sat.append(
                TestSitting(session=session, instrument=test.instrument, before=before, after=after)
            )
        Response.objects.bulk_create(rows)
        Answer.objects.bulk_create(answers)
        TestSitting.objects.bulk_create(sat)


def test_the_office_sees_tiers_as_a_picture_a_table_and_a_list(world, test, sign_in):
    many(world, test, sessions=2, people=9, tier="masters")
    many(world, test, sessions=6)
    many(world, test, sessions=1, people=9, tier="managers")
    many(world, test, sessions=2, trainer=world.chausiku, tier="circle_trainers")
    page = sign_in(world.gathoni).get(reverse("training_dilution"))
    assert '<svg class="ch"' in page.text
    assert "60 people" in page.text
    told = sign_in(world.gathoni).get(reverse("training_dilution_csv")).text
    assert "Teachers,60,6" in told
    assert "Managers" not in told  # nine people are no figure
    assert "Circle" not in told  # one trainer's mean is nobody else's
    assert sign_in(world.baraka).get(reverse("training_dilution")).status_code == 404


def test_before_the_tests_are_over_no_figure_is_told(world, test, sign_in):
    many(world, test, sessions=2)
    SessionDay.objects.update(day=today("Africa/Nairobi") - dt.timedelta(days=7))
    assert '<svg class="ch"' not in sign_in(world.gathoni).get(reverse("training_dilution")).text


def test_a_trainers_effect_is_for_that_trainer_alone(world, test, sign_in):
    own = [world.baraka, world.chausiku, world.daudi, world.nafula, world.otieno]
    for at, trainer in enumerate(own):
        many(world, test, sessions=2, people=5 + at, trainer=trainer)
    mine = own_effects(world.baraka)
    assert [(each.sessions, each.people) for each in mine] == [(2, 10)]
    assert mine[0].effect is not None
    page = sign_in(world.baraka).get(reverse("my_training_effect"))
    assert "In your sessions" in page.text
    for other in (world.gathoni, world.hamisi, world.esther, world.farid):
        assert "In your sessions" not in sign_in(other).get(reverse("my_training_effect")).text


def test_of_too_few_trainers_or_people_no_effect_is_told(world, test):
    many(world, test, sessions=2, trainer=world.baraka)
    many(world, test, sessions=2, trainer=world.daudi)
    assert own_effects(world.baraka)[0].effect is None


def test_a_person_takes_it_along_merges_and_is_forgotten(world, session):
    sit(session, world.amina, "before")
    assert hooked.export(world.amina)["training_tests"][0]["session"] == session.title
    sit(session, world.otieno, "before")
    hooked.merge_people(keep=world.amina, drop=world.otieno)
    assert TestSitting.objects.get().person == world.amina
    hooked.erase(world.amina, True)
    assert TestSitting.objects.get().person is None


def test_after_its_time_nobody_is_on_the_test_any_more(world, session):
    sit(session, world.amina, "before")
    for rule in hooked.rules():
        rule.forget(list(rule.due(today_later()).values_list("pk", flat=True)))
    assert TestSitting.objects.get().person is None
    assert not Response.objects.filter(person__isnull=False).exists()


def today_later():
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=400)


def test_the_lines_on_a_session(world, session, rf):
    def lines(person: Person):
        request = rf.get("/")
        request.user = person
        return [each["url"].rsplit("/", 1)[1] for each in hooked.lines(request, session)]

    assert lines(world.amina) == ["test", "feedback"]
    assert lines(world.baraka) == ["paper", "fidelity", "learned"]
    assert lines(world.gathoni) == ["paper", "fidelity"]
    assert lines(world.farid) == []
