"""What a provider of text messages is. A new one: a module with `PROVIDER`, named in `PROVIDERS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from staffroom.channels.switchboard.messages import Event, Media, Taken

Form = Mapping[str, str]


def nowhere() -> str:
    return ""


@dataclass(frozen=True)
class Provider:
    """One way to send a text message, and to hear what is written back.

    `send(to, text)` takes a number like "+254712345678" and returns `Taken` or raises what
    `switchboard.messages` has for it. `read` holds what makes events of each kind of call.
    """

    key: str
    name: str
    send: Callable[[str, str], Taken]
    needs: tuple[str, ...] = ()  # settings without which it cannot work
    read: Mapping[str, Callable[[Form], list[Event]]] = field(default_factory=dict)
    fetch: Callable[[Media], bytes] | None = None
    number: Callable[[], str] = nowhere  # which people can write to
    host: Callable[[], str] = nowhere  # the address that must be reached
    stopped: frozenset[str] = frozenset()  # codes by which a person has stopped us at the provider


PROVIDERS = {
    "none": "staffroom.channels.sms.none",
    "africastalking": "staffroom.channels.sms.africastalking",
    "twilio": "staffroom.channels.sms.twilio",
}


def chosen() -> Provider:
    """The provider of the settings, complete; else one sentence that says what is missing."""
    key = settings.SMS_PROVIDER or "none"
    if key not in PROVIDERS:
        raise ImproperlyConfigured(
            f"STAFFROOM_SMS_PROVIDER is {key!r}; known are {', '.join(sorted(PROVIDERS))}."
        )
    provider = named(key)
    missing = [name for name in provider.needs if not getattr(settings, name)]
    if missing:
        raise ImproperlyConfigured(
            f"{provider.name} needs " + ", ".join(f"STAFFROOM_{name}" for name in missing) + "."
        )
    return provider


def named(key: str) -> Provider:
    """The provider of this key, whether or not it is chosen."""
    found: Provider = import_module(PROVIDERS[key]).PROVIDER
    return found


def works() -> bool:
    """Whether messages can go out."""
    if settings.SMS_PROVIDER in ("", "none"):
        return False
    try:
        chosen()
    except ImproperlyConfigured:
        return False
    return True
