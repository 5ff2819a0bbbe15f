"""The local servers, all in one process."""

from staffroom.channels.sms import gate
from staffroom.channels.sms.pretend import AfricasTalking
from staffroom.channels.telegram import webhook
from staffroom.channels.telegram.pretend import Telegram
from staffroom.channels.whatsapp import templates
from staffroom.channels.whatsapp.pretend import PretendWhatsApp
from staffroom.web.simulator import phones
from staffroom.web.simulator.control import Control
from staffroom.web.simulator.ports import Ports


def run(ports: Ports, house: str) -> Control:
    """All of them, calling the house at `house`; they live as long as this process."""
    whatsapp = PretendWhatsApp(ports.whatsapp, hook=f"{house}/hooks/whatsapp/")
    whatsapp.templates = [
        words.request() | {"id": words.key, "status": "APPROVED"} for words in templates.ours()
    ]
    telegram = Telegram(ports.telegram)
    telegram.webhook = {"url": f"{house}/hooks/telegram/", "secret_token": webhook.secret()}
    sms = AfricasTalking(house, gate.secret(), port=ports.sms)
    return Control(phones.all_of(whatsapp, telegram, sms), ports.control)
