"""A deployment that others can reach starts only when it is safe, and says how it becomes so."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.core import security

GOOD = {
    "PUBLIC": True,
    "HOSTS": ["staffroom.example.org"],
    "DEBUG": False,
    "DEMO": False,
    "HTTPS": True,
    "SECRET_KEY": "k3mP9xQ2vR7tY1wZ5bN8cF4hJ6dL0sA-gE_uKqWnTyXo",
    "SMS_PROVIDER": "africastalking",
    "AFRICASTALKING_USERNAME": "ministry",
    "AFRICASTALKING_API_KEY": "abc",
}


@pytest.fixture
def deployed(settings):
    def deploy(**changes):
        settings.SMS_PROVIDER_CHOSEN = bool(changes.get("SMS_PROVIDER", "africastalking"))
        for name, value in (GOOD | changes).items():
            setattr(settings, name, value)
        return [f"{item.what} {item.how}" for item in security.insecure()]

    return deploy


def test_a_good_deployment_has_no_problem(deployed):
    assert deployed() == []


@pytest.mark.parametrize(
    ("changes", "mends"),
    [
        ({"DEBUG": True}, "Take STAFFROOM_DEBUG away"),
        ({"DEMO": True}, "Take STAFFROOM_DEMO away"),
        ({"SECRET_KEY": "short"}, "STAFFROOM_SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "STAFFROOM_SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "STAFFROOM_SECRET_KEY"),
        ({"HTTPS": False}, "HTTPS"),
        ({"HOSTS": ["*"]}, "full names"),
        ({"HOSTS": ["https://staffroom.example.org"]}, "Leave out https://"),
        ({"SMS_PROVIDER": ""}, "STAFFROOM_SMS_PROVIDER=africastalking"),
        ({"SMS_PROVIDER": "pigeon"}, "pigeon"),
        ({"AFRICASTALKING_API_KEY": ""}, "STAFFROOM_AFRICASTALKING_API_KEY"),
    ],
)
def test_each_problem_is_found_with_its_mending(deployed, changes, mends):
    (problem,) = deployed(**changes)
    assert mends in problem


def test_codes_by_hand_alone_are_a_decision_one_can_take(deployed):
    assert deployed(SMS_PROVIDER="none") == []


def test_only_this_machine_needs_nothing(deployed):
    assert deployed(PUBLIC=False, DEBUG=True, DEMO=True, SECRET_KEY="x", HTTPS=False) == []


def test_one_message_lists_everything(deployed):
    deployed(DEBUG=True, SECRET_KEY="short", HTTPS=False)
    with pytest.raises(ImproperlyConfigured) as refusal:
        security.refuse_insecure()
    text = str(refusal.value)
    assert [f"  {number}. " in text for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "short" not in text.replace("too short", "")  # never the key itself


def test_django_itself_hears_of_it(deployed):
    deployed(DEBUG=True)
    assert [error.id for error in security.django_checks(None)] == ["staffroom.E001"]
