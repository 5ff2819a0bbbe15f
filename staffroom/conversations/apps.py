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
            keeping,
            kept,
            merging,
            quizzing,
        )
        from staffroom.conversations.actions import attached, photos, search_text
        from staffroom.conversations.actions.remove import forget_minutes
        from staffroom.conversations.queries.mutes import me_entries
        from staffroom.conversations.views import without_name
        from staffroom.instruments import hosts

        # Before the words lose their author, by whom what belongs to them is found.
        hooks.export_person.add(belongings.export)
        hooks.export_files.add(belongings.export_files)
        hooks.erase_person.add(belongings.erase)
        hooks.export_person.add(attachments.export)
        hooks.export_files.add(attachments.export_files)
        hooks.erase_person.add(attachments.erase)
        hooks.nightly.add(photos.sweep)
        hooks.nightly.add(attached.sweep)
        hooks.nightly.add(search_text.at_night)
        hooks.me_entries.add(me_entries)
        hooks.nightly.add(forget_minutes)
        hooks.me_entries.add(without_name.me_entries)
        hooks.doctor.add(doctor.seal)
        hooks.export_person.add(keeping.export)
        hooks.erase_person.add(keeping.erase)
        hooks.retention.add(kept.rules)
        hooks.merge_people.add(merging.merge_people)
        new_counts.add(unread_counts)
        hooks.frame.add(unread_in_frame)
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
