"""`staffroom serve` with real processes: it starts, mends itself, and leaves without cutting anybody off."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from tests.cli.conftest import ROOT, free_port, get, wait_for

PUT = """
from staffroom.core import outbox
outbox.put("unheard", word="one")
"""
WAITING = """
from staffroom.core.models import OutboxEntry
print(json.dumps(OutboxEntry.objects.filter(delivered_at=None).count()))
"""


def children(process: subprocess.Popen) -> dict[str, int]:
    """Name and number of the supervisor's children."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{entry}/cmdline") as file:
                words = file.read().split("\0")
        except OSError:
            continue
        if parent == process.pid and "staffroom.cli" in words:
            found[words[words.index("staffroom.cli") + 1]] = int(entry)
    return found


needs_proc = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc (Linux)")


@pytest.fixture
def house(make_house):
    return make_house(ready=True)


@needs_proc
def test_it_serves_delivers_mends_itself_and_stops(make_house):
    house = make_house()
    process, port = house.serve()
    assert set(wait_for(lambda: len(children(process)) == 3 and children(process))) == {
        "web",
        "worker",
        "clock",
    }
    assert get(port, "/healthz") == 200

    house.python(PUT)
    wait_for(lambda: house.python(WAITING) == 0, 20)

    for name in ("web", "worker", "clock"):
        before = children(process)[name]
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: children(process).get(name, before) != before, 20)  # noqa: B023
    wait_for(lambda: get(port, "/healthz") == 200, 20)
    house.python(PUT)
    wait_for(lambda: house.python(WAITING) == 0, 20)

    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    said = process.stdout.read()
    assert process.wait(15) == 0
    assert time.monotonic() - start < 10
    assert said.count("Staffroom is open at http://localhost:") == 1
    assert get(port, "/healthz") == 0
    assert children(process) == {}


@needs_proc
def test_children_do_not_outlive_a_killed_supervisor(house):
    process, port = house.serve()
    wait_for(lambda: len(children(process)) == 3)
    process.kill()
    process.wait()
    wait_for(lambda: get(port, "/healthz") == 0, 20)


def test_a_request_under_way_is_answered_before_it_stops(house, tmp_path):
    (tmp_path / "slow_urls.py").write_text(
        "import time\n"
        "from django.http import HttpResponse\n"
        "from django.urls import path\n"
        "def slow(request):\n"
        "    time.sleep(3)\n"
        "    return HttpResponse('whole')\n"
        "urlpatterns = [path('slow', slow)]\n"
    )
    (tmp_path / "slow_settings.py").write_text(
        "from staffroom.config.settings import *\nROOT_URLCONF = 'slow_urls'\n"
    )
    house.environment |= {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "slow_settings",
    }
    process, port = house.serve()
    answers = []

    def ask():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/slow", timeout=20) as response:
            answers.append(response.read())

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    asking.join(10)
    assert answers == [b"whole"]


def test_two_workers_at_once_deliver_everything_once(house, tmp_path):
    house.run("manage", "migrate", "-v", "0")
    log = tmp_path / "heard.txt"
    house.python(
        "from staffroom.core import outbox\nfor n in range(200): outbox.put('heard', number=n)\n"
    )
    code = (
        "import django; django.setup()\n"
        "from staffroom.core import outbox\n"
        f"outbox.on('heard', lambda p: open({str(log)!r}, 'a').write(f\"{{p['number']}}\\n\"))\n"
        "while outbox.deliver(): pass\n"
    )
    workers = [
        subprocess.Popen([sys.executable, "-c", code], env=house.environment, cwd=ROOT)
        for _ in range(2)
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert sorted(map(int, log.read_text().split())) == list(range(200))


@pytest.mark.parametrize("command", ["serve", "web", "worker", "clock"])
def test_an_insecure_deployment_does_not_start(make_house, command):
    house = make_house(
        "sqlite", STAFFROOM_HOSTS="staffroom.example.org", STAFFROOM_DEBUG="1", STAFFROOM_HTTPS="0"
    )
    done = house.run(command, code=2)
    assert "1. Debug mode" in done.stderr
    assert "HTTPS" in done.stderr
    assert "SMS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_before_anything_starts(make_house):
    import socket

    house = make_house("sqlite")
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        done = house.run("serve", "--port", str(other.getsockname()[1]), code=2)
    assert "try --port with another number" in done.stderr
