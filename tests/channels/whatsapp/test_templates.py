import json

import pytest

from staffroom.channels.switchboard.messages import Outbound, Template, Undeliverable
from staffroom.channels.switchboard.talk.read import read
from staffroom.channels.whatsapp import channel, registering, templates
from staffroom.channels.whatsapp.models import Trouble
from staffroom.channels.whatsapp.outbound import letters
from staffroom.cli import main

LANGUAGES = ["en", "sw", "ur"]
NEWS = [("news", language) for language in LANGUAGES]


def news(person, language="sw") -> Outbound:
    return Outbound(person.address, "", template=Template("news", language))


@pytest.mark.parametrize("words", templates.ours(), ids=lambda words: words.language)
class TestWords:
    def test_the_button_is_a_word_of_command(self, words):
        assert read(words.button).command == "today"
        assert letters(words.button) <= 25

    def test_they_say_how_to_stop(self, words):
        stops = [word.strip("«»,.۔") for word in words.body.split()]
        assert "stop" in {read(word).command for word in stops}

    def test_they_keep_metas_rules(self, words):
        """At most 1,024 letters, no line break, no value at the beginning or the end."""
        assert 0 < letters(words.body) <= 1024
        assert not {"\n", "\t", "{", "}"} & set(words.body)


def test_they_are_in_our_three_languages():
    assert [(words.key, words.language) for words in templates.ours()] == NEWS


def test_asked_for_approved_and_said_to_whoever_wrote_long_ago(meta):
    person = meta.somebody("254711000111", "Nafula", id="KE.1")
    with pytest.raises(Undeliverable):
        channel.send(Outbound(person.address, "Habari"))
    assert [state.state for state in registering.register()] == ["PENDING"] * 3
    assert [state.state for state in registering.register()] == ["PENDING"] * 3
    meta.approve()
    assert [state.state for state in registering.states()] == ["APPROVED"] * 3
    channel.send(news(person))
    (message,) = person.got
    assert message["template"]["language"]["code"] == "sw"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["PAUSED", "REJECTED"])
def test_a_template_that_is_refused_is_a_line_for_the_office(meta, teacher, state):
    registering.register()
    meta.approve(status=state)
    with pytest.raises(Undeliverable):
        channel.send(news(teacher))
    assert not teacher.got
    assert [row.what for row in Trouble.objects.all()] == ["template"]


def test_they_are_found_on_the_second_page_too(meta):
    registering.register()
    meta.page = 2
    assert "missing" not in [state.state for state in registering.states()]


class TestCommand:
    def test_it_registers_and_tells(self, meta, capsys):
        assert main(["whatsapp-templates"]) == 1
        assert "missing" in capsys.readouterr().out
        assert main(["whatsapp-templates", "--register"]) == 0
        assert "staffroom_news  ur  PENDING" in capsys.readouterr().out

    def test_as_json(self, meta, capsys):
        registering.register()
        meta.approve(status="REJECTED")
        assert main(["whatsapp-templates", "--json"]) == 1
        rows = json.loads(capsys.readouterr().out)
        assert {row["state"] for row in rows} == {"REJECTED"}

    def test_the_words_to_paste_need_no_account(self, capsys, settings):
        assert main(["whatsapp-templates", "--words"]) == 0
        asked = json.loads(capsys.readouterr().out)
        assert [one["language"] for one in asked] == LANGUAGES

    def test_without_an_account_it_says_what_is_missing(self, capsys):
        assert main(["whatsapp-templates"]) == 2
        assert "STAFFROOM_WHATSAPP_ACCOUNT_ID" in capsys.readouterr().err

    def test_a_wrong_token_is_one_line(self, meta, ours, capsys):
        ours.WHATSAPP_TOKEN = "another"
        assert main(["whatsapp-templates"]) == 2
        assert "190" in capsys.readouterr().err
