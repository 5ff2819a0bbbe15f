import re

import pytest

from staffroom.core.models import OutboxEntry


@pytest.fixture
def messages():
    """The text messages that wait to be sent: `messages()` gives (to, text), oldest first."""

    def read():
        return [
            (entry.payload["to"], entry.payload["text"])
            for entry in OutboxEntry.objects.filter(topic="sms.send").order_by("created_at", "id")
        ]

    return read


@pytest.fixture
def last_code(messages):
    """The code in the latest message."""
    return lambda: re.search(r"\d{6}", messages()[-1][1]).group()
