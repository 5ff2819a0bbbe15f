"""The product with every entry rendered anew: the peer beside which kept fragments are measured."""

from staffroom.config.wsgi import application
from staffroom.conversations import entries

entries.fragment = lambda key, make: make()  # type: ignore[assignment]

__all__ = ["application"]
