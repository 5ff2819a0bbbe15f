from django.utils.translation import gettext_lazy as _

from staffroom.conversations.actions.attached import MAX_TRANSCRIPT
from staffroom.core.forms import Form, TextField


class TranscriptForm(Form):
    """What a voice note says, in words."""

    say_optional = False
    transcript = TextField(
        label=_("What it says, in words"), max_characters=MAX_TRANSCRIPT, required=False
    )
