import datetime as dt
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from staffroom.core import retention
from staffroom.core.clock import now
from staffroom.people import actions, clockwork
from staffroom.people.actions import profile
from staffroom.people.models import SignInCode
from tests.core.test_pictures import a_photo


def test_photos_that_nobody_has_are_swept_after_a_day(world):
    profile.write_photo(person=world.amina, file=a_photo((90, 60)))
    orphan = default_storage.save("people/orphan.webp", ContentFile(b"x"))
    clockwork.nightly(now())
    assert default_storage.exists(orphan)  # perhaps its row is being written just now
    clockwork.nightly(now() + dt.timedelta(days=2))
    assert not default_storage.exists(orphan)
    assert Path(world.amina.photo.path).exists()


def test_nothing_to_sweep(db):
    assert clockwork.sweep_photos(now()) == 0


def test_old_codes_go_but_who_handed_one_over_stays(world):
    actions.begin_sign_in("+254700000001", address="x")
    newcomer = actions.make_account(name="Zuhura", phone="+254722222222")
    actions.hand_over_code(by=world.baraka, to=newcomer)
    SignInCode.objects.update(expires_at=now() - dt.timedelta(days=8))
    retention.keep()
    assert SignInCode.objects.get().handed_over_by == world.baraka
