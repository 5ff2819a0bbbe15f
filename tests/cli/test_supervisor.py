"""What the supervisor gives its children."""

from staffroom.cli._supervisor import Child


def test_a_program_that_is_not_ours_gets_no_secret(monkeypatch):
    monkeypatch.setenv("STAFFROOM_BACKUP_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@host/name")
    ours = Child("web", ["web"]).surroundings()
    assert ours["STAFFROOM_BACKUP_SECRET_KEY"] == "secret"
    theirs = Child("caddy", ["caddy"], program=True, environment={"HOME": "/x"}).surroundings()
    assert not {"STAFFROOM_BACKUP_SECRET_KEY", "DATABASE_URL"} & set(theirs)
    assert theirs["HOME"] == "/x"
