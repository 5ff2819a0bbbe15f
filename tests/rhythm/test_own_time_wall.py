"""Nobody but its owner ever sees it: no colleague, no office, no figure, no other part of the code."""

import re
from pathlib import Path

import pytest

import staffroom
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.rhythm.actions.own_time import write
from tests.firewall.rules import NOBODY
from tests.firewall.sample import furnish
from tests.firewall.test_walk import everything_said_to

SOURCE = Path(staffroom.__file__).parent


#: One of each standing: in the community, above it, of the programme, and nobody.
@pytest.mark.parametrize(
    "name", ["baraka", "chausiku", "daudi", "esther", "gathoni", "hamisi", NOBODY]
)
def test_no_page_tells_anybody_else(name, world, sign_in):
    house = furnish(world)
    for page, said in everything_said_to(sign_in(getattr(house, name, None)), house):
        assert "Sekret-time" not in said, f"{page} tells {name}"


def test_no_other_file_reads_the_table():
    """Not a figure, not a page of the staff: whoever adds one has to look at this line first."""
    readers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"\bOwnTime\b|\bowntime\b|rhythm_owntime", path.read_text())
    }
    own = {
        f"rhythm/{part}/own_time.py" for part in ("models", "actions", "queries", "views", "hooks")
    }
    assert readers == own | {"rhythm/models/__init__.py", "rhythm/migrations/0002_care.py"}


def test_neither_audit_nor_outbox_says_what_it_was(world):
    entry = write(by=world.amina, day=world.programme.created_at.date(), minutes=61, what="Sekret")
    line = AuditEntry.objects.get(on_id=entry.pk)
    assert line.detail == {}
    assert not OutboxEntry.objects.exists()
