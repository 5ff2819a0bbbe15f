import pytest
from django.test import Client

from staffroom.core import health


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_ok_under_any_name_and_without_https(db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = Client(headers={"host": "10.0.0.7"}).get(path)
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_without_a_database_it_is_503_and_tells_nothing(db, monkeypatch, path):
    monkeypatch.setattr(health, "answers", lambda: False)
    response = Client().get(path)
    assert (response.status_code, response.content) == (503, b"not now\n")


def test_it_is_not_ready_before_the_tables_are(db, monkeypatch):
    monkeypatch.setattr(health, "migrated", lambda: False)
    assert Client().get("/readyz").status_code == 503
    assert Client().get("/healthz").status_code == 200
