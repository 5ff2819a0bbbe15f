import datetime as dt
import uuid

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from staffroom.communities.models import Community, Membership
from staffroom.core.clock import now
from staffroom.core.prepared import Ids, Prepared
from staffroom.people.models import Person
from staffroom.places.models import Posting, on_date


def test_the_same_rows_as_the_queryset(world):
    def build(person, name):
        inside = Membership.objects.filter(community=OuterRef("pk"), person=person)
        return (
            Community.objects.filter(name=name)
            .select_related("programme")
            .annotate(inside=Exists(inside))
            .order_by("pk")
        )

    prepared = Prepared(build, uuid.UUID, str)
    for person in (world.amina, world.farid, world.daudi):
        for name in (world.maths.name, world.sister.name, "none"):
            plain = list(build(person.pk, name))
            again = prepared.rows(person.pk, name)
            assert again == plain
            for one, other in zip(again, plain, strict=True):
                assert one.inside == other.inside
                assert one.programme == other.programme
                values = [getattr(one, field.attname) for field in Community._meta.concrete_fields]
                assert values == [
                    getattr(other, field.attname) for field in Community._meta.concrete_fields
                ]


def test_dates_times_and_deferred_columns(world):
    prepared = Prepared(
        lambda day: Posting.objects.filter(on_date(day)).order_by("pk").values_list("pk"), dt.date
    )
    for day in (dt.date(2019, 1, 1), dt.date(2026, 1, 1)):
        plain = Posting.objects.filter(on_date(day)).order_by("pk").values_list("pk")
        assert prepared.rows(day) == list(plain)
    by_time = Prepared(
        lambda at: Person.objects.filter(created_at__lte=at).defer("phone").order_by("pk"),
        dt.datetime,
    )
    assert by_time.rows(now()) == list(Person.objects.order_by("pk"))
    assert by_time.first(now() - dt.timedelta(days=1)) is None
    first = by_time.first(now())
    with CaptureQueriesContext(connection) as asked:
        assert first.phone == Person.objects.order_by("pk").first().phone
    assert len(asked) == 2


def test_it_is_asked_each_time(world):
    prepared = Prepared(lambda pk: Person.objects.filter(pk=pk), uuid.UUID)
    assert prepared.first(world.amina.pk).name == "Amina Hassan"
    Person.objects.filter(pk=world.amina.pk).update(name="Amina Juma")
    with CaptureQueriesContext(connection) as asked:
        assert prepared.first(world.amina.pk).name == "Amina Juma"
    assert len(asked) == 1


def test_a_value_that_stands_nowhere_is_told(world):
    forgets = Prepared(lambda pk, name: Person.objects.filter(pk=pk), uuid.UUID, str)
    with pytest.raises(LookupError):
        forgets.rows(world.amina.pk, "x")


def test_nothing_is_read_as_sql(world):
    prepared = Prepared(lambda name: Person.objects.filter(name=name), str)
    assert prepared.rows("x' OR '1'='1") == []


@pytest.mark.parametrize("many", [0, 1, 2, 3, 9, 32, 33, 70])
def test_a_list_of_any_length_is_found(world, many):
    people = [Person(name=f"Person {number}") for number in range(many)]
    Person.objects.bulk_create(people)
    prepared = Prepared(lambda ids: Person.objects.filter(pk__in=ids), Ids)
    assert {each.pk for each in prepared.rows([each.pk for each in people])} == {
        each.pk for each in people
    }


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it parsed")
def test_postgresql_plans_it_once(world):
    prepared = Prepared(
        lambda person: Person.objects.filter(pk=person).values_list("name"), uuid.UUID
    )
    for _ in range(3):
        assert prepared.rows(world.amina.pk) == [(world.amina.name,)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans + generic_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%name%people_person%"],
        )
        assert 3 in [used for (used,) in cursor.fetchall()]
