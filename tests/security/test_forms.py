"""A form changes what it shows and nothing else, whatever is sent along."""

import pytest
from django import forms
from django.forms import ModelForm

from staffroom.core.ids import short
from staffroom.people.models import Person
from tests.security.fuzz import SOURCE

POWERS = {
    "is_staff": "on", "is_active": "", "is_superuser": "on", "phone": "+254799999999", "email": "x@example.org",
    "password": "x", "id": "00000000-0000-0000-0000-000000000000", "pk": "1", "erased_at": "2026-01-01",
    "enrolled_at": "", "person": "1", "role": "administrator", "author": "1", "community": "1", "stage": "open",
}  # fmt: skip
GUARDED = ("is_staff", "is_active", "phone", "email", "password", "erased_at", "enrolled_at")


def test_no_form_is_made_from_a_model():
    """So no field becomes writable because a model has it."""
    found = [str(path) for path in SOURCE.rglob("*.py") if "ModelForm" in path.read_text()]
    assert not found
    ours = [kind for kind in _below(forms.BaseForm) if kind.__module__.startswith("staffroom.")]
    assert ours
    assert not [kind for kind in ours if issubclass(kind, ModelForm)]


def _below(kind: type) -> list[type]:
    return [found for child in kind.__subclasses__() for found in (child, *_below(child))]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/me/profile", {"name": "Amina Hassan", "gender": "f"}),
        ("/me/teaching", {"subjects": ["mathematics"], "years": "7"}),
        ("/me/settings", {"language": "sw"}),
    ],
)
def test_a_profile_gives_no_powers(path, form, world, sign_in):
    before = Person.objects.values(*GUARDED).get(pk=world.amina.pk)
    sign_in(world.amina).post(path, POWERS | form)
    assert Person.objects.values(*GUARDED).get(pk=world.amina.pk) == before


def test_a_post_is_of_whoever_sends_it_and_where_it_is_sent(world, sign_in):
    from staffroom.conversations.models import Post

    more = {
        "author": str(world.baraka.pk), "community": str(world.sister.pk), "created_at": "2000-01-01",
        "pinned_at": "2026-01-01", "solved_at": "2026-01-01", "kind": "prompt", "helped_count": "99",
    }  # fmt: skip
    path = f"/c/{short(world.maths.pk)}/"
    assert sign_in(world.amina).post(path, {"text": "Mine"} | more).status_code == 302
    post = Post.objects.get(text="Mine")
    assert (post.author, post.community, post.kind) == (world.amina, world.maths, "message")
    assert post.pinned_at is post.solved_at is None
    assert post.created_at.year > 2020
    assert post.helped_count == 0
