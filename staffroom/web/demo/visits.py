"""After a training, in the demo: a support visit with its answer, and a return session with its harvest."""

import datetime as dt

from staffroom.cascade.actions import harvest, returns, visit_words, visits
from staffroom.cascade.models import (
    Invitation,
    SessionDay,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from staffroom.core.clock import now, pretend, today
from staffroom.people.models import Person
from staffroom.places import queries
from staffroom.places.models import Programme, School

#: Days ago.
TRAINED, VISITED, ANSWERED, CAME_BACK = 50, 30, 29, 2
SEEN = (
    "Six groups of ten cut strips into thirds and sixths. Five groups laid them side by side without "
    "being told. One group argued whether 2/6 is more than 1/3 and did not look at the strips."
)
OFFERED = "A second strip, folded before the lesson, for the group that argues. We tried it together at the end."
NEXT = "Begin 7B with the folded strip and let them say first what they expect."
ANSWER = "They did look, later: two of them came to my table in the break."


def add(programme: Programme, people: dict[str, Person]) -> None:
    """Chausiku trained the mathematics teachers of Mwingi, visits Amina, and leads the day of return."""
    chausiku, amina, otieno = (people[key] for key in ("chausiku", "amina", "otieno"))
    training = _training(programme, chausiku, [amina, otieno, people["nafula"]])
    _visit(chausiku, amina)
    session = returns.plan(
        by=chausiku, training=training, day=today(programme.timezone) + dt.timedelta(days=1)
    )
    # It has been: those who said yes came, and what they brought can be read.
    session.days.update(day=today(programme.timezone) - dt.timedelta(days=CAME_BACK))
    session.invitations.update(state=Invitation.State.ACCEPTED)
    _brought(chausiku, amina, otieno, session)


def _training(programme: Programme, trainer: Person, people: list[Person]) -> TrainingSession:
    made = TrainingSession.objects.create(
        programme=programme,
        title="Fractions that can be seen",
        subject="mathematics",
        language="en",
        venue=_school(people[0]),
        state=TrainingSession.State.DELIVERED,
        made_at=_ago(TRAINED + 20),
        delivered_at=_ago(TRAINED),
    )
    SessionDay.objects.create(session=made, day=_ago(TRAINED).date())
    place = Trainer.objects.create(
        programme=programme, kind=Trainer.Kind.CIRCLE, subject="mathematics", person=trainer
    )
    SessionTrainer.objects.create(session=made, trainer=place)
    for person in people:
        Invitation.objects.create(
            session=made,
            person=person,
            school=_school(person),
            state=Invitation.State.ACCEPTED,
            invited_at=_ago(TRAINED + 14),
            answered_at=_ago(TRAINED + 12),
        )
    return made


def _visit(chausiku: Person, amina: Person) -> None:
    day = _ago(VISITED).date()
    with pretend(_ago(VISITED + 6)):
        visit = visits.plan(by=chausiku, teacher=amina, day=day)
        visits.agree(by=amina, visit=visit, focus="Whether the slow groups use the strips too")
    with pretend(_ago(VISITED)):
        words = {"seen": SEEN, "offered": OFFERED, "next_step": NEXT}
        visit_words.write(
            by=chausiku, visit=visit, words=words, held_on=visit.day,
            next_day=visit.day + dt.timedelta(days=10),
        )  # fmt: skip
    with pretend(_ago(ANSWERED)):
        visit_words.answer(by=amina, visit=visit, part="seen", text=ANSWER, disagrees=True)
    with pretend(_ago(ANSWERED - 12)):
        said = "7B guessed wrong first, then laughed, then folded. I shall do it again."
        visit_words.step_done(by=amina, visit=visit, said=said)
        visit_words.mark_read(by=chausiku, visit=visit)


def _brought(chausiku: Person, amina: Person, otieno: Person, session: TrainingSession) -> None:
    with pretend(_ago(CAME_BACK)):
        mine = returns.bring(
            by=amina,
            session=session,
            words={
                "tried": "Folded strips in 6A and 7B, sixty pupils each.",
                "happened": "They compared thirds and sixths by themselves. Eighths nobody can fold.",
                "question": "What do I take for eighths and ninths?",
            },
            shared=True,
        )
        returns.key_in(
            by=chausiku,
            session=session,
            person_id=otieno.pk,
            words={
                "tried": "The rope of twelve knots, outside.",
                "happened": "It rained.",
                "question": "",
            },
        )
        if mine is not None:
            text = "For thirds and sixths we fold paper strips. What do you take for eighths and ninths?"
            harvest.draft(by=chausiku, brought=mine, kind="question", words={"text": text})


def _school(person: Person) -> School | None:
    posting = queries.postings_of(person).first()
    return posting.school if posting else None


def _ago(days: int) -> dt.datetime:
    return now() - dt.timedelta(days=days)
