"""What `staffroom doctor` says of certificates and of the clock."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from staffroom.cli import _certificates, _deployment
from staffroom.core.clock import now
from tests.backups import s3 as server

HOST = "staffroom.invalid"


def certificate(begins: float, ends: float) -> x509.Certificate:
    """One that is good between so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() + dt.timedelta(days=begins))
        .not_valid_after(now() + dt.timedelta(days=ends))
        .sign(key, hashes.SHA256())
    )


@pytest.fixture(autouse=True)
def _public(settings, tmp_path):
    settings.DATA, settings.HTTPS, settings.HOSTS = tmp_path, True, [HOST]


@pytest.mark.parametrize(
    ("begins", "ends", "level"),
    [
        (-10, 80, "ok"),
        (-60, 30, "ok"),  # Caddy renews now
        (-80, 10, "warn"),
        (-0.3, 0.2, "ok"),  # of half a day, as with --tls internal
        (-90, -1, "fail"),
        (1, 90, "fail"),
    ],
)
def test_it_is_judged_by_what_is_left_of_its_life(begins, ends, level):
    finding = _certificates.judged(HOST, certificate(begins, ends))
    assert finding.level == level
    assert bool(finding.how) == (level != "ok")


def test_it_is_found_where_caddy_keeps_it(settings):
    folder = settings.DATA / "caddy/certificates/acme-v02/" / HOST
    folder.mkdir(parents=True)
    pem = certificate(-10, 80).public_bytes(serialization.Encoding.PEM)
    (folder / f"{HOST}.crt").write_bytes(pem)
    assert [finding.level for finding in _certificates.certificates()] == ["ok"]


def test_without_one_it_is_said_and_without_https_nothing(settings):
    (finding,) = _certificates.certificates()
    assert finding.level == "warn"
    settings.HTTPS = False
    assert list(_certificates.certificates()) == []


def test_a_name_that_leads_nowhere_is_said():
    (finding,) = _deployment.proxy()
    assert finding.level == "warn"
    assert HOST in finding.what


@pytest.mark.parametrize(("apart", "level"), [(0, "ok"), (100, "warn"), (-4000, "fail")])
def test_the_clock_beside_one_outside(settings, apart, level, monkeypatch):
    settings.BACKUP_TO = "s3://copies"
    moment = now() + dt.timedelta(seconds=apart)
    with server.running() as running:
        settings.BACKUP_ENDPOINT = running.url
        assert _certificates.date_at(running.url) is not None
        monkeypatch.setattr(_certificates, "now", lambda: moment)
        assert [finding.level for finding in _certificates.clock()] == [level]
    assert list(_certificates.clock()) == []  # nobody answers: nothing is said
    settings.BACKUP_TO = ""
    assert _certificates.outside() == []
