"""A new key: every box is closed anew, or nothing is changed; a run that was killed goes on."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt

from staffroom.conversations import sealed
from staffroom.conversations.actions import ask_without_name
from staffroom.conversations.models import SealedAuthor
from staffroom.core import rekey
from staffroom.core.models import AuditEntry
from staffroom.governing import vault
from staffroom.governing.actions import safeguarding
from staffroom.governing.models import Disclosure, DisclosureEntry
from staffroom.people import cookie, pins
from staffroom.people.actions import profiles
from staffroom.people.models import Phone, Profile
from staffroom.places.models import Appointment
from tests.conftest import LONG_AGO, make_person

KEYS = ("SEAL", "SAFEGUARDING", "ACCOUNT")
NEW = "a new key " + "x" * 40


def turn(settings) -> None:
    """As after the first call and a restart: a new key, and the old one beside it."""
    for name in KEYS:
        old = getattr(settings, f"{name}_KEY")
        setattr(settings, f"{name}_OLD_KEYS", [old])
        setattr(settings, f"{name}_KEY", NEW)


def lose(settings) -> None:
    """As if the old key were not there."""
    for name in KEYS:
        setattr(settings, f"{name}_OLD_KEYS", [])


def ask(world, n: int) -> list:
    return [ask_without_name(by=world.amina, community=world.maths, text=f"{i}?") for i in range(n)]


@pytest.fixture
def told(world):
    imani = make_person("Imani Cherono", email="imani@example.org", is_staff=True)
    Appointment.objects.create(
        person=imani, programme=world.programme, role="safeguarding", starts=LONG_AGO
    )
    code = safeguarding.tell(programme=world.programme, what="A boy", once="x" * 16, address="test")
    row = Disclosure.objects.get()
    safeguarding.write(by=imani, disclosure=row, kind="note", text="Ours")
    return code


def test_questions_without_a_name_belong_to_their_askers_under_the_new_key_alone(world, settings):
    posts = ask(world, 3)
    before = set(SealedAuthor.objects.values_list("box", flat=True))
    turn(settings)
    assert sealed.mine(world.amina, posts) == {post.pk for post in posts}  # both keys open
    posts += ask(world, 1)
    assert rekey.look("seal") == {"questions without a name": {"new": 1, "old": 3, "lost": 0}}
    assert rekey.renew("seal") == 3
    lose(settings)
    assert sealed.mine(world.amina, posts) == {post.pk for post in posts}
    assert not sealed.mine(world.baraka, posts)
    assert not before & set(SealedAuthor.objects.values_list("box", flat=True))
    entry = AuditEntry.objects.get(act="key.renewed")
    assert (entry.actor_id, entry.on_id, entry.detail) == (None, None, {"key": "seal", "boxes": 3})


def test_a_run_that_was_killed_goes_on_where_it_stopped(world, settings, monkeypatch):
    posts = ask(world, 7)
    turn(settings)
    monkeypatch.setattr(rekey, "BATCH", 2)
    seen = []

    def die(done: int) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rekey.renew("seal", die)
    assert rekey.look("seal")["questions without a name"] == {"new": 4, "old": 3, "lost": 0}
    assert len(sealed.mine(world.amina, posts)) == 7  # meanwhile nothing is missing
    assert rekey.renew("seal") == 3
    assert rekey.renew("seal") == 0


def test_a_box_that_no_key_opens_is_counted(world, settings):
    ask(world, 2)
    settings.SEAL_KEY = NEW
    assert rekey.look("seal") == {"questions without a name": {"new": 0, "old": 0, "lost": 2}}


def test_messages_about_danger(world, told, settings, tmp_path):
    turn(settings)
    settings.DATA = tmp_path
    assert rekey.look("safeguarding")["messages about danger"]["old"] == 1
    assert rekey.renew("safeguarding") == 2
    [rest] = rekey.rest_of("safeguarding")
    assert rest.count() == 1  # the writer's code is a hash under the old key
    assert Disclosure.objects.filter(receipt__in=vault.receipts_of(told)).exists()
    lose(settings)
    row = Disclosure.objects.get()
    assert vault.unseal(row.sealed, row.pk)["what"] == "A boy"
    note = DisclosureEntry.objects.get()
    assert vault.unseal(note.sealed, note.pk) == "Ours"


def test_second_factors(world, settings):
    totp = Authenticator.objects.create(
        user=world.hamisi, type="totp", data={"secret": encrypt("S"), "last_counter": 7}
    )
    codes = Authenticator.objects.create(
        user=world.hamisi,
        type="recovery_codes",
        data={"seed": encrypt("seed"), "used_mask": 3, "migrated_codes": [encrypt("a")]},
    )
    Authenticator.objects.create(user=world.hamisi, type="webauthn", data={"name": "phone"})
    turn(settings)
    assert decrypt(totp.data["secret"]) == "S"
    assert rekey.renew("account") == 2
    lose(settings)
    totp.refresh_from_db()
    codes.refresh_from_db()
    assert decrypt(totp.data["secret"]) == "S"
    assert totp.data["last_counter"] == 7
    assert decrypt(codes.data["migrated_codes"][0]) == "a"
    assert codes.data["used_mask"] == 3


@pytest.fixture
def shared(world):
    phone = Phone.objects.create(token_hash=cookie.digest("token"))
    profile, _token = profiles.keep_profile(person=world.amina, phone=phone, kind="shared")
    profiles.set_pin(person=world.amina, profile=profile, pin="2741", again="2741")
    return profile


def enter(profile, pin: str):
    return profiles.enter_by_pin(
        phone=profile.phone, profile_id=profile.pk, pin=pin, address="test"
    )


def test_a_pin_goes_along_when_its_owner_comes_in(shared, settings):
    turn(settings)
    [rest] = rekey.rest_of("account")
    assert rest.count() == 1
    enter(shared, "2741")
    assert rest.count() == 0
    lose(settings)
    enter(shared, "2741")
    assert Profile.objects.get().pin_key == pins.mark()


def test_a_pin_from_before_marks_were_kept(shared, settings):
    Profile.objects.update(pin_key="")
    enter(shared, "2741")
    assert Profile.objects.get().pin_key == pins.mark()


def test_giving_up_the_rest_empties_the_pins_of_the_old_key_alone(shared, world, settings):
    turn(settings)
    other, _token = profiles.keep_profile(person=world.baraka, phone=shared.phone, kind="shared")
    profiles.set_pin(person=world.baraka, profile=other, pin="9051", again="9051")
    [rest] = rekey.rest_of("account")
    rest.give_up()
    lose(settings)
    with pytest.raises(Exception, match="no PIN here yet"):
        enter(shared, "2741")
    enter(other, "9051")


def test_a_wrong_pin_stays_wrong_under_every_key(shared, settings):
    turn(settings)
    with pytest.raises(Exception, match="PIN"):
        enter(shared, "2742")
