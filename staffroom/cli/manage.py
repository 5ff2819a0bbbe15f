"""Django's own commands (migrate, makemessages, shell), for those who know them."""

import argparse

HELP = "Run one of Django's own commands."
EXAMPLES = ["staffroom manage migrate", "staffroom manage makemigrations --check"]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its options")


def run(options: argparse.Namespace) -> None:
    from django.core.management import execute_from_command_line

    from staffroom.cli import start_django

    start_django()
    execute_from_command_line(["staffroom manage", *options.words])
