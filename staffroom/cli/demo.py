"""A running product with real schools in it, in one command."""

import argparse
import os
import shutil
from pathlib import Path

HELP = "Make the demo (Kenya's schools, forty communities) and run it on this machine."
EXAMPLES = [
    "staffroom demo",
    "staffroom demo --port 9000",
    "staffroom demo --fresh",
    "staffroom demo --only-make",
]
DJANGO = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=8000, help="where it listens on this machine (default 8000)"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="make it anew; what was written into it is lost"
    )
    parser.add_argument("--only-make", action="store_true", help="make it, but do not run it")


def run(options: argparse.Namespace) -> int | None:
    """The demo lives in a folder of its own and is made aside, so that a half-made one is never run."""
    folder = Path(os.environ.get("STAFFROOM_DATA", "var/demo")).resolve()
    making = folder.with_name(folder.name + ".making")
    os.environ["STAFFROOM_DEMO"] = "1"
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        shutil.rmtree(making, ignore_errors=True)
        os.environ["STAFFROOM_DATA"] = str(making)
        _in_child(_make)
        making.rename(folder)
    os.environ["STAFFROOM_DATA"] = str(folder)
    if options.only_make:
        print(f"The demo is in {folder}. `staffroom demo` runs it.")
        return None
    from staffroom.cli import load

    return load("serve").run(_serve_options(options.port))


def _in_child(work: object) -> None:
    """In a process of its own, because Django reads the data folder once, at its start."""
    import multiprocessing

    child = multiprocessing.get_context("fork").Process(target=work)  # type: ignore[arg-type]
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(child.exitcode)


def _make() -> None:
    from staffroom.cli import start_django

    start_django()
    from django.core.management import call_command
    from tqdm import tqdm

    from staffroom.web.demo import load, make_programme

    print("Making the demo. This is done once and takes about a minute.")
    call_command("migrate", verbosity=0)
    programme = make_programme.make()
    print(f"  {programme.schools.count():,} schools of {programme.name}")
    with tqdm(total=load.steps(), desc="  communities", disable=None, leave=False) as bar:
        counts = load.load(programme, bar.update)
    print("  {communities} communities, {people} people, {posts:,} posts".format(**counts))
