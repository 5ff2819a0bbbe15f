"""Two accounts of one person, where the owner can no longer show that the other is theirs.

The help desk, which has looked at both, makes an offer; the owner of the account that stays says yes
on their own phone, or has the code of the message read to the desk. Whoever is at home in the other
account can say no.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.core import audit, limits, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.people import phones
from staffroom.people.actions import codes
from staffroom.people.actions.merge import can_merge, merge
from staffroom.people.actions.sign_in import HOUR, TRIES_A_NUMBER
from staffroom.people.models import AccountNote, MergeOffer, Person, SignInCode

LIFE = dt.timedelta(days=7)
#: So long whoever uses the other account has time to say no. At the desk a paper is seen instead.
WAIT = dt.timedelta(hours=24)
#: Whoever used an account this week is at home in it, and can join the two without a desk.
AT_HOME = dt.timedelta(days=7)


def living(person: Person) -> MergeOffer | None:
    """The offer in which this account stays or goes."""
    return (
        MergeOffer.objects.filter(Q(keep=person) | Q(drop=person), expires_at__gt=now())
        .select_related("keep", "drop", "begun_by")
        .order_by("-made_at")
        .first()
    )


@transaction.atomic
def offer(*, keep: Person, drop: Person, by: Person) -> MergeOffer:
    """The caller has checked that `by` may help both. A later offer takes the place of an older."""
    if not can_merge(keep, drop):
        raise Refused(_("These two accounts cannot become one."), "phone")
    if drop.last_used_on is not None and drop.last_used_on > today() - AT_HOME:
        raise Refused(
            _(
                "The account that would go was used this week. Whoever uses it can join the two "
                "on the page Me, under “I have two accounts”."
            ),
            "phone",
        )
    both = [keep, drop]
    MergeOffer.objects.filter(Q(keep__in=both) | Q(drop__in=both)).delete()
    made = MergeOffer.objects.create(keep=keep, drop=drop, begun_by=by, expires_at=now() + LIFE)
    for one in both:
        AccountNote.objects.create(person=one, act="desk_merge", by=by)
    audit.write("person.merge_offered", actor=by, on=keep, other=drop.pk)
    _tell_both(made)
    return made


def agree(*, offer: MergeOffer, by: Person) -> None:
    """The owner of the account that stays, on their own phone."""
    if offer.keep_id != by.pk:
        raise NotYours
    if is_early(offer):
        raise Refused(_("Please say yes tomorrow. Until then the other account can say no."))
    _merge(offer, by)


def agree_by_code(*, offer: MergeOffer, code: str, by: Person) -> None:
    """The owner sits at the desk and reads the code of the message that came to their phone."""
    if offer.keep.phone is None:
        raise Refused(_("No message could be sent: the owner says yes on the page Me."), "code")
    codes.six_digits(code)
    number = phones.e164(offer.keep.phone)
    limits.take("try-number", number, limit=TRIES_A_NUMBER, seconds=HOUR)
    row = codes.check(phone=offer.keep.phone, code=code, purposes=[SignInCode.Purpose.MERGE])
    if row.person_id != offer.keep_id or row.handed_over_by_id != by.pk:
        raise Refused(_("This code belongs to another offer. Please begin anew."), "code")
    _merge(offer, by)


def is_early(offer: MergeOffer) -> bool:
    """An account that nobody ever used has nobody to ask."""
    return offer.drop.enrolled_at is not None and now() < offer.made_at + WAIT


@transaction.atomic
def decline(*, offer: MergeOffer, by: Person) -> None:
    """No, says whoever is at home in either of the two."""
    if by.pk not in {offer.keep_id, offer.drop_id}:
        raise NotYours
    if MergeOffer.objects.filter(pk=offer.pk).delete()[0]:
        _forget_code(offer.keep)
        other = offer.drop if by.pk == offer.keep_id else offer.keep
        AccountNote.objects.create(person=other, act="merge_declined")
        audit.write("person.merge_declined", actor=by, on=other)


@transaction.atomic
def _merge(offer: MergeOffer, by: Person) -> None:
    """Once, and only while the offer lives and nobody has come home to the other account."""
    held = MergeOffer.objects.select_for_update().filter(pk=offer.pk, expires_at__gt=now()).first()
    if held is None:
        raise Refused(_("This offer is over. Please ask the help desk to begin anew."), "code")
    drop = Person.objects.get(pk=held.drop_id)
    if drop.last_used_on is not None and drop.last_used_on >= held.made_at.date():
        raise Refused(
            _(
                "Somebody has come in to the other account since. Please join the two on the page "
                "Me, under “I have two accounts”."
            ),
            "code",
        )
    _forget_code(offer.keep)
    merge(keep=offer.keep, drop=drop, by=by)


def _forget_code(person: Person) -> None:
    SignInCode.objects.filter(
        person=person, purpose=SignInCode.Purpose.MERGE, used_at=None
    ).delete()


def _tell_both(made: MergeOffer) -> None:
    """The code to the number that stays; a word to the number that would go."""
    until = (made.made_at + codes.LIFE[SignInCode.Purpose.MERGE]).isoformat()
    if made.keep.phone is not None:
        code = codes.make(
            phone=made.keep.phone,
            purpose=SignInCode.Purpose.MERGE,
            person=made.keep,
            by=made.begun_by,
        )
        with translation.override(made.keep.language):
            text = _(
                "Staffroom: the help desk can make your two accounts one. Say yes on your page Me, "
                "or, if you sit with them, read them %(code)s. It opens nothing else. "
                "If you did not ask for it, say no there."
            ) % {"code": code}
        outbox.put("sms.send", to=phones.e164(made.keep.phone), text=text, until=until)
    if made.drop.phone is not None:
        with translation.override(made.drop.language):
            text = _(
                "Staffroom: the help desk was told that your account belongs to somebody who has "
                "another. If that is not you, sign in and say no on your page Me."
            )
        outbox.put("sms.send", to=phones.e164(made.drop.phone), text=text, until=until)
