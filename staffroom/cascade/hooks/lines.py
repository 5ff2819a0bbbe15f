"""What other parts say on the page of a training session."""

from staffroom.core.hooks import Hook

#: `part(request, session) -> list[dict]`: lines {"url", "icon", "title", "text"}.
session_lines = Hook("session_lines")
