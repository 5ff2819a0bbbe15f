"""Fills an empty installation with the demo: real schools, invented teachers, their conversations.

The history is written through the product's own actions, as of the day each thing was said.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from staffroom.communities.models import (
    Advisership,
    Community,
    GroundRules,
    Kickoff,
    Membership,
    RuleAgreement,
    Term,
)
from staffroom.conversations.actions import (
    answer,
    ask,
    ask_without_name,
    celebrate,
    help,
    mark_read,
    pin,
    prompt,
    say,
    solve,
    thank,
)
from staffroom.conversations.actions.photos import attach
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend, today
from staffroom.governing.models import Contacts
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, Person
from staffroom.places.models import Appointment, Posting, Programme
from staffroom.web.demo import (
    bundles,
    care,
    clusters,
    content,
    desk,
    digests,
    edges,
    help_desk,
    library,
    phones,
    plans,
    quizzes,
    rhythm,
    trust,
    visits,
)
from staffroom.web.demo.content import Group, Said
from staffroom.web.demo.known import BY_KEY
from staffroom.web.demo.moderated import moderate
from staffroom.web.demo.notes import keep_notes
from staffroom.web.demo.places import area_of, post_people

#: Nobody of the demo is new here.
LONG_HERE = dt.timedelta(days=90)
ZONE = ZoneInfo("Africa/Nairobi")
TERM = dt.timedelta(days=28)
SERVED = dt.timedelta(days=19)  # how much of a term has passed
HISTORY = dt.timedelta(days=60)  # when the communities began
SCHOOL_YEARS = dt.timedelta(days=700)  # when the postings began
Tick = Callable[[], object]


def load(programme: Programme, tick: Tick = lambda: None) -> dict[str, int]:
    """Put people, communities and conversations into a programme that has its schools."""
    groups = content.groups()
    people: dict[str, Person] = {}
    for group in groups:
        with transaction.atomic():
            people |= _people(group, start=len(people))
            community = _community(programme, group, people)
            post_people(group, community, people, today() - SCHOOL_YEARS)
        tick()
    with transaction.atomic():
        _offices(programme, people)
        help_desk.prepare(programme, people)
    for group in groups:
        community = Community.objects.get(programme=programme, name=group.facts["name"])
        with transaction.atomic():
            history = _History(community, people)
            history.write(group)
            keep_notes(group.slug, people, history.posts)
            trust.write(group.slug, history.posts, people)
            _turns(community, group, people)
            moderate(community, people)
            _end(community, group)
        tick()
    library.load(programme)
    tick()
    plans.load(programme, people)
    with transaction.atomic():
        quizzes.add(programme, people)
        desk.sit(people)
        bundles.give(people)
        rhythm.add(programme, people)
        digests.add(people)
        clusters.add(programme, Person.objects.get(email="gathoni@demo.invalid"))
    care.add(programme, people)
    phones.add(people)
    with transaction.atomic():
        edges.add(programme, people)
        visits.add(programme, people)
    return {"communities": len(groups), "people": len(people), "posts": Post.objects.count()}


def steps() -> int:
    """How often `load` calls `tick`."""
    return 2 * len(content.groups()) + 1


def _people(group: Group, start: int) -> dict[str, Person]:
    made = {}
    for number, entry in enumerate(group.people, start):
        known = BY_KEY.get(entry["key"])
        made[entry["key"]] = Person.objects.create(
            name=entry["name"],
            phone=known.phone if known else f"+2547002{number:05d}",
            gender=entry.get("gender", ""),
            teaching_since=today().year - entry.get("years", 5),
            languages=entry.get("languages", [group.facts["language"]]),
            language=group.facts["language"]
            if group.facts["language"] == "sw" and not known
            else "en",
            subjects=[group.facts["subject"]],
            grades=group.facts.get("grades", []),
            enrolled_at=now() - LONG_HERE,
            last_used_on=today(),
        )
    Consent.objects.bulk_create(
        Consent(person=person, version=VERSION, language=person.language)
        for person in made.values()
    )
    return made


def _community(programme: Programme, group: Group, people: dict[str, Person]) -> Community:
    facts = group.facts
    began = now() - HISTORY
    set_time = facts.get("set_time", {})
    community = Community.objects.create(
        programme=programme,
        area=area_of(programme, facts, today()),
        name=facts["name"],
        purpose=facts["purpose"],
        subject=facts["subject"],
        grades=facts.get("grades", []),
        language=facts["language"],
        timezone=programme.timezone,
        cloth=facts.get("cloth", 1),
        stage=Community.Stage.FORMING if facts["stage"] == "forming" else Community.Stage.OPEN,
        approvals_needed=facts.get("approvals_needed", 2),
        set_weekday=set_time.get("weekday"),
        set_hour=dt.time(set_time["hour"], set_time.get("minute", 0)) if set_time else None,
        created_at=began,
    )
    rules = GroundRules.objects.create(
        community=community,
        version=1,
        rules=facts["ground_rules"],
        proposed_at=began,
        in_force_since=began,
    )
    adviser = facts.get("adviser")
    members = [
        people[key]
        for key in [entry["key"] for entry in group.people] + list(group.also)
        if key != adviser
    ]
    Membership.objects.bulk_create(
        Membership(
            community=community, person=person, state="active", asked_at=began, joined_at=began
        )
        for person in members
    )
    RuleAgreement.objects.bulk_create(
        RuleAgreement(rules=rules, person=person, at=began) for person in members
    )
    if adviser:
        Advisership.objects.create(community=community, person=people[adviser], starts=began)
    if facts["stage"] != "forming":
        Kickoff.objects.create(
            community=community,
            held_on=began.date(),
            place=str(community.area),
            present=len(members),
        )
    if "term" in facts:
        # Long enough ago that every prompt of the history was the moderator's to write.
        Term.objects.create(
            community=community,
            person=people[facts["term"]],
            how=Term.How.TURN,
            offered_at=began,
            accepted_at=began,
            starts=began,
            planned_end=began + TERM,
        )
    return community


def _offices(programme: Programme, people: dict[str, Person]) -> None:
    """Esther heads the school of Amina and Baraka; gardener, administrator, reader are appointed."""
    starts = today() - SCHOOL_YEARS
    school = people["amina"].postings.get().school
    for key, role in [("baraka", Posting.Role.TEACHER), ("esther", Posting.Role.HEAD)]:
        Posting.objects.filter(person=people[key]).delete()
        Posting.objects.create(person=people[key], school=school, role=role, starts=starts)
    for key, name, office in [
        ("gathoni", "Gathoni Njoroge", Appointment.Role.GARDENER),
        ("hamisi", "Hamisi Said", Appointment.Role.ADMINISTRATOR),
        ("imani", "Imani Cherono", Appointment.Role.SAFEGUARDING),
        ("zawadi", "Zawadi Kiplagat", Appointment.Role.HELP_DESK),
    ]:
        person = Person.objects.create(
            name=name,
            phone=BY_KEY[key].phone,
            email=f"{key}@demo.invalid",
            is_staff=True,
            enrolled_at=now(),
            last_used_on=today(),
        )
        Consent.objects.create(person=person, version=VERSION, language="en")
        Appointment.objects.create(person=person, programme=programme, role=office, starts=starts)
    Contacts.objects.create(programme=programme, emergency="Childline Kenya 116")
    for adviser in {group.facts.get("adviser") for group in content.groups()} - {None}:
        Appointment.objects.create(
            person=people[str(adviser)],
            programme=programme,
            role=Appointment.Role.ADVISER,
            starts=starts,
        )


class _History:
    """Writes what was said in one community, in the order of time."""

    def __init__(self, community: Community, people: dict[str, Person]) -> None:
        self.community, self.people = community, people
        self.posts: dict[str, Post] = {}

    def write(self, group: Group) -> None:
        day = today(ZONE)
        spoken = sorted(_everything(group.said), key=lambda pair: pair[0].moment(day, ZONE))
        for said, parent in spoken:
            # What would lie in the future of a visitor who comes in the morning was said a day before.
            moment = said.moment(day, ZONE)
            if moment > now():
                moment -= dt.timedelta(days=1)
            with pretend(moment.astimezone(dt.UTC)):
                self.posts[said.id] = self._say(said, parent)
            with pretend(min(moment + dt.timedelta(minutes=50), now()).astimezone(dt.UTC)):
                self._echo(said)
        for said, _ in spoken:
            if said.solved:
                solve(by=self.people[said.by], question=self._fresh(said))
        self._read()

    def _say(self, said: Said, parent: Said | None) -> Post:
        by, quotes = self.people[said.by], self.posts.get(said.quote_of)
        common: dict[str, Any] = {
            "by": by,
            "text": said.text,
            "language": said.lang or self.community.language,
        }
        if said.kind == "answer" and parent is not None:
            post = answer(
                question=self.posts[parent.id], quotes=quotes, quoted_text=said.quote, **common
            )
        elif said.nameless:
            post = ask_without_name(
                community=self.community, topic=said.topic, grade=said.grade, **common
            )
        elif said.kind == "question":
            post = ask(community=self.community, topic=said.topic, grade=said.grade, **common)
        elif said.kind == "prompt":
            post = prompt(community=self.community, **common)
        elif said.kind == "celebration":
            post = celebrate(
                community=self.community,
                about=self.people[said.about],
                saying=said.saying,
                room=said.room,
                **common,
            )
        else:
            quotes = quotes or (self.posts[parent.id] if parent else None)
            post = say(
                community=self.community,
                room=said.room,
                quotes=quotes,
                quoted_text=said.quote,
                **common,
            )
        if said.photo:
            picture = (content.PICTURES / f"{said.photo}.jpg").read_bytes()
            attach(
                post=post,
                files=[SimpleUploadedFile(f"{said.photo}.jpg", picture, "image/jpeg")],
                by=by,
            )
        return post

    def _echo(self, said: Said) -> None:
        for key in said.helped:
            help(by=self.people[key], answer=self._fresh(said))
        for key in said.thanks:
            thank(by=self.people[key], post=self._fresh(said))
        if said.pinned:
            pin(by=self.people[said.by], post=self._fresh(said))

    def _fresh(self, said: Said) -> Post:
        return Post.objects.select_related("community", "question").get(pk=self.posts[said.id].pk)

    def _read(self) -> None:
        """Everyone has read everything until yesterday evening, so that there is something new."""
        yesterday = dt.datetime.combine(today(ZONE) - dt.timedelta(days=1), dt.time(18), ZONE)
        for membership in self.community.memberships.filter(state="active").select_related(
            "person"
        ):
            for room in Post.Room.values:
                mark_read(
                    by=membership.person, community=self.community, until=yesterday, room=room
                )


def _everything(said: tuple[Said, ...]) -> Iterator[tuple[Said, Said | None]]:
    for one in said:
        yield one, None
        for child in (*one.answers, *one.replies):
            yield child, one


def _turns(community: Community, group: Group, people: dict[str, Person]) -> None:
    """Once the history is written, the moderator is in the third week; somebody had a turn before."""
    if group.facts["stage"] != "open":
        return
    began, turned = now() - HISTORY, now() - SERVED
    Term.objects.filter(community=community, ended_at=None).update(
        starts=turned, offered_at=turned, accepted_at=turned, planned_end=turned + TERM
    )
    if before := group.facts.get("before"):
        Term.objects.create(
            community=community,
            person=people[before["by"]],
            how=Term.How.VOLUNTEER,
            offered_at=began,
            accepted_at=began,
            starts=began,
            planned_end=turned,
            ended_at=turned,
            handover=before["handover"],
        )


def _end(community: Community, group: Group) -> None:
    """Resting and closed communities became so after their history."""
    stage = group.facts["stage"]
    if stage in {"resting", "closed"}:
        community.stage = stage
        community.closed_at = now() - dt.timedelta(days=2) if stage == "closed" else None
        community.save()
