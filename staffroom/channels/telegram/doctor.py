"""What `staffroom doctor` looks at in Telegram. In English like the commands."""

from django.conf import settings

from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.channels.telegram import channel, webhook
from staffroom.core.findings import FAIL, OK, WARN, Finding

NAME = "telegram"
SET = "`staffroom telegram webhook-set` tells Telegram where to call."


def findings() -> list[Finding]:
    if not settings.TELEGRAM_TOKEN and not settings.TELEGRAM_BOT:
        return []
    if not channel.works():
        missing = "TOKEN" if settings.TELEGRAM_BOT else "BOT"
        how = "@BotFather tells both: /mybots, the bot, API Token."
        return [Finding(FAIL, NAME, f"STAFFROOM_TELEGRAM_{missing} is missing.", how)]
    try:
        return [*_ourselves(), *_way_in()]
    except Undeliverable as error:
        return [Finding(FAIL, NAME, f"Telegram refuses us ({error.code}).", "Is the token right?")]
    except TryLater as error:
        if error.code in {"401", "404"}:
            how = "@BotFather, /mybots, the bot, API Token: set it as STAFFROOM_TELEGRAM_TOKEN."
            return [Finding(FAIL, NAME, "Telegram does not know our token.", how)]
        return [_not_reached(error.code)]
    except Unknown as error:
        return [_not_reached(error.code)]


def _not_reached(code: str) -> Finding:
    how = "May this machine reach STAFFROOM_TELEGRAM_URL by HTTPS? Messages wait meanwhile."
    return Finding(WARN, NAME, f"Telegram does not answer ({code}).", how)


def _ourselves() -> list[Finding]:
    me = webhook.ourselves()
    name = str(me.get("username", ""))
    if name.lower() != settings.TELEGRAM_BOT.lower():
        what = f"The token belongs to the bot {name!r}, not to {settings.TELEGRAM_BOT!r}."
        how = f"Set STAFFROOM_TELEGRAM_BOT={name}, or the other bot's token."
        return [Finding(FAIL, NAME, what, how)]
    hears = me.get("can_read_all_group_messages") is True
    words = "everything in its groups" if hears else "in its groups commands and replies to it"
    return [Finding(OK, NAME, f"The bot is ours; it hears {words}.")]


def _way_in() -> list[Finding]:
    told = webhook.told()
    where, waiting = str(told.get("url", "")), told.get("pending_update_count", 0)
    if settings.TELEGRAM_POLLING:
        if where:
            what = "We ask Telegram for news, and it is told to call us as well: it does neither."
            how = "`staffroom telegram webhook-delete`, or STAFFROOM_TELEGRAM_POLLING off."
            return [Finding(FAIL, NAME, what, how)]
        return [Finding(OK, NAME, f"We ask for news; {waiting} wait.")]
    if not where:
        return [Finding(FAIL, NAME, "Telegram does not know where to call us.", SET)]
    if where != webhook.address():
        return [Finding(FAIL, NAME, "Telegram calls another address than ours.", SET)]
    if told.get("last_error_message") and waiting:
        what = f"Telegram could not reach us lately ({told['last_error_message']}); {waiting} wait."
        return [Finding(WARN, NAME, what, "Is the address open to others, with a certificate?")]
    return [Finding(OK, NAME, f"Telegram calls us; {waiting} wait.")]
