from django.apps import AppConfig

from staffroom.core import hooks


class InstrumentsConfig(AppConfig):
    name = "staffroom.instruments"
    label = "instruments"

    def ready(self) -> None:
        from staffroom.communities import hooks as communities
        from staffroom.instruments import beliefs, belongings, hosts, kept, merging
        from staffroom.instruments.actions import closing, pictures

        hooks.export_person.add(belongings.export)
        hooks.export_files.add(belongings.export_files)
        hooks.erase_person.add(beliefs.erase_person)
        hooks.erase_person.add(belongings.erase)
        communities.beliefs.add(beliefs.where_they_stand)
        hosts.add(beliefs.HOST, beliefs.BeliefsHost())
        hooks.merge_people.add(merging.merge_people)
        hooks.retention.add(kept.rules)
        hooks.nightly.add(closing.forget_voters)
        hooks.nightly.add(pictures.sweep)
