import uuid
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from staffroom.core.prepared import Prepared
from staffroom.people.models import Person

#: A phone number is dear to parse, and few pages show the viewer's own.
_BY_ID = Prepared(lambda id: Person.objects.filter(pk=id).defer("phone"), uuid.UUID)


class Backend(ModelBackend):
    """Password sign-in for staff. Members sign in by code and never reach this."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Person | None:
        person = super().authenticate(request, username, password, **credentials)
        return person if isinstance(person, Person) and person.is_staff else None

    def get_user(self, user_id: Any) -> Person | None:
        """The person of the session, asked anew in every request."""
        person: Person | None = _BY_ID.first(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
