from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "staffroom.communities"
    label = "communities"

    def ready(self) -> None:
        from staffroom.communities import clockwork, kept, merging
        from staffroom.communities import hooks as ours
        from staffroom.core import hooks, outbox

        hooks.frame.add(ours.frame)
        hooks.me_entries.add(ours.me_entries)
        hooks.export_person.add(ours.export_person)
        hooks.erase_person.add(ours.erase_person)
        hooks.merge_people.add(merging.merge_people)
        hooks.may_see_person.add(ours.may_see_person)
        hooks.postings_changed.add(ours.postings_changed)
        hooks.invitation_stands.add(ours.invitation_stands)
        hooks.retention.add(kept.rules)
        hooks.nightly.add(clockwork.nightly)
        outbox.on("election.close", clockwork.election_due)
        outbox.on("design.due", clockwork.change_due)
        outbox.on("term.ended", clockwork.term_ended)
        outbox.on("membership.ended", clockwork.membership_ended)
