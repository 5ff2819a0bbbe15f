"""A plan written as rows: trainers' places, sessions, their days, trainers, schools. One transaction."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from staffroom.cascade.forms.sessions import TIERS
from staffroom.cascade.models import (
    CascadePlan,
    SessionDay,
    SessionLearner,
    SessionSchool,
    SessionTrainer,
    Tier,
    Trainer,
    TrainingSession,
)
from staffroom.cascade.planning import Choices, Ground
from staffroom.people.vocabulary import SUBJECTS

BATCH = 2000
TRAINED = (Tier.MASTERS, Tier.CIRCLE_TRAINERS, Tier.MANAGERS, Tier.TEACHERS)
KINDS = (Trainer.Kind.CORE, Trainer.Kind.MASTER, Trainer.Kind.MASTER, Trainer.Kind.CIRCLE)


def write(plan: CascadePlan, made: Any, ground: Ground, choices: Choices) -> None:
    trainers = [
        Trainer(
            programme=plan.programme, plan=plan, kind=KINDS[each.tier], number=number,
            subject=_subject(choices, each.subject), home=ground.centres[each.home],
        )
        for number, each in enumerate(made.trainers, 1)
    ]  # fmt: skip
    sessions = [_session(plan, group, ground, choices) for group in made.groups]
    Trainer.objects.bulk_create(trainers, batch_size=BATCH)
    TrainingSession.objects.bulk_create(sessions, batch_size=BATCH)
    pairs = list(zip(sessions, made.groups, strict=True))
    SessionDay.objects.bulk_create(
        [SessionDay(session=s, day=dt.date.fromordinal(d)) for s, g in pairs for d in g.days],
        batch_size=BATCH,
    )
    SessionTrainer.objects.bulk_create(
        [SessionTrainer(session=s, trainer=trainers[t]) for s, g in pairs for t in g.trainers],
        batch_size=BATCH,
    )
    SessionLearner.objects.bulk_create(
        [SessionLearner(session=s, trainer=trainers[t]) for s, g in pairs for t in g.trained],
        batch_size=BATCH,
    )
    SessionSchool.objects.bulk_create(
        [
            SessionSchool(session=s, school_id=ground.schools[school], places=count)
            for s, g in pairs
            for school, count in g.from_schools
            if count
        ],
        batch_size=BATCH,
    )


def _subject(choices: Choices, number: int) -> str:
    return choices.subjects[number] if number < len(choices.subjects) else ""


def _session(plan: CascadePlan, group: Any, ground: Ground, choices: Choices) -> TrainingSession:
    tier, subject = TRAINED[group.tier], _subject(choices, group.subject)
    cluster = ground.clusters[group.cluster]
    circle = ground.circles[group.area] if group.tier == 3 else None
    block = ground.blocks[group.area] if group.tier in (1, 2) else None
    what = str(SUBJECTS.get(subject, "")) or plan.name
    title = _("%(subject)s: %(who)s") % {"subject": what, "who": TIERS[tier]}
    return TrainingSession(
        programme=plan.programme, plan=plan, tier=tier, subject=subject, title=title[:120],
        block=block, circle=circle, cluster=cluster if group.tier == 3 else None,
        venue=cluster.centre, venue_words=_("Room %(n)s") % {"n": group.room + 1},
        seats=max(group.size, 1), made_by=plan.made_by,
    )  # fmt: skip
