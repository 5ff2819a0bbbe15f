"""The words by which a community invites: its own, or ours, in each language."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from staffroom.communities.models import Community
from staffroom.facilitation.models import InviteText


def own_texts(community: Community) -> dict[str, str]:
    """What the community has written itself, by language."""
    rows = InviteText.objects.filter(community=community)
    return dict(rows.values_list("language", "text"))


def texts_for(community: Community, languages: Iterable[str]) -> dict[str, str]:
    """The text in each of these languages."""
    own = own_texts(community)
    return {each: own.get(each) or ours(each) for each in languages}


def all_texts(community: Community) -> list[tuple[str, str, str, bool]]:
    """Each language with its name, the text, and whether the community wrote it."""
    own = own_texts(community)
    return [
        (code, str(name), own.get(code) or ours(code), code in own)
        for code, name in settings.LANGUAGES
    ]


def ours(language: str) -> str:
    with translation.override(language):
        return _(
            "We have not heard from you for a while, and what you see in your class would help us. One sentence is enough; a question is as good as an answer. And if you only read: you are one of us all the same."
        )
