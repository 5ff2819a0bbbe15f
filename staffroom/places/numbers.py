"""Payroll and teacher numbers: how a programme's look, and how they are compared and shown."""

import unicodedata

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused

MASK_LONGEST = 40


def plain_number(text: str) -> str:
    """For comparing: capitals and digits of any script as 0 to 9, nothing else."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() else char.upper()
        for char in unicodedata.normalize("NFKC", text)
        if char.isalnum()
    )


def check_mask(mask: str) -> str:
    """A mask says how a number looks: 9 is a digit, A a letter, all else stands as it is.

    Not a regular expression: nobody must learn one, and none can take for ever.
    """
    mask = mask.strip()
    if not mask:
        return ""
    if len(mask) > MASK_LONGEST or not any(char in "9A" for char in mask):
        raise Refused(
            _("Write it like TSC999999: 9 for each digit, A for each letter, the rest as it is."),
            "number_mask",
        )
    return mask


def fits_mask(number: str, mask: str) -> bool:
    """Whether the number looks as its programme says. Without a mask, each does."""
    return not mask or (
        len(number) == len(mask)
        and all(_fits(char, wanted) for char, wanted in zip(number, mask, strict=True))
    )


def laid(text: str, mask: str) -> str:
    """The number as the mask writes it, however it was typed: "tsc 123-456" is TSC123456. Or ""."""
    given = iter(plain_number(text))
    if not mask:
        return " ".join(text.split())[:MASK_LONGEST] if plain_number(text) else ""
    found = "".join(next(given, "") if char.isalnum() else char for char in mask)
    return found if fits_mask(found, mask) and next(given, None) is None else ""


def hidden(number: str) -> str:
    """Enough to know it again, too little to use it: "TS••••42"."""
    kept = 2 if len(number) > 5 else 0
    return number[:kept] + "•" * max(len(number) - 2 * kept, 3) + (number[-kept:] if kept else "")


def _fits(char: str, wanted: str) -> bool:
    if wanted == "9":
        return char in "0123456789"
    if wanted == "A":
        return char.isalpha()
    return char.upper() == wanted.upper()
