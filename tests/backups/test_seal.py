"""Sealed with a public key: opened with the secret one, and with nothing else."""

import errno
import os

import pytest

from staffroom.core.backups import Unusable, seal

PUBLIC, SECRET = seal.new_pair()
CLEAR = bytes(range(256)) * 2000


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "b.zip.age"
    with path.open("wb") as out, seal.closing(out, [PUBLIC, seal.new_pair()[0]]) as into:
        into.write(CLEAR)
    return path


def unseal(path, secret=SECRET):
    target = path.with_name("open")
    try:
        seal.unseal(path, target, seal.identities(secret))
        assert target.stat().st_mode & 0o077 == 0
        return target.read_bytes()
    except Unusable:
        assert not target.exists()
        raise


def test_it_opens_with_its_key_and_a_comment_beside_it(sealed):
    assert seal.is_sealed(sealed)
    assert CLEAR[:1000] not in sealed.read_bytes()
    assert unseal(sealed, f"# kept by Hamisi\n\n{SECRET}\n") == CLEAR


def test_another_key_opens_nothing(sealed):
    with pytest.raises(Unusable, match="closed for another one"):
        unseal(sealed, seal.new_pair()[1])


@pytest.mark.parametrize("place", [400, 70_000, -10])
def test_one_bit_is_noticed(sealed, place):
    content = bytearray(sealed.read_bytes())
    content[place] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(Unusable, match=r"cut off or damaged|another one"):
        unseal(sealed)


@pytest.mark.parametrize("left", [40, 500, 100_000, 65_536 * 4, -1])
def test_one_that_is_cut_off_is_noticed(sealed, left):
    sealed.write_bytes(sealed.read_bytes()[:left])
    with pytest.raises(Unusable, match="cut off or damaged"):
        unseal(sealed)


def test_keys_that_are_none_are_said():
    with pytest.raises(Unusable, match="secret key, which must not be"):
        seal.recipients([SECRET])
    with pytest.raises(Unusable, match="staffroom backup-key"):
        seal.recipients(["age1nonsense"])
    with pytest.raises(Unusable, match="AGE-SECRET-KEY-1"):
        seal.identities(PUBLIC)
    with pytest.raises(Unusable, match="no secret key"):
        seal.identities("# nothing\n")


def test_a_full_disk_keeps_nobody_waiting(tmp_path):
    class Full:
        def write(self, data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def flush(self):
            pass

    from staffroom.core.full import is_full

    with pytest.raises(BaseException) as caught, seal.closing(Full(), [PUBLIC]) as into:
        into.write(CLEAR * 20)
    assert is_full(caught.value)
