"""Another key in the place of one that may be known: begun by the first call, ended by the next."""

import argparse
import os
import secrets
from pathlib import Path

HELP = "Put a new key in the place of an old one and close everything anew that the old one closed."
EXAMPLES = [
    "staffroom rotate-key seal",
    "staffroom rotate-key safeguarding",
    "staffroom rotate-key account --finish",
]
KEYS = ("seal", "safeguarding", "account", "webpush")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "key",
        choices=KEYS,
        help="seal: who asked without a name; safeguarding: what was told about danger; "
        "account: PINs and second factors; webpush: who sends notifications",
    )
    parser.add_argument(
        "--finish",
        action="store_true",
        help="give up what still hangs on the old key (PINs not used since, codes of older messages)",
    )


def run(options: argparse.Namespace) -> int:
    """The first call makes the new key, the second (after a restart) closes all boxes anew."""
    from django.conf import settings

    name = options.key.upper()
    current = getattr(settings, f"{name}_KEY")
    earlier = [key for key in getattr(settings, f"{name}_OLD_KEYS") if key != current]
    if not earlier:
        return _begin(options.key, current)
    return _go_on(options.key, options.finish)


def _begin(key: str, current: str) -> int:
    """The old key is on the disk under its new name before the new one takes its place."""
    new = secrets.token_urlsafe(50)
    variable = f"STAFFROOM_{key.upper()}_KEY"
    if os.environ.get(variable, "").strip():
        print(
            f"The {key} key stands in the environment, so change it there, on every machine:\n\n"
            f"    STAFFROOM_OLD_{key.upper()}_KEYS=<the present {variable}>\n"
            f"    {variable}={new}\n\n"
            f"Restart Staffroom everywhere, then run `staffroom rotate-key {key}` again."
        )
        return 0
    path = _place(key)
    _write(path.with_name(f"{key}-old-key"), current)
    _write(path, new)
    print(
        f"A new {key} key is in place; the old one is kept beside it and still opens.\n"
        f"Restart Staffroom now, then run `staffroom rotate-key {key}` again."
    )
    return 0


def _place(key: str) -> Path:
    from django.conf import settings

    return Path(settings.DATA) / f"{key}-key"


def _write(path: Path, text: str) -> None:
    """Whole or not at all, whenever the machine stops."""
    from staffroom.core.files import through

    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    through(str(aside))
    aside.replace(path)
    through(str(path.parent))


def _go_on(key: str, finish: bool) -> int:
    from tqdm import tqdm

    from staffroom.cli import BadInput
    from staffroom.core import rekey

    _refuse_old_processes(key)
    found = rekey.look(key)
    for what, counts in found.items():
        print(f"  {what}: {sum(counts.values()):,} in all, {counts['old']:,} to close anew")
    lost = {what: counts["lost"] for what, counts in found.items() if counts["lost"]}
    if lost:
        listed = ", ".join(f"{count:,} of {what}" for what, count in lost.items())
        raise BadInput(
            f"nothing is changed, because some open with none of the keys: {listed}. Name the key "
            f"with which they were closed in STAFFROOM_OLD_{key.upper()}_KEYS, then run this again."
        )
    todo = sum(counts["old"] for counts in found.values())
    with tqdm(total=todo, disable=None, leave=False) as bar:
        done = rekey.renew(key, bar.update)
    print(f"  {done:,} closed anew with the new key.")
    return _end(key, finish)


def _refuse_old_processes(key: str) -> None:
    """Whoever began before the key changed still closes with the old one."""
    from staffroom.cli import BadInput
    from staffroom.core import heartbeat

    path = _place(key)
    if not path.exists():
        return
    changed = path.stat().st_mtime
    old = [
        beat.name
        for kind in ("worker", "clock")
        for beat in heartbeat.alive(kind)
        if beat.started_at.timestamp() < changed
    ]
    if old:
        raise BadInput(
            f"{', '.join(old)} began before the key changed and does not know it. "
            "Restart Staffroom, then run this again."
        )


def _end(key: str, finish: bool) -> int:
    """The old key goes when nothing hangs on it any more."""
    from staffroom.core import rekey

    waiting = [(rest, count) for rest in rekey.rest_of(key) if (count := rest.count())]
    if waiting and not finish:
        for rest, count in waiting:
            print(f"  {count:,} {rest.what}")
        print(
            "The old key stays for them. Run this again in some weeks; `--finish` gives up what is "
            "left then, and takes the old key away."
        )
        return 0
    for rest, _count in waiting:
        rest.give_up()
    old = _place(key).with_name(f"{key}-old-key")
    old.unlink(missing_ok=True)
    print("The old key is taken away." if not os.environ.get(f"STAFFROOM_OLD_{key.upper()}_KEYS")
          else f"Take STAFFROOM_OLD_{key.upper()}_KEYS away now, and restart.")  # fmt: skip
    return 0
