"""Words of resources: kind, grades, licence, weight, length."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffroom.core.words import listed
from staffroom.library.models import Resource, ResourceReport
from staffroom.library.resource_words import KINDS, LICENCES, REASONS
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

register = template.Library()
_ICONS = {"video": "play", "past-paper": "ask", "lesson-plan": "pen", "aid": "map"}


@register.filter
def weight(size: int) -> SafeString:
    """A size in KB, from a thousand of them in MB; left to right in every language."""
    if (size or 0) < 999_500:
        return format_html('<bdi dir="ltr">{} KB</bdi>', max(1, round((size or 0) / 1000)))
    return format_html('<bdi dir="ltr">{} MB</bdi>', f"{size / 1e6:.1f}")


@register.filter
def kind_words(resource: Resource) -> str:
    """ "Past paper"."""
    return str(KINDS[Resource.Kind(resource.kind)])


@register.filter
def kind_icon(resource: Resource) -> str:
    return _ICONS.get(resource.kind, "book")


@register.filter
def licence_words(resource: Resource) -> str:
    return str(LICENCES.get(resource.licence, ""))


@register.filter
def language_words(resource: Resource) -> str:
    return str(LANGUAGES.get(resource.language, ""))


@register.filter
def subject_words(resource: Resource) -> str:
    return listed(SUBJECTS[code] for code in resource.subjects if code in SUBJECTS)


@register.filter
def grade_words(resource: Resource) -> str:
    """ "Grade 4, Grade 5"; where there are many in a row, the first and the last."""
    known = [grade for grade in sorted(resource.grades) if grade in GRADES]
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return _("%(first)s to %(last)s") % {"first": GRADES[known[0]], "last": GRADES[known[-1]]}
    return listed(GRADES[grade] for grade in known)


@register.filter
def long_words(resource: Resource) -> str:
    """How long it is: pages or minutes."""
    if resource.pages:
        return ngettext("%(n)s page", "%(n)s pages", resource.pages) % {"n": resource.pages}
    if resource.seconds and resource.seconds < 60:
        count = resource.seconds
        return ngettext("%(n)s second", "%(n)s seconds", count) % {"n": count}
    if resource.seconds:
        minutes = round(resource.seconds / 60)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return ""


@register.filter
def line_words(resource: Resource) -> str:
    """What stands below a title in a list."""
    return listed(
        [
            kind_words(resource),
            grade_words(resource),
            language_words(resource),
            long_words(resource),
        ]
    )


@register.filter
def site(link: str) -> SafeString:
    """Where a link leads: the name of the site."""
    name = link.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
    return format_html('<bdi dir="ltr">{}</bdi>', name)


@register.filter
def reason_words(report: ResourceReport) -> str:
    """Why somebody asks for a look."""
    return str(REASONS[ResourceReport.Reason(report.reason)])
