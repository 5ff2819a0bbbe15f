"""Baraka's desk: a newcomer to welcome, one who reads along, a phone that is away, a word for Amina."""

import datetime as dt

from staffroom.communities.models import (
    Community,
    GroundRules,
    LeverChoice,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend, today
from staffroom.facilitation.actions.desk import tell
from staffroom.facilitation.models import Load, Word
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, Person
from staffroom.places.models import Posting, School

WHERE = "Mathematics, Mwingi"
#: name, number, joined so many days ago, last here so many days ago.
PEOPLE = [("Juma Ndunda", "+254700209001", 1, 0), ("Mumbua Kilonzo", "+254700209002", 60, 17)]
DAYS, MINUTES_A_DAY = 19, 11


def sit(people: dict[str, Person]) -> None:
    """Once everything of the community is written."""
    community = Community.objects.get(name=WHERE)
    LeverChoice.objects.create(
        programme=community.programme, community=community, lever="nudges", value="on"
    )
    rules = GroundRules.objects.get(community=community)
    school = people["otieno"].postings.get().school
    for name, phone, joined, here in PEOPLE:
        _member(community, rules, name=name, phone=phone, joined=joined, here=here, school=school)
    term = Term.objects.get(community=community, person=people["baraka"], ended_at=None)
    Load.objects.create(term=term, seconds=DAYS * MINUTES_A_DAY * 60)
    waiting = Post.objects.filter(
        community=community, kind="question", answer_count=0, solved_at=None
    ).exclude(author=people["amina"])
    for question in waiting[:1]:
        with pretend(now() - dt.timedelta(hours=2)):
            tell(
                community=community,
                person=people["amina"],
                by=people["baraka"],
                kind=Word.Kind.ASKED,
                post=question,
            )


def _member(
    community: Community,
    rules: GroundRules,
    *,
    name: str,
    phone: str,
    joined: int,
    here: int,
    school: School,
) -> None:
    came = now() - dt.timedelta(days=joined)
    person = Person.objects.create(
        name=name,
        phone=phone,
        languages=["en"],
        subjects=["mathematics"],
        enrolled_at=came,
        last_used_on=today() - dt.timedelta(days=here),
    )
    Consent.objects.create(person=person, version=VERSION, language="en")
    Posting.objects.create(
        person=person,
        school=school,
        role=Posting.Role.TEACHER,
        starts=today() - dt.timedelta(days=700),
    )
    Membership.objects.create(
        community=community, person=person, state="active", asked_at=came, joined_at=came
    )
    RuleAgreement.objects.create(rules=rules, person=person, at=came)
