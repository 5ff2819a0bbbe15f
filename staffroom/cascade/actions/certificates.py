"""Certificates: given to whoever came on enough days, withdrawn with a reason, named as one is now."""

from django.db import transaction
from django.utils.translation import gettext as _

from staffroom.cascade import attendance_codes as codes
from staffroom.cascade.access import check_plans, check_runs
from staffroom.cascade.models import Certificate, TrainingSession
from staffroom.cascade.queries import attendance as asking
from staffroom.core import audit, outbox
from staffroom.core.clock import now, today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.forms import one_line
from staffroom.people.models import Person


@transaction.atomic
def set_days(*, by: Person, session: TrainingSession, days: int | None) -> None:
    """On how many days one must have come; None for all but one. What was given stays given."""
    check_plans(by, session.programme)
    if days is not None and not 1 <= days <= max(1, session.days.count()):
        raise Refused(
            _("This training has %(n)s days. Please write a number from 1 to that.")
            % {"n": session.days.count()},
            "days",
        )
    session.certificate_days = days
    session.save(update_fields=["certificate_days"])
    audit.write("certificate.days_set", actor=by, on=session, days=days or 0)


@transaction.atomic
def give(*, by: Person, session: TrainingSession) -> list[Certificate]:
    """To everybody who came often enough and has none; asked again, it gives what is missing."""
    check_runs(by, session)
    TrainingSession.objects.select_for_update().get(pk=session.pk)  # two who press at once
    days = [row.day for row in session.days.all()]
    if not days or days[-1] > today(session.programme.timezone):
        raise Refused(_("Certificates are given when the last day has come."))
    came = asking.days_present(session)
    enough = asking.needed(session, len(days))
    has = set(Certificate.objects.filter(session=session).values_list("person_id", flat=True))
    people = Person.objects.filter(
        pk__in=[pk for pk, n in came.items() if n >= enough and pk not in has], erased_at=None
    )
    made = [
        Certificate(
            programme=session.programme,
            session=session,
            person=person,
            code=codes.new_certificate(),
            name=person.name,
            title=session.title,
            subject=session.subject,
            days=came[person.pk],
            of_days=len(days),
            first_day=days[0],
            last_day=days[-1],
            issued_by=by,
        )
        for person in people.order_by("name", "pk")
    ]
    Certificate.objects.bulk_create(made)
    audit.write_each("certificate.given", actor=by, on=made)
    for each in made:
        outbox.put("certificate.given", certificate=str(each.pk), person=str(each.person_id))
    return made


@transaction.atomic
def withdraw(*, by: Person, certificate: Certificate, why: str) -> None:
    """Whoever checks the code reads that it was withdrawn; its owner reads why."""
    _check_runs(by, certificate)
    if not (why := one_line(why)):
        raise Refused(_("Please write why. Its owner reads it."), "why")
    certificate.withdrawn_at, certificate.withdrawn_by = now(), by
    certificate.withdrawn_why = why[:200]
    certificate.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    audit.write("certificate.withdrawn", actor=by, on=certificate)


@transaction.atomic
def give_back(*, by: Person, certificate: Certificate) -> None:
    """It was withdrawn by mistake: the same code is good again."""
    _check_runs(by, certificate)
    certificate.withdrawn_at, certificate.withdrawn_by, certificate.withdrawn_why = None, None, ""
    certificate.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    audit.write("certificate.given_back", actor=by, on=certificate)


@transaction.atomic
def show(*, by: Person, certificate: Certificate, shown: str) -> None:
    """What strangers who have the code see of the name."""
    _check_own(by, certificate)
    if shown not in Certificate.Shown.values:
        raise Refused(_("Please choose one."), "shown")
    certificate.shown = shown
    certificate.save(update_fields=["shown"])
    audit.write("certificate.shown", actor=by, on=certificate, shown=shown)


@transaction.atomic
def rename(*, by: Person, certificate: Certificate) -> None:
    """The name as it is in the profile now; the page that verifies says that it was changed."""
    _check_own(by, certificate)
    if certificate.name == by.name:
        return
    certificate.name, certificate.renamed_at = by.name, now()
    certificate.save(update_fields=["name", "renamed_at"])
    audit.write("certificate.renamed", actor=by, on=certificate)


def _check_own(by: Person, certificate: Certificate) -> None:
    if certificate.person_id != by.pk:
        raise NotYours


def _check_runs(by: Person, certificate: Certificate) -> None:
    """Its trainers and the office; when the training's own rows are gone, the office."""
    if certificate.session is not None:
        check_runs(by, certificate.session)
    else:
        check_plans(by, certificate.programme)
