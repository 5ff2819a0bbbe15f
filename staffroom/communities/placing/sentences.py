"""The one sentence that says to a teacher why they were placed as they are; and reasons for the office."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffroom.communities import hooks
from staffroom.communities.models import PlacedTeacher, PlacingWish
from staffroom.communities.placing import wanted as asked
from staffroom.core.words import listed, semicolon, stop
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

Why = PlacedTeacher.Why

#: Why a teacher has no group, as the office reads it.
REASONS = {
    Why.WAITING: gettext_lazy("Not looked at yet."),
    Why.NO_SCHOOL: gettext_lazy(
        "Works at no school of this programme: give a posting and form again."
    ),
    Why.NO_SUBJECT: gettext_lazy("Has not said what they teach, or teaches another subject."),
    Why.NO_LANGUAGE: gettext_lazy("Has not said in which languages they work."),
    Why.HAS_ONE: gettext_lazy("Belongs to a community of this subject already."),
    Why.YOURS: gettext_lazy("You supervise this teacher. Let a colleague of the office do this."),
    Why.FEW: gettext_lazy(
        "Too few have in common what all must share. A smaller size, a wider place or joined "
        "languages may help."
    ),
    Why.UNEVEN: gettext_lazy(
        "The number of those alike cannot be divided into these sizes, and this teacher is least "
        "like the others. Another size may help."
    ),
    Why.RULES: gettext_lazy(
        "Everywhere somebody is above or below them, or there are enough of their school."
    ),
    Why.FAR: gettext_lazy("Every first meeting would be too far away."),
    Why.TAKEN_OUT: gettext_lazy("Taken out by hand."),
}
NEAR = {
    "grades": gettext_lazy("grades"),
    "experience": gettext_lazy("years of teaching"),
    "education": gettext_lazy("education"),
    "beliefs": gettext_lazy("views of teaching"),
}


def why_here(teacher: PlacedTeacher) -> str:
    """Needs `group`, its `placing` and `venue`. In the language that is active; says of nobody else
    more than what all here share."""
    group = teacher.group
    assert group is not None
    wanted = asked.of(group.placing.settings)
    facts = {
        "subject": _in_a_sentence(SUBJECTS.get(group.subject, group.subject)),
        "language": LANGUAGES.get(group.language, group.language),
    }
    parts = [_("You teach %(subject)s in %(language)s, as all here do") % facts]
    if wanted.join_languages and teacher.language != group.language:
        parts = [
            _("You teach %(subject)s, as all here do; most here write in %(language)s") % facts
        ]
    if teacher.women:
        parts.append(_("all are women, as you asked"))
    near = [str(NEAR[name]) for name in _said_by(teacher) if wanted.weights[name]]
    if near:
        parts.append(_("you are near each other in %(things)s") % {"things": listed(near)})
    parts.append(
        ngettext(
            "nobody is above or below anybody, and at most %(n)s comes from one school",
            "nobody is above or below anybody, and at most %(n)s come from one school",
            wanted.most,
        )
        % {"n": wanted.most}
    )
    if group.venue is not None and teacher.metres is not None:
        parts.append(
            _("the first meeting can be at %(school)s, %(km)s km from your school")
            % {"school": group.venue.name, "km": round(teacher.metres / 1000)}
        )
    return semicolon().join(parts) + stop().rstrip()


def _said_by(teacher: PlacedTeacher) -> list[str]:
    """What the forming knew of this teacher: with what is not known nobody is near."""
    person = teacher.person
    wish = PlacingWish.objects.filter(person=person).first()
    known = {
        "grades": bool(person.grades),
        "experience": person.teaching_since is not None,
        "education": bool(wish and wish.education),
        "beliefs": any(hooks.beliefs.call(people={person.pk})),
    }
    return [name for name, said in known.items() if said]


def _in_a_sentence(label: object) -> str:
    """Subjects are not names, but for those of languages."""
    words = str(label)
    return (
        words
        if words in {str(each) for each in LANGUAGES.values()}
        else words[:1].lower() + words[1:]
    )


def grade_span(grades: list[int]) -> str:
    known = [grade for grade in grades if grade in GRADES]
    if not known:
        return ""
    low, high = str(GRADES[min(known)]), str(GRADES[max(known)])
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
