"""For which later requests a page is a good dictionary (`Use-As-Dictionary: match="…"`).

A browser takes the longest pattern that matches, and of equal ones the latest page. So:

- a place with things in it (a route that ends in "/") serves itself and all that lies in it: the
  community's page is also the dictionary for its news, for what was just sent, for its questions;
- a thing among many serves all of its kind in that place: the last question read is the
  dictionary for the next one, and for its own answers;
- any other page serves itself.
"""

import re

from django.urls import ResolverMatch

PARAMETER = re.compile(r"<(?:[^<>:]+:)?[^<>]+>")
#: Signs with a meaning of their own in a pattern of URLs, or in the header that holds it.
SPECIAL = re.compile(r"[^A-Za-z0-9/_.~-]")


def pattern(path: str, match: ResolverMatch | None) -> str:
    """The pattern for a page at `path`, or "" where none can be said."""
    if match is None or SPECIAL.search(path):
        return ""
    steps, route = path.split("/"), ("/" + match.route).split("/")
    if len(steps) != len(route):
        return ""  # a parameter that holds slashes
    last = len(route) - 1
    named = [at for at, step in enumerate(route) if PARAMETER.search(step)]
    for at in named:
        if at == last or at != named[0]:
            steps[at] = "*"
    made = "/".join(steps)
    return made + "*" if made.endswith("/") else made
