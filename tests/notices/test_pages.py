"""What is new, what reaches me, my digests: as people see them."""

import datetime as dt

import pytest

from staffroom.communities.models import Community, Membership
from staffroom.conversations.models import Mute
from staffroom.core.clock import now
from staffroom.notices.models import Allowance, Digest, Preference, Reach
from tests.conversations.makers import a_post, a_question
from tests.notices.makers import FIVE, MINUTE, begin, said, wants, work


def words(client, path):
    return client.get(path).content.decode()


def test_what_is_new_by_community(world, sign_in):
    client = sign_in(world.amina)
    assert "Nothing new since you last looked." in words(client, "/news")
    asked = a_question(world.maths, world.amina, "Mine?", minutes_ago=60)
    a_post(world.maths, world.nafula, "Paper.", kind="answer", question=asked)
    a_question(world.maths, world.otieno, "Why?")
    a_post(world.sister, world.daudi, "Rain.")
    page = words(client, "/news")
    for each in (
        "1 answer to you",
        "1 question of your subject",
        "1 other message",
        "Paper.",
        "Why?",
    ):
        assert each in page
    assert page.index("Mathematics, Mwingi") < page.index("Science, Kitui East")


def test_all_marked_as_read(world, sign_in):
    client = sign_in(world.amina)
    a_question(world.maths, world.otieno, "Why?")
    at = now().isoformat()
    a_question(world.maths, world.otieno, "And this?")
    client.post("/news/read", {"at": at})
    page = words(client, "/news")
    assert "Why?" not in page
    assert "And this?" in page
    # Nobody has read it in the community: the members' counts stand.
    assert "2 new" in words(client, "/communities")
    client.post("/news/read", {"at": "nonsense"})
    assert "Nothing new since you last looked." in words(client, "/news")


def test_a_nameless_question_after_the_mark_is_not_missed(world, sign_in):
    from staffroom.conversations.actions import ask_without_name

    client = sign_in(world.amina)
    ask_without_name(by=world.otieno, community=world.maths, text="Before?")
    client.post("/news/read", {"at": now().isoformat()})
    assert "Before?" not in words(client, "/news")
    ask_without_name(by=world.nafula, community=world.maths, text="After?")
    page = words(client, "/news")
    assert "After?" in page
    assert "Before?" not in page


def test_levels_on_the_page(world, sign_in):
    client = sign_in(world.amina)
    a_question(world.maths, world.otieno, "Why?")
    a_post(world.maths, world.otieno, "Rain.")
    path = f"/c/{short(world.maths)}/notices"
    for level, question, others in [
        ("everything", True, True),
        ("concerns", True, False),
        ("digest", False, False),
        ("nothing", False, False),
        ("everything", True, True),
    ]:
        assert client.post(path, {"level": level}).status_code == 302
        page = words(client, "/news")
        assert ("Why?" in page, "1 other message" in page) == (question, others)
    assert client.post(path, {"level": "loud"}).status_code == 422


def short(row):
    from staffroom.core.ids import short as shortened

    return shortened(row.pk)


def test_nothing_is_a_mute_and_a_mute_is_nothing(world, sign_in):
    client = sign_in(world.amina)
    path = f"/c/{short(world.maths)}/notices"
    client.post(path, {"level": "nothing"})
    assert Mute.objects.get(person=world.amina).until is None
    Mute.objects.update(until=now() + dt.timedelta(days=2))
    page = words(client, path)
    assert "Muted until" in page
    client.post(path, {"level": "concerns"})
    assert not Mute.objects.exists()
    assert Reach.objects.get(person=world.amina).level == "concerns"
    assert "What concerns me, and questions" in words(client, f"/c/{short(world.maths)}/about")


def test_the_preferences_are_saved_and_kept_when_refused(world, sign_in):
    client = sign_in(world.amina)
    page = words(client, "/me/notices")
    assert "Mathematics, Mwingi" in page
    assert "On which way" not in page  # no provider, no allowance
    form = {"often": "weekly", "hour": "18", "weekday": "3", "rest_days": ["4", "6"]}
    assert client.post("/me/notices", form).status_code == 302
    kept = Preference.objects.get(person=world.amina)
    assert (kept.often, kept.hour, kept.weekday, kept.rest_days) == ("weekly", 18, 3, [4, 6])
    assert kept.next_at > now()
    refused = client.post("/me/notices", form | {"hour": "21"})
    assert refused.status_code == 422
    assert "quiet hours" in refused.content.decode()
    everyday = client.post("/me/notices", form | {"rest_days": [str(n) for n in range(7)]})
    assert "leave one day" in everyday.content.decode()
    for wrong in ({"hour": "3"}, {"hour": "x"}, {"weekday": "9"}, {"often": "hourly"}):
        assert client.post("/me/notices", form | wrong).status_code == 422


def test_the_hours_that_hold_without_a_choice_are_said(world, sign_in):
    from staffroom.notices import quiet

    client = sign_in(world.amina)
    said_hours = f"from {quiet.FROM:%H:%M} until {quiet.UNTIL:%H:%M}"
    assert said_hours in words(client, "/me/settings")
    assert "From 8:00 pm until 6:00 am" in words(client, "/me/notices")


def test_a_way_that_is_not_paid_cannot_be_chosen(world, sign_in, settings):
    from staffroom.core.errors import Refused
    from staffroom.notices.actions.choose import choose

    settings.SMS_PROVIDER = "africastalking"
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "staffroom", "the-key"
    client = sign_in(world.amina)
    form = {"often": "daily", "hour": "17", "weekday": "3", "way": "sms"}
    client.post("/me/notices", form)
    assert Preference.objects.get(person=world.amina).by == "page"
    with pytest.raises(Refused):
        choose(by=world.amina, way="sms")
    Allowance.objects.create(programme=world.programme, sms=True)
    assert "A text message" in words(client, "/me/notices")
    assert client.post("/me/notices", form | {"words": "on"}).status_code == 302
    kept = Preference.objects.get(person=world.amina)
    assert (kept.by, kept.words) == ("sms", True)
    assert "This month 0 of 20 parts" in words(client, "/me/notices")


def test_my_digests_and_how_they_went(world, sign_in):
    begin(world)
    wants(world.amina)
    said(world.maths, world.nafula, "Why?", kind="question")
    work(FIVE + MINUTE)
    client = sign_in(world.amina)
    digest = Digest.objects.get()
    assert "Sent" in words(client, "/me/digests")
    page = words(client, f"/me/digests/{short(digest)}")
    assert "Why?" in page
    text = client.get(f"/me/digests/{short(digest)}.txt")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "- Question. Nafula: Why?" in text.content.decode()
    Digest.objects.update(state="failed", why="cap")
    assert "used up" in words(client, "/me/digests")


def test_today_names_a_digest_until_it_was_read(world, sign_in):
    client = sign_in(world.amina)
    digest = Digest.objects.create(
        person=world.amina, period="2026-10-14", window={"": now().isoformat()}, until=now(),
        by="page", state="sent",
    )  # fmt: skip
    assert "Your digest" in words(client, "/")
    Digest.objects.update(state="failed", why="number")
    assert "A digest did not reach your phone" in words(client, "/")
    assert client.post(f"/me/digests/{short(digest)}/seen").status_code == 302
    assert "did not reach" not in words(client, "/")


def test_today_costs_no_query_more(world, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(world.amina)
    words(client, "/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        words(client, "/")
    alone = [each for each in asked if "notices_digest" in each["sql"]]
    assert len(alone) == 1
    assert "people_person" in alone[0]["sql"]


@pytest.mark.parametrize("size", [10, 200])
def test_the_page_does_not_ask_more_where_more_is_new(world, sign_in, size):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for n in range(size):
        a_question(world.maths, world.otieno, f"Why {n}?")
        a_post(world.maths, world.nafula, f"Because {n}.")
    for n in range(size // 10):
        place = Community.objects.create(programme=world.programme, name=f"G{n}", stage="open")
        Membership.objects.create(
            community=place, person=world.amina, state="active", joined_at=now()
        )
        a_question(place, world.otieno, "Why?")
    client = sign_in(world.amina)
    client.get("/news")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/news")
    assert len(asked) <= 24, len(asked)
    assert len(page.content) < 60_000


def test_the_office_allows_text_messages(world, sign_in):
    client = sign_in(world.gathoni)
    assert "Digests by text message" in words(client, "/me")
    assert "No provider of text messages" in words(client, "/notices/allowance")
    assert (
        client.post("/notices/allowance", {"sms": "on", "parts_a_month": "30"}).status_code == 302
    )
    assert Allowance.objects.get().parts_a_month == 30
    assert client.post("/notices/allowance", {"parts_a_month": "0"}).status_code == 422
    assert sign_in(world.amina).get("/notices/allowance").status_code == 404
    assert "Digests by text message" not in words(sign_in(world.amina), "/me")


def test_the_ways_to_these_pages(world, sign_in):
    client = sign_in(world.amina)
    a_question(world.maths, world.otieno, "Why?")
    assert 'href="/news"' in words(client, "/")
    assert 'href="/me/notices"' in words(client, "/me")
    assert f'href="/c/{short(world.maths)}/notices"' in words(
        client, f"/c/{short(world.maths)}/about"
    )


def test_what_is_held_is_taken_along_forgotten_and_brought_together(world):
    from staffroom.notices.hooks.belongings import erase, export, merge_people, rules

    begin(world)
    wants(world.amina)
    wants(world.nafula)
    said(world.maths, world.otieno, "Why?", kind="question")
    said(world.sister, world.daudi, "Why?", kind="question")
    work(FIVE + MINUTE)
    held = export(world.amina)
    assert held["digest_preferences"][0]["often"] == "daily"
    assert {each["community__name"] for each in held["reaches"]} == {
        str(world.maths),
        str(world.sister),
    }
    assert held["digests"][0]["period"] == "2026-10-14"
    merge_people(world.nafula, world.amina)
    assert Digest.objects.get().person == world.nafula
    assert Reach.objects.get(community=world.maths).person == world.nafula
    assert not Preference.objects.filter(person=world.amina)
    assert [each.community for each in Reach.objects.filter(person=world.amina)] == [world.sister]
    Reach.objects.filter(person=world.amina).update(person=world.nafula)
    erase(world.nafula, keep_contributions=True)
    for kind in (Preference, Reach, Digest):
        assert not kind.objects.exists()
    assert [rule.key for rule in rules()] == ["notices", "digests", "hour_reminders"]
