"""Trust's part in what reaches every room."""

from staffroom.core import hooks, outbox
from staffroom.library.actions import trust_telling
from staffroom.library.hooks import trust, trust_belongings, trust_entries
from staffroom.library.trusted_notes import Notes
from staffroom.library.trusted_resources import Resources


def register() -> None:
    hooks.export_person.add(trust_belongings.export)
    hooks.erase_person.add(trust_belongings.erase)
    hooks.merge_people.add(trust_belongings.merge_people)
    hooks.retention.add(trust_belongings.rules)
    hooks.nightly.add(trust_belongings.sweep)
    hooks.me_entries.add(trust_entries.me_entries)
    trust.register(Resources())
    trust.register(Notes())
    outbox.on("trust.changed", trust_telling.deliver)
