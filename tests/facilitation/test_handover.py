"""A hand-over drafted from the term: what was asked, what is open, who came; nobody's silence, no ranking."""

import datetime as dt

import pytest
from django.urls import reverse

from staffroom.communities.models import Term
from staffroom.conversations.actions import answer, ask, ask_without_name, solve
from staffroom.core.clock import now
from staffroom.facilitation.queries.handover import draft


@pytest.fixture
def term(newcomer, nudged):
    found = Term.objects.get(person=nudged.baraka)
    found.starts = now() - dt.timedelta(days=10)
    found.save()
    return found


def test_it_tells_what_happened_in_the_term(nudged, term):
    done = ask(by=nudged.amina, community=nudged.maths, text="Why do we turn it over?")
    answer(by=nudged.otieno, question=done, text="It asks how many fit.")
    solve(by=nudged.amina, question=done)
    ask(by=nudged.amina, community=nudged.maths, text="How do I begin with decimals?")
    ask_without_name(by=nudged.nafula, community=nudged.maths, text="Sekret-nameless")
    text = draft(nudged.maths, term)
    assert "3 questions were asked; answered: 1, solved: 1." in text
    assert "Still open: “How do I begin with decimals?”; 1 without a name." in text
    assert "New among us: Juma Kariuki." in text


def test_of_a_question_without_a_name_no_word_is_copied(nudged, term):
    ask_without_name(by=nudged.nafula, community=nudged.maths, text="Sekret-nameless")
    assert "Sekret" not in draft(nudged.maths, term)


def test_it_names_nobody_for_what_they_did_or_did_not_do(nudged, term):
    question = ask(by=nudged.amina, community=nudged.maths, text="Why?")
    answer(by=nudged.otieno, question=question, text="So.")
    text = draft(nudged.maths, term)
    assert not [name for name in ("Amina", "Otieno", "Nafula", "Baraka") if name in text]


def test_the_page_offers_the_draft_until_something_is_kept(nudged, term, sign_in):
    url = reverse("hand_over", args=[nudged.maths.pk])
    client = sign_in(nudged.baraka)
    assert "New among us" in client.get(url).content.decode()
    client.post(url, {"words": "All is well."})
    html = client.get(url).content.decode()
    assert "All is well." in html
    assert "New among us" not in html
