"""The teachers of a placing as the forming needs them: read once, without a name."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from staffroom.communities import hooks
from staffroom.communities.models import Membership, PlacedTeacher, Placing, PlacingWish
from staffroom.communities.placing.wanted import Wanted
from staffroom.core.clock import today
from staffroom.people.models import Person
from staffroom.places import supervision
from staffroom.places.models import (
    ClusterPlan,
    ClusterSchool,
    Oversight,
    Posting,
    Programme,
    SchoolArea,
    Supervision,
    on_date,
)

Why = PlacedTeacher.Why
#: A head teacher is placed when named; where teachers are looked for by place, heads stay out.
TEACHING = (Posting.Role.TEACHER, Posting.Role.DEPUTY)
EDUCATION = {code: step for step, code in enumerate(PlacingWish.Education.values)}
LIVING = ("invited", "requested", "active")


@dataclass(frozen=True)
class Candidate:
    """A teacher; numbers are None where nothing is known. `why`: no place is looked for."""

    person: uuid.UUID
    school: uuid.UUID | None = None
    subject: str = ""
    language: str = ""
    women: bool = False
    cluster: str = ""
    circle: str = ""
    at: tuple[float, float] | None = None
    grades: float | None = None
    experience: float | None = None
    education: float | None = None
    beliefs: float | None = None
    why: str = ""


def plan_in_force(programme: Programme) -> QuerySet[ClusterPlan]:
    """Published and true today; where parts of a programme have plans of their own, several."""
    return ClusterPlan.objects.filter(
        on_date(today()), programme=programme, state=ClusterPlan.State.PUBLISHED
    )


def found_by_place(placing: Placing) -> list[uuid.UUID]:
    """Everyone who teaches today in the placing's cluster, circle, area or programme."""
    posts = Posting.objects.filter(
        on_date(today()), school__programme=placing.programme_id, role__in=TEACHING
    )
    if placing.cluster_id:
        posts = posts.filter(school__in_plans__cluster=placing.cluster_id)
    elif placing.circle_id:
        posts = posts.filter(school__in_plans__cluster__circle=placing.circle_id)
    elif placing.area_id:
        inside = supervision.descendants({placing.area_id}, today())
        schools = SchoolArea.objects.filter(on_date(today()), area__in=inside).values("school")
        posts = posts.filter(school__in=schools)
    people = Person.objects.filter(
        pk__in=posts.values("person"), is_active=True, erased_at=None, is_staff=False
    )
    return list(people.order_by("pk").values_list("pk", flat=True))


def load(placing: Placing, wanted: Wanted) -> list[Candidate]:
    """All of the placing, in the order of their ids."""
    mine = PlacedTeacher.objects.filter(placing=placing).values("person")
    people = Person.objects.filter(pk__in=mine).order_by("pk")
    posts = _posts(placing, mine)
    places = _places(placing.programme)
    wishes = {wish.person_id: wish for wish in PlacingWish.objects.filter(person__in=mine)}
    ids = {person.pk for person in people}
    beliefs = {key: value for part in hooks.beliefs.call(people=ids) for key, value in part.items()}
    found = [
        _one(person, posts.get(person.pk), places, wishes.get(person.pk), beliefs.get(person.pk))
        for person in people
    ]
    chosen = _choose(found, list(people), wanted, placing.programme.language)
    return _left_out(chosen, placing, wanted)


Post = tuple[uuid.UUID, float | None, float | None]
Place = tuple[str, str]


def _posts(placing: Placing, mine: QuerySet) -> dict[uuid.UUID, Post]:
    """Where each works today: as a teacher rather than as a head, the oldest posting first."""
    rows = Posting.objects.filter(
        on_date(today()), person__in=mine, school__programme=placing.programme_id
    ).values_list("person", "role", "school", "school__latitude", "school__longitude")
    found: dict[uuid.UUID, Post] = {}
    ordered = sorted(rows.order_by("starts", "pk"), key=_heads_last)
    for person, _role, school, latitude, longitude in ordered:
        found.setdefault(person, (school, latitude, longitude))
    return found


def _heads_last(row: tuple) -> bool:
    return row[1] == Posting.Role.HEAD


def _places(programme: Programme) -> dict[uuid.UUID, Place]:
    rows = ClusterSchool.objects.filter(
        plan__in=plan_in_force(programme), cluster__isnull=False
    ).values_list("school", "cluster", "cluster__circle")
    return {school: (str(cluster), str(circle or "")) for school, cluster, circle in rows}


def _one(
    person: Person,
    post: Post | None,
    places: dict[uuid.UUID, Place],
    wish: PlacingWish | None,
    belief: float | None,
) -> Candidate:
    school, latitude, longitude = post or (None, None, None)
    cluster, circle = places.get(school, ("", "")) if school else ("", "")
    since = person.teaching_since
    grades = [grade for grade in person.grades if isinstance(grade, int)]
    education = EDUCATION.get(wish.education) if wish else None
    return Candidate(
        person=person.pk,
        school=school,
        women=bool(wish and wish.women_only and person.gender == "f"),
        cluster=cluster,
        circle=circle,
        at=None if latitude is None or longitude is None else (latitude, longitude),
        grades=sum(grades) / len(grades) if grades else None,
        experience=None if since is None else float(today().year - since),
        education=None if education is None else float(education),
        beliefs=belief,
    )


def _choose(
    found: list[Candidate], people: list[Person], wanted: Wanted, common: str
) -> list[Candidate]:
    """Of several subjects, the one that most of the others teach too; of languages likewise, but
    the language of one's own pages first, and where all is equal the programme's."""
    subjects = Counter(subject for person in people for subject in person.subjects)
    languages = Counter(language for person in people for language in person.languages)
    out = []
    for each, person in zip(found, people, strict=True):
        mine = [s for s in person.subjects if not wanted.subject or s == wanted.subject]
        subject = max(mine, key=lambda s: (subjects[s], s), default="")
        language = max(
            person.languages,
            key=lambda code: (code == person.language, languages[code], code == common, code),
            default="",
        )
        out.append(replace(each, subject=subject, language=language))
    return out


def _left_out(found: list[Candidate], placing: Placing, wanted: Wanted) -> list[Candidate]:
    """Whoever cannot be placed before anything is formed, with the reason."""
    below = supervision.supervised_by(placing.made_by) if placing.made_by else set()
    living = set() if wanted.members_too else _have_one(placing)

    def why(each: Candidate) -> str:
        if each.school is None:
            return Why.NO_SCHOOL
        if not each.subject:
            return Why.NO_SUBJECT
        if not each.language:
            return Why.NO_LANGUAGE
        if (each.person, each.subject) in living:
            return Why.HAS_ONE
        return Why.YOURS if each.person in below else ""

    return [replace(each, why=why(each)) for each in found]


def _have_one(placing: Placing) -> set[tuple[uuid.UUID, str]]:
    """(person, subject) of whoever belongs to a living community already: groups of their own stay."""
    rows = Membership.objects.filter(
        person__in=PlacedTeacher.objects.filter(placing=placing).values("person"),
        state__in=LIVING,
    ).exclude(community__stage="closed")
    return set(rows.values_list("person", "community__subject"))


def chains(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each of them who supervises anybody: all below, by however many steps. A chain that leads
    back has its beginning below itself."""
    those = set(people)
    day = on_date(today())
    above = set(
        Posting.objects.filter(day, role__in=supervision.BELOW).values_list("person", flat=True)
    )
    above |= set(Oversight.objects.filter(day).values_list("person", flat=True))
    above |= set(Supervision.objects.filter(day).values_list("supervisor", flat=True))
    return {one: supervision.below({one}) for one in sorted(those & above)}


def living_of(person: uuid.UUID, subject: str) -> bool:
    """Whether the person has joined a community of this subject meanwhile."""
    return (
        Membership.objects.filter(Q(community__subject=subject), person=person, state__in=LIVING)
        .exclude(community__stage="closed")
        .exists()
    )
