"""What was removed or hidden here goes from the phones too, as far as Telegram lets a bot delete."""

import uuid
from typing import Any

from staffroom.channels.switchboard.messages import Undeliverable
from staffroom.channels.switchboard.models import Sent
from staffroom.channels.telegram import client
from staffroom.conversations.models import Post
from staffroom.core import outbox

TOPIC = "telegram.delete"
ARRIVED = (Sent.State.SENT, Sent.State.DELIVERED, Sent.State.READ)


def gone(payload: dict[str, Any]) -> None:
    """Handler of `post.removed` and `post.decided`. Of what has no name nothing is told to anybody."""
    post = Post.objects.filter(pk=uuid.UUID(payload["post"]), anonymous=False).first()
    if post is None or not (post.removed_at or post.hidden_at):
        return
    for sent in Sent.objects.filter(channel="telegram", ref=post.pk, state__in=ARRIVED):
        outbox.put(TOPIC, key=f"{TOPIC}:{sent.pk}", sent=str(sent.pk))


def delete(payload: dict[str, Any]) -> None:
    """Handler of `telegram.delete`, outside any transaction. Twice is harmless."""
    sent = Sent.objects.filter(pk=uuid.UUID(payload["sent"])).first()
    _bot, _colon, place = sent.provider_id.partition(":") if sent else ("", "", "")
    chat, _colon, message = place.rpartition(":")
    if not chat or not message.isdecimal():
        return
    try:
        client.call("deleteMessage", {"chat_id": chat, "message_id": int(message)})
    except (Undeliverable, client.MovedAway):
        return  # older than two days, deleted by hand, or we are not there any more
