"""The small parts every template uses: icon, face, cloth, size, time."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from staffroom.core import ids, looks, words
from staffroom.core.addresses import address, all_ids
from staffroom.core.clock import now

register = template.Library()
FLIPPED = {"back", "next", "send", "reply"}


class QuickURLNode(URLNode):
    """`{% url %}` as Django's; quicker where all arguments are identifiers."""

    def render(self, context: Context) -> str:
        values = [each.resolve(context) for each in self.args]
        if self.kwargs or not all_ids(values):
            return str(super().render(context))
        name = self.view_name.resolve(context)
        if not self.asvar:
            return address(name, *values)
        try:
            context[self.asvar] = address(name, *values)
        except NoReverseMatch:
            context[self.asvar] = ""
        return ""


@register.tag
def url(parser: Parser, token: Token) -> QuickURLNode:
    made = django_url(parser, token)
    return QuickURLNode(made.view_name, made.args, made.kwargs, made.asvar)


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, extra: str = "") -> SafeString:
    """An icon from the sprite; beside a word it is decoration, so hidden from readers."""
    kind = "i flip" if name in FLIPPED else "i"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"{kind} {extra}".strip(),
        static("icons.svg"),
        name,
    )


@register.simple_tag
def text_only() -> bool:
    """Whether whoever looks wants words alone: `{% text_only as plain %}`."""
    return looks.now().text_only


@register.simple_tag(takes_context=True)
def saves_data(context: Context) -> bool:
    """Whether the browser asks for less: then words alone are offered."""
    request = context.get("request")
    return request is not None and looks.saves_data(request)


@register.simple_tag
def picture(url: str, kind: str = "", alt: str = "") -> SafeString:
    """A picture within a page; for whoever wants words alone, a link to it."""
    if looks.now().text_only:
        return format_html('<a class="more" href="{}">{}</a>', url, alt or _("Picture"))
    return format_html('<img class="{}" src="{}" alt="{}" loading="lazy">', kind, url, alt)


@register.simple_tag
def face(person: Any) -> SafeString:
    """A person's mark in the margin; without a person, the mark of a colleague without a name."""
    if person is None:
        return mark_safe('<span class="av anon" aria-hidden="true"></span>')
    return format_html(
        '<span class="av a{}" aria-hidden="true">{}</span>', person.tint, person.initials
    )


@register.simple_tag
def cloth(community: Any) -> SafeString:
    return format_html('<span class="cloth c{}"></span>', community.cloth)


@register.filter
def short(value: Any) -> str:
    """A UUID's 22 characters."""
    return ids.short(value)


@register.filter
def kb(size: int) -> SafeString:
    """A size in KB, left to right in every language, never 0."""
    return format_html('<bdi dir="ltr">{} KB</bdi>', max(1, round((size or 0) / 1000)))


@register.filter
def prose(text: str) -> SafeString:
    """A member's words: escaped, links and formulas made, line breaks kept (by style)."""
    return _with_formulas(
        text, lambda words: _with_own(urlize(escape(words), nofollow=True, autoescape=False))
    )


#: The address of a page of ours that stands by itself: nobody wants to read it.
_OWN = re.compile(r"(?<!\S)/c/[A-Za-z0-9_-]{22}/plans/[A-Za-z0-9_-]{22}(?!\S)")


def _with_own(html: str) -> str:
    if "/c/" not in html:
        return html
    return _OWN.sub(lambda match: f'<a href="{match[0]}">{escape(_("Open it"))}</a>', html)


@register.filter
def formulas(text: str) -> SafeString:
    """The words with formulas and without links: for words that stand within a link."""
    return _with_formulas(text, escape, inside_link=True)


def _with_formulas(text: str, plain: Callable[[str], str], inside_link: bool = False) -> SafeString:
    if "$" not in text:
        return mark_safe(plain(text))  # noqa: S308 - `plain` escapes
    from staffroom.core import formulas as reading  # few posts need the reader of formulas

    return mark_safe(  # noqa: S308 - built of known elements and escaped text
        "".join(
            reading.shown(piece, inside_link=inside_link) if piece.mathml else plain(piece.typed)
            for piece in reading.pieces(text)
        )
    )


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment)


@register.filter
def clock(moment: dt.datetime) -> SafeString:
    """The time of day, machine-readable too."""
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.astimezone(dt.UTC).isoformat(timespec="minutes"),
        date_format(_local(moment), "H:i"),
    )


#: Until which hour a part of the day goes on. The Swahili day begins at sunrise: seven is hour one.
SAA = [(4, "usiku"), (6, "alfajiri"), (12, "asubuhi"), (16, "mchana"), (19, "jioni"), (24, "usiku")]
BAJE = [(4, "رات"), (12, "صبح"), (16, "دوپہر"), (19, "شام"), (24, "رات")]


@register.filter
def hour(at: dt.time | dt.datetime) -> str:
    """The time of day as people say it: 8:00 pm; in Swahili saa 2 usiku, in Urdu رات 8 بجے."""
    minutes = f":{at.minute:02}" if at.minute else ""
    language = get_language()
    if language == "sw":
        return f"saa {(at.hour - 6) % 12 or 12}{minutes} {_part(SAA, at.hour)}"
    if language == "ur":
        return f"{_part(BAJE, at.hour)} {at.hour % 12 or 12}{minutes} بجے"
    return time_format(at, "g:i") + " " + (_("am") if at.hour < 12 else _("pm"))


def _part(parts: list[tuple[int, str]], at: int) -> str:
    return next(name for until, name in parts if at < until)


@register.simple_tag
def comma() -> str:
    """What stands between the parts of a list, its space included."""
    return words.comma()


@register.simple_tag
def stop() -> str:
    """What stands between a sentence and the next, its space included."""
    return words.stop()


@register.filter
def day(moment: dt.datetime) -> str:
    """Today, Yesterday, the weekday within a week, else the date."""
    here, today = _local(moment).date(), _local(now()).date()
    days = (today - here).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if 1 < days < 7:
        return date_format(here, "l")
    return date_format(here, "j F" if here.year == today.year else "j F Y")


@register.filter
def ago(moment: dt.datetime) -> str:
    """How long ago, in the coarsest whole unit."""
    minutes = int((now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)s h") % {"n": minutes // 60}
    return day(moment)
