"""The `staffroom` command: one file a subcommand, found by itself.

A subcommand module has `HELP` (one line), `EXAMPLES` (lines), `arguments(parser)`, `run(options)`
returning None or an exit code, and `DJANGO = False` where it needs no server.
Bad input raises `BadInput`: one clear line, exit code 2.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType

from staffroom import __version__


class BadInput(Exception):
    """What was given cannot be used; the message says what to do."""


def commands() -> list[str]:
    return sorted(
        module.name.replace("_", "-")
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    )


def load(name: str) -> ModuleType:
    return importlib.import_module(f"staffroom.cli.{name.replace('-', '_')}")


def main(argv: list[str] | None = None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["--version"]:
        print(__version__)
        return 0
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    if argv[0] not in commands():
        print(
            f"staffroom: there is no command {argv[0]!r}. `staffroom --help` lists them.",
            file=sys.stderr,
        )
        return 2
    return _run(load(argv[0]), argv)


def _run(module: ModuleType, argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog=f"staffroom {argv[0]}",
        description=module.HELP,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in module.EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    options = parser.parse_args(argv[1:])
    try:
        if getattr(module, "DJANGO", True):
            start_django()
        return module.run(options) or 0
    except BrokenPipeError:
        # Whoever read what we print (`| head`) has seen enough; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"\nstaffroom {argv[0]}: stopped.", file=sys.stderr)
        return 130
    except Exception as error:
        if not isinstance(error, (BadInput, *_refusals())):
            raise
        print(f"staffroom {argv[0]}: {error}", file=sys.stderr)
        return 2


def start_django() -> None:
    import django

    os.umask(0o077)  # what people wrote is nobody else's to read on this machine
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
    django.setup()


def _refusals() -> tuple[type[Exception], ...]:
    """What Django and the actions raise for input that must be mended, where Django is loaded."""
    if "django" not in sys.modules:
        return ()
    from django.core.exceptions import ImproperlyConfigured

    from staffroom.core.errors import Refused

    return (Refused, ImproperlyConfigured)


def _overview() -> str:
    width = max(map(len, commands()), default=0)
    lines = [f"  {name:<{width}}  {load(name).HELP}" for name in commands()]
    return "\n".join(
        [
            "usage: staffroom COMMAND [options]",
            "",
            "commands:",
            *lines,
            "",
            "`staffroom COMMAND --help` tells more, with examples.",
        ]
    )
