"""A row comes back as it was, whatever it holds."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import models

from staffroom.core.backups import rows

MOMENT = dt.datetime(2026, 11, 22, 9, 30, 1, 123456, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.TextField(), "Saa ngapi?\n\u2028\u202e«درس»\t\"'\\"),
        (models.UUIDField(), uuid.UUID("0190aaaa-0000-7000-8000-000000000001")),
        (models.DateTimeField(), MOMENT),
        (models.DateField(), MOMENT.date()),
        (models.TimeField(), MOMENT.time()),
        (models.DurationField(), dt.timedelta(days=-3, seconds=7, microseconds=9)),
        (models.DecimalField(max_digits=20, decimal_places=4), Decimal("-12345678901234.5600")),
        (models.FloatField(), 0.1 + 0.2),
        (models.BigIntegerField(), -(2**63)),
        (models.BooleanField(), False),
        (models.BinaryField(), bytes(range(256))),
        (models.JSONField(null=True), {"a": [1, None, "ü", {"b": 0.1}]}),
        (models.JSONField(null=True), None),
        (models.TextField(null=True), None),
        (models.TextField(), ""),
    ],
)
def test_every_kind_of_value_returns(field, value):
    line = json.dumps(rows._out(field.get_prep_value(value)))
    assert rows._in(field, json.loads(line)) == value


def test_a_json_null_where_null_is_forbidden_stays_a_json_null():
    assert isinstance(rows._in(models.JSONField(), None), models.Value)


def test_every_table_of_the_product_is_kept():
    kept = {model._meta.db_table for model in rows.tables(apps)}
    assert {"people_person", "conversations_post", "django_session"} <= kept
    assert kept == {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    } - {"core_keptpage"}  # pages as browsers have them: good for a day, and for one session alone


def test_the_sum_notices_any_change_and_tells_order_apart():
    def total(*lines):
        counted = rows.Sum()
        for line in lines:
            counted.add(line)
        return counted.as_dict()

    assert total(b"a", b"b") != total(b"b", b"a")
    assert total(b"a", b"b")["rows_sha256"] == total(b"b", b"a")["rows_sha256"]
    assert total(b"a", b"a")["rows_sha256"] != total(b"b", b"b")["rows_sha256"]
    assert total()["rows"] == 0
