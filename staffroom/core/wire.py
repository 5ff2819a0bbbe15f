"""The outermost layer: what the framework could not even make a request of is answered here.

A charset that is no text encoding ("rot13") makes Django fail before any of its own layers; and a
form in another encoding than UTF-8 could smuggle past a check what no browser sends.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Environment = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environment, Start], Iterable[bytes]]

TAKEN = {"utf-8", "utf8", "us-ascii", "ascii"}
#: What browsers send; "" where there is no body. Anything else would be read as an empty form.
FORMS = {"", "application/x-www-form-urlencoded", "multipart/form-data"}
#: Providers of channels call here, and some of them speak JSON.
HOOKS = "/hooks/"
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


def readable(environ: Environment) -> bool:
    """Whether the body is a form, or JSON for a channel's hook; in UTF-8 or without a word about it."""
    try:
        kind, named = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except ValueError:
        return False
    taken = FORMS
    if environ.get("PATH_INFO", "").startswith(HOOKS):
        taken = FORMS | {"application/json"}
    return kind.strip().lower() in taken and named.get("charset", "utf-8").strip().lower() in TAKEN


def guarded(application: Application) -> Application:
    """`application`, behind the check."""

    def answer(environ: Environment, start: Start) -> Iterable[bytes]:
        if readable(environ):
            return application(environ, start)
        start("415 Unsupported Media Type", HEADERS)
        return [b"Please send this as a form, in UTF-8.\n"]

    return answer
