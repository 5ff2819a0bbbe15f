"""How long this room keeps what it keeps (`core.retention`)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Invitation, Membership, OutsideView, Placing
from staffroom.core.retention import Rule


def rules() -> list[Rule]:
    return [
        Rule(
            "memberships",
            _("Who belongs and belonged to which community, and who moderated when"),
            _("To know who may read what"),
            until=_("while the account lives"),
        ),
        Rule(
            "requests",
            _("Requests to join and invitations that came to nothing, with their notes"),
            _("So that the same is not asked again and again"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: Membership.objects.filter(
                state=Membership.State.DECLINED, joined_at=None, ended_at__lt=before
            ),
        ),
        Rule(
            "links",
            _("Links and printed codes by which one is invited, once they no longer work"),
            _("To say why a link does not work"),
            days=30,
            least=7,
            most=365,
            due=lambda before: Invitation.objects.filter(
                Q(expires_at__lt=before) | Q(withdrawn_at__lt=before)
            ),
        ),
        Rule(
            "placings",
            _("Which teachers were placed together into new communities, and who had no place"),
            _("To say to each why they were invited, and to place those who are left"),
            days=365,
            least=30,
            most=1095,
            due=lambda before: Placing.objects.filter(made_at__lt=before),
        ),
        Rule(
            "placing_wishes",
            _("What a teacher said for being placed: education, and whether among women alone"),
            _("To form communities; no page shows it to anybody else"),
            until=_("while the account lives"),
        ),
        Rule(
            "outside_views",
            _("Who looked at a community from outside"),
            _("So that its members can read it"),
            days=730,
            least=365,
            most=3650,
            due=lambda before: OutsideView.objects.filter(at__lt=before),
        ),
    ]
