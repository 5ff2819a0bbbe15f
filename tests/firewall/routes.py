"""Every route of the product, read from the URL configuration itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern


@dataclass(frozen=True)
class Route:
    """One URL pattern with all its parents joined."""

    pattern: str
    name: str
    view: Callable
    converters: dict = field(default_factory=dict, hash=False)

    @property
    def rule(self) -> str:
        return getattr(self.view, "access_rule", "")

    @property
    def is_third_party(self) -> bool:
        return not self.view.__module__.startswith("staffroom.")

    def __str__(self) -> str:
        return f"{self.name or '-'} /{self.pattern}"


def all_routes() -> list[Route]:
    return sorted(_walk(get_resolver().url_patterns, "", {}), key=lambda route: route.pattern)


def _walk(patterns: list, prefix: str, converters: dict) -> Iterator[Route]:
    for entry in patterns:
        joined = prefix + _text(entry.pattern)
        known = converters | getattr(entry.pattern, "converters", {})
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, joined, known)
        elif isinstance(entry, URLPattern):
            yield Route(joined, entry.name or "", entry.callback, known)


def _text(pattern: object) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern._route)
    if isinstance(pattern, RegexPattern):
        return str(pattern._regex).lstrip("^").rstrip("$")
    return str(pattern)
