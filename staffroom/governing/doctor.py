"""What `staffroom doctor` looks at here: somebody reads what is told about danger, and can.

In English like the commands.
"""

from collections.abc import Iterator

from staffroom.core.doctor import OK, WARN, Finding
from staffroom.governing import vault
from staffroom.governing.models import Contacts, Disclosure
from staffroom.governing.queries.safeguarding import readers
from staffroom.places.models import Programme


def findings() -> list[Finding]:
    return [*_readers(), *_key()]


def _readers() -> Iterator[Finding]:
    for programme in Programme.objects.order_by("name"):
        if not readers(programme).exists():
            yield Finding(
                WARN,
                "safeguarding",
                f"Nobody reads what members of {programme.name} tell about danger; they are told to call.",
                "staffroom create-staff --role safeguarding (docs/how-to/safeguarding.md)",
            )
        if not Contacts.objects.filter(programme=programme).exclude(emergency="").exists():
            yield Finding(
                WARN,
                "safeguarding",
                f"{programme.name} has written down no number to call in danger.",
                "Schools and places › Whom to call, whom to ask",
            )


def _key() -> Iterator[Finding]:
    for order in ("made_at", "-made_at"):
        row = Disclosure.objects.order_by(order).first()
        if row is None:
            return
        try:
            vault.unseal(row.sealed, row.pk)
        except vault.Lost:
            yield Finding(
                WARN,
                "safeguarding",
                "Some messages about danger were sealed with a key that is not here.",
                "Put back safeguarding-key, or name the old one in STAFFROOM_OLD_SAFEGUARDING_KEYS.",
            )
            return
    yield Finding(OK, "safeguarding", "Messages about danger open with the key of this machine.")
