"""The peak of a national set time: 22,000 teachers within an hour, three times as dense for a while.

python benchmarks/peak.py [--teachers 22000] [--burst 3] [--seconds 60]

One machine: PostgreSQL, the product (two processes) and this script share it. Arrivals come by
chance (Poisson) at the burst's rate whether the server keeps up or not; each teacher, for the first
time that day, opens Today, then the community with what is new in it, polls twice, writes a message,
opens a question. The hour has begun: each community was opened once before. Peer: the same visits to
the product with every page rendered anew.
"""

import argparse
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._house import ROOT, free_port
from benchmarks._processor import of_command, of_session

MEMBERS = 12
PEERS = [
    ("rendered plainly", "benchmarks._plain:application"),
    ("pages kept", "staffroom.config.wsgi:application"),
]
KINDS = ["today", "community", "poll", "write", "question"]


@dataclass
class Told:
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    web: float = 0.0  # seconds of processor time, of all processes
    database: float = 0.0

    def add(self, kind: str, seconds: float, status: int) -> None:
        with self.lock:
            self.took[kind].append(seconds * 1000)
            if status >= 400:
                self.wrong.append(f"{kind}: {status}")


def furnish(teachers: int) -> list[tuple[str, str, str]]:
    """Teachers in communities of twelve, each with a conversation: (session, community, question)."""
    import datetime as dt

    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.db import connection

    from staffroom.communities.models import Community, GroundRules, Membership, RuleAgreement
    from staffroom.conversations.models import Post, ReadMark
    from staffroom.core.clock import now
    from staffroom.core.ids import short
    from staffroom.people.consent import VERSION
    from staffroom.people.models import Consent, Person
    from staffroom.places.models import Programme

    programme = Programme.objects.create(name="Kenya", country="KE", phone_region="KE")
    people = [
        Person(name=f"Teacher Number{n}", phone=f"+2547{n:08d}", enrolled_at=now())
        for n in range(teachers)
    ]
    groups = [people[at : at + MEMBERS] for at in range(0, teachers, MEMBERS)]
    places = [
        Community(programme=programme, name=f"Mathematics {n}", stage="open")
        for n in range(len(groups))
    ]
    rules = [
        GroundRules(community=place, version=1, rules=["We are kind."], in_force_since=now())
        for place in places
    ]
    posts = []
    for place, group in zip(places, groups, strict=True):
        for number in range(24):
            by = group[number % len(group)]
            at = now() - dt.timedelta(hours=50 - 2 * number)
            kind = "question" if number % 5 == 0 else "message"
            posts.append(
                Post(community=place, author=by, kind=kind, text=WORDS * (1 + number % 3),
                     created_at=at)
            )  # fmt: skip
    joined = now() - dt.timedelta(hours=60)
    read = now() - dt.timedelta(hours=12)
    rows = [
        people,
        places,
        rules,
        [Consent(person=person, version=VERSION, language="en") for person in people],
        [
            Membership(community=place, person=person, state="active", joined_at=joined)
            for place, group in zip(places, groups, strict=True)
            for person in group
        ],
        [
            RuleAgreement(rules=rule, person=person)
            for rule, group in zip(rules, groups, strict=True)
            for person in group
        ],
        posts,
        [
            ReadMark(community=place, person=person, room="lessons", until=read)
            for place, group in zip(places, groups, strict=True)
            for person in group
        ],
    ]
    for each in rows:
        type(each[0]).objects.bulk_create(each, batch_size=2000)  # type: ignore[attr-defined]
    store = SessionStore()
    facts, sessions = [], []
    questions = {post.community_id: post for post in posts if post.kind == "question"}
    for place, group in zip(places, groups, strict=True):
        for person in group:
            key = f"{person.pk.hex}"
            content = {
                "_auth_user_id": str(person.pk),
                "_auth_user_backend": "staffroom.people.backends.Backend",
                "_auth_user_hash": person.get_session_auth_hash(),
                "consent": VERSION,
            }
            sessions.append(
                Session(session_key=key, session_data=store.encode(content),
                        expire_date=now() + dt.timedelta(days=9))
            )  # fmt: skip
            facts.append((key, short(place.pk), short(questions[place.pk].pk)))
    Session.objects.bulk_create(sessions, batch_size=2000)
    with connection.cursor() as cursor:  # as the database does by itself within the day
        cursor.execute("ANALYZE")
    return facts


#: Messages are made of these, each its own: what is repeated is met with a hint.
SAID = str.split("""
    pupils paper pieces number line ground story goats rope classroom feet half quarter thirds bottle
    water maize beans stones sticks chalk board group pair song clap market shillings orange knife mat
    count measure fold draw jump share ask show explain repeat compare guess check write read listen
    first then after before slowly aloud together again outside today tomorrow because until without
    seven twelve twenty forty hundred double equal larger smaller whole part left right top bottom
""")
WORDS = "I folded paper with them this morning. How many quarters are in three? "


class Visitor:
    """One teacher's visit over one kept connection."""

    def __init__(self, port: int, told: Told, facts: tuple[str, str, str]) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.told, (self.session, self.community, self.question) = told, facts
        self.cookies = f"s={self.session}"

    def ask(self, kind: str, path: str, body: dict[str, str] | None = None) -> str:
        headers = {"Cookie": self.cookies, "Accept-Encoding": "identity"}
        data = urllib.parse.urlencode(body) if body else None
        if data:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.monotonic()
        try:
            self.wire.request("POST" if data else "GET", path, body=data, headers=headers)
            answer = self.wire.getresponse()
            text = answer.read().decode("utf-8", "replace")
            status = answer.status
            for value in answer.headers.get_all("Set-Cookie") or []:
                if value.startswith("c="):
                    self.cookies = f"s={self.session}; {value.split(';')[0]}"
        except OSError as error:
            text, status = str(error), 599
            self.wire.close()
        self.told.add(kind, time.monotonic() - start, status)
        return text

    def open(self) -> None:
        self.ask("community", f"/c/{self.community}/")
        self.wire.close()

    def visit(self) -> None:
        place = f"/c/{self.community}/"
        self.ask("today", "/")
        page = self.ask("community", place)
        cursor = _between(page, 'data-cursor="', '"')
        token = _between(page, 'csrfmiddlewaretoken" value="', '"')
        for _ in range(2):
            time.sleep(random.uniform(0.5, 2))
            self.ask("poll", f"{place}new?room=lessons&after={cursor}")
        if token:
            text = " ".join(random.sample(SAID, random.randint(8, 20)))
            words = {"text": text, "csrfmiddlewaretoken": token}
            self.ask("write", place, words)
        self.ask("question", f"{place}q/{self.question}")
        self.wire.close()


def _between(text: str, begin: str, end: str) -> str:
    after = text.partition(begin)[2]
    return after.partition(end)[0]


def play(application: str, facts: list[tuple[str, str, str]], rate: float, seconds: float) -> Told:
    port, told = free_port(), Told()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--port", str(port),
         "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(port)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: Visitor(port, Told(), one).open(), facts[::MEMBERS]))
        web, database = of_session(server.pid), of_command("postgres")
        with ThreadPoolExecutor(400) as pool:
            until = time.monotonic() + seconds
            for each in random.sample(facts, len(facts)):
                time.sleep(random.expovariate(rate))
                if time.monotonic() > until:
                    break
                pool.submit(Visitor(port, told, each).visit)
        told.web = of_session(server.pid) - web
        told.database = of_command("postgres") - database
    finally:
        server.terminate()
        server.wait(20)
    return told


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/sign-in")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def report(name: str, told: Told) -> float:
    everything = [each for kind in KINDS for each in told.took[kind]]
    for kind in [*KINDS, "all"]:
        took = everything if kind == "all" else told.took[kind]
        if len(took) > 20:
            cuts = statistics.quantiles(took, n=100)
            print(
                f"{name:<18} {kind:<10} {len(took):6} requests  p50 {cuts[49]:7.1f} ms"
                f"  p95 {cuts[94]:7.1f} ms  p99 {cuts[98]:7.1f} ms", flush=True
            )  # fmt: skip
    requests = max(1, len(everything))
    print(
        f"{name:<18} processor a request: web {told.web / requests * 1000:.1f} ms,"
        f" PostgreSQL {told.database / requests * 1000:.1f} ms", flush=True
    )  # fmt: skip
    wrong = ", ".join(sorted(set(told.wrong))[:5])
    print(f"{name:<18} errors: {len(told.wrong)} {wrong}", flush=True)
    return statistics.quantiles(everything, n=100)[94]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teachers", type=int, default=22_000)
    parser.add_argument("--burst", type=float, default=3)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kept-only", action="store_true", help="without the peer")
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        _inside_postgres()
        return
    os.environ |= {
        "STAFFROOM_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "staffroom.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    facts = furnish(options.teachers)
    rate = options.teachers / 3600 * options.burst
    print(
        f"{len(facts)} teachers; {rate:.1f} come each second for {options.seconds:.0f} s",
        flush=True,
    )
    found = {
        name: report(name, play(application, facts, rate, options.seconds))
        for name, application in PEERS[options.kept_only :]
    }
    if options.kept_only:
        return
    print(f"ratio of p95, plain to kept: {found['rendered plainly'] / found['pages kept']:.2f}")


def _inside_postgres() -> None:
    import tempfile

    if not shutil.which("pg_virtualenv"):
        raise SystemExit("pg_virtualenv is not here (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory() as folder:
        url = "postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
        script = f'DATABASE_URL={url} exec "$0" "$@"'
        subprocess.run(
            ["pg_virtualenv", "sh", "-c", script, sys.executable, *sys.argv],
            check=True,
            env=os.environ | {"STAFFROOM_DATA": folder},
        )


if __name__ == "__main__":
    main()
