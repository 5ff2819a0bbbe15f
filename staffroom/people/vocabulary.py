"""The words a profile chooses from. Codes are kept in the database, labels are translated."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

SUBJECTS = {
    "mathematics": _("Mathematics"),
    "english": _("English"),
    "kiswahili": _("Kiswahili"),
    "urdu": _("Urdu"),
    "science": _("Science"),
    "social-studies": _("Social studies"),
    "cre": _("Christian religious education"),
    "ire": _("Islamic religious education"),
    "creative-arts": _("Creative arts"),
    "agriculture": _("Agriculture"),
    "pre-technical": _("Pre-technical studies"),
    "early-years": _("Early years"),
    "special-needs": _("Special needs"),
    "physics": _("Physics"),
    "chemistry": _("Chemistry"),
    "biology": _("Biology"),
    "school-leadership": _("School leadership"),
    "pedagogy": _("General pedagogy"),
}

GRADES = {
    -1: _("Pre-primary 1"),
    0: _("Pre-primary 2"),
    1: _("Grade 1"),
    2: _("Grade 2"),
    3: _("Grade 3"),
    4: _("Grade 4"),
    5: _("Grade 5"),
    6: _("Grade 6"),
    7: _("Grade 7"),
    8: _("Grade 8"),
    9: _("Grade 9"),
    10: _("Grade 10"),
    11: _("Form 3"),
    12: _("Form 4"),
}

LANGUAGES = {
    "en": _("English"),
    "sw": _("Swahili"),
    "ur": _("Urdu"),
    "fr": _("French"),
    "so": _("Somali"),
    "ps": _("Pashto"),
    "hi": _("Hindi"),
}
#: Whoever has the pages in a language can read it.
LANGUAGES |= {code: name for code, name in settings.LANGUAGES if code not in LANGUAGES}

GENDERS = {"f": _("Woman"), "m": _("Man"), "": _("Not said")}
