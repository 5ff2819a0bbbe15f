"""What the environment gives, and what is said when it cannot be used."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from staffroom.config import env


def test_a_key_is_made_once_for_us_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("STAFFROOM_SECRET_KEY", raising=False)
    made = env.secret_key(tmp_path / "new")
    assert len(made) > 50
    assert env.secret_key(tmp_path / "new") == made
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.delenv("STAFFROOM_SECRET_KEY", raising=False)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ImproperlyConfigured, match="STAFFROOM_DATA"):
        env.secret_key(tmp_path / "file")


def test_the_safeguarding_key_is_kept_like_the_secret_key_but_is_another(tmp_path, monkeypatch):
    monkeypatch.delenv("STAFFROOM_SAFEGUARDING_KEY", raising=False)
    made = env.safeguarding_key(tmp_path)
    assert env.safeguarding_key(tmp_path) == made != env.secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "safeguarding-key").stat().st_mode) == 0o600
    monkeypatch.setenv("STAFFROOM_SAFEGUARDING_KEY", "given")
    assert env.safeguarding_key(tmp_path) == "given"
