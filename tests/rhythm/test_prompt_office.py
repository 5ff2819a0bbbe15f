"""The programme's office: own prompts, ours in other words, switched off; the list out and in."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.core.errors import NotYours, Refused
from staffroom.rhythm.actions.prompt_office import (
    restore_prompt,
    switch_prompt,
    write_prompt,
)
from staffroom.rhythm.models import Prompt
from staffroom.rhythm.queries import prompts as asking


def test_a_prompt_of_ones_own_is_offered_to_the_communities(world, sign_in):
    answer = sign_in(world.gathoni).post(
        reverse("prompt_new"), {"subject": "mathematics", "en": "Own question?", "sw": "", "ur": ""}
    )
    assert answer.status_code == 302
    html = sign_in(world.amina).get(reverse("prompts", args=[world.maths.pk])).content.decode()
    assert "Own question?" in html


def test_no_words_are_refused_as_typed(world, sign_in):
    answer = sign_in(world.hamisi).post(reverse("prompt_new"), {"subject": "parents", "en": " "})
    assert answer.status_code == 422
    assert "at least one language" in answer.content.decode()
    with pytest.raises(Refused):
        write_prompt(
            by=world.hamisi, programme=world.programme, subject="parents", texts={"en": "x" * 601}
        )


def test_ours_in_other_words_and_back(world):
    write_prompt(
        by=world.gathoni,
        programme=world.programme,
        subject="pedagogy",
        texts={"en": "Wait ten seconds."},
        key="ped-wait",
    )
    there = asking.library(world.programme)
    assert there["ped-wait"].texts == {"en": "Wait ten seconds."}
    assert there["ped-wait"].own
    restore_prompt(by=world.gathoni, programme=world.programme, key="ped-wait")
    assert "five seconds" in asking.library(world.programme)["ped-wait"].texts["en"]


def test_switched_off_it_is_offered_to_nobody(world, sign_in):
    key = asking.suggestion(world.maths).key
    url = reverse("prompt_switch", args=[key])
    assert sign_in(world.gathoni).post(url, {"off": "1"}).status_code == 302
    assert key not in asking.library(world.programme)
    assert asking.suggestion(world.maths).key != key
    switch_prompt(by=world.gathoni, programme=world.programme, key=key, off=False)
    assert not asking.library(world.programme)[key].own


@pytest.mark.parametrize("name", ["amina", "baraka", "chausiku", "esther", "farid"])
def test_nobody_else(name, world, sign_in):
    person = getattr(world, name)
    for url in ("prompt_library", "prompts_export", "prompts_import", "prompt_new"):
        assert sign_in(person).get(reverse(url)).status_code == 404
    with pytest.raises(NotYours):
        switch_prompt(by=person, programme=world.programme, key="ped-wait", off=True)


# The list.


def send(client, text: str, **more):
    file = SimpleUploadedFile("list.csv", text.encode())
    return client.post(reverse("prompts_import"), {"file": file, **more})


def taken_out(client) -> str:
    answer = client.get(reverse("prompts_export"))
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_list_comes_back_without_a_change(world, sign_in):
    client = sign_in(world.gathoni)
    text = taken_out(client)
    assert len(list(csv.DictReader(io.StringIO(text)))) == 60
    answer = send(client, text)
    assert answer.status_code == 200
    assert "As before: 60" in answer.content.decode()
    assert not Prompt.objects.exists()


def test_a_changed_row_and_a_new_one(world, sign_in):
    text = "key,subject,en,sw,ur,off\nped-wait,pedagogy,Wait ten seconds.,,,\n,Hisabati,,Swali jipya?,,\nped-praise,pedagogy,Praise?,,,ndiyo\n"
    looked = send(sign_in(world.gathoni), text, look="on")
    assert "Nothing was written" in looked.content.decode()
    assert not Prompt.objects.exists()
    send(sign_in(world.gathoni), text)
    there = asking.library(world.programme)
    assert there["ped-wait"].texts == {"en": "Wait ten seconds."}
    assert "ped-praise" not in there
    assert [each.texts for each in there.values() if each.key.startswith("own-")] == [
        {"sw": "Swali jipya?"}
    ]
    assert "As before: 3" in send(sign_in(world.gathoni), text).content.decode()


def test_mistakes_are_told_by_row_and_column_and_nothing_is_written(world, sign_in):
    text = "key,subject,en,off\n,astrology,Question?,\nnowhere,pedagogy,Question?,\n,pedagogy,,\n,pedagogy,Right?,perhaps\n,pedagogy,Good?,\n"
    answer = send(sign_in(world.gathoni), text)
    assert answer.status_code == 422
    html = answer.content.decode()
    for said in ("astrology", "none with this key", "at least one language", "write yes"):
        assert said in html
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "%PDF-1.7"])
def test_what_is_no_list(text, world, sign_in):
    assert send(sign_in(world.gathoni), text).status_code == 422


def test_a_formula_is_taken_out_as_text(world, sign_in):
    write_prompt(
        by=world.gathoni, programme=world.programme, subject="parents", texts={"en": "=1+1"}
    )
    assert "'=1+1" in taken_out(sign_in(world.gathoni))
