"""Who a visitor of the demo may be, with one tap."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Known:
    """One person of the demo: the phone number finds the account, the words say who it is."""

    key: str
    phone: str
    role: object
    what: object


KNOWN = [
    Known("amina", "+254700100001", _("Teacher"), _("First year of teaching, sixty pupils. Asks.")),
    Known("baraka", "+254700100002", _("Moderator this month"), _("A member taking his turn.")),
    Known(
        "chausiku",
        "+254700100003",
        _("Mathematics adviser"),
        _("Supports accuracy in several communities."),
    ),
    Known(
        "daudi",
        "+254700100004",
        _("Teacher, sister community"),
        _("Science, next door to Amina's community."),
    ),
    Known(
        "esther",
        "+254700100005",
        _("Head teacher"),
        _("Supervises Amina and Baraka, so cannot read their community."),
    ),
    Known(
        "gathoni",
        "+254700100006",
        _("Gardener"),
        _("Programme manager: helps communities grow, reads none."),
    ),
    Known(
        "hamisi", "+254700100007", _("Administrator"), _("Schools and teachers from a spreadsheet.")
    ),
    Known(
        "imani",
        "+254700100008",
        _("Safeguarding"),
        _("Reads what is told about danger, and nothing else."),
    ),
    Known(
        "zawadi",
        "+254700100009",
        _("Help desk"),
        _("Lets people in again, sees no community. TSC100001 is an old account of Amina's."),
    ),
]
BY_KEY = {known.key: known for known in KNOWN}
