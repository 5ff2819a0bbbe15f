"""When a session was last used: by the day for the page *My phones*, by the minute on a lent phone."""

from django.contrib.auth import logout
from django.http import HttpRequest

from staffroom.core.clock import now, today
from staffroom.people import cookie, devices
from staffroom.people.actions.accounts import LENT_IDLE
from staffroom.people.models import OpenSession, Person, Profile

MINUTE = 60  # a lent phone's session is not written more often


def still_open(request: HttpRequest) -> bool:
    """Note the use; end the session if it rested too long on a phone that is not the person's own."""
    session, moment = request.session, int(now().timestamp())
    if "idle" in session:
        rested = moment - session["idle"]
        if rested > LENT_IDLE.total_seconds():
            OpenSession.objects.filter(session_key=session.session_key).delete()
            logout(request)
            return False
        if rested >= MINUTE:
            session["idle"] = moment
    # A new key is a new session, also where allauth or a new password made it.
    mark = f"{today().isoformat()} {(session.session_key or '')[-6:]}"
    if session.get("seen") != mark:
        session["seen"] = mark
        _note(request)
    return True


def _note(request: HttpRequest) -> None:
    """Once a day and session: the day, never the hour."""
    assert request.user.pk is not None
    person, day = request.user.pk, today()
    phone = None if "idle" in request.session else cookie.phone_of(request)
    Person.objects.filter(pk=person).update(last_used_on=day)
    if phone is not None:
        Profile.objects.filter(person=person, phone=phone).update(last_used_on=day)
    open_now = OpenSession(
        session_key=request.session.session_key or "",
        person_id=person,
        phone=phone,
        words=devices.words(request.headers.get("User-Agent", "")),
        last_used_on=day,
    )
    OpenSession.objects.bulk_create(
        [open_now],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["person", "phone", "words", "last_used_on"],
    )
