"""Accounts of staff, from the machine itself."""

import argparse

HELP = "Make an account for staff (gardener, evaluator, administrator, help desk, safeguarding), or let one start again."
EXAMPLES = [
    "staffroom create-staff --name 'Gathoni Njoroge' --email gathoni@example.org --role gardener",
    "staffroom create-staff --name 'Hamisi Said' --email hamisi@example.org --role administrator --programme Kenya",
    "staffroom create-staff --email hamisi@example.org --again",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="with which they sign in")
    parser.add_argument("--name", help="as colleagues know them")
    parser.add_argument(
        "--role",
        choices=["administrator", "gardener", "evaluator", "help_desk", "safeguarding"],
        help="what they do for the programme",
    )
    parser.add_argument("--programme", help="its name; not needed where there is only one")
    parser.add_argument(
        "--again",
        action="store_true",
        help="password or phone lost: forget both, end all sessions, print a new link",
    )


def run(options: argparse.Namespace) -> None:
    from staffroom.cli import BadInput
    from staffroom.people.actions import staff

    if options.again:
        person = _existing(options.email)
        staff.start_again(person=person)
    elif not options.name or not options.role:
        raise BadInput(
            "--name and --role are needed for a new account (or --again for an old one)."
        )
    else:
        person = _new(options)
    print(f"{person.name} sets a password here, once, within three days:")
    print(_address() + staff.password_link(person))
    print("Then an authenticator app is set up on the next page. Send the link by a safe way.")


def _existing(email: str):
    from staffroom.cli import BadInput
    from staffroom.people.models import Person

    person = Person.objects.filter(email__iexact=email.strip(), is_staff=True).first()
    if person is None:
        raise BadInput(f"no staff account has the e-mail address {email}.")
    return person


def _new(options: argparse.Namespace):
    from django.db import transaction

    from staffroom.core import audit
    from staffroom.core.clock import already
    from staffroom.people.actions import staff
    from staffroom.places.models import Appointment

    programme = _programme(options.programme)
    with transaction.atomic():
        person = staff.make_staff(name=options.name, email=options.email)
        Appointment.objects.create(
            person=person,
            programme=programme,
            role=options.role,
            starts=already(programme.timezone),
        )
        audit.write("appointment.made", actor=None, on=person, role=options.role)
    return person


def _programme(name: str | None):
    from staffroom.cli import BadInput
    from staffroom.places.models import Programme

    found = list(Programme.objects.filter(name__iexact=name) if name else Programme.objects.all())
    if len(found) == 1:
        return found[0]
    if not Programme.objects.exists():
        raise BadInput("there is no programme yet. Begin with `staffroom create-programme`.")
    names = ", ".join(sorted(Programme.objects.values_list("name", flat=True)))
    raise BadInput(f"say --programme with one of: {names}.")


def _address() -> str:
    from django.conf import settings

    if settings.HOSTS:
        return f"{'https' if settings.HTTPS else 'http'}://{settings.HOSTS[0]}"
    return "http://localhost:8000"
