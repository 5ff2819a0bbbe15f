"""What is written for systemd and for containers names only what there is."""

import argparse
import configparser
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from staffroom.cli import commands, load
from tests.cli.conftest import ROOT, free_port, get, wait_for

DEPLOY = ROOT / "deploy"
UNITS = {
    "staffroom-web.service",
    "staffroom-worker.service",
    "staffroom-backup.service",
    "staffroom-backup.timer",
    "staffroom-doctor.service",
    "staffroom-doctor.timer",
}


def understood(words: list[str]) -> bool:
    """A command of ours with options that it takes."""
    assert words[0] in commands(), words
    parser = argparse.ArgumentParser(exit_on_error=False)
    load(words[0]).arguments(parser)
    _, unknown = parser.parse_known_args(words[1:])
    return not unknown


def variables() -> set[str]:
    page = (ROOT / "docs/reference/settings.md").read_text()
    return set(re.findall(r"^\| `((?:STAFFROOM_|DATABASE_)[A-Z_]+)`", page, re.M))


@pytest.fixture
def units(make_house, tmp_path):
    house = make_house("sqlite")
    folder = tmp_path / "units"
    folder.mkdir()
    said = house.run(
        "systemd", "--domain", "staffroom.example.org", "--user", "root", "--data", "/var/lib/x",
        "--may-write", "/backups", "--write", str(folder),
    ).stdout  # fmt: skip
    assert "systemctl enable --now" in said
    assert not house.data.exists()
    return folder


def read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(path)
    return parser


def test_the_units_run_what_there_is_and_may_do_little(units):
    assert {path.name for path in units.iterdir()} == UNITS
    for path in units.glob("*.service"):
        service = read(path)["Service"]
        words = shlex.split(service["ExecStart"])
        assert Path(words[0]).exists()
        assert understood(words[words.index("staffroom.cli") + 1 if "-m" in words else 1 :])
        assert service["NoNewPrivileges"] == "yes"
        assert service["ProtectSystem"] == "strict"
        assert service["PrivateTmp"] == "yes"
        assert service["ReadWritePaths"] == "/var/lib/x /backups"
        wanted = "CAP_NET_BIND_SERVICE" if "web" in path.name else ""
        assert service["CapabilityBoundingSet"] == service["AmbientCapabilities"] == wanted
    assert "MemoryMax" in read(units / "staffroom-web.service")["Service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(units):
    paths = [str(path) for path in sorted(units.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "staffroom" in line]
    assert complaints == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--domain", "http://a.example.org"], "the name alone"),
        (["--domain", "a.example.org", "--user", "a b"], "--user"),
        (["--domain", "a.example.org", "--data", "var"], "whole path"),
        (["--domain", "a.example.org", "--memory", "much"], "--memory"),
        (["--domain", "a.example.org", "--check-at", "noon"], "--check-at"),
        (["--domain", "a.example.org", "--write", "/there is none"], "no folder"),
    ],
)
def test_what_systemd_would_misread_is_refused(make_house, words, sentence):
    refused = make_house("sqlite").run("systemd", *words, code=2)
    assert sentence in refused.stderr


def test_systemd_is_told_when_pages_answer(make_house, tmp_path):
    """The parts apart, as the services run them."""
    house = make_house(ready=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notes:
        notes.bind(str(tmp_path / "notify"))
        notes.settimeout(60)
        port = free_port()
        web = house.start(
            "serve", "--part", "web", "--port", str(port), "--workers", "1",
            NOTIFY_SOCKET=str(tmp_path / "notify"),
        )  # fmt: skip
        assert notes.recv(100) == b"READY=1"
        assert get(port, "/readyz") == 200
        work = house.start("serve", "--part", "work", "--no-migrate")
        alive = (
            "from staffroom.core import heartbeat as h\n"
            "print(json.dumps([len(h.alive(kind)) for kind in ('worker', 'clock')]))"
        )
        wait_for(lambda: house.python(alive) == [1, 1])
        for process in (web, work):
            process.terminate()
            assert process.wait(15) == 0
        assert notes.recv(100) == b"STOPPING=1"


def test_the_image_copies_and_calls_what_there_is():
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["COPY"] and not words[1].startswith("--from"):
            for source in words[1:-1]:
                assert (ROOT / source).exists(), line
    called = json.loads(re.search(r"^CMD (\[.*\])$", text, re.M)[1])
    assert called[0] == "staffroom"
    assert understood(called[1:])
    assert re.search(r"^USER staffroom$", text, re.M)
    assert re.search(r"^VOLUME /data$", text, re.M)
    assert "/healthz" in text
    assert set(re.findall(r"STAFFROOM_[A-Z_]+", text)) <= variables()


def test_compose_starts_what_there_is():
    yaml = pytest.importorskip("yaml")
    text = (DEPLOY / "compose.yaml").read_text()
    compose = yaml.safe_load(text)
    services = compose["services"]
    assert set(services) == {"web", "worker", "postgres", "caddy"}
    for name in ("web", "worker"):
        service = services[name]
        assert service["command"][0] == "staffroom"
        assert understood(service["command"][1:])
        assert set(service["environment"]) <= variables()
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
        assert "data:/data" in service["volumes"]
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()
        assert set(service.get("networks", [])) <= set(compose["networks"])
        assert set(service.get("depends_on", [])) <= set(services)
    assert set(re.findall(r"STAFFROOM_[A-Z_]+", text)) <= variables()
    # Caddy alone is believed about where a request comes from.
    subnet = compose["networks"]["front"]["ipam"]["config"][0]["subnet"]
    assert services["web"]["environment"]["STAFFROOM_PROXIES"] == subnet
    assert "ports" not in services["web"]


@pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not installed")
def test_caddy_takes_the_file_beside_compose(tmp_path):
    done = subprocess.run(
        ["caddy", "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"],
        capture_output=True,
        text=True,
        env=os.environ
        | {
            "DOMAIN": "staffroom.example.org",
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path),
        },
    )
    assert done.returncode == 0, done.stderr
