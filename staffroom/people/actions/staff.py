"""Accounts of staff: e-mail, password, second factor."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.core import audit
from staffroom.core.errors import NotYours, Refused
from staffroom.people.actions.accounts import clean_name
from staffroom.people.models import Person


@transaction.atomic
def make_staff(*, name: str, email: str, by: Person | None = None) -> Person:
    """An account that can do nothing until its owner sets a password and a second factor."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(
            _("“%(email)s” is not an e-mail address.") % {"email": email}, "email"
        ) from error
    person = Person(name=clean_name(name), email=email, is_staff=True)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("Somebody has this e-mail address already."), "email") from error
    audit.write("staff.made", actor=by, on=person)
    return person


def password_link(person: Person) -> str:
    """The path where `person` sets a password, once, within three days."""
    if not person.is_staff or not person.is_active:
        raise NotYours
    token = default_token_generator.make_token(person)
    return reverse("staff_password", args=[person.pk, token])


@transaction.atomic
def start_again(*, person: Person, by: Person | None = None) -> None:
    """Password or phone lost: forget both factors and end every session."""
    if not person.is_staff:
        raise NotYours
    Authenticator.objects.filter(user_id=person.pk).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.write("staff.started_again", actor=by, on=person)


def check_password_link(person: Person | None, token: str) -> Person:
    """The person, if the link is good; else `Refused`."""
    if (
        person is None
        or not person.is_staff
        or not person.is_active
        or not default_token_generator.check_token(person, token)
    ):
        raise Refused(
            _(
                "This link was used before or is older than three days. "
                "Please ask your administrator for a new one."
            )
        )
    return person


@transaction.atomic
def set_password(*, person: Person, token: str, password: str, again: str) -> None:
    """The link works once: it is tied to the password that it replaces."""
    person = check_password_link(Person.objects.select_for_update().get(pk=person.pk), token)
    if password != again:
        raise Refused(_("The two passwords differ. Please write the same one twice."), "again")
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.write("staff.password_set", actor=person)
