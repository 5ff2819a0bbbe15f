"""The phones of the demo: they exist there alone, say what the servers say, and do what is tapped."""

import pytest

from staffroom.people.models import Person
from staffroom.web.demo.known import BY_KEY
from staffroom.web.simulator import views
from staffroom.web.simulator.bubbles import Bubble, Done
from staffroom.web.simulator.control import Control


class Echo:
    """A phone at whose other end somebody says everything back."""

    def __init__(self) -> None:
        self.held: dict[str, list[Bubble]] = {}
        self.done: list[tuple[str, Done]] = []

    def shows(self, who: str) -> list[Bubble]:
        return self.held.get(who, [])

    def does(self, who: str, done: Done) -> None:
        self.done.append((who, done))
        said = done.text or done.press or done.react
        talk = self.held.setdefault(who, [])
        talk.append(Bubble(f"m{len(talk)}", True, said, 1.0))
        talk.append(Bubble(f"t{len(talk)}", False, f"You said {said}", 2.0, (("yes", "Yes"),)))


@pytest.fixture
def phone(settings, world):
    settings.DEMO = True
    for key in views.HOLDERS:
        person: Person = getattr(world, key)
        person.phone = BY_KEY[key].phone
        person.save()
    echo = Echo()
    with Control({"sms": echo, "whatsapp": echo, "telegram": echo}) as control:
        settings.SIMULATOR_URL = control.url
        yield echo


def test_there_are_none_outside_the_demo(client, phone, settings):
    settings.DEMO = False
    assert client.get("/demo/phones").status_code == 404
    assert client.post("/demo/phones/sms", {"text": "HELP"}).status_code == 404


def test_what_is_written_and_what_comes_back_stands_on_the_phone(client, phone):
    answer = client.post("/demo/phones/sms", {"as": "amina", "text": "HELP <b>"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "You said HELP &lt;b&gt;" in page
    assert phone.done == [(BY_KEY["amina"].phone, Done(text="HELP <b>"))]


def test_a_button_is_pressed_and_a_sign_given(client, phone):
    client.post("/demo/phones/telegram", {"press": "yes", "reply_to": "t1"})
    client.post("/demo/phones/whatsapp", {"react": "👍", "reply_to": "t1"})
    assert [done for _who, done in phone.done] == [
        Done(press="yes", reply_to="t1"),
        Done(react="👍", reply_to="t1"),
    ]


def test_nothing_is_sent_from_an_empty_field_or_to_an_unknown_line(client, phone):
    client.post("/demo/phones/sms", {"text": "  "})
    assert client.post("/demo/phones/pigeon", {"text": "x"}).status_code == 404
    assert phone.done == []


def test_a_line_that_is_dead_says_so(client, phone, settings):
    settings.SIMULATOR_URL = "http://127.0.0.1:9"
    assert "does not answer" in client.get("/demo/phones").content.decode()


def test_the_head_teacher_sees_no_posts_of_those_below(client, phone, world):
    page = client.get("/demo/phones?as=esther").content.decode()
    assert "nothing is shown here" in page
