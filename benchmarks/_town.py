"""The demo behind the real servers: granian alone, or behind Caddy with TLS; one member of it, in a language.

The demo is made once (two minutes) and kept in var/bench-demo; each run has a copy of its own.
"""

import base64
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks._house import ROOT, free_port

MADE = ROOT / "var/bench-demo"
#: Written for this measurement: what teachers of mathematics and Urdu say to each other. To them come
#: sentences of the product in Urdu, so that no page says anything twice.
URDU = [
    "آج ساتویں جماعت میں کسر پڑھائی۔ کاغذ موڑ کر آدھا اور چوتھائی دکھایا تو بچے فوراً سمجھ گئے۔",
    "میرے بچے ⅓ کو ¼ سے چھوٹا سمجھتے ہیں کیونکہ تین چار سے چھوٹا ہے۔ آپ کیا کرتے ہیں؟",
    "روٹی کی مثال دیں۔ تین بچوں میں بانٹیں یا چار میں، کس کو زیادہ ملے گی؟",
    "شکریہ، کل پہلے پیریڈ میں آزما کر بتاؤں گی۔",
    "املا کی غلطیاں کم کرنے کے لیے میں ہر روز پانچ لفظ تختے پر لکھواتا ہوں، پھر بچے ایک دوسرے کی کاپی دیکھتے ہیں۔",
    "بڑی جماعت میں گروہ بنانا مشکل ہے۔ ساٹھ بچے ہیں اور بنچ ہلتے نہیں۔",
    "بنچ نہیں ہلتے تو آگے والے پیچھے مڑ جائیں، چار چار کا گروہ بن جاتا ہے۔",
    "کیا کسی کے پاس پانچویں جماعت کے پرانے پرچے ہیں؟ ضرب اور تقسیم کے سوال چاہییں۔",
    "میں نے کنکروں سے دہائی اور اکائی سکھائی۔ دس کنکر ایک ڈبیا میں، بچوں کو کھیل لگا۔",
    "نظم پہلے گا کر سنائیں، پھر معنی پوچھیں۔ میری جماعت میں اس سے خاموش بچے بھی بولنے لگے۔",
    "معائنے سے پہلے سب کاپیاں جانچنا ممکن نہیں۔ میں روز ایک قطار کی کاپیاں دیکھ لیتا ہوں۔",
    "صفر سے ضرب کا سوال پھر آیا۔ میں نے پوچھا: خالی ٹوکریاں پانچ ہوں تو آم کتنے؟",
]


def sayings(language: str) -> list[str]:
    """Texts of the demo in this language; in Urdu ours."""
    if language == "ur":
        return URDU + _sentences()
    found = []
    for path in sorted((ROOT / "staffroom/web/demo/content").glob("[0-9]*.toml")):
        group = tomllib.loads(path.read_text())
        if group["language"] != language:
            continue
        for said in group.get("posts", []):
            found += [
                one["text"].strip()
                for one in (said, *said.get("answers", []))
                if one.get("lang", language) == language
            ]
    return found


def _sentences() -> list[str]:
    """Of the catalogue, as long as a message, without places to fill."""
    text = (ROOT / "staffroom/locale/ur/LC_MESSAGES/django.po").read_text()
    said = [line[8:-1] for line in text.splitlines() if line.startswith('msgstr "')]
    return [one for one in said if 60 <= len(one) <= 200 and not set("%<{") & set(one)][:300]


def make() -> None:
    if not MADE.exists():
        subprocess.run(
            [sys.executable, "-m", "staffroom.cli", "demo", "--only-make"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "STAFFROOM_DATA": str(MADE)},
            check=True,
        )


class Town:
    """A copy of the demo, in this process ready to be written to; servers beside it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.lines = data / "counted"
        self.lines.touch()
        self._read = 0

    def counted(self) -> list[dict[str, Any]]:
        """What was answered since the last time."""
        import json

        with self.lines.open() as file:
            file.seek(self._read)
            text = file.read()
            self._read = file.tell()
        return [json.loads(line) for line in text.splitlines()]


@contextlib.contextmanager
def town() -> Iterator[Town]:
    make()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(MADE, data)
        os.environ |= {"STAFFROOM_DATA": str(data), "STAFFROOM_LOG_LEVEL": "ERROR"}
        # Playwright runs an event loop in this thread.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        os.environ["DJANGO_SETTINGS_MODULE"] = "staffroom.config.settings"
        for name in ("STAFFROOM_DEBUG", "STAFFROOM_HOSTS", "STAFFROOM_DEMO"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield Town(data)


@contextlib.contextmanager
def granian(here: Town, **settings: str) -> Iterator[int]:
    """The real web process; its port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "benchmarks._counted:application"]
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    web = subprocess.Popen(
        [*command, *options, "--port", str(port), "--log-level", "error"],
        cwd=ROOT,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "STAFFROOM_COUNTED": str(here.lines)}
        | {f"STAFFROOM_{name}": value for name, value in settings.items()},
        start_new_session=True,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        web.terminate()
        web.wait(15)


@contextlib.contextmanager
def caddy(here: Town, upstream: int) -> Iterator[tuple[int, str]]:
    """The real Caddy, configured as `serve --domain localhost --tls internal` does.

    Its HTTPS port, and the fingerprint of the key that signs its certificates: a browser that is
    told to overlook certificates altogether would keep nothing in its cache.
    """
    from staffroom.cli import _caddy

    front = _caddy.Front(["localhost"], upstream, free_port(), free_port(), internal=True)
    command = _caddy.write(front, here.data, 60_000_000)
    program = subprocess.Popen(
        command,
        env=os.environ | _caddy.environment(here.data / "caddy"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://localhost:{front.http}/")
        yield front.https, _fingerprint(here.data / "caddy")
    finally:
        program.terminate()
        program.wait(15)


def _fingerprint(folder: Path) -> str:
    """SHA-256 of the intermediate's public key, once it is made."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    for _ in range(100):
        made = list(folder.rglob("intermediate.crt"))
        if made and made[0].stat().st_size:
            break
        time.sleep(0.1)
    time.sleep(1)  # and the certificate made with it
    key = x509.load_pem_x509_certificate(made[0].read_bytes()).public_key()
    kind = PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(hashlib.sha256(key.public_bytes(Encoding.DER, kind)).digest()).decode()


def _wait(url: str) -> None:
    import urllib.error

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    for _ in range(300):
        try:
            opener.open(url).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("a server did not start")


class Member:
    """A teacher in two communities, where the others speak one language."""

    def __init__(self, language: str, number: int) -> None:
        from django.db.models import Count, Q

        from staffroom.people.models import Person

        active = Q(memberships__state="active", memberships__community__stage="open")
        people = (
            Person.objects.filter(is_staff=False)
            .annotate(here=Count("memberships", filter=active))
            .filter(here__gte=2)
            .order_by("pk")
        )
        self.person = people[number % len(people)]
        self.person.language = language
        self.person.save(update_fields=["language"])
        self.texts = sayings(language)
        self.said = 0
        self.communities = [
            one.community
            for one in self.person.memberships.filter(
                state="active", community__stage="open"
            ).select_related("community")[:2]
        ]
        self.others = [
            [
                one.person
                for one in place.memberships.filter(state="active")
                .exclude(person=self.person)
                .select_related("person")
            ]
            for place in self.communities
        ]

    def cookie(self) -> str:
        """Of a session as a sign-in by code makes it."""
        from django.test import Client

        client = Client()
        client.force_login(self.person, "staffroom.people.backends.Backend")
        return str(next(iter(client.cookies.values())).value)

    def next_words(self) -> str:
        self.said += 1
        self.calm()
        text = self.texts[self.said % len(self.texts)]
        turn = self.said // len(self.texts)
        return f"{text} ({turn})" if turn else text

    def calm(self) -> None:
        """A month in minutes is no flood, and words of the demo said again no chain letter."""
        from staffroom.conversations.models import TextPrint
        from staffroom.core.models import RateCount

        RateCount.objects.all().delete()
        TextPrint.objects.all().delete()

    def others_say(self, place: int, count: int) -> None:
        """So many new messages in one community."""
        from staffroom.conversations import actions

        for _ in range(count):
            by = self.others[place][self.said % len(self.others[place])]
            actions.say(community=self.communities[place], by=by, text=self.next_words())

    def somebody_asks(self, place: int) -> str:
        """A question; its path."""
        from staffroom.conversations import actions
        from staffroom.core.ids import short

        by = self.others[place][self.said % len(self.others[place])]
        here = self.communities[place]
        post = actions.ask(community=here, by=by, text=self.next_words(), topic="", grade=None)
        for helper in self.others[place][:2]:
            if helper != by:
                actions.answer(question=post, by=helper, text=self.next_words())
        return f"/c/{short(here.pk)}/q/{short(post.pk)}"

    def somebody_shows(self, place: int) -> None:
        """A photo of the demo, in a message."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from staffroom.conversations import actions
        from staffroom.conversations.actions.photos import attach

        picture = next((ROOT / "staffroom/web/demo/pictures").glob("*.jpg")).read_bytes()
        by = self.others[place][0]
        post = actions.say(community=self.communities[place], by=by, text=self.next_words())
        attach(post=post, files=[SimpleUploadedFile("a.jpg", picture, "image/jpeg")], by=by)

    def stream(self, place: int) -> str:
        from staffroom.core.ids import short

        return f"/c/{short(self.communities[place].pk)}/"

    def puzzle(self) -> str:
        """The path of this week's puzzle, made as a member makes one."""
        from staffroom.conversations.actions import puzzle
        from staffroom.core.ids import short
        from staffroom.web.demo.quizzes import PUZZLE

        here = self.communities[0]
        post = puzzle(by=self.others[0][1], community=here, item=PUZZLE, language="en")
        assert post.instrument is not None
        return f"/c/{short(here.pk)}/quiz/{short(post.instrument.pk)}"

    def plan(self) -> str:
        """The path of a lesson plan that the members write together; "" where there is none."""
        from staffroom.core.ids import short
        from staffroom.library.models import LessonPlan

        plan = LessonPlan.objects.filter(community__in=self.communities).first()
        return f"/c/{short(plan.community_id)}/plans/{short(plan.pk)}" if plan else ""
