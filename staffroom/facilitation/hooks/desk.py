"""Where the desk shows itself, and what it holds about a person."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.communities import access
from staffroom.communities import hooks as communities
from staffroom.communities.models import Community
from staffroom.conversations import hooks as conversations
from staffroom.core import hooks
from staffroom.core.retention import Rule
from staffroom.facilitation.actions import hints, load
from staffroom.facilitation.models import Act, InviteText, Load, LoadFigure, Word
from staffroom.facilitation.permissions import reminds
from staffroom.facilitation.queries.desk import waiting
from staffroom.facilitation.queries.handover import draft
from staffroom.facilitation.queries.load import figures_for
from staffroom.facilitation.queries.words import words_for
from staffroom.people.models import Person


def register() -> None:
    conversations.menu.add(menu)
    communities.about_rows.add(about_rows)
    communities.handover_drafts.add(draft)
    communities.garden_notes.add(garden_notes)
    hooks.export_person.add(export)
    hooks.erase_person.add(erase)
    hooks.merge_people.add(merge_people)
    hooks.retention.add(rules)
    hooks.nightly.add(hints.nightly)
    hooks.nightly.add(load.nightly)


def menu(request: HttpRequest) -> list[dict[str, str]]:
    """One line, for the moderator in term; who that is the page has asked already."""
    standing = getattr(request, "standing", None)
    if standing is None or not standing.moderator:
        return []
    page = reverse("moderators_desk", args=[standing.community.pk])
    return [{"url": page, "icon": "today", "words": _("Your desk")}]


def about_rows(request: HttpRequest) -> list[dict[str, str]]:
    """Where those who are not heard are spoken of, each reads what is said of them."""
    community: Community = request.community  # type: ignore[attr-defined]
    if not reminds(community) or not access.is_member(request.user, community):  # type: ignore[arg-type]
        return []
    return [
        {
            "url": reverse("my_line", args=[community.pk]),
            "icon": "ear",
            "title": _("What the desk says of me"),
            "text": _("The moderator in term reads it, and you"),
        }
    ]


def desk_rows(person: Person, communities: list[Community]) -> list[dict[str, str]]:
    """For Today: how many small things wait where the person moderates."""
    return [
        {
            "url": reverse("moderators_desk", args=[community.pk]),
            "icon": "today",
            "title": ngettext(
                "One small thing at your desk", "%(n)s small things at your desk", count
            )
            % {"n": count},
            "text": community.name,
        }
        for community, count in waiting(person, communities)
    ]


def word_rows(person: Person, communities: list[Community]) -> list[dict[str, str]]:
    """For Today: words for this person alone."""
    return [
        {
            "url": reverse("desk_word", args=[word.pk]),
            "icon": "say" if word.kind == Word.Kind.ASKED else "ear",
            "title": title_of(word),
            "text": word.community.name,
        }
        for word in words_for(person, communities)
    ]


def title_of(word: Word) -> str:
    if word.kind == Word.Kind.ACTIVE:
        return _("A word for you alone")
    name = word.by.first_name if word.by else _("A colleague")
    if word.kind == Word.Kind.ASKED:
        return _("%(name)s thinks that you may know this") % {"name": name}
    return _("%(name)s has a word for you") % {"name": name}


def garden_notes(person: Person) -> list[str]:
    """What a term takes: the mean over many communities, or nothing."""
    return [
        ngettext(
            "Moderators here spend about %(n)s minute a day, a mean over many communities.",
            "Moderators here spend about %(n)s minutes a day, a mean over many communities.",
            figure.minutes,
        )
        % {"n": figure.minutes}
        for figure in figures_for(person)
    ]


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the desk said to the person and of them; what they did at it, without whom it was about."""
    words = Word.objects.filter(person=person).select_related("community").order_by("at")
    of_me = Act.objects.filter(about=person).exclude(term__person=person)
    mine = Act.objects.filter(term__person=person).select_related("community").order_by("at")
    texts = InviteText.objects.filter(changed_by=person).select_related("community")
    loads = Load.objects.filter(term__person=person).select_related("term__community")
    return {
        "words_from_desks": [
            {
                "community": word.community.name,
                "kind": word.kind,
                "text": word.text,
                "count": word.count,
                "at": word.at,
                "seen": word.seen_at,
            }
            for word in words
        ],
        "acts_of_desks_about_me": [
            {"community": act.community.name, "kind": _kind(act), "state": act.state, "at": act.at}
            for act in of_me.select_related("community").order_by("at")
        ],
        "acts_at_my_desk": [
            {"community": act.community.name, "kind": _kind(act), "state": act.state, "at": act.at}
            for act in mine
        ],
        "words_of_invitation_changed": [
            {"community": one.community.name, "language": one.language, "at": one.changed_at}
            for one in texts.order_by("changed_at")
        ],
        "time_of_my_terms": [
            {"community": one.term.community.name, "minutes": one.seconds // 60} for one in loads
        ],
    }


def _kind(act: Act) -> str:
    return act.key.partition(":")[0]


def erase(person: Person, keep_contributions: bool) -> None:
    """All of it goes; the community's words of invitation stay without a name."""
    Word.objects.filter(Q(person=person) | Q(by=person)).delete()
    Act.objects.filter(Q(about=person) | Q(term__person=person)).delete()
    Load.objects.filter(term__person=person).delete()
    InviteText.objects.filter(changed_by=person).update(changed_by=None)


def merge_people(keep: Person, drop: Person) -> None:
    """Nobody has a word from themselves, or is quiet at their own desk."""
    both = [keep, drop]
    Word.objects.filter(person__in=both, by__in=both).delete()
    Act.objects.filter(about__in=both, term__person__in=both).delete()


def rules() -> list[Rule]:
    return [
        Rule(
            "desk_acts",
            gettext_lazy("What a moderator did, left or put off at the desk"),
            gettext_lazy("So that the same is not suggested again"),
            days=120,
            least=30,
            most=365,
            due=_old_acts,
        ),
        Rule(
            "desk_words",
            gettext_lazy("Words of the desk for one person alone"),
            gettext_lazy("To be read by whom they are for"),
            days=60,
            least=14,
            most=180,
            due=lambda before: Word.objects.filter(at__lt=before),
        ),
        Rule(
            "term_time",
            gettext_lazy("How long a moderator’s term took, as a sum"),
            gettext_lazy("To keep terms small; its moderator alone sees it"),
            days=365,
            least=90,
            most=1095,
            due=lambda before: Load.objects.filter(term__ended_at__lt=before),
        ),
        Rule(
            "load_figures",
            gettext_lazy("What terms take on average, over many communities"),
            gettext_lazy("To see whether fifteen minutes a day are enough"),
            days=730,
            least=90,
            most=3650,
            due=lambda before: LoadFigure.objects.filter(at__lt=before),
        ),
    ]


def _old_acts(before: dt.datetime) -> Any:
    """A post may be old and still unanswered: what is not over yet stays."""
    return Act.objects.filter(at__lt=before).filter(
        Q(again_on=None) | Q(again_on__lt=before.date())
    )
