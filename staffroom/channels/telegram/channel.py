"""What Telegram can do, in one frozen description."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from staffroom.channels.switchboard.known import Abilities, Channel
from staffroom.channels.telegram import inbound, outbound, sending


def works() -> bool:
    return bool(settings.TELEGRAM_TOKEN and settings.TELEGRAM_BOT)


def opens(words: str) -> str:
    """Telegram opens the bot and says `/start CODE` for the person: `words` reads it as these."""
    return f"https://t.me/{settings.TELEGRAM_BOT}?start={words.rpartition(' ')[2]}"


def in_chat(words: str) -> str:
    """As a command to our bot, which it hears in privacy mode too; letters of Telegram's alphabet."""
    return f"/link@{settings.TELEGRAM_BOT} {words.rpartition(' ')[2]}"


NOTE = gettext_lazy(
    "As Telegram has it, a bot hears in a group what begins with a command, as /ask, and what answers its own messages, nothing else. So your group talks as it likes, and you choose what comes here. To let it hear everything, make the bot an administrator of the group. Under its name in the list of members stands whether it has access to messages."
)

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
    opens=opens,
    in_chat=in_chat,
    note=NOTE,
)
