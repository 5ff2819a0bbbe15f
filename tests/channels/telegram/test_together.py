"""The whole way: a person links, asks, answers and thanks in Telegram; a group is a community's chat."""

import datetime as dt

import pytest
from django.test import Client

from staffroom.channels.switchboard.actions import sending
from staffroom.channels.switchboard.models import GroupLink, Link, Payload, Received, Sent
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.telegram import webhook
from staffroom.conversations.actions import remove, say
from staffroom.conversations.models import Post, Thanks
from staffroom.core.clock import now, pretend
from tests.channels.switchboard.line import work
from tests.conversations.makers import a_question

pytestmark = pytest.mark.django_db
AMINA, BARAKA, NAFULA, STRANGER, GROUP = 51, 52, 53, 59, -77


@pytest.fixture
def house(world, telegram, settings):
    settings.HOSTS = ["staffroom.example.org"]
    settings.ALLOWED_HOSTS = ["*"]
    telegram.call = lambda url, headers, body: (
        Client(headers={k: v for k, v in headers.items() if k != "Content-Type"})
        .post("/hooks/telegram/", body, content_type="application/json")
        .status_code
    )
    webhook.enter(webhook.address())
    telegram.faults.clear()
    return world


def link(person, address: int) -> Link:
    return Link.objects.create(person=person, channel="telegram", address=str(address))


def said(telegram, chat: int) -> list[str]:
    """What the phone shows of ours."""
    messages = telegram.chats[chat].messages.values()
    return [each.get("text", "") for each in messages if each["from"].get("is_bot")]


def test_a_person_links_by_the_address_that_opens_the_app(house, telegram, sign_in):
    page = sign_in(house.baraka).post("/me/channels/telegram/code").content.decode()
    code = page.split("https://t.me/staffroom_bot?start=")[1].split('"')[0]
    telegram.say(BARAKA, f"/start {code}")
    work()
    assert Link.objects.get().person == house.baraka
    assert len(said(telegram, BARAKA)) == 1


def test_a_question_and_its_answer(house, telegram):
    link(house.baraka, BARAKA)
    link(house.nafula, NAFULA)
    for _again in range(3):  # Telegram calls again where it heard nothing
        telegram.say(BARAKA, "/ask Why do we turn it over?")
    assert Received.objects.count() == 3
    work()
    questions = Post.objects.filter(kind="question")
    assert {each.text for each in questions} == {"Why do we turn it over?"}
    telegram.say(NAFULA, "/today")
    work()
    shown = telegram.chats[NAFULA].messages
    mine = max(number for number, each in shown.items() if each["from"].get("is_bot"))
    telegram.say(NAFULA, f"1 Draw it {mine}")
    work()
    with pretend(now() + dt.timedelta(minutes=1)):  # Telegram takes one message a second in a chat
        work()
    answer = Post.objects.get(kind="answer")
    assert answer.author == house.nafula
    assert any("Draw it" in words for words in said(telegram, BARAKA))


def test_a_stranger_learns_nothing(house, telegram):
    a_question(house.maths, house.baraka)
    telegram.say(STRANGER, "/today")
    telegram.say(STRANGER, "Hello")
    work()
    assert len(said(telegram, STRANGER)) == 1
    assert "Mathematics" not in said(telegram, STRANGER)[0]


def test_a_group_is_linked_by_a_command_that_is_heard_and_then_speaks(house, telegram, sign_in):
    link(house.baraka, BARAKA)
    telegram.become(GROUP, "member")
    address = f"/c/{_short(house.maths)}/chats/telegram"
    browser = sign_in(house.baraka)
    assert "access to messages" in browser.get(address).content.decode()
    page = browser.post(address).content.decode()
    words = "/link@staffroom_bot " + page.split("/link@staffroom_bot ")[1].split("<")[0].strip()
    telegram.say(BARAKA, words, chat=GROUP)
    work()
    assert GroupLink.objects.get().community == house.maths
    telegram.say(BARAKA, "/ask Why, in the group?", chat=GROUP)
    telegram.say(STRANGER, "/ask Who am I?", chat=GROUP)
    telegram.say(BARAKA, "Just talk", chat=GROUP)
    work()
    assert [post.text for post in Post.objects.all()] == ["Why, in the group?"]
    telegram.migrate(GROUP, -1001)
    work()
    assert GroupLink.objects.get().chat == "-1001"


def test_topics_are_rooms(house, telegram):
    link(house.baraka, BARAKA)
    telegram.chat(GROUP, forum=True, bot_is="administrator", type="supergroup")
    group = GroupLink.objects.create(
        community=house.maths, channel="telegram", chat=str(GROUP), topic="40", relay="everything"
    )
    lessons = {"message_thread_id": 40, "is_topic_message": True}
    telegram.say(BARAKA, "About fractions", chat=GROUP, **lessons)
    telegram.say(BARAKA, "About the weather", chat=GROUP)
    work()
    assert dict(Post.objects.values_list("text", "room")) == {
        "About fractions": "lessons",
        "About the weather": "tea",
    }
    for room in ("lessons", "tea"):
        say(by=house.nafula, community=group.community, text=f"Here for {room}", room=room)
    work()
    ours = [each for each in telegram.chats[GROUP].messages.values() if each["from"]["is_bot"]]
    assert [each.get("message_thread_id") for each in ours] == [40, None]
    assert "Here for tea" in ours[1]["text"]


def test_a_reaction_thanks_and_taken_back_it_does_not(house, telegram):
    link(house.nafula, NAFULA)
    post = a_question(house.maths, house.baraka)
    telegram.chat(NAFULA)
    sent = telegram.say(NAFULA, "hello")
    Sent.objects.create(
        channel="telegram",
        link=Link.objects.get(),
        kind="post",
        ref=post.pk,
        state="sent",
        provider_id=f"700700:{NAFULA}:{sent['message_id']}",
    )
    telegram.react(NAFULA, sent, "👍")
    work()
    assert Thanks.objects.count() == 1
    telegram.react(NAFULA, sent, before=("👍",))
    work()
    assert not Thanks.objects.exists()


def test_who_blocks_the_bot_is_left_alone(house, telegram):
    link(house.baraka, BARAKA)
    telegram.say(BARAKA, "/help")
    work()
    telegram.become(BARAKA, "kicked")
    work()
    assert Link.objects.get().stopped_at is not None
    telegram.become(BARAKA, "member")
    telegram.say(BARAKA, "/start")
    work()
    assert Link.objects.get().stopped_at is None


def test_of_whom_we_were_not_told_the_refusal_tells(house, telegram):
    place = link(house.baraka, BARAKA)
    telegram.chat(BARAKA, bot_is="kicked")
    sending.put(kind=Sent.Kind.TEST, link=place, say=Say("Hello"))
    work()
    assert Sent.objects.get().why == "blocked"
    assert Link.objects.get().stopped_at is not None


def test_a_group_that_puts_the_bot_out_is_linked_no_more(house, telegram):
    GroupLink.objects.create(community=house.maths, channel="telegram", chat=str(GROUP))
    telegram.chat(GROUP)
    telegram.come(STRANGER, GROUP)
    telegram.go(STRANGER, GROUP)
    work()
    assert GroupLink.objects.exists()
    telegram.become(GROUP, "kicked")
    work()
    assert not GroupLink.objects.exists()


def test_what_is_removed_here_goes_from_the_phones(house, telegram):
    link(house.nafula, NAFULA)
    Link.objects.update(relay=Link.Relay.EVERYTHING)
    telegram.chat(NAFULA)
    post = a_question(house.maths, house.baraka)
    message = telegram.say(NAFULA, "x")["message_id"]
    Sent.objects.create(
        channel="telegram",
        link=Link.objects.get(),
        kind="relay",
        ref=post.pk,
        state="sent",
        provider_id=f"700700:{NAFULA}:{message}",
    )
    remove(by=house.baraka, post=post)
    work()
    assert message not in telegram.chats[NAFULA].messages


def test_asking_without_a_name_leaves_no_number_behind(house, telegram):
    link(house.baraka, 5_100_200_377)
    telegram.say(5_100_200_377, "WITHOUT NAME How do I say that I do not know?")
    work()
    for _each in range(2):
        shown = telegram.chats[5_100_200_377].messages
        ours = [each for each in shown.values() if "reply_markup" in each]
        if not ours:
            break
        button = ours[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        telegram.press(5_100_200_377, ours[-1], button)
        work()
    post = Post.objects.get(anonymous=True)
    assert "5100200377" not in "".join(Payload.objects.values_list("raw", flat=True))
    assert str(post.pk) not in "".join(Received.objects.values_list("event_id", flat=True))
    assert not any(
        "5100200377" in each for each in Received.objects.values_list("event_id", flat=True)
    )


def _short(thing) -> str:
    from staffroom.core.ids import short

    return short(thing.pk)
