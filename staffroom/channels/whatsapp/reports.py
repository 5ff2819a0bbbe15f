"""What Meta tells about ourselves in its calls: templates, refusals, faults. No person is in it."""

from collections.abc import Iterator

from staffroom.channels.whatsapp import errors
from staffroom.channels.whatsapp.inbound import Thing, changes, first_code, text, things

#: States of a template in which it is not sent.
BAD = {"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "PENDING_DELETION", "DELETED"}
ACCOUNT = {"DISABLED_UPDATE", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED"}


def found(call: Thing) -> Iterator[tuple[str, str]]:
    """Each trouble with its code, as `troubles.note` takes them."""
    for field, value in changes(call):
        if field == "message_template_status_update" and text(value, "event") in BAD:
            name = text(value, "message_template_name")
            yield (
                "template",
                f"{name} {text(value, 'message_template_language')} {text(value, 'event')}",
            )
        elif field == "account_update" and text(value, "event") in ACCOUNT:
            yield "account", text(value, "event")
        elif field == "messages":
            yield from _in_messages(value)


def _in_messages(value: Thing) -> Iterator[tuple[str, str]]:
    if code := first_code(value):
        yield errors.office(code) or "provider", code
    for status in things(value, "statuses"):
        code = first_code(status)
        if what := errors.office(code):
            yield what, code
