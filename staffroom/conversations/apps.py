from functools import partial
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from staffroom.core import hooks


class ConversationsConfig(AppConfig):
    name = "staffroom.conversations"
    label = "conversations"

    def ready(self) -> None:
        from staffroom.communities.hooks import new_counts
        from staffroom.conversations import (
            attachments,
            belongings,
            doctor,
            finding,
            keeping,
            kept,
            merging,
            plans,
            quizzing,
            sealed,
        )
        from staffroom.conversations.actions import attached, notes, photos
        from staffroom.conversations.actions.remove import forget_minutes
        from staffroom.conversations.queries.mutes import me_entries
        from staffroom.conversations.trusted import Posts
        from staffroom.conversations.views import without_name
        from staffroom.core import outbox
        from staffroom.instruments import hosts
        from staffroom.library.hooks import trust

        # Before the words lose their author, by whom what belongs to them is found.
        hooks.export_person.add(belongings.export)
        hooks.export_files.add(belongings.export_files)
        hooks.erase_person.add(notes.forget_nameless)
        hooks.erase_person.add(belongings.erase)
        hooks.export_person.add(attachments.export)
        hooks.export_files.add(attachments.export_files)
        hooks.erase_person.add(attachments.erase)
        hooks.nightly.add(photos.sweep)
        hooks.nightly.add(photos.catch_up)
        outbox.on("photo.forms", photos.give_forms, network=True)
        hooks.nightly.add(attached.sweep)
        hooks.searchable.add(finding.searchable)
        hooks.me_entries.add(me_entries)
        hooks.nightly.add(forget_minutes)
        hooks.me_entries.add(without_name.me_entries)
        hooks.doctor.add(doctor.seal)
        hooks.boxes.add(sealed.boxes)
        hooks.export_person.add(keeping.export)
        hooks.erase_person.add(keeping.erase)
        hooks.retention.add(kept.rules)
        hooks.merge_people.add(merging.merge_people)
        trust.register(Posts())
        new_counts.add(unread_counts)
        hooks.frame.add(unread_in_frame)
        outbox.on("plan.begun", plans.begun)
        outbox.on("plan.ready", plans.ready)
        hosts.add(quizzing.HOST, quizzing.CommunityHost())


def unread_counts(person: Any) -> dict[Any, int]:
    """For the list of communities."""
    from staffroom.conversations.queries import unread_by_community

    return unread_by_community(person)


def unread_in_frame(request: HttpRequest) -> dict[str, Any]:
    """`{{ unread_total }}`: counted only by a page that shows it."""
    from staffroom.conversations.queries import unread_total

    person = getattr(request, "user", None)  # an early error page has none
    if person is None or not person.is_authenticated:
        return {}
    return {"unread_total": partial(unread_total, person)}
