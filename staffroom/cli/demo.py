"""A running product with real schools in it, in one command."""

import argparse
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from staffroom.cli import import_schools, serve

if TYPE_CHECKING:
    from staffroom.places.models import Programme

HELP = "Make the demo (Kenya's schools, forty communities) and run it on this machine."
EXAMPLES = [
    "staffroom demo",
    "staffroom demo --port 9000",
    "staffroom demo --fresh",
    "staffroom demo --only-make",
]
DJANGO = False
SCHOOLS = Path(__file__).parent.parent / "places/data/kenya_schools_2016.csv.gz"


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
    from staffroom.cli import start_django
    from staffroom.cli._supervisor import Child
    from staffroom.web.simulator import ports

    found = ports.free_ports()
    os.environ |= ports.settings_for(found)
    start_django()
    numbers = [str(found.control), str(found.whatsapp), str(found.telegram), str(found.sms)]
    house = f"http://127.0.0.1:{options.port}"
    phones = Child("simulator", ["simulator", "--house", house, "--ports", *numbers])
    return serve.run_started(_options(serve, ["--port", str(options.port)]), more=[phones])


def _options(command: ModuleType, words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return parser.parse_args(words)


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

    from staffroom.web.demo import content, load

    print("Making the demo. This is done once and takes about a minute.")
    call_command("migrate", verbosity=0)
    programme = _programme(content.programme())
    with tqdm(total=load.steps(), desc="  communities", disable=None, leave=False) as bar:
        counts = load.load(programme, bar.update)
    print("  {communities} communities, {people} people, {posts:,} posts".format(**counts))


def _programme(facts: dict[str, Any]) -> "Programme":
    """The programme, with its schools through the importer that a ministry uses."""
    from staffroom.places.actions.programmes import create_programme

    programme = create_programme(
        by=None,
        name=facts["name"],
        country=facts["country"],
        levels=facts["levels"][:-1],  # the last is the school itself
        timezone=facts["timezone"],
        phone_region=facts["phone_region"],
        ground_rules={
            code: [rule[code] for rule in facts["ground_rules"]] for code in facts["languages"]
        },
    )
    code = import_schools.run(_options(import_schools, [str(SCHOOLS), "--skip-bad"]))
    if code:
        raise SystemExit(code)
    return programme
