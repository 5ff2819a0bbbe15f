"""How `backup.zip` was made, by the code of Staffroom 0.1 (later code need not be able to run this).

STAFFROOM_DATA=/tmp/v01 python -m staffroom.cli manage migrate
STAFFROOM_DATA=/tmp/v01 python tests/data/v0.1/make.py tests/data/v0.1/backup.zip
"""

import datetime as dt
import io
import sys
from pathlib import Path

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from staffroom.communities.models import (  # noqa: E402
    Approval,
    Ballot,
    EndingAgreement,
    Kickoff,
    LeverChoice,
    Membership,
    OutsideView,
)
from staffroom.conversations.actions import (  # noqa: E402
    answer,
    ask,
    celebrate,
    help,
    mark_read,
    pin,
    say,
    solve,
    thank,
)
from staffroom.conversations.actions.drafts import save as save_draft  # noqa: E402
from staffroom.conversations.actions.photos import attach  # noqa: E402
from staffroom.conversations.models import Mention, Post, Revision  # noqa: E402
from staffroom.core import audit, limits, outbox  # noqa: E402
from staffroom.core.backups.make import make  # noqa: E402
from staffroom.core.clock import now, pretend  # noqa: E402
from staffroom.core.models import DutyDone  # noqa: E402
from staffroom.people.models import SignInCode  # noqa: E402
from staffroom.places.models import TeacherNumber  # noqa: E402
from tests import conftest  # noqa: E402
from tests.firewall.sample import furnish  # noqa: E402

MOMENT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def picture() -> SimpleUploadedFile:
    image = Image.new("RGB", (480, 320), "#f4efe2")
    draw = ImageDraw.Draw(image)
    for n in range(8):
        draw.rectangle((20 + n * 55, 60, 70 + n * 55, 260), outline="#234", width=3)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return SimpleUploadedFile("strips.jpg", out.getvalue(), "image/jpeg")


def fill() -> None:
    world = furnish(conftest.world._get_wrapped_function()(None))
    maths = world.maths
    question = ask(
        by=world.amina, community=maths, topic="Fractions", grade=6, language="en",
        text="Why does dividing by ½ make more? What do your pupils see?",
    )  # fmt: skip
    attach(post=question, files=[picture()], by=world.amina)
    said = answer(by=world.nafula, question=question, language="sw", text="Tumia karatasi: ½ + ⅓.")
    help(by=world.amina, answer=said)
    solve(by=world.amina, question=Post.objects.get(pk=question.pk))
    thank(by=world.otieno, post=said)
    urdu = say(by=world.otieno, community=maths, room="tea", language="ur", text="سب کو سلام، «ك»")
    pin(by=world.baraka, post=Post.objects.get(pk=question.pk))
    celebrate(
        by=world.baraka, community=maths, about=world.nafula, saying="Asante", room="lessons",
        language="sw", text="Her class solved it alone.",
    )  # fmt: skip
    Revision.objects.create(post=urdu, version=1, text="سلام")
    Mention.objects.get_or_create(post=said, person=world.amina)
    save_draft(by=world.amina, community=maths, place="lessons", fields={"text": "Half a thought"})
    mark_read(by=world.amina, community=maths, until=now(), room="lessons")
    asking = Membership.objects.get(community=maths, state="requested")
    Approval.objects.create(membership=asking, member=world.amina, accepts=True)
    EndingAgreement.objects.create(ending=world.ending, member=world.amina)
    Ballot.objects.create(election=world.election, voter=world.amina, candidate=world.nafula)
    Kickoff.objects.create(community=maths, held_on=dt.date(2026, 9, 1), place="Mwingi", present=4)
    LeverChoice.objects.create(programme=world.programme, lever="prompts", value="weekly")
    LeverChoice.objects.create(
        programme=world.programme, community=maths, lever="set_time", value="weekly"
    )
    OutsideView.objects.create(
        community=maths, person=world.gathoni, office="gardener", page="plot"
    )
    SignInCode.objects.create(person=world.amina, code_hash="0" * 64, expires_at=now())
    TeacherNumber.objects.create(programme=world.programme, person=world.amina, number="TSC 1234")
    world.run.file.save("list.csv", ContentFile(b"code,name\nhill,Hill Primary\n"))
    limits.take("example", "somebody", limit=5, seconds=60)
    outbox.put("example.waiting", word="kept")
    DutyDone.objects.create(name="nightly", due_at=MOMENT + dt.timedelta(days=1))
    audit.write("example.done", actor=world.amina, on=maths)
    Authenticator.objects.create(user=world.hamisi, type="totp", data={"secret": "EXAMPLE"})
    DBTaskResult.objects.create(
        status="SUCCESSFUL", finished_at=now(), args_kwargs={"args": [], "kwargs": {}},
        task_path="example.done", exception_class_path="", backend_name="default", run_after=now(),
    )  # fmt: skip
    session = SessionStore()
    session["example"] = "kept"
    session.save()


if __name__ == "__main__":
    with pretend(MOMENT):
        with transaction.atomic():
            fill()
        make(Path(sys.argv[1]))
