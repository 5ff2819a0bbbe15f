"""Two accounts of one person become one; nothing points at the other any more."""

import datetime as dt
import decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from staffroom.cascade.models import Attendance
from staffroom.communities.models import Approval, Ballot, Election, Membership
from staffroom.conversations.models import Helped, Mute, Post, ReadMark, Thanks
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import uuid7
from staffroom.core.models import AuditEntry
from staffroom.people.actions import merge
from staffroom.people.actions.merge import fields_to_people
from staffroom.people.models import AccountNote, Consent, Person, Phone, Profile
from staffroom.places.models import Posting, Supervision, TeacherNumber
from tests.conftest import make_person


def one_of_each(field, world, person):
    """A row of the field's model that points at the person; the rest filled by what the world has."""
    model = field.model
    values = {field.name: person}
    for other in model._meta.concrete_fields:
        if other.name in values or other.primary_key or other.null or other.has_default():
            continue
        if other.remote_field is not None:
            values[other.name] = known(other.related_model, world)
        elif getattr(other, "choices", None):
            values[other.name] = other.choices[0][0]
        else:
            values[other.name] = sample(other)
    if model._meta.model_name == "unsealing":  # one waits a post; these are over
        values["opened_at"] = now()
    return model._base_manager.create(**(somebodys(model, world) | values))


def somebodys(model, world):
    """What a row must have though either could be empty."""
    return {"person": world.farid} if model is Attendance else {}


def known(model, world):
    if model is Person:
        return world.farid
    found = model._base_manager.order_by("pk").first()
    if found is not None:
        return found
    return one_of_each_plain(model, world)


def one_of_each_plain(model, world):
    values = {}
    for other in model._meta.concrete_fields:
        if other.primary_key or other.null or other.has_default():
            continue
        values[other.name] = (
            known(other.related_model, world) if other.remote_field is not None else sample(other)
        )
    return model._base_manager.create(**(somebodys(model, world) | values))


def sample(field):
    kind = field.get_internal_type()
    number = sample.count = getattr(sample, "count", 0) + 1
    if kind == "DateField":
        return dt.date(2026, 1, 1)
    if kind == "DateTimeField":
        return now()
    if kind in {
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "IntegerField",
        "BigIntegerField",
    }:
        return number
    if kind == "BooleanField":
        return True
    if kind == "DecimalField":
        return decimal.Decimal(number)
    if kind == "FloatField":
        return 1.0
    if kind == "JSONField":
        return {}
    if kind == "UUIDField":
        return uuid7()
    if kind == "BinaryField":
        return b"x"
    return f"x{number}"[: getattr(field, "max_length", None) or 40]


def test_nothing_in_any_table_points_at_the_dropped_one(world):
    drop = make_person("Amina H.", "+254722222222")
    filled = 0
    for field in fields_to_people():
        one_of_each(field, world, drop)
        filled += 1
    assert filled > 35
    merge.merge(keep=world.amina, drop=drop, by=world.amina)
    for field in fields_to_people():
        left = field.model._base_manager.filter(**{field.attname: drop.pk}).count()
        assert left == 0, f"{field.model.__name__}.{field.name}"


def test_and_the_same_where_both_have_the_same_rows(world):
    drop = make_person("Amina H.", "+254722222222")
    twins = 0
    for field in fields_to_people():
        row = field.model._base_manager.filter(**{field.attname: world.amina.pk}).first()
        row = row or one_of_each(field, world, world.amina)
        twins += twin(row, field, drop)
    assert twins > 30
    merge.merge(keep=world.amina, drop=drop, by=world.amina)
    for field in fields_to_people():
        assert not field.model._base_manager.filter(**{field.attname: drop.pk}).exists()


def twin(row, field, person) -> bool:
    """The same row for the other; False where there can be but one, whosever it is."""
    row.pk = uuid7() if row._meta.pk.get_internal_type() == "UUIDField" else None
    row._state.adding = True
    setattr(row, field.attname, person.pk)
    for other in row._meta.concrete_fields:
        if other.unique and not (other.primary_key or other is field or other.remote_field):
            setattr(row, other.attname, sample(other))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@pytest.fixture
def twice(world):
    """Amina came back with a new number and began again; Nafula's answer helped her twice."""
    world.again = make_person("Amina H.", "+254722222222", gender="f", grades=[6])
    Membership.objects.create(
        community=world.maths, person=world.again, state="active", joined_at=now()
    )
    Membership.objects.create(community=world.sister, person=world.again, state="requested")
    return world


def test_words_memberships_and_thanks_come_along(twice):
    w = twice
    question = Post.objects.create(community=w.maths, kind="question", author=w.again, text="?")
    answer = Post.objects.create(
        community=w.maths, kind="answer", author=w.nafula, question=question, text="!"
    )
    own = Post.objects.create(community=w.maths, kind="message", author=w.amina, text="hi")
    for person in (w.amina, w.again):
        Helped.objects.create(post=answer, person=person)
        Thanks.objects.create(post=own, person=w.again) if person is w.again else None
        ReadMark.objects.create(person=person, community=w.maths, room="lessons", until=now())
    Post.objects.filter(pk=answer.pk).update(helped_count=2)
    Post.objects.filter(pk=own.pk).update(thanks_count=1)
    Mute.objects.create(person=w.again, muted_person=w.amina)
    before = question.version
    merge.merge(keep=w.amina, drop=w.again, by=w.amina)
    question.refresh_from_db()
    answer.refresh_from_db()
    own.refresh_from_db()
    assert question.author == w.amina
    assert question.version == before + 1  # shown anew, under the name that stays
    assert answer.helped_count == Helped.objects.filter(post=answer).count() == 1
    assert own.thanks_count == 0  # nobody thanks themselves
    assert not Mute.objects.exists()
    living = Membership.objects.filter(person=w.amina, state="active")
    assert {one.community for one in living} == {w.maths, w.sister}
    assert Membership.objects.filter(person=w.amina, why_ended="merged").count() == 2


def test_the_older_of_two_stays(twice):
    older = Consent.objects.filter(person=twice.amina).get()
    merge.merge(keep=twice.again, drop=twice.amina, by=twice.again)
    assert Consent.objects.filter(pk=older.pk, person=twice.again).exists()
    membership = Membership.objects.get(person=twice.again, community=twice.maths, state="active")
    assert membership.joined_at < now()
    assert membership.pk == min(
        Membership.objects.filter(person=twice.again, community=twice.maths).values_list(
            "pk", flat=True
        )
    )


def test_the_dropped_one_is_emptied_and_cannot_come_in(twice, sign_in):
    other = sign_in(twice.again)
    assert other.get("/me").status_code == 200
    merge.merge(keep=twice.amina, drop=twice.again, by=twice.amina)
    assert other.get("/me").status_code == 302
    twice.again.refresh_from_db()
    twice.amina.refresh_from_db()
    assert (twice.again.name, twice.again.phone, twice.again.is_active) == ("", None, False)
    assert str(twice.amina.phone) == "+254700000001"
    assert twice.amina.grades == [6]  # what only the other said
    assert AccountNote.objects.get(person=twice.amina).act == "merged"
    assert AuditEntry.objects.get(act="person.merged").on_id == twice.amina.pk


def test_votes_and_words_about_oneself_go(twice):
    w = twice
    election = Election.objects.create(community=w.maths, closes_at=now() + dt.timedelta(days=1))
    for voter in (w.amina, w.again):
        Ballot.objects.create(election=election, voter=voter, candidate=w.nafula)
    request = Membership.objects.get(person=w.again, community=w.sister)
    Approval.objects.create(membership=request, member=w.amina, accepts=True)
    Supervision.objects.create(supervisor=w.amina, person=w.again, starts=dt.date(2026, 1, 1))
    merge.merge(keep=w.amina, drop=w.again, by=w.amina)
    assert Ballot.objects.filter(election=election).count() == 1
    assert not Approval.objects.filter(membership__person=w.amina, member=w.amina).exists()
    assert not Supervision.objects.exists()


def test_the_wall_stands_after_two_lives_became_one(twice):
    """The other account heads the school of a member: the membership ends at once."""
    w = twice
    head = make_person("Zuhura Ali", "+254733333333")
    Posting.objects.create(person=head, school=w.river, role="head", starts=dt.date(2020, 1, 1))
    merge.merge(keep=w.amina, drop=head, by=w.amina)
    assert not Membership.objects.filter(
        person=w.amina, community=w.maths, state="active"
    ).exists()  # Nafula works at that school


def test_offices_and_oneself_are_not_merged(world):
    with pytest.raises(Refused, match="cannot become one"):
        merge.merge(keep=world.amina, drop=world.gathoni, by=world.amina)
    with pytest.raises(NotYours):
        merge.merge(keep=world.amina, drop=world.amina, by=world.amina)


def test_by_the_code_of_the_other_number(twice, sign_in, last_code):
    client = sign_in(twice.amina)
    client.post("/me/merge", {"phone": "0722 222 222"})
    wrong = client.post("/me/merge/code", {"code": "000000"})
    assert wrong.status_code == 422
    assert client.get("/me/merge/confirm")["Location"] == "/me/merge"  # not yet
    client.post("/me/merge/code", {"code": last_code()})
    assert "Amina H." in client.get("/me/merge/confirm").content.decode()
    client.post("/me/merge/confirm")
    assert not Person.objects.get(pk=twice.again.pk).is_active
    assert client.get("/me").status_code == 200


def test_by_the_pin_of_the_other_profile(twice, sign_in):
    from staffroom.people import cookie
    from staffroom.people.actions import profiles

    phone = Phone.objects.create(token_hash=cookie.digest("token"))
    profile, _ = profiles.keep_profile(person=twice.again, phone=phone, kind="shared")
    profiles.set_pin(person=twice.again, profile=profile, pin="2741", again="2741")
    client = sign_in(twice.amina)
    client.cookies["p"] = "token"
    page = client.get("/me/merge").content.decode()
    assert "Amina H." in page
    assert (
        client.post("/me/merge", {"profile_id": str(profile.pk), "pin": "2742"}).status_code == 422
    )
    answer = client.post("/me/merge", {"profile_id": str(profile.pk), "pin": "2741"})
    assert answer["Location"] == "/me/merge/confirm"
    client.post("/me/merge/confirm")
    assert not Person.objects.get(pk=twice.again.pk).is_active


def test_an_account_that_rested_must_be_opened_first(twice, sign_in, last_code):
    long_ago = now() - dt.timedelta(days=200)
    Person.objects.filter(pk=twice.again.pk).update(enrolled_at=long_ago, last_used_on=long_ago)
    client = sign_in(twice.amina)
    client.post("/me/merge", {"phone": "0722 222 222"})
    answer = client.post("/me/merge/code", {"code": last_code()})
    assert answer.status_code == 422
    assert "Amina H." not in answer.content.decode()


def test_payroll_numbers_come_along(twice):
    TeacherNumber.objects.create(programme=twice.programme, person=twice.again, number="TSC1")
    merge.merge(keep=twice.amina, drop=twice.again, by=twice.amina)
    assert TeacherNumber.objects.get().person == twice.amina
    assert Client().get(reverse("sign_in")).status_code == 200
    assert not Profile.objects.exists()
