"""What is to be said, as WhatsApp takes it, within its limits.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
The documentation says "characters" and not which. We count UTF-16 units, of which an emoji has two
and a letter of any of our languages one: whatever they count, it is not more.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from staffroom.channels.switchboard.messages import Button, Outbound, Template, Undeliverable
from staffroom.channels.whatsapp import addresses, templates
from staffroom.channels.whatsapp.media import File

TEXT, CAPTION, INTERACTIVE = 4096, 1024, 1024
BUTTONS, BUTTON, BUTTON_KEY = 3, 20, 256
ROWS, ROW, ROW_ABOUT, ROW_KEY = 10, 24, 72, 200
VALUE = 1024
CUT = "…"
Content = dict[str, Any]
#: Puts a file at Meta's and gives the name that it has there.
Upload = Callable[[File], str]


def letters(text: str) -> int:
    """How long this is for WhatsApp."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, most: int) -> str:
    """At most `most` letters; what is cut off is shown to be."""
    if letters(text) <= most:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - letters(CUT))]
    return cut.decode("utf-16-le", "ignore").rstrip() + CUT


def messages(out: Outbound, file: File | None, upload: Upload) -> list[Content]:
    """The messages to send, one after the other: nearly always one."""
    return [_whole(out, content, first=not i) for i, content in enumerate(_said(out, file, upload))]


def _said(out: Outbound, file: File | None, upload: Upload) -> list[Content]:
    if out.template:
        return [_template(out.template)]
    if file:
        return _with_file(_numbered(out), file, upload)
    if not out.text.strip():
        raise Undeliverable("empty")
    return [_words(out)]


def _whole(out: Outbound, content: Content, *, first: bool) -> Content:
    whole = {"messaging_product": "whatsapp"} | addresses.to(out.to, group=out.group)
    if out.reply_to and first and not out.template:
        whole["context"] = {"message_id": out.reply_to}
    return whole | content


def _words(out: Outbound) -> Content:
    """Buttons where there are few and short ones, else a list, else numbered lines."""
    if out.buttons and not out.group and letters(out.text) <= INTERACTIVE:
        if _fit_buttons(out.buttons):
            return _buttons(out)
        if rows := _rows(out.buttons):
            return _list(out, rows)
    return _plain(_numbered(out))


def _plain(text: str) -> Content:
    """Without a preview of links: it would cost the reader a picture, and tell Meta more."""
    return {"type": "text", "text": {"preview_url": False, "body": shortened(text, TEXT)}}


def _numbered(out: Outbound) -> str:
    """The words with what there is to choose below; the words are cut before a choice is."""
    if not out.buttons:
        return out.text
    lines = [
        f"{number}. {button.label}" + (f" — {button.about}" if button.about else "")
        for number, button in enumerate(out.buttons, 1)
    ]
    choices = shortened("\n".join(lines), TEXT // 2)
    return f"{shortened(out.text, TEXT - letters(choices) - 2)}\n\n{choices}".strip()


def _fit_buttons(buttons: tuple[Button, ...]) -> bool:
    if len(buttons) > BUTTONS or len({button.label for button in buttons}) < len(buttons):
        return False
    return _named(buttons, BUTTON_KEY) and all(
        letters(button.label) <= BUTTON and not button.about for button in buttons
    )


def _named(buttons: tuple[Button, ...], longest: int) -> bool:
    """Whether each has a key of its own that fits, and words that can be seen."""
    return len({button.key for button in buttons}) == len(buttons) and all(
        button.label.strip() and button.key.strip() and letters(button.key) <= longest
        for button in buttons
    )


def _buttons(out: Outbound) -> Content:
    replies = [{"type": "reply", "reply": {"id": b.key, "title": b.label}} for b in out.buttons]
    return _interactive("button", out.text, {"buttons": replies})


def _rows(buttons: tuple[Button, ...]) -> list[Content]:
    """The rows of a list; none where they do not fit."""
    if len(buttons) > ROWS or not _named(buttons, ROW_KEY):
        return []
    rows = [_row(button) for button in buttons]
    return rows if all(rows) else []


def _row(button: Button) -> Content:
    """A long label goes on in the second line; empty where even that is too small."""
    row: Content = {"id": button.key, "title": shortened(button.label, ROW)}
    about = button.about
    if row["title"] != button.label:
        about = f"{button.label} — {about}" if about else button.label
    if letters(about) > ROW_ABOUT:
        return {}
    return row | ({"description": about} if about else {})


def _list(out: Outbound, rows: list[Content]) -> Content:
    opens = shortened(_("Choose"), BUTTON)
    return _interactive("list", out.text, {"button": opens, "sections": [{"rows": rows}]})


def _interactive(kind: str, text: str, action: Content) -> Content:
    return {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": text}, "action": action},
    }


def _with_file(text: str, file: File, upload: Upload) -> list[Content]:
    """The file with its words below; beside it, where they are too long or it is a note."""
    about: Content = {"id": upload(file)}
    if file.kind == "document":
        about["filename"] = file.name or "file"
    beside = file.kind == "audio" or letters(text) > CAPTION
    if text.strip() and not beside:
        about["caption"] = text
    content = [{"type": file.kind, file.kind: about}]
    return [*content, _plain(text)] if text.strip() and beside else content


def _template(template: Template) -> Content:
    """A template has no line breaks in its values, and none of them may be empty."""
    values = [
        {"type": "text", "text": shortened(re.sub(r"\s+", " ", value).strip() or "-", VALUE)}
        for value in template.values
    ]
    return {
        "type": "template",
        "template": {
            "name": templates.registered_name(template.name),
            "language": {"code": templates.language_for(template.name, template.language)},
            "components": [{"type": "body", "parameters": values}] if values else [],
        },
    }
