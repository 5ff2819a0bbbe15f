"""WhatsApp groups that Staffroom is in: only groups that it made itself can be a community's chat."""

import argparse
import json

HELP = "Make a WhatsApp group for a community, or show those that there are with their links."
EXAMPLES = ["staffroom whatsapp-groups", 'staffroom whatsapp-groups --new "Mathematics, Mwingi"']


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new", metavar="NAME", default="", help="make a group of this name")
    parser.add_argument("--json", action="store_true", help="the groups as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.channels.switchboard.messages import TryLater, Undeliverable
    from staffroom.channels.whatsapp import channel, groups
    from staffroom.cli import BadInput

    if missing := channel.missing():
        raise BadInput(f"{', '.join(f'STAFFROOM_{name}' for name in missing)} must be set.")
    name = options.new.strip()
    if len(name) > groups.LONGEST:
        raise BadInput(f"A group's name has at most {groups.LONGEST} letters.")
    try:
        if name:
            groups.make(name)
        found = groups.there()
    except Undeliverable as refused:
        raise BadInput(_why(refused.code)) from None
    except TryLater as later:
        raise BadInput(
            f"Meta did not answer as it should ({later.code}). Look whether the group is there "
            "before you make it again."
        ) from None
    _show(found, as_json=options.json)


def _why(code: str) -> str:
    if code == "131215":
        return "Meta lets this number have no groups: they are for official business accounts."
    return f"Meta refused it ({code})."


def _show(found: list, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([vars(group) for group in found], ensure_ascii=False, indent=1))
        return
    for group in found:
        print(f"{group.subject}\n    {group.link}")
    if not found:
        print("There is no group yet, or Meta is still making it.")
