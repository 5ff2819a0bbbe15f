"""What Telegram can do, in one frozen description."""

from django.conf import settings

from staffroom.channels.switchboard.known import Abilities, Channel
from staffroom.channels.telegram import inbound, outbound, sending


def works() -> bool:
    return bool(settings.TELEGRAM_TOKEN and settings.TELEGRAM_BOT)


CHANNEL = Channel(
    key="telegram",
    label="Telegram",
    can=Abilities(
        text=outbound.TEXT,
        buttons=8,
        button=32,
        rows=20,
        row=32,
        button_text=outbound.TEXT,
        caption=outbound.CAPTION,
        photos=True,
        voices=True,
        papers=True,
        reactions=True,
        edits=True,
        groups=200_000,
        topics=True,
        a_second=25.0,  # Telegram says 30; other bots of the same line are not ours to count
    ),
    works=works,
    send=sending.send,
    read=inbound.read,
    address=lambda: f"@{settings.TELEGRAM_BOT}",
    fetch=sending.fetch,
)
