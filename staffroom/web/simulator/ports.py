"""Where the local servers listen, and the settings under which the house takes them for the providers."""

import socket
from dataclasses import dataclass

from staffroom.channels.telegram import pretend as telegram
from staffroom.channels.whatsapp import pretend as meta


@dataclass(frozen=True)
class Ports:
    """Where on this machine each of them listens."""

    control: int
    whatsapp: int
    telegram: int
    sms: int


def free_ports() -> Ports:
    """Four that nobody uses now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _each in range(4)]
    numbers = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return Ports(*numbers)


def settings_for(ports: Ports) -> dict[str, str]:
    """What the house's environment must say for this."""
    here = "http://127.0.0.1"
    return {
        "STAFFROOM_SIMULATOR_URL": f"{here}:{ports.control}",
        "STAFFROOM_WHATSAPP_URL": f"{here}:{ports.whatsapp}",
        "STAFFROOM_WHATSAPP_NUMBER": f"+{meta.NUMBER}",
        "STAFFROOM_WHATSAPP_PHONE_ID": meta.PHONE_ID,
        "STAFFROOM_WHATSAPP_ACCOUNT_ID": meta.ACCOUNT_ID,
        "STAFFROOM_WHATSAPP_TOKEN": meta.TOKEN,
        "STAFFROOM_WHATSAPP_APP_SECRET": meta.SECRET,
        "STAFFROOM_WHATSAPP_VERIFY_TOKEN": meta.WORD,
        "STAFFROOM_TELEGRAM_URL": f"{here}:{ports.telegram}",
        "STAFFROOM_TELEGRAM_TOKEN": telegram.TOKEN,
        "STAFFROOM_TELEGRAM_BOT": telegram.NAME,
        "STAFFROOM_SMS_PROVIDER": "africastalking",
        "STAFFROOM_SMS_NUMBER": "22384",
        "STAFFROOM_AFRICASTALKING_URL": f"{here}:{ports.sms}/version1/messaging",
        "STAFFROOM_AFRICASTALKING_USERNAME": "staffroom",
        "STAFFROOM_AFRICASTALKING_API_KEY": "the-key",
    }
