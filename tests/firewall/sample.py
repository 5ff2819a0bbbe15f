"""A furnished house for the walk: one object for every parameter that a URL can have."""

import datetime as dt
import re
import uuid
from types import SimpleNamespace

from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.urls import converters as django_converters

from staffroom.cascade.actions.attendance import mark as write_down
from staffroom.cascade.actions.certificates import give as give_certificates
from staffroom.cascade.actions.training_forms import begin_form
from staffroom.cascade.models import (
    Brought,
    CascadePlan,
    Guest,
    Harvest,
    SessionDay,
    SessionTrainer,
    SupportVisit,
    Trainer,
    TrainingSession,
    VisitAnswer,
)
from staffroom.cascade.models import (
    Invitation as Asked,
)
from staffroom.channels.airtime.models import Order, Share
from staffroom.communities.actions.inviting import make_link
from staffroom.communities.models import (
    DesignChange,
    Election,
    Ending,
    GroundRules,
    LeverChoice,
    Membership,
    PlacedGroup,
    PlacedTeacher,
    Placing,
    Term,
)
from staffroom.conversations.actions import ask_without_name
from staffroom.conversations.models import (
    Decision,
    Document,
    Mute,
    Photo,
    Post,
    Recording,
    Report,
    Unsealing,
)
from staffroom.core.clock import now
from staffroom.core.ids import short
from staffroom.edges.models import Broker, BrokerSide, Reshape, ReshapePart, Rise
from staffroom.facilitation.models import Act, Word
from staffroom.governing.actions import safeguarding
from staffroom.governing.actions.assessments import begin
from staffroom.governing.actions.breaches import log_breach
from staffroom.governing.models import Disclosure
from staffroom.instruments.models import Instrument, Item, Picture, Version
from staffroom.library.actions.plans.begin import begin as begin_plan
from staffroom.library.actions.plans.share import share as share_plan
from staffroom.library.actions.plans.write import write as write_plan
from staffroom.library.actions.trust_correct import correct
from staffroom.library.models import (
    Collection,
    CollectionItem,
    Debate,
    Edition,
    Note,
    NoteVersion,
    Resource,
    SectionComment,
    SectionWriting,
    Signer,
    Taught,
    Trial,
)
from staffroom.notices.models import Digest
from staffroom.people.consent import VERSION
from staffroom.people.models import Consent, OpenSession, Person, Phone, Profile
from staffroom.places.models import (
    Appointment,
    Block,
    Circle,
    Cluster,
    ClusterPlan,
    ClusterSchool,
    Holiday,
    ImportRun,
    Oversight,
    SchoolCode,
    SchoolTerm,
    Supervision,
)
from staffroom.rhythm.actions.own_time import write as write_time
from staffroom.rhythm.models import (
    Challenge,
    ChallengePart,
    Gathering,
    IceBreaker,
    Prompt,
    Recognition,
)
from staffroom.web.practice.room import JUMAS
from tests.conftest import make_person
from tests.firewall.routes import Route

#: Words that are written inside the community and must be found nowhere outside it.
SECRETS = [
    "Sekret-question",
    "Sekret-answer",
    "Sekret-message",
    "Sekret-prompt",
    "Sekret-tea",
    "Sekret-rule",
    "Sekret-proposal",
    "Sekret-reason",
    "Sekret-why",
    "Sekret-reminder",
    "Sekret-voice",
    "Sekret-paper",
    "Sekret-content",
    "Sekret-resource",
    "Sekret-words",
    "Sekret-collection",
    "Sekret-plan",
    "Sekret-step",
    "Sekret-sent",
    "Sekret-note",
    "Sekret-taught",
    "Sekret-note",
    "Sekret-trial",
    "Sekret-earlier",
    "Sekret-assumption",
    "Sekret-correction",
    "Sekret-source",
    "Sekret-quiz",
    "Sekret-choice",
    "Sekret-explanation",
    "Sekret-draft",
    "Sekret-skip",
    "Sekret-challenge",
    "Sekret-time",
    "Sekret-change",
    "Sekret-circle",
    "Sekret-purpose",
    "Sekret-visit",
    "Sekret-brought",
]
#: Routes whose post is an answer; everywhere else it is the question.
ABOUT_AN_ANSWER = {"help", "unhelp", "answer_credit"}
#: Routes whose post was asked without a name.
ABOUT_THE_NAMELESS = {"ask_to_unseal"}
#: Routes whose post is the question under which a practice note is debated.
ABOUT_A_DEBATE = {"note_outcome"}
#: Routes whose post celebrates Nafula.
ABOUT_A_CELEBRATION = {"celebration_print"}
PICTURE = b"RIFF\x1a\x00\x00\x00WEBPVP8L\r\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


def furnish(world: SimpleNamespace) -> SimpleNamespace:
    """Put contributions, a photo and the other objects into the community `maths`."""
    say = lambda kind, by, text, **more: Post.objects.create(  # noqa: E731
        community=world.maths, kind=kind, author=by, text=text, **more
    )
    world.question = say("question", world.amina, "Sekret-question", topic="Fractions", grade=6)
    world.answer = say("answer", world.nafula, "Sekret-answer", question=world.question)
    Post.objects.filter(pk=world.question.pk).update(answer_count=1)
    correct(
        by=world.chausiku,
        kind="post",
        thing=world.answer.pk,
        text="Sekret-correction",
        source="Sekret-source",
    )
    world.message = say("message", world.otieno, "Sekret-message")
    world.prompt = say("prompt", world.baraka, "Sekret-prompt")
    world.tea = say("message", world.nafula, "Sekret-tea", room="tea")
    furnish_notices(world)
    furnish_airtime(world)
    rules = world.maths.rule_versions.get()
    rules.rules = ["Sekret-rule"]
    rules.save()
    world.photo = Photo.objects.create(
        community=world.maths,
        owner=world.amina,
        post=world.question,
        width=1,
        height=1,
        size=len(PICTURE),
        file=ContentFile(PICTURE, "walk.webp"),
        small=ContentFile(PICTURE, "walk-small.webp"),
    )
    world.recording = Recording.objects.create(
        community=world.maths,
        owner=world.amina,
        post=world.question,
        size=5,
        seconds=2,
        digest="walk",
        transcript="Sekret-voice",
        file=ContentFile(b"sound", "walk.webm"),
    )
    world.document = Document.objects.create(
        community=world.maths,
        owner=world.amina,
        post=world.question,
        size=5,
        digest="walk",
        name="Sekret-paper.pdf",
        kind="pdf",
        file=ContentFile(b"Sekret-content", "walk.pdf"),
        first_page=ContentFile(PICTURE, "walk-first.webp"),
        first_page_size=len(PICTURE),
    )
    Post.objects.filter(pk=world.question.pk).update(attached_count=2)
    furnish_community(world)
    furnish_library(world)
    furnish_plans(world)
    furnish_quiz(world)
    furnish_desk(world)
    furnish_training(world)
    furnish_care(world)
    world.nafula.photo = ContentFile(PICTURE, "nafula.webp")
    world.nafula.save()
    world.nameless = ask_without_name(
        by=world.nafula, community=world.maths, text="Sekret-nameless"
    )
    Report.objects.create(post=world.nameless, reporter=world.otieno, reason="unkind")
    world.unsealing = Unsealing.objects.create(
        post=world.nameless,
        asked_by=world.baraka,
        reason="Abuse",
        first_by=world.gathoni,
        second_by=world.hamisi,
        opened_at=now(),
    )
    Report.objects.create(post=world.question, reporter=world.nafula, reason="wrong")
    world.decision = Decision.objects.create(
        post=world.question, choice="reminded", why="Sekret-reminder", by=world.baraka
    )
    appealed = say("message", world.otieno, "Sekret no more", hidden_at=now(), hidden_why="x")
    world.appeal = Report.objects.create(
        post=appealed, reporter=world.otieno, reason="appeal", to="office"
    )
    world.appeal_photo = Photo.objects.create(
        community=world.maths,
        owner=world.otieno,
        post=appealed,
        width=1,
        height=1,
        size=len(PICTURE),
        file=ContentFile(PICTURE, "appeal.webp"),
        small=ContentFile(PICTURE, "appeal-small.webp"),
    )
    world.mute = Mute.objects.create(person=world.amina, muted_person=world.otieno)
    world.area = world.kitui
    world.posting = world.amina.postings.get()
    world.appointment = Appointment.objects.get(person=world.gathoni)
    world.oversight = Oversight.objects.create(
        person=world.gathoni, area=world.kitui, starts=dt.date(2020, 1, 1), ends=dt.date(2020, 2, 1)
    )
    world.supervision = Supervision.objects.create(
        supervisor=world.otieno, person=world.farid, starts=dt.date(2020, 1, 1),
        ends=dt.date(2020, 2, 1),
    )  # fmt: skip
    period = {"programme": world.programme, "first_day": now().date(), "last_day": now().date()}
    world.school_term = SchoolTerm.objects.create(name="Term 1", **period)
    world.holiday = Holiday.objects.create(name="Eid", **period)
    world.school_code = SchoolCode.objects.create(
        school=world.hill, system="EMIS", code="77", starts=now().date()
    )
    furnish_safeguarding(world)
    furnish_notes(world)
    furnish_rhythm(world)
    furnish_edges(world)
    furnish_visits(world)
    world.assessment = begin(by=world.hamisi, programme=world.programme)
    world.breach = log_breach(
        by=world.hamisi, programme=world.programme, what="x", noticed_at=now(), whose="x"
    )
    phone = Phone.objects.create(token_hash="of a phone that none of them holds")
    world.profile = Profile.objects.create(phone=phone, person=world.nafula, kind="shared")
    Session.objects.create(session_key="of-nafula", expire_date=now() + dt.timedelta(days=1))
    world.session = OpenSession.objects.create(
        person=world.nafula, session_key="of-nafula", last_used_on=now().date()
    )
    world.juma = Person.objects.create(
        name="Juma Achieng",
        phone="+254700000012",
        email="juma@example.org",
        is_staff=True,
        enrolled_at=now(),
    )
    Consent.objects.create(person=world.juma, version=VERSION, language="en")
    Appointment.objects.create(
        person=world.juma,
        programme=world.programme,
        role="help_desk",
        starts=dt.date(2020, 1, 1),
    )
    world.run = ImportRun.objects.create(programme=world.programme, kind="schools")
    furnish_clusters(world)
    return world


def furnish_clusters(world: SimpleNamespace) -> None:
    """A draft with one cluster of one school, in a circle and a block."""
    world.cluster_plan = ClusterPlan.objects.create(
        programme=world.programme, name="Mwingi 2027", settings={"min": 1, "max": 2}
    )
    world.cascade_plan = CascadePlan.objects.create(
        programme=world.programme, name="Cascade", clusters=world.cluster_plan,
        settings={"first": "2027-01-11", "until": "2027-03-26", "subjects": ["mathematics"]},
    )  # fmt: skip
    world.trainer = Trainer.objects.create(
        programme=world.programme, plan=world.cascade_plan, kind="circle"
    )
    plan = {"plan": world.cluster_plan}
    world.cluster_block = Block.objects.create(number=1, **plan)
    world.cluster_circle = Circle.objects.create(number=1, block=world.cluster_block, **plan)
    world.cluster = Cluster.objects.create(
        number=1, circle=world.cluster_circle, centre=world.hill, **plan
    )
    ClusterSchool.objects.create(cluster=world.cluster, school=world.hill, **plan)
    world.other_plan = ClusterPlan.objects.create(programme=world.programme, name="Others")


def furnish_notices(world: SimpleNamespace) -> None:
    """A digest of Amina's, over all that was said in the last month."""
    since = (now() - dt.timedelta(days=30)).isoformat()
    world.digest = Digest.objects.create(
        person=world.amina,
        period="2026-10-14",
        window={str(world.maths.pk): since, "": since},
        until=now() + dt.timedelta(days=1),
        by="page",
        state="sent",
    )


def furnish_airtime(world: SimpleNamespace) -> None:
    """The community has data support; Amina was given something."""
    LeverChoice.objects.create(programme=world.programme, lever="data_support", value="bundle")
    fields = {"kind": "airtime", "way": "hand", "state": "going", "currency": "KES"}
    world.order = Order.objects.create(
        programme=world.programme, month=now().date(), agreed_at=now(), **fields
    )
    world.order.communities.set([world.maths])
    world.share = Share.objects.create(
        order=world.order, person=world.amina, community=world.maths, state="given", amount=50
    )


def furnish_plans(world: SimpleNamespace) -> None:
    """A lesson plan in which two texts do not fit, and one that is shared; both with inner words."""
    world.plan = begin_plan(by=world.amina, community=world.maths, title="Sekret-plan")
    world.plan_section = world.plan.sections.get(key="steps")
    put = lambda by, text: write_plan(by=by, section=world.plan_section, text=text, based_on=0)  # noqa: E731
    put(world.amina, "10 min: Sekret-step")
    world.plan_writing = put(world.nafula, "Sekret-sent").writing
    SectionWriting.objects.filter(pk=world.plan_writing.pk).update(clashes=True)
    world.plan_comment = SectionComment.objects.create(
        section=world.plan_section, by=world.amina, text="Sekret-note"
    )
    world.plan_taught = Taught.objects.create(
        plan=world.plan, by=world.amina, happened="Sekret-taught"
    )
    world.shared_plan = begin_plan(by=world.amina, community=world.maths, title="Shared with all")
    share_plan(by=world.amina, plan=world.shared_plan)
    shared = world.shared_plan.sections.get(key="steps")
    SectionComment.objects.create(section=shared, by=world.amina, text="Sekret-note")
    Taught.objects.create(plan=world.shared_plan, by=world.amina, happened="Sekret-taught")


def furnish_notes(world: SimpleNamespace) -> None:
    """A note with a report and a debate, made by Otieno; one that came from elsewhere."""
    words = {"title": "Sekret-note", "problem": "P", "worked": "W"}
    earlier = words | {"title": "Sekret-earlier", "tried_where": "", "failed": ""}
    world.note = Note.objects.create(
        programme=world.programme, community=world.maths, made_by=world.otieno, version=2, **words
    )
    for number, said in ((1, earlier), (2, world.note.words())):
        NoteVersion.objects.create(note=world.note, number=number, words=said, why="made")
    world.trial = Trial.objects.create(
        note=world.note, by=world.nafula, result="worked", what="Sekret-trial",
        proposal="open", new_worked="W2",
    )  # fmt: skip
    world.assumption = Post.objects.create(
        community=world.maths, kind="question", author=world.amina, text="Sekret-assumption"
    )
    world.debate = Debate.objects.create(
        note=world.note, post_id=world.assumption.pk, assumption="Sekret-assumption"
    )
    world.signer = Signer.objects.create(
        programme=world.programme, fingerprint="of nobody", name="Far"
    )
    world.travels = Note.objects.create(
        programme=world.programme, origin="Far", **words | {"title": "T"}
    )


def furnish_rhythm(world: SimpleNamespace) -> None:
    """An own version of a prompt; an hour that has been, and one that was left out; a challenge."""
    words = {"subject": "pedagogy", "texts": {"en": "Wait."}}
    Prompt.objects.create(programme=world.programme, key="ped-wait", **words)
    hour = {"community": world.maths, "begins": now() - dt.timedelta(hours=9)}
    hour["ends"] = hour["begins"] + dt.timedelta(hours=2)
    world.icebreaker = IceBreaker.objects.create(
        community=world.maths, person=world.nafula, text="Sekret-challenge"
    )
    world.gathering = Gathering.objects.create(day=dt.date(2026, 1, 8), **hour)
    Gathering.objects.create(
        day=dt.date(2026, 1, 1),
        skipped_at=now(),
        skipped_by=world.baraka,
        skipped_why="Sekret-skip",
        **hour,
    )


def furnish_care(world: SimpleNamespace) -> None:
    """What Amina wrote down for herself alone; what she told Nafula, who has not answered."""
    world.own_time = write_time(
        by=world.amina, day=now().date(), minutes=60, what="Sekret-time", place="Sekret-time"
    )
    world.recognition = Recognition.objects.create(
        community=world.maths,
        by=world.amina,
        about=world.nafula,
        change="explain",
        happened="Sekret-change",
        came="post",
        thing=world.answer.pk,
    )
    world.celebration = Post.objects.create(
        community=world.maths,
        kind="celebration",
        author=world.amina,
        about=world.nafula,
        text="Well",
    )
    challenge = Challenge.objects.create(
        goal="solved", first_day=now().date(), last_day=now().date(), proposed_by=world.baraka
    )
    world.part = ChallengePart.objects.create(challenge=challenge, community=world.maths)


def furnish_quiz(world: SimpleNamespace) -> None:
    """A closed quiz of Amina's, and her draft of its next version."""
    instrument = Instrument.objects.create(
        kind="quiz",
        host="community",
        host_id=world.maths.pk,
        author=world.amina,
        item_count=1,
        closed_at=now(),
    )
    Post.objects.create(
        community=world.maths,
        kind="quiz",
        author=world.amina,
        text="Sekret-quiz",
        instrument=instrument,
    )
    world.picture = Picture.objects.create(
        instrument=instrument,
        owner=world.amina,
        width=1,
        height=1,
        size=len(PICTURE),
        file=ContentFile(PICTURE, "walk-choice.webp"),
    )
    for number, title, published in [(1, "Sekret-quiz", now()), (2, "Sekret-draft", None)]:
        version = Version.objects.create(
            instrument=instrument, number=number, title=title, published_at=published
        )
        Item.objects.create(
            version=version,
            key="i1",
            position=1,
            kind="one",
            text="Sekret-quiz",
            explanation="Sekret-explanation",
            choices=[
                {"key": "a", "text": "Sekret-choice", "right": True},
                {"key": "b", "text": "Another", "picture": str(world.picture.pk)},
            ],
        )
    world.instrument = instrument


def furnish_training(world: SimpleNamespace) -> None:
    """Chausiku trains, Nafula was invited and came; a guest; a certificate."""
    world.training = TrainingSession.objects.create(programme=world.programme, title="Sehemu")
    trainer = Trainer.objects.create(
        programme=world.programme, kind="circle", person=world.chausiku
    )
    SessionTrainer.objects.create(session=world.training, trainer=trainer)
    world.asked = Asked.objects.create(
        session=world.training, person=world.nafula, school=world.river
    )
    world.session_day = SessionDay.objects.create(
        session=world.training, day=now().date() - dt.timedelta(days=1)
    )
    write_down(by=world.chausiku, day=world.session_day, who=world.nafula, said="present")
    world.guest = Guest.objects.create(session=world.training, name="Zawadi")
    (world.certificate,) = give_certificates(by=world.chausiku, session=world.training)
    world.training_form = begin_form(by=world.gathoni, programme=world.programme, use="fidelity")


def furnish_desk(world: SimpleNamespace) -> None:
    """Something put off at Baraka's desk, and a word of it for Otieno."""
    world.desk_act = Act.objects.create(
        community=world.maths,
        term=Term.objects.get(community=world.maths, person=world.baraka),
        key="prompt:2020-W1",
        state="later",
    )
    world.told = Word.objects.create(
        community=world.maths,
        person=world.otieno,
        by=world.baraka,
        kind="invitation",
        text="Sekret-word",
    )


def furnish_edges(world: SimpleNamespace) -> None:
    """The question has risen; Amina offers to carry; a proposal to divide that has lapsed."""
    Rise.objects.create(question=world.question, rose_at=now(), asked_at=now())
    world.broker = Broker.objects.create(person=world.amina, offered_at=now())
    for community in (world.maths, world.sister):
        BrokerSide.objects.create(broker=world.broker, community=community)
    world.reshape = Reshape.objects.create(kind="divide", proposed_by=world.baraka, closes_at=now(),
                                           dropped_at=now())  # fmt: skip
    ReshapePart.objects.create(reshape=world.reshape, community=world.maths)
    for number in (0, 1):
        ReshapePart.objects.create(
            reshape=world.reshape, number=number, name="Sekret-circle", purpose="Sekret-purpose"
        )


def furnish_visits(world: SimpleNamespace) -> None:
    """Chausiku trained Amina and Otieno, visited Amina, and leads the day on which they come back."""
    day = now().date() - dt.timedelta(days=14)
    trainer = Trainer.objects.create(
        programme=world.programme, kind="circle", person=world.chausiku
    )
    fields = {"programme": world.programme, "title": "Sehemu"}
    earlier = TrainingSession.objects.create(state="delivered", **fields)
    world.returning = TrainingSession.objects.create(kind="return", follows=earlier, **fields)
    for session in (earlier, world.returning):
        SessionDay.objects.create(session=session, day=day)
        SessionTrainer.objects.create(session=session, trainer=trainer)
        for person in (world.amina, world.otieno):
            Asked.objects.create(session=session, person=person, state="accepted")
    world.visit = SupportVisit.objects.create(
        programme=world.programme, visitor=world.chausiku, teacher=world.amina, day=day,
        state="held", focus="Sekret-visit", seen="Sekret-visit", version=1, agreed_at=now(),
    )  # fmt: skip
    VisitAnswer.objects.create(visit=world.visit, part="seen", take_out="Sekret-visit")
    world.brought = Brought.objects.create(
        session=world.returning, person=world.amina, tried="Sekret-brought", shared=True
    )
    world.harvest = Harvest.objects.create(
        brought=world.brought, kind="question", words={"text": "Sekret-brought"}
    )


def furnish_safeguarding(world: SimpleNamespace) -> None:
    """Imani reads what is told about danger; something was told."""
    world.imani = make_person(
        "Imani Cherono", "+254700000011", email="imani@example.org", is_staff=True
    )
    Appointment.objects.create(
        person=world.imani,
        programme=world.programme,
        role="safeguarding",
        starts=dt.date(2020, 1, 1),
    )
    world.danger_code = safeguarding.tell(
        programme=world.programme, what="Sekret-danger", once="x" * 16, address="walk"
    )
    world.disclosure = Disclosure.objects.get()
    safeguarding.write(
        by=world.imani, disclosure=world.disclosure, kind="note", text="Sekret-danger-note"
    )


def furnish_library(world: SimpleNamespace) -> None:
    """A resource of the community with a file and a picture, and a collection that it is in."""
    world.resource = Resource.objects.create(
        programme=world.programme,
        community=world.maths,
        kind="story",
        title="Sekret-resource",
        edition=1,
        file_kind="md",
        size=12,
        added_by=world.amina,
    )
    world.edition = Edition.objects.create(
        resource=world.resource,
        number=1,
        file=ContentFile(b"Sekret-words", "walk.md"),
        name="walk.md",
        kind="md",
        size=12,
        digest="walk",
        words="Sekret-words",
        picture=ContentFile(PICTURE, "walk-look.webp"),
        picture_size=len(PICTURE),
    )
    world.collection = Collection.objects.create(
        community=world.maths, name="Sekret-collection", owner=world.amina
    )
    CollectionItem.objects.create(collection=world.collection, resource=world.resource, place=1)


def furnish_community(world: SimpleNamespace) -> None:
    """An object for every act on the community itself."""
    maths = world.maths
    member = Membership.objects.get(community=maths, person=world.nafula)
    world.memberships = {
        "invitation": Membership.objects.create(
            community=maths, person=world.daudi, state="invited", invited_by=world.amina
        ),
        "answer_request": Membership.objects.create(
            community=maths, person=world.hamisi, state="requested"
        ),
        "": member,
    }
    world.placing = Placing.objects.create(programme=world.programme, name="P", state="draft")
    world.placed_group = PlacedGroup.objects.create(
        placing=world.placing, number=1, name="G", subject="mathematics", language="en"
    )
    world.placed_teacher = PlacedTeacher.objects.create(
        placing=world.placing, person=world.nafula, group=world.placed_group
    )
    link = lambda by: make_link(by=by, community_id=maths.pk)  # noqa: E731
    world.links = {"garden_link": link(world.gathoni), "": link(world.amina)}
    world.ending = Ending.objects.create(
        membership=Membership.objects.get(community=maths, person=world.otieno),
        proposed_by=world.baraka,
        reason="Sekret-reason",
    )
    world.version = GroundRules.objects.create(
        community=maths, version=2, rules=["Sekret-proposal"], proposed_by=world.amina
    )
    world.term = Term.objects.create(community=maths, person=world.nafula, how="turn")
    world.election = Election.objects.create(
        community=maths, closes_at=now() + dt.timedelta(days=3)
    )
    world.change = DesignChange.objects.create(
        programme=world.programme,
        community=maths,
        lever="prompts",
        old="weekly",
        new="none",
        why="Sekret-why",
        changed_by=world.baraka,
        waits_until=now() + dt.timedelta(days=3),
    )


def address(route: Route, house: SimpleNamespace) -> str:
    """The route's URL with a real object for each parameter."""

    def fill(match: re.Match) -> str:
        kind, name = match.group("kind") or "str", match.group("name")
        value = parameter(route, name, house)
        if isinstance(value, uuid.UUID):
            return short(value) if kind == "uid" else str(value)
        assert kind in {"uid", "str", "slug", "path", "int"} | set(
            django_converters.get_converters()
        )
        return str(value)

    return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", fill, route.pattern)


def _post(house: SimpleNamespace, name: str) -> object:
    if name in ABOUT_AN_ANSWER:
        return house.answer.pk
    if name in ABOUT_A_CELEBRATION:
        return house.celebration.pk
    if name in ABOUT_A_DEBATE:
        return house.assumption.pk
    return house.nameless.pk if name in ABOUT_THE_NAMELESS else house.question.pk


def _training(house: SimpleNamespace, name: str) -> object:
    """Return sessions have pages of their own, but for the one on which they are planned."""
    returns = name.startswith("return_") and name != "return_plan"
    return house.returning.pk if returns else house.training.pk


def parameter(route: Route, name: str, house: SimpleNamespace) -> object:
    """The sample for one URL parameter; a KeyError tells whoever adds a parameter to add one here."""
    samples = {
        "community": house.maths.pk,
        "channel": "none",  # no channel is set up in the walk
        "digest": house.digest.pk,
        "post": _post(house, route.name),
        "photo": house.appeal_photo.pk if route.name == "appeal_photo" else house.photo.pk,
        "appeal": house.appeal.pk,
        "recording": house.recording.pk,
        "document": house.document.pk,
        "resource": house.resource.pk,
        "edition": house.edition.number,
        "collection": house.collection.pk,
        "instrument": house.instrument.pk,
        "picture": house.picture.pk,
        "item_key": "i1",
        "tongue": "sw",
        "room": "lessons",
        "programme": house.programme.pk,
        "school": house.hill.pk,
        "school_code": house.school_code.pk,
        "asked": house.asked.pk,
        "table": "schools",
        "form": "csv",
        "person": house.nafula.pk,
        "area": house.area.pk,
        "posting": house.posting.pk,
        "appointment": house.appointment.pk,
        "oversight": house.oversight.pk,
        "supervision": house.supervision.pk,
        "run": house.run.pk,
        "cluster_plan": house.cluster_plan.pk,
        "other_plan": house.other_plan.pk,
        "cluster": house.cluster.pk,
        "cluster_block": house.cluster_block.pk,
        "cluster_circle": house.cluster_circle.pk,
        "school_term": house.school_term.pk,
        "holiday": house.holiday.pk,
        "rule": "codes",
        "breach": house.breach.pk,
        "assessment": house.assessment.pk,
        "section": house.plan_section.pk if route.name.startswith("plan_") else "people",
        "plan": house.shared_plan.pk if route.rule == "colleague" else house.plan.pk,
        "writing": house.plan_writing.pk,
        "comment": house.plan_comment.pk,
        "taught": house.plan_taught.pk,
        "disclosure": house.disclosure.pk,
        "training_form": house.training_form.pk,
        "lever": "membership",
        "study": "kihwele-2022",
        "key": "amina",  # a known person of the demo
        "membership": house.memberships.get(route.name, house.memberships[""]).pk,
        "invitation": house.links.get(route.name, house.links[""]).pk,
        "ending": house.ending.pk,
        "placing": house.placing.pk,
        "placed_group": house.placed_group.pk,
        "placed_teacher": house.placed_teacher.pk,
        "version": house.version.pk,
        "term": house.term.pk,
        "election": house.election.pk,
        "change": house.change.pk,
        "token": "not-a-token",
        "subscription": house.session.pk,  # of nobody: a browser makes one
        "secret": "not-a-secret",  # of a hook: the provider alone has it
        "what": "in",
        "kind": "post",
        "thing": house.answer.pk,
        "mute": house.mute.pk,
        "decision": house.decision.pk,
        "unsealing": house.unsealing.pk,
        "example": JUMAS,  # a question of the practice corner
        "exercise": "ask",
        "screen": 1,
        "key_id": 1,  # of nobody: a real one is made in tests/journeys/test_passkey.py
        "session": house.session.pk,
        "profile": house.profile.pk,
        "note": house.note.pk,
        "number": 1,
        "trial": house.trial.pk,
        "travels": house.travels.pk,
        "signer": house.signer.pk,
        "act": house.desk_act.pk,
        "told": house.told.pk,
        "icebreaker": house.icebreaker.pk,
        "gathering": house.gathering.pk,
        "prompt": "ped-wait",  # a prompt of ours
        "entry": house.own_time.pk,
        "recognition": house.recognition.pk,
        "part": house.part.pk,
        "broker": house.broker.pk,
        "reshape": house.reshape.pk,
        "order": house.order.pk,
        "share": house.share.pk,
        "day": house.session_day.pk,
        "who": house.nafula.pk,
        "guest": house.guest.pk,
        "certificate": house.certificate.pk,
        "code": house.certificate.code,
        "cascade_plan": house.cascade_plan.pk,
        "trainer": house.trainer.pk,
        "training": _training(house, route.name),
        "teacher": house.amina.pk,
        "visit": house.visit.pk,
        "part_key": "seen",
        "item": house.brought.pk,
        "harvest": house.harvest.pk,
    }
    if name not in samples:
        raise KeyError(f"{route}: tests/firewall/sample.py has no sample for <{name}>")
    return samples[name]
