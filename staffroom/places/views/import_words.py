"""Words for the fields of a list and for what an import counts."""

from typing import Any

from django.utils.translation import gettext as _


def field_words() -> dict[str, str]:
    """What each field of a list is called on the screen."""
    return {
        "code": _("Code"),
        "name": _("Name"),
        "level": _("Level"),
        "sector": _("Public or private"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "opened": _("Opened"),
        "closed_on": _("Closed on"),
        "merged_into": _("Merged into (code)"),
        "number": _("Teacher number"),
        "phone": _("Phone"),
        "school": _("School (code)"),
        "role": _("Role"),
        "subjects": _("Subjects"),
        "grades": _("Grades"),
        "gender": _("Gender"),
        "starts": _("From"),
        "ends": _("Until"),
    }


def count_words(kind: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is counted, in words, without the zeros."""
    words = {
        "rows": _("rows read"),
        "set_aside": _("rows set aside, with errors"),
        "created": _("schools created") if kind == "schools" else _("accounts made"),
        "adopted": _("accounts known by their phone number"),
        "changed": _("schools changed") if kind == "schools" else _("unused accounts corrected"),
        "moved": _("of them moved to another area"),
        "closed": _("schools closed"),
        "postings_started": _("postings begun"),
        "postings_ended": _("postings ended"),
        "unchanged": _("schools unchanged") if kind == "schools" else _("teachers unchanged"),
        "missing": _("that we have and the list does not name"),
        "areas_created": _("areas created"),
        "areas_moved": _("areas moved"),
        "areas_merged": _("areas merged into others"),
    }
    return [
        {"key": key, "words": word, "n": counts[key]}
        for key, word in words.items()
        if counts.get(key)
    ]
