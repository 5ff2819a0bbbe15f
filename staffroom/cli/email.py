"""Letters by e-mail: try the server, and say of an address whether it takes them."""

import argparse

HELP = "Try the e-mail server; say that an address takes no letters, or takes them again."
EXAMPLES = [
    "staffroom email test me@example.org",
    "staffroom email refused gone@example.org",
    "staffroom email again back@example.org",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=["test", "refused", "again"],
        help="test: send one letter; refused: a letter came back; again: the address is in order",
    )
    parser.add_argument("address", help="an e-mail address; but for `test` of a colleague here")


def run(options: argparse.Namespace) -> None:
    if options.act == "test":
        _test(options.address)
    else:
        _say(options.act, options.address)


def _test(address: str) -> None:
    from staffroom.channels.email import sending
    from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
    from staffroom.cli import BadInput
    from staffroom.core.ids import uuid7

    if not sending.works():
        raise BadInput("Set STAFFROOM_EMAIL_URL and STAFFROOM_EMAIL_FROM first.")
    text = "This letter was sent by `staffroom email test`. E-mail works.\n"
    try:
        sending.send(sending.Letter(address, "Staffroom: a test", text, id=str(uuid7())))
    except (TryLater, Undeliverable, Unknown) as error:
        raise BadInput(f"The server did not take it ({error}).") from None
    print("The server has taken it.")


def _say(act: str, address: str) -> None:
    from staffroom.channels.email.actions import boxing
    from staffroom.channels.email.queries import readers
    from staffroom.cli import BadInput
    from staffroom.people.models import Person

    person = Person.objects.filter(email__iexact=address.strip()).first()
    if person is None:
        raise BadInput("Nobody here has this address.")
    if act == "refused":
        boxing.bounced(person=person, code="returned")
        print("Nothing is sent there until it is another, or is said to be in order.")
        return
    for programme in readers.refused_for(person):
        boxing.try_again(by=None, person=person, programme=programme)
        print("The next letter is sent there again.")
        return
    raise BadInput("Whoever has this address holds no office, or the address is in order.")
