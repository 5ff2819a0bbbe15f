"""`staffroom channels`: counts, another try, and what came in played again."""

import json

from staffroom.channels.switchboard.models import Received, Sent
from staffroom.cli import main
from staffroom.conversations.models import Post
from tests.channels.switchboard.line import work


def test_counts_as_json(world, rich, capsys):
    rich.link(world.amina, "x1")
    rich.says("x1", "HELP")
    main(["channels", "--json", "--channel", "fake"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["channel"], row["linked"], row["sent_this_month"]) == ("fake", 1, 1)


def test_an_unknown_channel_is_a_line_and_code_2(world, capsys):
    assert main(["channels", "--channel", "fax"]) == 2


def test_what_failed_is_played_again_and_what_stands_is_not(world, rich, capsys):
    rich.link(world.baraka, "b")
    rich.call(rich.event("b", "ASK Why?"))
    Received.objects.update(state="dead", tries=8)
    work()
    assert not Post.objects.exists()
    main(["channels", "replay"])
    work()
    main(["channels", "replay"])
    work()
    assert Post.objects.count() == 1
    Sent.objects.update(state="dead", words={"text": "Hello", "buttons": []})
    main(["channels", "--retry", "--channel", "fake"])
    work()
    assert rich.sent[-1].text == "Hello"


def test_of_a_stranger_nothing_is_fetched(world, rich):
    from staffroom.channels.switchboard.messages import Kind, Media

    rich.files["f1"] = AssertionError("nobody may ask for it")
    rich.says("x9", "", kind=Kind.PHOTO, media=Media("f1"))
    assert Received.objects.get().state == "done"
