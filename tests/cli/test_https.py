"""`staffroom serve --domain`: Caddy in front, with a certificate, and nothing else to set up."""

import json
import os
import re
import shutil
import signal
import socket
import ssl

import httpx
import pytest

from staffroom.cli import BadInput, _caddy
from tests.cli.conftest import ROOT, House, free_port, get, wait_for

needs_caddy = pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not installed")
ECHO = """
from django.http import JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
@csrf_exempt
def echo(request):
    meta = request.META
    return JsonResponse({
        "for": meta.get("HTTP_X_FORWARDED_FOR"), "secure": request.is_secure(),
        "host": request.get_host(), "bytes": len(request.body) if request.method == "POST" else 0,
    })
urlpatterns = [path("echo", echo), path("", include("staffroom.config.urls"))]
"""
SETTINGS = """
from staffroom.config.settings import *
ROOT_URLCONF = "echo_urls"
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000_000
"""


class Open:
    """One that is open, with a browser that knows its authority."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.http, self.https, self.port = free_port(), free_port(), free_port()
        ports = {"--http-port": self.http, "--https-port": self.https, "--port": self.port}
        words = [str(word) for pair in ports.items() for word in pair]
        self.process = house.start(
            "serve", "--domain", "localhost", "--tls", "internal", "--workers", "1", *words
        )
        root = house.data / "caddy/pki/authorities/local/root.crt"
        wait_for(lambda: self.process.poll() is not None or self._answers(root), 150)
        assert self.process.poll() is None, self.process.stdout.read()
        self.root = root
        context = ssl.create_default_context(cafile=str(root))
        self.browser = httpx.Client(
            verify=context, base_url=f"https://localhost:{self.https}", trust_env=False, timeout=30
        )

    def _answers(self, root) -> bool:
        if not root.exists() or get(self.port, "/readyz") != 200:
            return False
        try:
            socket.create_connection(("127.0.0.1", self.https), timeout=1).close()
        except OSError:
            return False
        return True


@pytest.fixture
def opened(make_house, tmp_path):
    (tmp_path / "echo_urls.py").write_text(ECHO)
    (tmp_path / "echo_settings.py").write_text(SETTINGS)
    house = make_house("sqlite", ready=True, STAFFROOM_SMS_PROVIDER="none")
    house.environment |= {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}",
        "DJANGO_SETTINGS_MODULE": "echo_settings",
    }
    return Open(house)


@needs_caddy
def test_it_is_open_by_https_and_leaves_whole(opened):
    page = opened.browser.get("/")
    assert page.status_code == 200
    assert "max-age=" in page.headers["strict-transport-security"]
    assert page.cookies.get("c", None)
    assert "h3=" in page.headers["alt-svc"]

    moved = httpx.get(f"http://localhost:{opened.http}/a?b=c", trust_env=False)
    assert moved.status_code == 308
    assert moved.headers["location"] == f"https://localhost:{opened.https}/a?b=c"

    # Who says for himself where he comes from is not believed.
    said = opened.browser.get("/echo", headers={"X-Forwarded-For": "6.6.6.6"}).json()
    assert said["secure"]
    assert said["host"] == f"localhost:{opened.https}"
    assert said["for"] in {"127.0.0.1", "::1"}

    whole = b"x" * 30_000_000
    assert opened.browser.post("/echo", content=whole).json()["bytes"] == len(whole)
    refused = opened.browser.post("/echo", content=b"x" * 61_000_000)
    assert (refused.status_code, "in parts" in refused.text) == (413, True)
    assert opened.browser.get("/join/abcdefghijklmnopqrstuv?who=Sekret").status_code == 200

    opened.process.send_signal(signal.SIGTERM)
    log = opened.process.stdout.read()
    assert opened.process.wait(15) == 0
    assert f"Staffroom is open at https://localhost:{opened.https}/" in log
    with pytest.raises(httpx.ConnectError):
        opened.browser.get("/")
    assert get(opened.port, "/healthz") == 0
    seen = [json.loads(line) for line in log.splitlines() if '"http.log.access' in line]
    assert len(seen) >= 4
    assert "http.matchers.expression" not in log
    for hidden in ("Sekret", "abcdefghijklmnopqrstuv", "127.0.0.1", "6.6.6.6", "python-httpx"):
        assert not [line for line in seen if hidden in json.dumps(line)]
    # All that Caddy keeps is with the data, for its owner alone.
    assert (opened.house.data / "caddy").stat().st_mode & 0o077 == 0


@needs_caddy
def test_http_2_is_spoken(opened):
    curl = shutil.which("curl")
    if not curl:
        pytest.skip("curl is not installed")
    import subprocess

    words = ["-s", "-o", "/dev/null", "-w", "%{http_version}", "--cacert", str(opened.root)]
    done = subprocess.run(
        [curl, *words, f"https://localhost:{opened.https}/healthz"], capture_output=True, text=True
    )
    assert done.stdout == "2"


@needs_caddy
def test_caddy_does_not_outlive_a_killed_supervisor_and_is_started_again(opened):
    found = lambda: _pids(opened.house.data)  # noqa: E731
    (before,) = found()
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: found() and found() != [before], 20)
    wait_for(lambda: _reached(opened), 20)
    opened.process.kill()
    opened.process.wait()
    wait_for(lambda: not found(), 20)


def _reached(opened: Open) -> bool:
    try:
        return opened.browser.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def _pids(data) -> list[int]:
    """The caddy that runs with this folder's configuration."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/cmdline") as file:
                words = file.read()
        except OSError:
            continue
        if str(data / "caddy") in words and "caddy\0run" in words:
            found.append(int(entry))
    return found


def test_without_caddy_it_says_how_to_get_it(make_house, tmp_path):
    house = make_house("sqlite", PATH=str(tmp_path))
    done = house.run("serve", "--domain", "staffroom.example.org", code=2)
    assert "apt-get install caddy" in done.stderr
    assert "Traceback" not in done.stderr
    assert not house.data.exists()


@needs_caddy
def test_a_port_in_use_is_said_before_anything_starts(make_house):
    house = make_house("sqlite", STAFFROOM_SMS_PROVIDER="none")
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        words = ["--http-port", str(free_port()), "--https-port", taken]
        done = house.run("serve", "--domain", "a.example.org", *words, code=2)
    assert f"port {taken}" in done.stderr
    assert "--https-port" in done.stderr


@pytest.mark.parametrize(
    ("name", "internal", "sentence"),
    [
        ("https://a.example.org/", False, "the name alone"),
        ("203.0.113.7", False, "given for names"),
        ("school", False, "no public name"),
        ("a b.example.org", False, "not a name"),
        ("a.example.org{", True, "not a name"),
        ("-a.example.org", False, "not a name"),
    ],
)
def test_what_is_no_name_is_refused(name, internal, sentence):
    with pytest.raises(BadInput, match=sentence):
        _caddy.check_domain(name, internal=internal)


def test_names_as_people_write_them():
    assert _caddy.check_domain("Staffroom.Example.org.", internal=False) == "staffroom.example.org"
    assert _caddy.check_domain("school.lan", internal=True) == "school.lan"
    assert _caddy.check_domain("192.168.1.5", internal=True) == "192.168.1.5"


def test_what_caddy_lets_through_is_enough_for_every_upload(settings):
    from staffroom.config import settings as ours
    from staffroom.conversations.actions.photos import MOST

    sizes = [value for name, value in vars(ours).items() if name.endswith("_MAX_BYTES")]
    assert max(sizes) == settings.BODY_MAX_BYTES
    assert settings.BODY_MAX_BYTES > MOST * settings.PHOTO_MAX_BYTES


def test_the_usual_ports_are_not_in_addresses(tmp_path):
    front = _caddy.Front(["a.example.org", "b.example.org"], 8000, email="a@example.org")
    text = front.caddyfile(tmp_path, 60_000_000)
    assert front.address() == "https://a.example.org/"
    assert "redir https://{host}{uri} 308" in text
    assert "https://a.example.org, https://b.example.org {" in text
    assert "email a@example.org" in text
    assert not re.search(r"tls internal", text)
