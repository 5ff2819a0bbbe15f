"""What a person agrees to before anything opens."""

from django.db import transaction
from django.utils import translation

from staffroom.core import audit
from staffroom.people.actions.accounts import clean_name
from staffroom.people.consent import VERSION, has_agreed
from staffroom.people.models import Consent, Person


@transaction.atomic
def agree(*, person: Person, name: str | None = None) -> None:
    """Agree to the words of today; whoever has no name yet gives it. Harmless when repeated."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if name is not None and not person.name:
        person.name = clean_name(name)
        person.save(update_fields=["name"])
    if has_agreed(person):
        return
    Consent.objects.create(
        person=person, version=VERSION, language=translation.get_language() or "en"
    )
    audit.write("consent.given", actor=person, version=VERSION)


@transaction.atomic
def refuse(*, person: Person) -> None:
    """Not agreed: nothing opens, nothing else is written."""
    audit.write("consent.refused", actor=person, version=VERSION)
