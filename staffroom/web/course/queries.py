from staffroom.people.models import Person
from staffroom.web.models import Practice


def answered_by(person: Person) -> list[int]:
    """The screens that this person has answered."""
    return list(
        Practice.objects.filter(person=person).values_list("course", flat=True).first() or []
    )
