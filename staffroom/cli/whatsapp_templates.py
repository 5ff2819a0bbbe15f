"""The words that Meta must approve for WhatsApp: what they are, how they stand, and asking for them."""

import argparse
import json

HELP = "Show WhatsApp's templates and how they stand at Meta; ask for those that are missing."
EXAMPLES = ["staffroom whatsapp-templates", "staffroom whatsapp-templates --register"]
NEEDS = ("WHATSAPP_ACCOUNT_ID", "WHATSAPP_TOKEN")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--register", action="store_true", help="ask Meta for what is missing")
    parser.add_argument("--words", action="store_true", help="only print them, to be pasted")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    from staffroom.channels.whatsapp import templates

    if options.words:
        print(
            json.dumps(
                [words.request() for words in templates.ours()], ensure_ascii=False, indent=1
            )
        )
        return 0
    states = _states(register=options.register)
    if options.json:
        rows = [{"name": s.words.name, "language": s.words.language} for s in states]
        rows = [row | {"state": s.state, "why": s.why} for row, s in zip(rows, states, strict=True)]
        print(json.dumps(rows, indent=1))
    else:
        for state in states:
            why = f" ({state.why})" if state.why else ""
            print(f"{state.words.name}  {state.words.language}  {state.state}{why}")
    return 0 if all(state.is_good for state in states) else 1


def _states(*, register: bool) -> list:
    from django.conf import settings

    from staffroom.channels.switchboard.messages import TryLater, Undeliverable
    from staffroom.channels.whatsapp import registering
    from staffroom.cli import BadInput

    missing = [f"STAFFROOM_{name}" for name in NEEDS if not getattr(settings, name)]
    if missing:
        raise BadInput(
            f"{' and '.join(missing)} must be set to ask Meta. `--words` prints the words to paste."
        )
    try:
        return registering.register() if register else registering.states()
    except (TryLater, Undeliverable) as refused:
        raise BadInput(
            f"Meta did not answer as it should ({refused.code}). Is the token right, and the account's id?"
        ) from None
