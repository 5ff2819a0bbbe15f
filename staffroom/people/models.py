import unicodedata
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from staffroom.core.clock import now
from staffroom.core.models import Row


class People(BaseUserManager["Person"]):
    """Accounts are made by actions; this is what Django itself asks for."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, Row):
    """An account and the profile its owner writes. Members sign in by phone, staff by e-mail."""

    phone = PhoneNumberField(null=True, unique=True)
    email = models.EmailField(null=True, unique=True)
    name = models.CharField(max_length=80)
    photo = models.ImageField(upload_to="people/", blank=True)
    gender = models.CharField(max_length=1, blank=True)
    teaching_since = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)
    subjects = models.JSONField(default=list, blank=True)
    grades = models.JSONField(default=list, blank=True)
    show_phone = models.BooleanField(default=False)
    print_phone = models.BooleanField(
        default=False, help_text="On the sheet of the own school's cluster."
    )

    language = models.CharField(max_length=8, default="en")
    letters = models.CharField(
        max_length=12,
        blank=True,
        help_text="The face of Urdu: the phone's, or a key of letters.py.",
    )
    text_only = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(
        default=False, help_text="Signs in by password and second factor."
    )
    created_at = models.DateTimeField(default=now)
    enrolled_at = models.DateTimeField(null=True, help_text="First sign-in.")
    erased_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True, help_text="By the day; no hour is kept.")
    frozen_at = models.DateTimeField(
        null=True, help_text="A phone was lost: a code by message alone opens nothing."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        parts = self.name.split()
        if parts and unicodedata.bidirectional(parts[0][0]) == "AL":
            return parts[0][0]  # two letters of this script would join into a word
        return "".join(
            part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)
        ).upper()

    @property
    def tint(self) -> int:
        """Which of the five inks this face has (1 to 5); constant."""
        return self.id.int % 5 + 1


class Consent(Row):
    """What a person agreed to, in which version, when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    agreed_at = models.DateTimeField(default=now)


class SignInCode(Row):
    """A one-time code for one number. Number and code are kept as keyed hashes; single use.

    A row is made for a number that nobody has too, so that the answer takes the same time.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        HAND_OVER = "hand_over"  # told by a moderator to someone who has never been here
        NEW_NUMBER = "new_number"
        MERGE = "merge"  # opens nothing: its owner agrees that two accounts become one

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="codes")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.SIGN_IN)
    number_hash = models.CharField(max_length=64, default="")
    code_hash = models.CharField(max_length=64)
    enrols = models.BooleanField(
        default=False, help_text="An account is made for the number when the code is right."
    )
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_over_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["number_hash", "-created_at"], name="latest_code")]


class Phone(Row):
    """A phone or computer that was here before. Its cookie is known by its hash alone."""

    token_hash = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=40, blank=True, help_text="As its browser calls itself.")
    last_person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="When somebody else comes in, the browser forgets what it kept.",
    )
    made_at = models.DateTimeField(default=now)


class Profile(Row):
    """A person on a phone: there they need no code, but their PIN if the phone is shared."""

    class Kind(models.TextChoices):
        OWN = "own"
        SHARED = "shared"

    phone = models.ForeignKey(Phone, models.CASCADE, related_name="profiles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="profiles")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    pin_salt = models.CharField(max_length=32, blank=True)
    pin_hash = models.CharField(max_length=64, blank=True)
    pin_key = models.CharField(max_length=8, blank=True, help_text="Mark of the key (`pins.mark`).")
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="Wrong ones since the last right."
    )
    last_used_on = models.DateField(null=True)

    class Meta:
        unique_together = [("phone", "person")]


class OpenSession(Row):
    """One browser in which a person is signed in, for the page *My phones*."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="open_sessions")
    phone = models.ForeignKey(Phone, models.SET_NULL, null=True, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    words = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(default=now)
    last_used_on = models.DateField()


class Claim(Row):
    """Somebody holds the number of an account that needs one more proof. Told to nobody but them.

    The code is read to a colleague, who says whether this is the person they know. A claim on a
    number that nobody has exists too, so that the answer is the same.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="claims")
    code_hash = models.CharField(max_length=64, db_index=True)
    moves = models.BooleanField(
        default=False, help_text="The number it holds is a new one; only a colleague's word counts."
    )
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    vouched_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    vouched_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)


class MergeOffer(Row):
    """The help desk holds two accounts for one person's; the owner has the last word."""

    keep = models.ForeignKey(Person, models.CASCADE, related_name="+")
    drop = models.ForeignKey(Person, models.CASCADE, related_name="+")
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()


class AccountNote(Row):
    """What others did to an account, told to its owner on the page *Me* until they have read it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="account_notes")
    act = models.CharField(max_length=30)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True)
