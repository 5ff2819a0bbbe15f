"""What `staffroom doctor` looks at in accounts: whether somebody tries many codes, PINs or passwords.

In English like the commands.
"""

import datetime as dt

from django.db.models import Count

from staffroom.core.clock import now
from staffroom.core.findings import OK, WARN, Finding
from staffroom.core.models import AuditEntry

FAILED = [
    "person.code_failed",
    "person.pin_failed",
    "person.proof_failed",
    "staff.password_failed",
    "staff.second_factor_failed",
    "staff.second_factor_again",
]
#: In a day: tens of thousands of teachers mistype some hundred times, one of them not fifty times.
MANY, MANY_ON_ONE = 1000, 50
HOW = "`staffroom audit` tells when and on which account; limits hold them back. Is it one address?"


def findings() -> list[Finding]:
    failed = AuditEntry.objects.filter(act__in=FAILED, at__gt=now() - dt.timedelta(days=1))
    on_one = (
        failed.exclude(on_id=None)
        .values("on_id")
        .annotate(n=Count("pk"))
        .filter(n__gt=MANY_ON_ONE)
        .count()
    )
    count = failed.count()
    if on_one:
        what = f"{on_one} accounts were tried more than {MANY_ON_ONE} times in a day with what was wrong."
        return [Finding(WARN, "guessing", what, HOW)]
    if count > MANY:
        what = f"{count:,} wrong codes, PINs and passwords in a day."
        return [Finding(WARN, "guessing", what, HOW)]
    return [Finding(OK, "guessing", f"{count:,} wrong codes, PINs and passwords in a day.")]
