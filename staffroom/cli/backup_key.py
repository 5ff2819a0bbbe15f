"""A pair of keys for sealed backups. The secret one is shown once and kept nowhere here."""

import argparse
import json

HELP = "Make a pair of keys: with one backups are sealed, with the other they are opened."
EXAMPLES = ["staffroom backup-key", "staffroom backup-key --json"]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="both keys as JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.core.backups.seal import new_pair

    public, secret = new_pair()
    if options.json:
        print(json.dumps({"public": public, "secret": secret}))
        return
    print(
        f"""The public key. It seals; put it into the settings of this machine:

    STAFFROOM_BACKUP_KEY={public}

The secret key. It opens; it must NOT be kept on this machine:

    {secret}

Write it down now, it is not shown again. Keep it in two places that do not burn together: on paper
in a locked drawer, and in the password safe of a second person. Whoever has it and a backup reads
everything; without it nobody opens a backup, we neither.

Several public keys may stand in the setting, with commas between: then each one's secret key opens.
Try it: `staffroom backup`, then `staffroom restore-drill --key -` and paste the secret key."""
    )
