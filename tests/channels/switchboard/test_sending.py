"""What goes out goes once, in order of the provider's patience, and what fails is seen."""

import datetime as dt
from decimal import Decimal

import pytest

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.actions import money as acts
from staffroom.channels.switchboard.actions import sending
from staffroom.channels.switchboard.messages import (
    Fate,
    Kind,
    Status,
    Taken,
    TryLater,
    Undeliverable,
    Unknown,
)
from staffroom.channels.switchboard.models import GroupLink, Link, Meter, Sent
from staffroom.channels.switchboard.queries import money
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.conversations import actions
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from tests.channels.switchboard.line import work
from tests.conversations.makers import a_question

DAYTIME = dt.datetime(2026, 10, 14, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def by_day():
    with pretend(DAYTIME):
        yield


@pytest.fixture
def nafula(world, rich):
    return rich.link(world.nafula, "n")


def answered(world, **fields):
    question = a_question(world.maths, world.nafula)
    return actions.answer(by=world.baraka, question=question, text="Fold it.", **fields)


def full(world, **fields):
    fields = {"full_relay": True, "most_a_month": None, "parts_a_person": 100} | fields
    return acts.set_budget(
        by=world.hamisi,
        programme=world.programme,
        currency="KES",
        prices={"fake": "0.80"},
        **fields,
    )


def test_an_answer_comes_to_whoever_asked(world, rich, nafula):
    rich.link(world.otieno, "o")
    answered(world)
    work()
    (out,) = rich.sent
    assert out.to == "n"
    assert "Fold it." in out.text
    assert "Baraka" in out.text


def test_a_name_comes_to_whoever_is_named(world, rich, nafula):
    actions.say(by=world.baraka, community=world.maths, text="Ask @Nafula about it.")
    work()
    assert [each.to for each in rich.sent] == ["n"]


def test_everything_comes_only_where_the_programme_pays_it(world, rich, nafula):
    Link.objects.update(relay="everything")
    actions.say(by=world.baraka, community=world.maths, text="One.")
    work()
    assert rich.sent == []
    full(world)
    actions.say(by=world.baraka, community=world.maths, text="Two.")
    work()
    assert ["Two." in each.text for each in rich.sent] == [True]


@pytest.mark.parametrize("who", ["esther", "farid"])
def test_an_outsider_gets_nothing_by_any_channel(world, rich, who):
    rich.link(getattr(world, who), relay="everything")
    full(world)
    answered(world)
    work()
    assert rich.sent == []


def test_whoever_left_meanwhile_gets_nothing(world, rich, nafula):
    answered(world)
    sending_rows = Sent.objects.all()
    from staffroom.core import outbox

    outbox.deliver()  # post.written is dealt with; the message waits
    world.maths.memberships.filter(person=world.nafula).update(state="left")
    work()
    assert rich.sent == []
    assert {row.state for row in sending_rows} <= {"failed"}


def test_quiet_hours_hold_what_was_not_asked_for(world, rich, nafula):
    with pretend(DAYTIME.replace(hour=19)):  # 22:00 in Nairobi
        answered(world)
        work()
        assert rich.sent == []
    with pretend(DAYTIME.replace(hour=4) + dt.timedelta(days=1)):
        work()
    assert len(rich.sent) == 1


def test_stop_stops_what_waits(world, rich, nafula):
    answered(world)
    Link.objects.update(stopped_at=now())
    work()
    assert rich.sent == []


def test_a_provider_that_fails_for_an_hour_gets_it_once_later(world, rich, nafula):
    answered(world)
    rich.faults = [TryLater("500"), TryLater("429", after=3000)]
    work()
    work(minutes=10)
    work(minutes=20)
    assert rich.sent == []
    work(minutes=62)
    assert len(rich.sent) == 1


def test_given_up_is_seen_and_tried_again(world, rich, nafula):
    answered(world)
    rich.faults = [TryLater("500")] * 10
    for minutes in range(0, 60 * 12, 20):
        work(minutes)
    sent = Sent.objects.get()
    assert (sent.state, sent.why) == ("dead", "500")
    assert sending.retry() == 1
    work()
    assert len(rich.sent) == 1


def test_what_may_have_arrived_is_never_sent_twice(world, rich, nafula):
    answered(world)
    rich.faults = [Unknown("ReadTimeout")]
    work()
    work(minutes=60)
    assert rich.sent == []
    assert Sent.objects.get().why.startswith("unknown")


def test_what_will_never_be_taken_says_why(world, rich, nafula):
    answered(world)
    rich.faults = [Undeliverable("NotAUser")]
    work()
    assert (Sent.objects.get().state, Sent.objects.get().why) == ("failed", "NotAUser")


def test_no_words_of_a_post_are_kept(world, rich, nafula):
    answered(world)
    work()
    sent = Sent.objects.get()
    assert sent.words == {}
    assert sent.provider_id == "out-1"
    assert sent.ref


def test_fates_only_go_forward(world, rich, nafula):
    answered(world)
    work()
    for fate in (Fate.READ, Fate.DELIVERED, Fate.SENT):
        rich.call(Status("out-1", fate, now()))
    work()
    assert Sent.objects.get().state == "read"


def test_costs_are_counted_and_corrected(world, rich, nafula):
    full(world)
    answered(world)
    work()
    assert money.spent(world.programme) == Decimal("0.80")
    rich.call(Status("out-1", Fate.SENT, now(), cost=Decimal("1.25"), currency="KES"))
    work()
    assert money.spent(world.programme) == Decimal("1.25")
    assert Meter.objects.filter(community=world.maths).exists()


def test_at_the_cap_the_rest_stands_on_the_web_alone(world, rich, nafula):
    full(world, most_a_month=Decimal("0.80"))
    for _time in range(3):
        answered(world)
        work()
    assert len(rich.sent) == 1
    assert set(Sent.objects.values_list("why", flat=True)) == {"", "cap"}


def test_outside_the_window_nothing_goes_without_a_template(world, rich, nafula):
    from dataclasses import replace

    channel = known.find("fake")
    known.register(replace(channel, can=replace(channel.can, window=dt.timedelta(hours=24))))
    Link.objects.update(heard_at=now() - dt.timedelta(hours=25))
    answered(world)
    work()
    assert rich.sent == []
    assert Sent.objects.get().why == "window"


def test_what_a_template_only_announced_comes_with_today(world, rich, nafula):
    from dataclasses import replace

    channel = known.find("fake")
    can = replace(channel.can, window=dt.timedelta(hours=24), templates=True)
    known.register(replace(channel, can=can))
    Link.objects.update(heard_at=now() - dt.timedelta(hours=25))
    answered(world)
    work()
    assert rich.sent[0].template.name == "news"
    (said,) = rich.says("n", "TODAY")
    assert "Fold it." in said


def test_a_community_s_chat(world, rich):
    from staffroom.channels.switchboard.actions import linking

    code = linking.make_code(by=world.baraka, channel="fake", community=world.maths)
    rich.link(world.nafula, "n")
    rich.says("n", f"LINK {code}", chat="c1")
    group = GroupLink.objects.get()
    assert group.community == world.maths
    rich.says("n", "ASK Why?", chat="c1")
    question = Post.objects.get()
    assert (question.kind, question.author) == ("question", world.nafula)
    # Not told again where it was said; what comes from elsewhere is told, and a reply answers it.
    assert all("Why?" not in each.text for each in rich.sent)
    actions.answer(by=world.baraka, question=question, text="Fold it.")
    work()
    assert [each.to for each in rich.sent if "Fold it." in each.text] == ["c1", "n"] or [
        each.to for each in rich.sent if "Fold it." in each.text
    ] == ["n", "c1"]
    rich.link(world.otieno, "o")
    number = next(
        n for n, each in enumerate(rich.sent, 1) if each.to == "c1" and "Fold" in each.text
    )
    rich.says("o", "I tried it.", chat="c1", reply_to=f"out-{number}")
    assert Post.objects.get(author=world.otieno).question == question


def test_who_is_no_member_is_not_taken_from_the_chat(world, rich):
    GroupLink.objects.create(community=world.maths, channel="fake", chat="c1")
    for person in (world.esther, world.farid):
        rich.link(person)
        said = rich.says(f"at-{person.first_name.lower()}", "I see all of you.", chat="c1")
        assert len(said) == 1
        assert rich.says(f"at-{person.first_name.lower()}", "Again.", chat="c1") == []
    assert rich.says("nobody", "Hello", chat="c1")
    assert not rich.says("nobody", "Hello", chat="c1")
    assert not Post.objects.exists()
    assert "c1" not in {each.to for each in rich.sent}


def test_a_chat_of_nobody_is_left_alone(world, rich):
    rich.link(world.baraka, "b")
    assert rich.says("b", "ASK Why?", chat="c9") == []
    rich.says("b", kind=Kind.JOINED, chat="c9")
    assert not Post.objects.exists()


def test_only_the_moderator_links_a_chat(world, rich):
    from staffroom.channels.switchboard.actions import linking
    from staffroom.core.errors import NotYours

    for person in (world.amina, world.chausiku, world.esther, world.farid, world.daudi):
        with pytest.raises(NotYours):
            linking.make_code(by=person, channel="fake", community=world.maths)


def test_buttons_that_are_too_many_become_lines():
    from staffroom.channels.switchboard.messages import Button
    from staffroom.channels.switchboard.talk.saying import fit
    from tests.channels.switchboard.line import PLAIN, RICH

    say = Say("Which?", tuple(Button(str(n), f"Number {n}") for n in range(5)))
    assert fit(say, RICH).buttons == say.buttons  # a list
    assert fit(say, PLAIN).text.endswith("5 Number 4")
    assert not fit(say, PLAIN).buttons


def test_workers_share_the_provider_s_pace(world, rich):
    from dataclasses import replace

    channel = known.find("fake")
    slow = replace(channel, can=replace(channel.can, a_second=0.1))
    sending.wait_for_turn(slow)
    with pytest.raises(TryLater):
        sending.wait_for_turn(slow)


def test_taken_has_a_cost_or_the_programme_s_price(world):
    full(world)
    assert acts.cost_of("fake", Taken("x", parts=2), world.programme) == (Decimal("1.60"), "KES")
    assert acts.cost_of("fake", Taken("x", cost=Decimal(1), currency="USD"), None)[1] == "USD"
