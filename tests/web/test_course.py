import pytest
from django.test import Client
from django.utils import translation

from staffroom.web.course import actions
from staffroom.web.course.screens import SCREENS
from staffroom.web.models import Practice


def test_seven_screens_one_thought_one_question_each():
    assert len(SCREENS) == 7
    for screen in SCREENS:
        assert 2 <= len(screen.answers) <= 3
        assert 0 <= screen.right < len(screen.answers)


def test_the_right_answers_do_not_stand_in_the_same_place():
    assert len({screen.right for screen in SCREENS}) > 1


@pytest.mark.parametrize("language", ["en", "sw", "ur"])
@pytest.mark.parametrize("n", range(1, 8))
def test_a_screen_is_at_most_two_kilobytes(world, sign_in, n, language):
    world.amina.language = language
    world.amina.save()
    client = sign_in(world.amina)
    for response in (
        client.get(f"/course/{n}", headers={"Accept-Encoding": "br"}),
        client.post(f"/course/{n}", {"answer": "1"}, headers={"Accept-Encoding": "br"}),
    ):
        assert response["Content-Encoding"] == "br"
        assert len(response.content) <= 2048
    translation.activate("en")


def test_a_tap_says_whether_and_why(world, sign_in):
    client = sign_in(world.amina)
    wrong = client.post("/course/1", {"answer": "0"}).content.decode()
    assert "Not quite" in wrong
    right = client.post("/course/1", {"answer": str(SCREENS[0].right)}).content.decode()
    assert "Yes." in right
    assert str(SCREENS[0].why) in right
    assert Practice.objects.get().course == [1], "what was tapped is not kept"


def test_an_answer_that_is_none_is_refused(world, sign_in):
    for nonsense in ("", "7", "x"):
        response = sign_in(world.amina).post("/course/1", {"answer": nonsense})
        assert response.status_code == 422
    assert not Practice.objects.exists()


def test_one_goes_on_where_one_stopped_and_may_take_it_again(world, sign_in):
    client = sign_in(world.amina)
    for n in (1, 2):
        client.post(f"/course/{n}", {"answer": "0"})
    assert 'class="btn" href="/course/3"' in client.get("/course").content.decode()
    for n in range(3, 8):
        actions.answered(person=world.amina, screen=n)
    assert "Take it again" in client.get("/course").content.decode()
    client.post("/course/again")
    assert Practice.objects.get().course == []


def test_there_is_no_eighth(world, sign_in):
    assert sign_in(world.amina).get("/course/8").status_code == 404
    assert sign_in(world.amina).get("/course/0").status_code == 404


def test_it_is_reached_from_me_and_from_the_ground_rules(world, sign_in):
    client = sign_in(world.amina)
    assert 'href="/course"' in client.get("/me").content.decode()
    from staffroom.core.ids import short

    assert 'href="/course"' in client.get(f"/c/{short(world.maths.pk)}/rules").content.decode()


def test_a_stranger_is_sent_to_sign_in(db):
    assert Client().get("/course/1")["Location"].startswith("/sign-in")
