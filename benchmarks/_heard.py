"""The product's own worker with one more listener: each post that is heard of leaves a line in the audit.

The line is written in the transaction that marks the entry as delivered, as every room's handler is.
"""

import argparse
import uuid
from typing import Any

import django

ACT = "durability.heard"


def heard(payload: dict[str, Any]) -> None:
    from staffroom.conversations.models import Post
    from staffroom.core import audit

    audit.write(ACT, actor=None, on=Post(pk=uuid.UUID(payload["post"])))


def main() -> None:
    django.setup()
    from staffroom.cli import worker
    from staffroom.core import outbox

    outbox.on("post.written", heard)
    worker.run(argparse.Namespace(once=False))


if __name__ == "__main__":
    main()
