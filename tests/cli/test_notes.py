import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from staffroom.cli import main
from staffroom.core import signed
from staffroom.library.actions.note_sharing import let_travel
from staffroom.library.models import Note
from staffroom.places.models import Programme
from tests.library.conftest import note, solved  # noqa: F401
from tests.library.test_note_packages import far_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(world, note):  # noqa: F811
    let_travel(by=world.baraka, note=note)
    return note


def test_out_and_in(shared, tmp_path, capsys):
    path = tmp_path / "notes.zip"
    assert main(["notes", "export", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["notes"] == 1
    assert told["bytes"] == path.stat().st_size
    assert main(["notes", "fingerprint"]) == 0
    assert capsys.readouterr().out.strip() == told["fingerprint"]
    assert main(["notes", "import", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"] == 1


def test_it_does_not_write_over_a_file(shared, tmp_path, capsys):
    path = tmp_path / "notes.zip"
    path.write_text("mine")
    assert main(["notes", "export", str(path)]) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main(["notes", "export", str(path), "--force"]) == 0


def test_a_stranger_waits_and_is_trusted_by_fingerprint(world, tmp_path, capsys):
    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    path = tmp_path / "far.zip"
    path.write_bytes(far_package(key))
    assert main(["notes", "import", str(path)]) == 3
    said = capsys.readouterr().out
    own = signed.open_package(far_package(key), format="staffroom-practice-notes", newest=1)
    assert own.fingerprint in said
    assert not Note.objects.exists()
    assert main(["notes", "import", str(path), "--trust", "1234 5678"]) == 2
    assert "not with 1234 5678" in capsys.readouterr().err
    assert not Note.objects.exists()
    assert main(["notes", "import", str(path), "--trust", own.fingerprint.upper(), "--json"]) == 0
    assert Note.objects.count() == 1


def test_bad_input_is_one_clear_line(world, tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_text("not a zip")
    for words in (["import", str(text)], ["import", str(tmp_path / "none")], ["export"]):
        assert main(["notes", *words]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["notes", "export", str(tmp_path / "x.zip")]) == 2  # nothing travels yet
    Programme.objects.create(name="Other", country="PK")
    assert main(["notes", "import", str(text)]) == 2
    assert "--programme" in capsys.readouterr().err
