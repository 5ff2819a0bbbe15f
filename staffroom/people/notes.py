"""What others did to my account, in words, until I have read it."""

from django.utils.translation import gettext as _

from staffroom.core.clock import now
from staffroom.people.models import AccountNote, Person


def unread(person: Person) -> list[tuple[AccountNote, str]]:
    rows = AccountNote.objects.filter(person=person, seen_at=None).select_related("by")
    return [(row, _words(row)) for row in rows.order_by("at", "pk")]


def mark_read(person: Person) -> None:
    AccountNote.objects.filter(person=person, seen_at=None).update(seen_at=now())


def _words(note: AccountNote) -> str:
    name = note.by.name if note.by else _("Somebody")
    words = {
        "vouched": _("%(name)s said that they know you, so that you could come in."),
        "number_gone": _(
            "Your old number belongs to somebody else now. Please write your new number here."
        ),
        "desk_code": _("The help desk (%(name)s) had a code sent to your number."),
        "desk_unfrozen": _(
            "The help desk (%(name)s) opened your account for codes again, after your payroll number."
        ),
        "desk_number": _("The help desk (%(name)s) began to change your number."),
        "desk_merge": _(
            "The help desk (%(name)s) was told that another account is yours too. "
            "Under “Two accounts, one person” you say yes or no."
        ),
        "code_again": _(
            "A code of your authenticator app was tried a second time. If that was not you, "
            "change your password."
        ),
        "merge_declined": _("Two accounts were to become one; the answer was no."),
        "merged": _("Your two accounts are one now."),
    }
    return words.get(note.act, "") % {"name": name}
