"""What `staffroom doctor` looks at in channels. In English like the commands."""

import datetime as dt

from staffroom.channels.switchboard import known
from staffroom.channels.switchboard.models import Received
from staffroom.channels.switchboard.queries import office
from staffroom.core.clock import now
from staffroom.core.findings import OK, WARN, Finding

PATIENCE = dt.timedelta(minutes=10)


def findings() -> list[Finding]:
    working = known.working()
    names = ", ".join(each.key for each in working) or "none"
    found = [Finding(OK, "channels", f"Channels that are set up: {names}.")]
    if dead := office.given_up().count():
        found.append(
            Finding(
                WARN, "channels", f"{dead} messages were given up.", "staffroom channels --retry"
            )
        )
    if dead := office.not_read().count():
        found.append(
            Finding(
                WARN,
                "channels",
                f"{dead} messages that came in could not be dealt with.",
                "staffroom channels replay, once the fault is mended.",
            )
        )
    late = Received.objects.filter(state=Received.State.WAITING, at__lt=now() - PATIENCE).count()
    if late:
        found.append(
            Finding(
                WARN,
                "channels",
                f"{late} messages wait for long.",
                "Does a worker run? staffroom worker",
            )
        )
    return found
