"""What a programme weighs beside a plan: each one change away from what was asked."""

from dataclasses import replace

from staffroom.methods.cascade.settings import Settings

#: key > what is changed; a number of days stands in the key.
KEYS = (
    "1 trainer a group", "2 trainers a group", "groups of half the size", "1 place a school",
    "2 places a school", "3 days", "4 days", "5 days",
)  # fmt: skip


def alternatives(settings: Settings, *, half: bool = False) -> list[tuple[str, Settings]]:
    """(key, settings) of those that differ from `settings`. `half`: its days are half-days."""
    group, step = settings.group, 2 if half else 1
    changed = (
        replace(settings, ratio=group),
        replace(settings, ratio=-(-group // 2)),
        replace(settings, group=max(1, -(-group // 2))),
        replace(settings, places=1),
        replace(settings, places=2),
        *(replace(settings, days=n * step) for n in (3, 4, 5)),
    )
    now = (settings.a_group, settings.group, settings.places, settings.days)
    return [
        (key, s)
        for key, s in zip(KEYS, changed, strict=True)
        if (s.a_group, s.group, s.places, s.days) != now
    ]
