"""What may be asked about people."""

from typing import Any

from django.db.models import Q

from staffroom.core import hooks
from staffroom.core.models import AuditEntry
from staffroom.people.models import MergeOffer, Person


def may_see(viewer: Person, person: Person) -> bool:
    """Themselves, or whoever a room says they meet; nobody sees someone who has left."""
    if person.erased_at is not None or not person.is_active:
        return False
    if viewer.pk == person.pk:
        return True
    return any(part(viewer=viewer, person=person) for part in hooks.may_see_person)


def my_record(person: Person) -> dict[str, list[dict[str, Any]]]:
    """This room's part of the export: profile, consents, codes handed over, own acts."""
    profile = {
        "name": person.name,
        "phone": str(person.phone or ""),
        "email": person.email or "",
        "gender": person.gender,
        "teaching_since": person.teaching_since,
        "subjects": person.subjects,
        "grades": person.grades,
        "languages": person.languages,
        "show_phone": person.show_phone,
        "print_phone": person.print_phone,
        "language": person.language,
        "letters": person.letters,
        "text_only": person.text_only,
        "quiet_from": person.quiet_from,
        "quiet_until": person.quiet_until,
        "last_used_on": person.last_used_on,
        "account_made": person.created_at,
        "first_sign_in": person.enrolled_at,
    }
    return {
        "profile": [profile],
        "consents": [
            {"version": one.version, "language": one.language, "agreed_at": one.agreed_at}
            for one in person.consents.order_by("agreed_at")
        ],
        "codes_handed_over": [
            {"made": code.created_at, "used": code.used_at, "by": code.handed_over_by.name}
            for code in person.codes.exclude(handed_over_by=None).select_related("handed_over_by")
            if code.handed_over_by is not None
        ],
        "phones": [
            {"phone": one.phone.words, "kind": one.kind, "last_used_on": one.last_used_on}
            for one in person.profiles.select_related("phone").order_by("pk")
        ],
        "signed_in": [
            {"phone": one.words, "since": one.began_at, "last_used_on": one.last_used_on}
            for one in person.open_sessions.order_by("began_at")
        ],
        "offers_to_merge": [
            {"kept": one.keep_id == person.pk, "made": one.made_at}
            for one in MergeOffer.objects.filter(Q(keep=person) | Q(drop=person))
        ],
        "done_by_others": [
            {"act": note.act, "by": note.by.name if note.by else "", "at": note.at}
            for note in person.account_notes.select_related("by").order_by("at")
        ],
        "my_acts": [
            {"at": at, "act": act}
            for at, act in AuditEntry.objects.filter(actor_id=person.pk)
            .order_by("at")
            .values_list("at", "act")
        ],
    }
