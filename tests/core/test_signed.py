"""Signed packages: what is altered, unsigned, too new or too large is refused in a clear sentence."""

import base64
import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from staffroom.core import signed
from staffroom.core.errors import Refused

FILES = {"README.txt": b"Read me.", "notes/a.json": b"{}"}


def packed(files=FILES, **about):
    return signed.seal(files, **({"format": "f", "version": 1, "signer": "Kenya"} | about))


def opened(data, newest=1):
    return signed.open_package(data, format="f", newest=newest)


def repacked(data, change):
    """The same zip with `change(files)` done to it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_what_was_sealed_opens_with_who_signed():
    package = opened(packed(made_on="2026-11-27"))
    assert dict(package.files) == FILES
    assert package.signer == "Kenya"
    assert package.fingerprint == signed.own_fingerprint()
    assert package.about["made_on"] == "2026-11-27"
    assert len(package.fingerprint.split()) == 8


def test_the_same_makes_the_same_bytes():
    assert packed() == packed()


def test_another_key_has_another_fingerprint():
    other = packed(key=Ed25519PrivateKey.generate())
    assert opened(other).fingerprint != signed.own_fingerprint()


def alter(name, content):
    return lambda files: files.update({name: content})


def sign_with_another(files):
    other = Ed25519PrivateKey.generate()
    files["manifest.sig"] = base64.b64encode(other.sign(files["manifest.json"]))


def rename_signer(files):
    manifest = json.loads(files["manifest.json"])
    manifest["signer"] = "Somebody else"
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    "change",
    [
        alter("notes/a.json", b'{"worse": 1}'),
        alter("notes/more.json", b"{}"),
        lambda files: files.pop("README.txt"),
        rename_signer,
        sign_with_another,
        alter("manifest.sig", b"bm90aGluZw=="),
        alter("manifest.sig", b"\xff not base64"),
    ],
)
def test_what_was_altered_is_refused(change):
    with pytest.raises(Refused, match="changed after it was signed"):
        opened(repacked(packed(), change))


def test_what_is_unsigned_is_refused():
    with pytest.raises(Refused, match="not signed"):
        opened(repacked(packed(), lambda files: files.pop("manifest.sig")))


def test_what_is_newer_is_refused_with_both_numbers():
    with pytest.raises(Refused, match=r"format 7; this one reads 1"):
        opened(packed(version=7))


@pytest.mark.parametrize("version", [0, "1", None, 1.5])
def test_a_version_that_is_none_is_refused(version):
    with pytest.raises(Refused):
        opened(packed(version=version))


def test_another_format_is_refused():
    with pytest.raises(Refused, match="something else"):
        opened(packed(format="g"))


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04", b"x" * 1000, packed()[:-60], packed()[:200]])
def test_what_is_no_zip_is_refused(junk):
    with pytest.raises(Refused, match="zip"):
        opened(junk)


def test_a_zip_of_something_else_is_refused():
    with pytest.raises(Refused, match="no package of Staffroom"):
        opened(repacked(packed(), lambda files: files.pop("manifest.json")))


@pytest.mark.parametrize("manifest", [b"[]", b"{", b"[" * 100_000, b'{"files": []}', b"\xff\xfe"])
def test_a_manifest_that_is_none_is_refused(manifest):
    with pytest.raises(Refused):
        opened(repacked(packed(), alter("manifest.json", manifest)))


def test_what_swells_is_refused_before_it_fills_the_memory():
    data = packed({"big": b"\0" * (signed.MOST_BYTES + 1)})
    assert len(data) < 100_000
    with pytest.raises(Refused, match="20 MB"):
        opened(data)


def test_a_damaged_file_inside_is_refused():
    data = bytearray(packed({"README.txt": b"some text " * 50}))
    data[40] ^= 0xFF  # in the first file's compressed bytes
    with pytest.raises(Refused):
        opened(bytes(data))
