"""What `staffroom doctor` looks at in places: programmes that nobody keeps, circles, schools in no area.

In English like the commands.
"""

from collections.abc import Iterator

from staffroom.core.clock import today
from staffroom.core.doctor import OK, WARN, Finding
from staffroom.places import queries, supervision
from staffroom.places.models import Appointment, Programme, Supervision, on_date

#: Circles are looked for among so many people named as supervisors.
MOST = 500


def findings() -> list[Finding]:
    return list(_findings())


def _findings() -> Iterator[Finding]:
    programmes = list(Programme.objects.order_by("name"))
    if not programmes:
        yield Finding(
            OK,
            "programmes",
            "There is no programme yet.",
            "staffroom create-programme --help",
        )
        return
    for programme in programmes:
        yield from _of(programme)
    yield _circles()


def _of(programme: Programme) -> Iterator[Finding]:
    day = today(programme.timezone)
    kept = Appointment.objects.filter(
        on_date(day), programme=programme, role=Appointment.Role.ADMINISTRATOR
    )
    if not kept.exists():
        yield Finding(
            WARN,
            "programmes",
            f"{programme.name} has no administrator.",
            "staffroom create-staff --role administrator",
        )
    lost = queries.schools_without_area(programme, day).filter(queries.open_on(day)).count()
    if lost:
        yield Finding(
            WARN,
            "schools",
            f"{lost} schools of {programme.name} belong to no area: nobody oversees them.",
            "Move each to its area, on its page.",
        )


def _circles() -> Finding:
    day = today()
    named = (
        Supervision.objects.filter(on_date(day))
        .values_list("supervisor_id", flat=True)
        .distinct()[:MOST]
    )
    circles = sum(person in supervision.below({person}, day) for person in named)
    if not circles:
        return Finding(OK, "supervision", "Supervision goes in no circle.")
    return Finding(
        WARN,
        "supervision",
        f"{circles} people supervise, up the chain, their own supervisors.",
        "It is kept as it was said; the person's page under People and offices ends it.",
    )
