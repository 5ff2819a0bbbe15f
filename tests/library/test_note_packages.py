"""Packages of notes between two installations."""

import io
import json
import uuid
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from staffroom.core import signed
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions import note_packages
from staffroom.library.actions.note_credits import answer
from staffroom.library.actions.note_format import FORMAT, VERSION, Written, files_of
from staffroom.library.actions.note_making import change
from staffroom.library.actions.note_sharing import bring, leave_beside, let_travel, take_beside
from staffroom.library.actions.note_trials import report
from staffroom.library.models import Note, NotePackage, Signer
from staffroom.places.models import Programme
from tests.conftest import make_community
from tests.library.conftest import WORDS

pytestmark = pytest.mark.django_db
FAR = "0190aaaa-0000-7000-8000-000000000001"


@pytest.fixture
def far_key():
    """The key of an installation in Pakistan."""
    return Ed25519PrivateKey.from_private_bytes(b"\7" * 32)


def far_note(**fields):
    kept = {
        "id": FAR,
        "version": 1,
        "words": dict(WORDS, title="Reading aloud in pairs"),
        "topic": "Reading",
        "subject": "urdu",
        "grade": 3,
        "language": "ur",
        "origin": "Reading, Mardan",
        "made_on": "2026-09-01",
        "changed_on": "2026-09-12",
        "tried": {"worked": 5, "partly": 2, "not": 1},
        "names": ["Zainab Bibi"],
        "colleagues": 1,
    }
    return Written(**(kept | fields))


def far_package(key, *notes, **about):
    notes = list(notes) or [far_note()]
    return signed.seal(
        files_of(notes, "KP", "…"),
        format=FORMAT,
        version=VERSION,
        signer="Khyber Pakhtunkhwa",
        key=key,
        **about,
    )


def receive(world, data, by=None):
    return note_packages.receive(by=by, programme=world.programme, data=data)


def taken(world, data):
    """Received and, at the first time, trusted."""
    package = receive(world, data)
    if package.state == "waiting":
        note_packages.trust(by=None, signer=package.signer)
        package.refresh_from_db()
    return package


# ---- out


def test_only_what_may_travel_is_packed_and_nobody_unasked_is_named(world, note):
    with pytest.raises(Refused):
        note_packages.export(by=world.hamisi, programme=world.programme)
    answer(by=world.nafula, note=note, yes=True)
    report(by=world.otieno, note=note, result="partly", what="Sekret-report", pupils=51)
    let_travel(by=world.baraka, note=note)
    Note.objects.create(programme=world.programme, community=world.sister, **WORDS)
    data, count = note_packages.export(by=world.hamisi, programme=world.programme)
    assert count == 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    said = " ".join(texts.values())
    for inside in ("Amina", "Baraka", "Otieno", "Sekret-report", str(world.nafula.pk), 'pupils":'):
        assert inside not in said
    assert "Nafula Wekesa" in said
    assert texts[f"notes/{note.pk}.txt"].startswith(note.title)
    machine = json.loads(texts[f"notes/{note.pk}.json"])
    assert machine["tried"] == {"worked": 0, "partly": 1, "not": 0}
    assert machine["colleagues"] == 1
    assert signed.own_fingerprint() in texts["README.txt"]


@pytest.mark.parametrize("who", ["amina", "baraka", "chausiku", "esther", "farid"])
def test_only_the_office_sends_and_receives(world, sign_in, far_key, who):
    person = getattr(world, who)
    with pytest.raises(NotYours):
        note_packages.export(by=person, programme=world.programme)
    with pytest.raises(NotYours):
        receive(world, far_package(far_key), by=person)
    client = sign_in(person)
    assert client.get(reverse("note_packages")).status_code == 404
    assert client.post(reverse("note_export")).status_code == 404


# ---- in


def test_a_stranger_waits_until_the_office_trusts_once(world, sign_in, far_key):
    hamisi = sign_in(world.hamisi)
    file = SimpleUploadedFile("n.zip", far_package(far_key), "application/zip")
    sent = hamisi.post(reverse("note_packages"), {"file": file})
    signer = Signer.objects.get()
    assert sent["Location"] == reverse("note_signer", args=[signer.pk])
    assert not Note.objects.exists()
    page = hamisi.get(sent["Location"]).content.decode()
    assert signer.fingerprint in page
    assert "Khyber Pakhtunkhwa" in page
    hamisi.post(sent["Location"], {"say": "trust"})
    note = Note.objects.get()
    assert (str(note.pk), note.community, note.title) == (FAR, None, "Reading aloud in pairs")
    package = NotePackage.objects.get()
    assert (package.state, package.result["new"], bool(package.file)) == ("taken", 1, False)
    # The next one of the same signer is taken in at once.
    assert receive(world, far_package(far_key, far_note(version=2))).state == "taken"
    read = sign_in(world.farid).get(reverse("travelling_note", args=[note.pk])).content.decode()
    assert "Zainab Bibi" in read
    assert "Tried in 8 classes: worked in 5, in part in 2, not in 1" in read
    assert "Reading, Mardan, Khyber Pakhtunkhwa" in read


def test_a_signer_who_is_not_trusted_brings_nothing(world, far_key):
    package = receive(world, far_package(far_key))
    note_packages.distrust(by=world.gathoni, signer=package.signer)
    package.refresh_from_db()
    assert (package.state, bool(package.file)) == ("refused", False)
    with pytest.raises(Refused, match="not to trust"):
        receive(world, far_package(far_key))
    assert not Note.objects.exists()


def test_the_second_time_updates_and_an_old_one_changes_nothing(world, far_key):
    taken(world, far_package(far_key))
    later = far_note(version=3, words=dict(WORDS, title="Reading aloud in threes"))
    assert taken(world, far_package(far_key, later)).result["updated"] == 1
    note = Note.objects.get()
    assert note.title == "Reading aloud in threes"
    assert note.versions.count() == 2
    assert taken(world, far_package(far_key)).result["same"] == 1
    note.refresh_from_db()
    assert note.title == "Reading aloud in threes"


def test_what_was_changed_here_is_not_written_over(world, sign_in, far_key):
    taken(world, far_package(far_key))
    far = Note.objects.get()
    untouched = bring(by=world.amina, note=far, community=world.maths)
    ours = bring(by=world.daudi, note=far, community=world.sister)
    change(by=world.daudi, note=ours, words=WORDS, version=1)
    taken(world, far_package(far_key, far_note(version=2, words=dict(WORDS, title="In threes"))))
    untouched.refresh_from_db()
    ours.refresh_from_db()
    assert untouched.title == "In threes"
    assert ours.title == WORDS["title"]
    url = reverse("practice_note", args=[world.sister.pk, ours.pk])
    assert b"A version from elsewhere stands beside ours" in sign_in(world.amina).get(url).content
    with pytest.raises(NotYours):
        take_beside(by=world.amina, note=ours)  # who wrote it down here, or the moderator
    take_beside(by=world.daudi, note=ours)
    ours.refresh_from_db()
    assert (ours.title, ours.version) == ("In threes", 3)
    assert not ours.versions.filter(aside=True).exists()


def test_our_own_note_that_comes_back_changed_stands_beside_ours(world, note, far_key):
    let_travel(by=world.baraka, note=note)
    own = far_note(id=str(note.pk), version=9, words=dict(WORDS, worked="They do it otherwise."))
    assert taken(world, far_package(far_key, own)).result["beside"] == 1
    note.refresh_from_db()
    assert note.worked == WORDS["worked"]
    leave_beside(by=world.baraka, note=note)
    note.refresh_from_db()
    assert (note.version, note.versions.count()) == (1, 1)


def test_there_and_back_nothing_changes(world, note):
    let_travel(by=world.baraka, note=note)
    data, _count = note_packages.export(by=None, programme=world.programme)
    package = receive(world, data)  # our own signature needs no decision
    assert (package.state, package.result["same"]) == ("taken", 1)
    assert Note.objects.count() == 1


def test_only_who_sent_a_note_sends_it_anew(world, far_key):
    taken(world, far_package(far_key))
    other = far_package(Ed25519PrivateKey.generate(), far_note(version=5, topic="Hijacked"))
    assert taken(world, other).result["left"] == 1
    assert Note.objects.get().topic == "Reading"


def test_what_was_taken_off_does_not_come_back(world, far_key):
    taken(world, far_package(far_key))
    Note.objects.update(removed_at=now())
    assert taken(world, far_package(far_key, far_note(version=2))).result["left"] == 1


def test_debates_travel_with_their_outcome(world, sign_in, far_key):
    debate = {
        "id": str(uuid.uuid4()),
        "assumption": "Every pair has a book.",
        "outcome": "changed",
        "why": "In half of the schools three share one.",
        "closed_on": "2026-10-01",
    }
    taken(world, far_package(far_key, far_note(debates=[debate])))
    page = sign_in(world.farid).get(reverse("travelling_note", args=[uuid.UUID(FAR)]))
    assert b"In half of the schools three share one." in page.content


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 0},
        {"version": True},
        {"words": dict(WORDS, worked="")},
        {"words": dict(WORDS, worked="x" * 5001)},
        {"words": dict(WORDS, worked="\ud800")},
        {"language": "<b>"},
        {"made_on": "yesterday"},
        {"made_on": "0001-01-01"},
        {"changed_on": 20261127},
        {"grade": [6], "id": 7},
        {"tried": {"worked": -1, "partly": 0, "not": 0}},
        {"tried": {"worked": 10**9, "partly": 0, "not": 0}},
        {"names": [["nested"]]},
        {"names": "Zainab"},
        {"debates": [{"outcome": "open"}]},
    ],
)
def test_a_note_that_cannot_be_is_refused_whole(world, far_key, wrong):
    note = far_note(id="0190aaaa-0000-7000-8000-000000000002")
    raw = json.loads(note.as_json()) | wrong
    files = files_of([far_note(), note], "KP", "…")
    files[f"notes/{note.id}.json"] = json.dumps(raw).encode()
    data = signed.seal(files, format=FORMAT, version=VERSION, signer="KP", key=far_key)
    with pytest.raises(Refused, match=rf"notes/{note.id}.json"):
        receive(world, data)
    assert not Note.objects.exists()
    assert not NotePackage.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "notes/x.json", "/notes.json", "a.exe"])
def test_files_that_do_not_belong_are_refused(world, far_key, name):
    files = files_of([far_note()], "KP", "…") | {name: b"{}"}
    data = signed.seal(files, format=FORMAT, version=VERSION, signer="KP", key=far_key)
    with pytest.raises(Refused):
        receive(world, data)


def test_a_signer_calls_itself_something_that_can_be_shown(world, sign_in, far_key):
    files = files_of([far_note()], "KP", "…")
    data = signed.seal(
        files, format=FORMAT, version=VERSION, signer="K\x00P\n\u202e<b>" + "x" * 600, key=far_key
    )
    package = receive(world, data)
    assert package.signer.name.startswith("KP <b>x")
    assert len(package.signer.name) <= 120
    page = sign_in(world.hamisi).get(reverse("note_signer", args=[package.signer_id]))
    assert b"&lt;b&gt;" in page.content


def test_the_page_says_what_is_wrong_and_keeps_nothing(world, sign_in, far_key):
    data = bytearray(far_package(far_key))
    data[len(data) // 3] ^= 1
    file = SimpleUploadedFile("n.zip", bytes(data), "application/zip")
    page = sign_in(world.hamisi).post(reverse("note_packages"), {"file": file})
    assert page.status_code == 422
    assert not NotePackage.objects.exists()


def test_another_programmes_office_decides_nothing_here(world, sign_in, far_key):
    other = Programme.objects.create(name="Other", country="PK", timezone="Asia/Karachi")
    package = note_packages.receive(by=None, programme=other, data=far_package(far_key))
    url = reverse("note_signer", args=[package.signer_id])
    assert sign_in(world.hamisi).get(url).status_code == 404
    with pytest.raises(NotYours):
        note_packages.trust(by=world.hamisi, signer=package.signer)
    make_community(other, "Reading, Mardan")
    note_packages.trust(by=None, signer=package.signer)
    assert b"Reading aloud" not in sign_in(world.amina).get(reverse("notes_shelf")).content
