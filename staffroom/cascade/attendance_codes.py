"""The short codes of attendance: of a day, for a few minutes or all of it, and of a person.

They are computed, never stored: six letters and digits that people can read to each other. A code
of the day shows that one stands in the hall; so the one on a screen changes every few minutes, and
the one on paper, for halls without signal, is good for its day alone.
"""

import datetime as dt
import secrets
import uuid

from django.utils.crypto import constant_time_compare, salted_hmac

#: Crockford's base 32: no I, L, O or U, which are mistaken for others.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
CERTIFICATE = 12
#: How often the code on the screen changes. It is taken until the end of the next turn.
WINDOW = 300


def plain(text: str) -> str:
    """As typed, with what people mistake made right: "k7m2 oi" is K7M201."""
    kept = text.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return "".join(letter for letter in kept if letter in LETTERS)


def of_day(day: uuid.UUID) -> str:
    """The code on paper: good as long as the day lasts."""
    return _code("attendance.day", str(day))


def of_moment(day: uuid.UUID, moment: dt.datetime) -> str:
    """The code on the screen at this moment."""
    return _code("attendance.moment", f"{day} {_window(moment)}")


def of_person(session: uuid.UUID, person: uuid.UUID) -> str:
    """The person's own code for one training session, which the trainer scans."""
    return _code("attendance.person", f"{session} {person}")


def holds(code: str, day: uuid.UUID, moment: dt.datetime) -> bool:
    """Whether whoever wrote this code at this moment stood before it."""
    earlier = moment - dt.timedelta(seconds=WINDOW)
    good = (of_day(day), of_moment(day, moment), of_moment(day, earlier))
    return any(constant_time_compare(plain(code), each) for each in good)


def was_good(code: str, day: uuid.UUID, since: dt.datetime, until: dt.datetime) -> bool:
    """Whether it was on the screen at some time between; to say what is wrong with it."""
    given = plain(code)
    turns = range(_window(since), _window(until) + 1)
    return any(_code("attendance.moment", f"{day} {turn}") == given for turn in turns)


def new_certificate() -> str:
    """60 random bits: nobody guesses one, and it still fits on a line."""
    return "".join(secrets.choice(LETTERS) for _ in range(CERTIFICATE))


def _window(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // WINDOW


def _code(salt: str, value: str) -> str:
    digest = salted_hmac(salt, value, algorithm="sha256").digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(LETTERS[number >> 5 * at & 31] for at in range(LENGTH))
