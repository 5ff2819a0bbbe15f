"""What makes a deployment that others can reach insecure, and how to mend it.

`web`, `worker`, `clock` and `serve` refuse to start with these; `staffroom doctor` lists them.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH = 40
#: Keys that stand in some example; whoever copies them shares them with the world.
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "secret", "your-secret", "example")

#: What each provider of text messages cannot do without.
SMS_NEEDS = {
    "africastalking": ("Africa's Talking", ("AFRICASTALKING_USERNAME", "AFRICASTALKING_API_KEY")),
    "twilio": ("Twilio", ("TWILIO_ACCOUNT", "TWILIO_TOKEN", "TWILIO_FROM")),
}


@dataclass(frozen=True)
class Problem:
    what: str
    how: str


def insecure() -> list[Problem]:
    """Nothing while only this machine can reach us (no STAFFROOM_HOSTS)."""
    if not settings.PUBLIC:
        return []
    return [*_modes(), *_key(), *_account_key(), *_hosts(), *_https(), *_sms()]


def _modes() -> list[Problem]:
    found = []
    if settings.DEBUG:
        found.append(
            Problem(
                "Debug mode shows the inside of the program to everybody.",
                "Take STAFFROOM_DEBUG away.",
            )
        )
    if settings.DEMO:
        found.append(
            Problem(
                "In demo mode anybody may sign in as anybody.",
                "Take STAFFROOM_DEMO away, or take STAFFROOM_HOSTS away to show it on this machine.",
            )
        )
    return found


def _key() -> list[Problem]:
    key = settings.SECRET_KEY
    how = (
        "Take STAFFROOM_SECRET_KEY away (a good one is made and kept beside the data), or set it to "
        "50 random characters. Move the present one to STAFFROOM_OLD_SECRET_KEYS for a while."
    )
    if key.lower().startswith(KNOWN_KEYS):
        return [Problem("The secret key is one that stands in examples.", how)]
    if len(key) < KEY_LENGTH or len(set(key)) < 10:
        return [Problem("The secret key is too short or too simple.", how)]
    return []


def _account_key() -> list[Problem]:
    key = settings.ACCOUNT_KEY
    if len(key) >= KEY_LENGTH and len(set(key)) >= 10:
        return []
    return [
        Problem(
            "The account key, which guards PINs and second factors, is too short or too simple.",
            "Take STAFFROOM_ACCOUNT_KEY away (a good one is made and kept beside the data), or set it "
            "to 50 random characters.",
        )
    ]


def _hosts() -> list[Problem]:
    found = []
    for host in settings.HOSTS:
        if "*" in host:
            found.append(
                Problem(
                    f"STAFFROOM_HOSTS holds {host!r}: then any name is believed.",
                    "Write the full names, as staffroom.example.org, with commas between.",
                )
            )
        elif "/" in host or ":" in host:
            found.append(
                Problem(
                    f"STAFFROOM_HOSTS holds {host!r}, which is an address and not a name.",
                    "Leave out https://, the port and everything after the name.",
                )
            )
    return found


def _https() -> list[Problem]:
    if settings.HTTPS:
        return []
    return [
        Problem(
            "Without HTTPS everybody on the way can read and change what is written.",
            "Put Caddy or another proxy with a certificate in front and take STAFFROOM_HTTPS away.",
        )
    ]


def _sms() -> list[Problem]:
    if not settings.SMS_PROVIDER_CHOSEN:
        return [
            Problem(
                "No SMS provider is chosen, so nobody can be sent a code to sign in with.",
                "Set STAFFROOM_SMS_PROVIDER=africastalking (or twilio) with its username and key, or "
                "STAFFROOM_SMS_PROVIDER=none if codes are only handed over in person.",
            )
        ]
    if settings.SMS_PROVIDER == "none":
        return []
    if settings.SMS_PROVIDER not in SMS_NEEDS:
        return [
            Problem(
                f"There is no SMS provider {settings.SMS_PROVIDER!r}.",
                "Set STAFFROOM_SMS_PROVIDER to africastalking, twilio or none.",
            )
        ]
    name, needs = SMS_NEEDS[settings.SMS_PROVIDER]
    missing = [f"STAFFROOM_{need}" for need in needs if not getattr(settings, need)]
    if missing:
        what = f"{name} is chosen, but what it needs is missing."
        return [Problem(what, f"Set {' and '.join(missing)}.")]
    return []


def refuse_insecure() -> None:
    """One message with everything that must be mended before others may come."""
    found = insecure()
    if not found:
        return
    lines = [f"  {number}. {item.what}\n     {item.how}" for number, item in enumerate(found, 1)]
    raise ImproperlyConfigured(
        "this is not safe to open to others (STAFFROOM_HOSTS is set), so it does not start:\n"
        + "\n".join(lines)
    )


def django_checks(app_configs: Any, **kwargs: Any) -> list[Any]:
    from django.core.checks import Error

    return [Error(item.what, hint=item.how, id="staffroom.E001") for item in insecure()]
