"""`staffroom create-programme`: the first thing on a new installation."""

import argparse
import json

HELP = "Set up a programme with its own names for county, district, zone ..."
EXAMPLES = [
    'staffroom create-programme "Kenya" --country KE --levels "County,Sub-county,Zone" --timezone Africa/Nairobi',
    'staffroom create-programme "Sindh" --country PK --levels "Division,District,Taluka,Union council" '
    "--timezone Asia/Karachi --language ur",
]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the programme's name, as everyone will read it")
    parser.add_argument("--country", required=True, help="two letters, like KE")
    parser.add_argument(
        "--levels",
        required=True,
        help="names of the administrative steps, the widest first, with commas; schools are not one",
    )
    parser.add_argument("--timezone", required=True, help="like Africa/Nairobi")
    parser.add_argument("--language", default="en", help="language of new accounts (default en)")
    parser.add_argument("--phone-region", default="", help="where it is not the country's")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> None:
    from staffroom.places.actions.programmes import create_programme

    programme = create_programme(
        by=None,
        name=options.name,
        country=options.country,
        levels=options.levels.split(","),
        timezone=options.timezone,
        language=options.language,
        phone_region=options.phone_region,
    )
    if options.json:
        print(json.dumps({"id": str(programme.pk), "name": programme.name}))
        return
    steps = " > ".join(level.name for level in programme.levels.all())
    print(f"{programme.name}: {steps} > School")
    print("Next: staffroom import-schools FILE --dry-run")
