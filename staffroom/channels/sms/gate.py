"""Who may call us: a provider's signature, or the secret in the address; and how often one may write."""

import base64
import hmac
import ipaddress
import logging

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from staffroom.channels.sms import heard, twilio
from staffroom.channels.switchboard.messages import Event, Inbound
from staffroom.core import limits
from staffroom.core.errors import TooMany
from staffroom.notices.links import whole

log = logging.getLogger(__name__)
_SALT = "sms.hook"
#: A person who writes does not write so much; two machines that answer each other do.
IN_TEN_MINUTES, IN_A_DAY = 20, 150
#: Nor the same long words so often. A short word is an answer: "1", "B", "HELP".
SAME, LONG = 3, 12


def secret(key: str = "") -> str:
    """The part of the address that only the provider knows; made of the house's own key."""
    digest = salted_hmac(_SALT, "", secret=key or settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def opens(said: str) -> bool:
    """Whether this is that part, with the present key or one of those that still count."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    right = [hmac.compare_digest(secret(key).encode(), said.encode()) for key in keys]
    return any(right)


def from_provider(request: HttpRequest) -> bool:
    """Where the provider's addresses are set: whether the call comes from one."""
    if not settings.AFRICASTALKING_SOURCES:
        return True
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
        return any(
            address in ipaddress.ip_network(each, strict=False)
            for each in settings.AFRICASTALKING_SOURCES
        )
    except ValueError:
        return False


def by_twilio(request: HttpRequest) -> bool:
    """Behind a proxy they sign the address from outside: each name of the house is tried."""
    path = request.get_full_path()
    urls = [whole(path), request.build_absolute_uri()]
    urls += [f"https://{host.lstrip('.')}{path}" for host in settings.HOSTS]
    given = request.headers.get("X-Twilio-Signature", "")
    return twilio.signed(urls, heard.pairs_of(request.body), given)


def is_person(events: list[Event]) -> bool:
    """Whether somebody wrote this: not our own echo, and not so often as a machine that answers us."""
    said = [
        each for each in events if isinstance(each, Inbound) and not each.id.startswith("stop:")
    ]
    if not said:
        return True
    event = said[0]  # further ones are files of the same message
    if event.sender in {heard.number(each) for each in (settings.SMS_NUMBER, settings.TWILIO_FROM)}:
        return False
    try:
        _count(event)
    except TooMany:
        log.warning("sms.too_often")
        return False
    return True


def _count(event: Inbound) -> None:
    """By a keyed digest: what is counted tells neither the number nor the words."""
    who = salted_hmac("sms.count", event.sender, algorithm="sha256").hexdigest()
    if len(event.text) > LONG:
        # One of 256 marks of the words: enough to find a machine, too little to prove who wrote what.
        mark = salted_hmac("sms.same", f"{who}{event.text}", algorithm="sha256").digest()[0]
        limits.take("sms.same", f"{who}{mark}", limit=SAME, seconds=600)
    limits.take("sms.in", who, limit=IN_TEN_MINUTES, seconds=600)
    limits.take("sms.day", who, limit=IN_A_DAY, seconds=86400)


def addresses() -> dict[str, str]:
    """What is to be entered at the provider, by the name that the thing has there."""
    if settings.SMS_PROVIDER == "twilio":
        return {
            "A message comes in": whole(reverse("sms_twilio", args=["in"])),
            "Status callback (we say it with each message)": whole(
                reverse("sms_twilio", args=["report"])
            ),
        }
    if settings.SMS_PROVIDER == "africastalking":
        named = {
            "Incoming Messages": "in",
            "Delivery Reports": "report",
            "Bulk SMS Opt Out": "stop",
        }
        return {
            name: whole(reverse("sms_africastalking", args=[secret(), what]))
            for name, what in named.items()
        }
    return {}
