"""The services of systemd, as narrow as what they do allows."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

HARD = """\
User={user}
Group={user}
UMask=0077
EnvironmentFile={environment}
Environment=STAFFROOM_DATA={data}
WorkingDirectory={data}
NoNewPrivileges=yes
CapabilityBoundingSet={capability}
AmbientCapabilities={capability}
ProtectSystem=strict
ReadWritePaths={writes}
ProtectHome={home}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
"""
LASTING = """\
Type=notify
NotifyAccess=main
Restart=always
RestartSec=2
TimeoutStartSec=30min
TimeoutStopSec=15
KillMode=mixed
TasksMax=256
"""
ONCE = """\
Type=oneshot
TimeoutStartSec=6h
TasksMax=64
"""


@dataclass(frozen=True)
class Place:
    """Where things are on this machine."""

    program: str
    user: str
    data: Path
    environment: Path
    writes: tuple[Path, ...] = ()

    def hard(self, *, capability: str = "") -> str:
        return HARD.format(
            user=self.user,
            environment=self.environment,
            data=self.data,
            capability=capability,
            writes=" ".join(map(str, (self.data, *self.writes))),
            # A program that lies in somebody's home must be seen there.
            home="read-only" if self.program.startswith(("/home/", "/root/")) else "yes",
        )


def units(place: Place, domains: list[str], *, memory: str, check_at: dt.time) -> dict[str, str]:
    """Name and text of each unit."""
    front = " ".join(f"--domain {domain}" for domain in domains)
    network = "Wants=network-online.target\nAfter=network-online.target postgresql.service\n"
    return {
        "staffroom-web.service": _unit(
            "Staffroom: pages, with HTTPS",
            f"{network}Wants=staffroom-worker.service\n",
            f"ExecStart={place.program} serve --part web {front}\n{LASTING}"
            f"MemoryHigh={memory}\nMemoryMax={memory}\n"
            + place.hard(capability="CAP_NET_BIND_SERVICE"),
        ),
        "staffroom-worker.service": _unit(
            "Staffroom: messages, slow work and what is due at its time",
            # Only when the tables are those of this version, which the pages' start sees to.
            network.replace("postgresql.service", "postgresql.service staffroom-web.service"),
            f"ExecStart={place.program} serve --part work --no-migrate\n{LASTING}"
            f"MemoryHigh={memory}\nMemoryMax={memory}\nNice=5\n" + place.hard(),
        ),
        "staffroom-backup.service": _unit(
            "Staffroom: a backup, if last night brought none",
            network,
            f"ExecStart={place.program} backup --if-older 26\n{ONCE}Nice=10\nIOSchedulingClass=idle\n"
            + place.hard(),
            wanted=False,
        ),
        "staffroom-backup.timer": _timer("Staffroom: was there a backup last night?", check_at),
        "staffroom-doctor.service": _unit(
            "Staffroom: is all well? `systemctl --failed` shows it if not",
            network,
            f"ExecStart={place.program} doctor\n{ONCE}" + place.hard(),
            wanted=False,
        ),
        "staffroom-doctor.timer": _timer("Staffroom: is all well?", _later(check_at)),
    }


def _unit(title: str, before: str, service: str, *, wanted: bool = True) -> str:
    install = "\n[Install]\nWantedBy=multi-user.target\n" if wanted else ""
    return (
        "# Written by `staffroom systemd`.\n"
        f"[Unit]\nDescription={title}\n{before}\n[Service]\n{service}{install}"
    )


def _timer(title: str, at: dt.time) -> str:
    return (
        "# Written by `staffroom systemd`.\n"
        f"[Unit]\nDescription={title}\n\n[Timer]\nOnCalendar=*-*-* {at:%H:%M}:00\n"
        "Persistent=yes\nRandomizedDelaySec=10min\n\n[Install]\nWantedBy=timers.target\n"
    )


def _later(at: dt.time) -> dt.time:
    return at.replace(hour=(at.hour + 1) % 24)
