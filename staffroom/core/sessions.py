"""Django's sessions in the database, asked with a query made once."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session

from staffroom.core.clock import now
from staffroom.core.prepared import Prepared
from staffroom.core.transport import kept

_LIVING = Prepared(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), str, dt.datetime
)


class SessionStore(InDatabase):
    """Ends with the pages that its browser has."""

    def delete(self, session_key: str | None = None) -> None:
        kept.forget([key] if (key := session_key or self.session_key) else [])
        super().delete(session_key)

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _LIVING.first(self.session_key or "", now())
        if found is None:
            self._session_key = None
        return found
