"""PINs: 4 to 6 digits, kept as a slow hash with a salt each and a pepper that is not in the database."""

import hashlib
import hmac
import itertools
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.people.digits import plain_digits

SHORTEST, LONGEST = 4, 6
#: Work for one check: 16 MB and some hundredths of a second.
COST, BLOCK = 2**14, 8


def read(text: str) -> str:
    """The digits of a PIN, in whatever script they were typed."""
    digits = plain_digits(text)
    if digits is None or not SHORTEST <= len(digits) <= LONGEST:
        raise Refused(_("A PIN is four, five or six digits."), "pin")
    return digits


def check_not_trivial(pin: str) -> None:
    """The first ones that anybody would try."""
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, -1}:
        raise Refused(
            _("Whoever finds this phone tries that one first. Please choose other digits."), "pin"
        )


def new_salt() -> str:
    return secrets.token_hex(16)


def scrambled(pin: str, salt: str, key: str = "") -> str:
    """Without the pepper, a stolen database tells nothing about so few digits."""
    key = key or settings.ACCOUNT_KEY
    pepper = hmac.new(key.encode(), b"pin|" + pin.encode(), "sha256").digest()
    raw = hashlib.scrypt(pepper, salt=bytes.fromhex(salt), n=COST, r=BLOCK, p=1, dklen=32)
    return raw.hex()


def fits(pin: str, salt: str, kept: str, made_with: str = "") -> bool:
    """Under the key by whose mark it was kept; where no mark is known, under any that is here."""
    if not kept:
        return False
    keys = [settings.ACCOUNT_KEY, *settings.ACCOUNT_OLD_KEYS]
    marked = [key for key in keys if mark(key) == made_with]
    return any(constant_time_compare(scrambled(pin, salt, key), kept) for key in marked or keys)


def mark(key: str = "") -> str:
    """By which key a PIN was scrambled; tells nothing of the key."""
    key = key or settings.ACCOUNT_KEY
    return hmac.new(key.encode(), b"pin mark", "sha256").hexdigest()[:8]
