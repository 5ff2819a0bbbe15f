"""What a provider of text messages is. A new one: a module with `PROVIDER`, named in `PROVIDERS`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Provider:
    """One way to send a text message.

    `send(to, text)` takes a number like "+254712345678". It returns when the provider has taken
    the message, raises `Undeliverable` when trying again is useless and `TryLater` otherwise.
    """

    key: str
    name: str
    send: Callable[[str, str], None]
    needs: tuple[str, ...] = ()  # settings without which it cannot work


class Undeliverable(Exception):
    """This message will never arrive. `code` is the provider's own word, without number or text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryLater(Exception):
    """Not now: no connection, an overloaded or empty account. The outbox tries again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


PROVIDERS = {
    "none": "staffroom.channels.sms.none",
    "africastalking": "staffroom.channels.sms.africastalking",
}


def chosen() -> Provider:
    """The provider of the settings, complete; else one sentence that says what is missing."""
    key = settings.SMS_PROVIDER or "none"
    if key not in PROVIDERS:
        raise ImproperlyConfigured(
            f"STAFFROOM_SMS_PROVIDER is {key!r}; known are {', '.join(sorted(PROVIDERS))}."
        )
    provider: Provider = import_module(PROVIDERS[key]).PROVIDER
    missing = [name for name in provider.needs if not getattr(settings, name)]
    if missing:
        raise ImproperlyConfigured(
            f"{provider.name} needs " + ", ".join(f"STAFFROOM_{name}" for name in missing) + "."
        )
    return provider
