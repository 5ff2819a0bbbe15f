"""Leave for good: each room forgets its part, then the account loses everything that was the person."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.core import audit, hooks
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.people.models import (
    AccountNote,
    Claim,
    Consent,
    MergeOffer,
    OpenSession,
    Person,
    Phone,
    Profile,
    SignInCode,
)


def delete_word() -> str:
    """What one types to show that it is meant."""
    return _("delete me")


def erase(*, person: Person, keep_contributions: bool, typed: str) -> None:
    """Forget the person. What they wrote stays without a name, or goes: their choice.

    The row itself stays, empty, so that kept words still have an author "who has left".
    """
    if " ".join(typed.split()).casefold() != delete_word().casefold():
        raise Refused(
            _("Please write “%(word)s” here, so that this cannot happen by accident.")
            % {"word": delete_word()},
            "typed",
        )
    photo, storage = person.photo.name, person.photo.storage
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.erased_at is not None:
            return
        hooks.erase_person.call(person=person, keep_contributions=keep_contributions)
        empty(person)
        audit.write("person.erased", actor=person, kept=keep_contributions)
        if photo:
            transaction.on_commit(lambda: storage.delete(photo))


def empty(person: Person) -> None:
    """Take from the account everything that was the person; every session ends."""
    fresh = Person()
    for field in [
        "name",
        "gender",
        "photo",
        "teaching_since",
        "languages",
        "subjects",
        "grades",
        "show_phone",
        "print_phone",
        "letters",
        "text_only",
        "quiet_from",
        "quiet_until",
        "email",
        "phone",
        "last_login",
        "last_used_on",
        "frozen_at",
    ]:
        setattr(person, field, getattr(fresh, field) if field != "name" else "")
    person.phone = person.email = None
    person.is_active = person.is_staff = False
    person.erased_at = now()
    person.set_unusable_password()  # every session ends with it
    person.save()
    Consent.objects.filter(person=person).delete()
    for rows in (SignInCode, Profile, OpenSession, Claim, AccountNote):
        rows.objects.filter(person=person).delete()
    MergeOffer.objects.filter(Q(keep=person) | Q(drop=person)).delete()
    Phone.objects.filter(last_person=person).update(last_person=None)
    _forget_second_factor(person)


def _forget_second_factor(person: Person) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user_id=person.pk).delete()
