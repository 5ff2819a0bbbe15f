"""Groups of the Business API: made by us, joined by a link, at most eight people in one.

https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
Groups that people make themselves cannot be joined by a number of the Business API.
"""

from dataclasses import dataclass

from django.conf import settings

from staffroom.channels.whatsapp import client
from staffroom.channels.whatsapp.inbound import text, thing, things

LONGEST = 128


@dataclass(frozen=True)
class Group:
    """`link` is how one comes in; whoever has it can."""

    id: str
    subject: str
    link: str


def make(subject: str) -> None:
    """A new one. Meta makes it in its own time: a moment later it is in the list."""
    about = {"messaging_product": "whatsapp", "subject": subject}
    client.post(_path(), about | {"join_approval_mode": "auto_approve"})


def there() -> list[Group]:
    """All that there are, with their links."""
    answer = client.get(f"{_path()}?limit=1024")
    return [
        Group(id, text(one, "subject"), text(client.get(f"{id}/invite_link"), "invite_link"))
        for one in things(thing(answer, "data"), "groups")
        if (id := text(one, "id"))
    ]


def _path() -> str:
    return f"{settings.WHATSAPP_PHONE_ID}/groups"
