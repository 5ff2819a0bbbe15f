"""How long this room keeps what it keeps (`core.retention`)."""

from django.utils.translation import gettext_lazy as _

from staffroom.core.retention import Rule
from staffroom.people.models import Claim, MergeOffer, SignInCode


def rules() -> list[Rule]:
    return [
        Rule(
            "account",
            _("Name, number, photo, what one says about one’s teaching; what was agreed to"),
            _("To have a place of one’s own here"),
            until=_("while the account lives; gone at once when its owner leaves for good"),
        ),
        Rule(
            "phones",
            _("Phones on which one is known, by fingerprint, with the day of last use"),
            _("To come in with a PIN instead of a code; to sign out a lost phone"),
            until=_("until they are taken off the list of one’s phones, or one leaves for good"),
        ),
        Rule(
            "codes",
            _("Sign-in codes and tries, as fingerprints, once their time is over"),
            _("To find out why somebody could not sign in"),
            days=7,
            most=30,
            # With whose help somebody first came in is theirs to know, while the account lives.
            due=lambda before: SignInCode.objects.filter(
                expires_at__lt=before, handed_over_by=None
            ),
        ),
        Rule(
            "claims",
            _("Tries to prove that a number is still one’s own, once their time is over"),
            _("To find out why somebody could not sign in"),
            days=7,
            most=30,
            due=lambda before: Claim.objects.filter(expires_at__lt=before),
        ),
        Rule(
            "merge_offers",
            _("Offers of the help desk to make two accounts one, once their time is over"),
            _("To answer who offered what"),
            days=7,
            most=30,
            due=lambda before: MergeOffer.objects.filter(expires_at__lt=before),
        ),
    ]
