"""From the page to the local servers."""

from dataclasses import asdict

import httpx
from django.conf import settings

from staffroom.web.simulator.bubbles import Bubble, Done

TIMEOUT = httpx.Timeout(10, connect=2)


class Silent(Exception):
    """The local servers do not answer."""


def works() -> bool:
    return bool(settings.DEMO and settings.SIMULATOR_URL)


def shows(channel: str, who: str) -> list[Bubble]:
    return _ask("GET", channel, who)


def does(channel: str, who: str, done: Done) -> list[Bubble]:
    return _ask("POST", channel, who, done)


def _ask(method: str, channel: str, who: str, done: Done | None = None) -> list[Bubble]:
    url = f"{settings.SIMULATOR_URL}/{channel}/{who}"
    try:
        answer = httpx.request(method, url, json=asdict(done) if done else None, timeout=TIMEOUT)
        answer.raise_for_status()
        return [Bubble.of(row) for row in answer.json()]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise Silent from error
