"""Digits as people type them."""

import unicodedata


def plain_digits(text: str) -> str | None:
    """Digits of any script as 0 to 9, without spaces and hyphens; None if there is anything else."""
    kept = "".join(char for char in text or "" if not char.isspace() and char not in "-–‐")
    try:
        return "".join(str(unicodedata.digit(char)) for char in kept)
    except ValueError:
        return None
