"""What `staffroom doctor` looks at in WhatsApp. In English like the commands."""

from urllib.parse import urlsplit

from django.conf import settings

from staffroom.channels.whatsapp import channel, troubles
from staffroom.core.findings import FAIL, OK, WARN, Finding

GUIDE = "docs/how-to/set-up-whatsapp.md tells where each is found."
LOCAL = {"localhost", "127.0.0.1", "::1"}


def findings() -> list[Finding]:
    missing = channel.missing()
    if len(missing) == len(channel.NEEDS):
        return []  # nobody wants it here
    if missing:
        names = ", ".join(f"STAFFROOM_{name}" for name in missing)
        return [Finding(FAIL, "whatsapp", f"Half set up: {names} is missing.", GUIDE)]
    wrong = [*_address(), *_prices(), *troubles.findings()]
    return wrong or [Finding(OK, "whatsapp", "Set up; nothing was refused lately.")]


def _address() -> list[Finding]:
    parts = urlsplit(settings.WHATSAPP_URL)
    if parts.scheme == "https" or parts.hostname in LOCAL:
        return []
    what = "STAFFROOM_WHATSAPP_URL is not https: our token would be read on the way."
    return [Finding(FAIL, "whatsapp", what, "Leave it out, or write https://….")]


def _prices() -> list[Finding]:
    if settings.WHATSAPP_PRICES:
        return []
    what = "No prices are set, so what messages cost is not known and no cap on it holds."
    how = "Write Meta's price list for your country: STAFFROOM_WHATSAPP_PRICES=service=…,utility=…"
    return [Finding(WARN, "whatsapp", what, how)]
