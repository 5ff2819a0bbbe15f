"""Words for what posts carry."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from staffroom.conversations import photo_files
from staffroom.conversations.models import Photo, Post
from staffroom.conversations.sealed import PARTS
from staffroom.core import looks
from staffroom.core.picture_forms import drawn
from staffroom.core.templatetags.ui import clock, kb
from staffroom.people.vocabulary import GRADES

register = template.Library()


@register.filter
def grade_name(grade: int | None) -> str:
    """ "Grade 7"; nothing for no grade."""
    return str(GRADES.get(grade, "")) if grade is not None else ""


@register.filter
def at(moment: dt.datetime, post: Post) -> SafeString:
    """The time of day; of an anonymous post the part of the day alone."""
    if not post.anonymous:
        return clock(moment)
    hour = timezone.localtime(moment).hour
    names = [_("night"), _("morning"), _("afternoon"), _("evening")]
    return format_html(
        '<span class="s">{}</span>', names[sum(hour >= begins for begins in PARTS[1:])]
    )


@register.filter
def minutes(seconds: int) -> SafeString:
    """How long a sound is: 1:05."""
    return format_html('<bdi dir="ltr">{}</bdi>', f"{seconds // 60}:{seconds % 60:02}")


@register.filter
def mb(kilobytes: int) -> SafeString:
    """A limit in MB, left to right in every language."""
    return format_html('<bdi dir="ltr">{} MB</bdi>', f"{kilobytes / 1000:.3g}")


@register.filter
def tongue(language: str, page: str) -> SafeString:
    """A `lang` attribute where the words are in another language than the page."""
    if not language or language == page or not language.isalpha():
        return SafeString("")
    return mark_safe(f' lang="{language}"')  # noqa: S308 - letters only


@register.filter
def small_kb(photo: Photo) -> SafeString:
    """What a look at the photo costs in the format that this browser gets."""
    return kb(photo_files.chosen(photo, looks.now().form, small=True)[2])


@register.filter
def large_kb(photo: Photo) -> SafeString:
    """What a close look costs."""
    return kb(photo_files.chosen(photo, looks.now().form, small=False)[2])


@register.simple_tag
def photo_hint(photo: Photo) -> SafeString:
    """The photo's twelve colours, where it will stand and as large; nothing for words alone."""
    if looks.now().text_only:
        return SafeString("")
    return mark_safe(drawn(photo.hint, photo.width, photo.height))  # noqa: S308 - numbers and colours
