import json

import pytest

from staffroom.cli import main
from staffroom.core.models import SearchEntry
from tests.conversations.makers import a_post


@pytest.mark.django_db
def test_it_says_what_it_did(world, capsys):
    a_post(world.maths, world.baraka, "goats")
    SearchEntry.objects.all().delete()
    main(["reindex"])
    assert "1 entries were made, 0 of what" in capsys.readouterr().out
    main(["reindex", "--json"])
    assert json.loads(capsys.readouterr().out) == {"made": 0, "forgotten": 0}
    main(["reindex", "--all", "--json"])
    assert json.loads(capsys.readouterr().out) == {"made": 1, "forgotten": 0}
