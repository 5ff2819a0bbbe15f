"""A letter is taken, or certainly not, or nobody knows: never a guess."""

import logging
import socket
import ssl
import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.email.sending import Bounced, Letter, send
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.config import env
from tests.channels.email.smtp_server import Server

LETTER = Letter(
    to="gathoni@example.org",
    subject="Wiki hii: Hisabati",
    text="Habari ❤\n.hidden by a dot\nBye",
    id="abc",
    page='<p dir="rtl">خوش آمدید</p>',
    stop="https://staffroom.example.org/e/token",
    language="sw",
)


def test_it_arrives_whole(post):
    send(LETTER)
    (letter,) = post.letters
    assert (letter["to"], letter["subject"]) == (LETTER.to, LETTER.subject)
    assert letter["from"] == "Staffroom <post@staffroom.example.org>"
    assert letter["message-id"] == "<abc@staffroom.example.org>"
    assert letter["list-unsubscribe"] == f"<{LETTER.stop}>"
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert letter["auto-submitted"] == "auto-generated"
    assert letter.get_body(("plain",)).get_content().splitlines() == LETTER.text.split("\n")
    assert "خوش آمدید" in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("word", "says", "raised", "code"),
    [
        ("", "421 too busy", TryLater, "421"),
        ("", "554 not from you", TryLater, "554"),
        ("MAIL", "550 5.7.1 who are you", TryLater, "550"),
        ("RCPT", "550 5.1.1 no such box", Bounced, "550"),
        ("RCPT", "552 5.2.2 box full", Bounced, "552"),
        ("RCPT", "554 5.7.1 relay access denied", TryLater, "554"),
        ("RCPT", "451 4.7.1 greylisted, come again", TryLater, "451"),
        ("DATA", "451 not now", TryLater, "451"),
        (".", "452 no room", TryLater, "452"),
        (".", "554 we do not like it", Undeliverable, "554"),
    ],
)
def test_what_an_answer_means(post, word, says, raised, code):
    post.says = {word: says}
    with pytest.raises(raised) as caught:
        send(LETTER)
    assert type(caught.value) is raised
    assert str(caught.value) == code


@pytest.mark.parametrize("word", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_letter_is_tried_again(post, word):
    post.cuts = {word, "HELO"}
    with pytest.raises(TryLater):
        send(LETTER)
    assert post.letters == []


def test_a_line_that_breaks_after_it_is_not(post):
    post.loses = True
    with pytest.raises(Unknown):
        send(LETTER)
    assert len(post.letters) == 1


def test_a_line_that_breaks_at_the_goodbye_changes_nothing(post):
    post.cuts = {"QUIT"}
    send(LETTER)
    assert len(post.letters) == 1


def test_nobody_there(post, settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    with pytest.raises(TryLater, match="ConnectionRefusedError"):
        send(LETTER)


def test_a_server_that_cannot_close_the_line_gets_no_password(post, settings):
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = True, "us"
    settings.EMAIL_HOST_PASSWORD = "the-password"
    with pytest.raises(TryLater, match="SMTPNotSupportedError"):
        send(LETTER)
    assert not any(line.startswith("AUTH") for line in post.told)


def test_the_line_is_closed_before_anything_is_said(settings, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Server(tls=context, login="us") as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_FROM = True, "post@staffroom.example.org"
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "the-password"
        send(LETTER)
        words = [line.split(" ")[0].upper() for line in server.told]
        assert words[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]
        assert len(server.letters) == 1


def test_neither_address_nor_words_are_logged(post, caplog):
    caplog.set_level(logging.DEBUG)
    post.says = {"RCPT": "550 5.1.1 <gathoni@example.org> unknown"}
    with pytest.raises(Bounced) as caught:
        send(LETTER)
    assert "gathoni" not in caplog.text + str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ("", 25, "", "", "")),
        ("smtps://u%40x:p%2Fw@mail.example.org", ("mail.example.org", 465, "u@x", "p/w", "ssl")),
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", "starttls")),
        ("smtp://localhost", ("localhost", 25, "", "", "")),
        ("smtp://10.0.0.9:2525?tls=off", ("10.0.0.9", 2525, "", "", "")),
    ],
)
def test_the_address_of_the_server(url, expected):
    assert env.post(url) == expected


@pytest.mark.parametrize("url", ["mail.example.org", "http://x", "smtp://"])
def test_another_address_is_refused_in_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="STAFFROOM_EMAIL_URL"):
        env.post(url)
