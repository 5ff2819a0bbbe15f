"""The addresses that are entered at the provider of text messages, so that it tells us what comes in."""

import argparse
import json

HELP = "Print the addresses to enter at the provider of text messages."
EXAMPLES = ["staffroom sms-hooks", "staffroom sms-hooks --json"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the addresses as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.channels.sms import gate
    from staffroom.cli import BadInput

    found = gate.addresses()
    if not found:
        raise BadInput(
            "no provider of text messages is chosen. Set STAFFROOM_SMS_PROVIDER; "
            "docs/how-to/send-codes-by-sms.md says how."
        )
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, address in found.items():
        print(f"{name}\n    {address}")
    if any("africastalking" in address for address in found.values()):
        print("\nThese addresses are secret: whoever knows one can write in others' names.")
