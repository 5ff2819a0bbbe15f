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
        "system": _("Code system"),
    }


def count_words(kind: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is counted, in words, without the zeros."""
    own = {
        "schools": (
            _("schools created"), _("schools changed"), _("schools unchanged"), _("schools closed"),
        ),
        "teachers": (
            _("accounts made"), _("unused accounts corrected"), _("teachers unchanged"), "",
        ),
        "codes": (_("codes added"), _("codes changed"), _("codes unchanged"), _("codes ended")),
    }[kind]  # fmt: skip
    words = {
        "rows": _("rows read"),
        "set_aside": _("rows set aside, with errors"),
        "created": own[0],
        "adopted": _("accounts known by their phone number"),
        "changed": own[1],
        "moved": _("of them moved to another area"),
        "closed": own[3],
        "postings_started": _("postings begun"),
        "postings_ended": _("postings ended"),
        "unchanged": own[2],
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
