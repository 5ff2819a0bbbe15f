import datetime as dt
import json

import pytest
from django.urls import reverse

from staffroom.conversations.actions.drafts import save
from staffroom.conversations.models import Draft
from staffroom.conversations.queries.drafts import for_form
from staffroom.core import retention
from staffroom.core.clock import now, pretend
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short
from tests.conversations.makers import a_post


def keep(client, world, place, **fields):
    url = reverse("draft", args=[world.maths.pk])
    return client.post(url, {"place": place, "fields": json.dumps(fields)})


@pytest.mark.parametrize("place", ["lessons", "tea", "ask", "answer"])
def test_what_was_being_written_stands_in_the_form_again(world, sign_in, question, place):
    page = {
        "lessons": reverse("stream", args=[world.maths.pk]),
        "tea": reverse("tea", args=[world.maths.pk]),
        "ask": reverse("ask", args=[world.maths.pk]),
        "answer": reverse("question", args=[world.maths.pk, question.pk]),
    }[place]
    place = f"answer:{short(question.pk)}" if place == "answer" else place
    client = sign_in(world.amina)
    assert keep(client, world, place, text="Half a <thought>").status_code == 204
    shown = client.get(page).content.decode()
    assert "Half a &lt;thought&gt;</textarea>" in shown
    assert "data-kept=" in shown
    assert "Half a" not in sign_in(world.nafula).get(page).content.decode()
    client.post(page, {"text": "A whole thought", "language": "en"})
    assert not Draft.objects.exists()
    assert "Half a" not in client.get(page).content.decode()


def test_a_refused_form_keeps_the_draft(world, sign_in):
    client = sign_in(world.amina)
    keep(client, world, "ask", text="Half", topic="Fractions")
    page = client.post(reverse("ask", args=[world.maths.pk]), {"text": ""})
    assert page.status_code == 422
    assert for_form(world.amina, world.maths, "ask") == {"text": "Half", "topic": "Fractions"}


def test_without_words_there_is_no_draft(world, sign_in):
    client = sign_in(world.amina)
    keep(client, world, "ask", text="Half")
    keep(client, world, "ask", text="  ", grade="7")
    assert not Draft.objects.exists()


def test_what_comes_after_its_post_is_not_kept(world):
    a_post(world.maths, world.amina, "All of it")
    save(by=world.amina, community=world.maths, place="lessons", fields={"text": "All of it "})
    assert not Draft.objects.exists()


def test_only_known_fields_and_only_words(world):
    save(
        by=world.amina,
        community=world.maths,
        place="ask",
        fields={"text": "a\x00b\ud800", "csrfmiddlewaretoken": "x", "topic": 7, "grade": "7"},
    )
    assert for_form(world.amina, world.maths, "ask") == {"text": "ab", "grade": "7"}


@pytest.mark.parametrize(
    ("place", "text"), [("", "x"), ("nowhere", "x"), ("answer:x", "x"), ("ask", "x" * 100_000)]
)
def test_it_refuses_a_strange_place_and_too_much(world, sign_in, place, text):
    with pytest.raises(Refused):
        save(by=world.amina, community=world.maths, place=place, fields={"text": text})
    assert keep(sign_in(world.amina), world, place, text=text).status_code == 422


@pytest.mark.parametrize("fields", ["", "nonsense", "[1]", "7", '{"text": {"a": 1}}'])
def test_nonsense_is_nothing(world, sign_in, fields):
    url = reverse("draft", args=[world.maths.pk])
    answer = sign_in(world.amina).post(url, {"place": "ask", "fields": fields})
    assert answer.status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["daudi", "esther", "farid", "gathoni", "hamisi"])
def test_outsiders_keep_none(world, who):
    with pytest.raises(NotYours):
        save(by=getattr(world, who), community=world.maths, place="ask", fields={"text": "x"})


def test_after_two_months_it_is_forgotten(world):
    save(by=world.amina, community=world.maths, place="ask", fields={"text": "x"})
    with pretend(now() + dt.timedelta(days=59)):
        retention.keep()
    assert Draft.objects.exists()
    with pretend(now() + dt.timedelta(days=61)):
        retention.keep()
    assert not Draft.objects.exists()
