"""What just happened, said once at the top of the next page, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, text: str, undo: str = "") -> None:
    """Show `text` on the next page. `undo` is a path of ours that takes it back by POST."""
    messages.success(request, text, extra_tags=undo)
