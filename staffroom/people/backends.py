from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from staffroom.people.models import Person


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
