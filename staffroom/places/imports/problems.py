"""What can be wrong with a list: kinds, their sentences and what mends them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ERROR, WARNING = "error", "warning"


class Problem(NamedTuple):
    """One thing found in one place; `row` as the spreadsheet shows it, 0 for the whole list."""

    row: int
    column: str
    value: str
    kind: str
    args: dict[str, Any] | None = None

    @property
    def severity(self) -> str:
        return KINDS[self.kind].severity

    @property
    def reason(self) -> str:
        return str(KINDS[self.kind].reason) % (self.args or {})


class Kind(NamedTuple):
    severity: str
    title: Promise
    reason: Promise
    fix: str = ""  # the option that mends it


KINDS: dict[str, Kind] = {
    # errors: the row is set aside
    "no_code": Kind(ERROR, _("No code"), _("The code is missing.")),
    "rounded_code": Kind(
        ERROR,
        _("Code shortened"),
        _("The spreadsheet has shortened this code. Format the column as text and save again."),
    ),
    "no_name": Kind(ERROR, _("No name"), _("The name is missing.")),
    "too_long": Kind(
        ERROR, _("Too long"), _("This has %(have)s characters; at most %(most)s fit.")
    ),
    "same_code": Kind(
        ERROR,
        _("One code, several rows"),
        _("The same code stands in rows %(rows)s. Which of them has another code?"),
    ),
    "not_a_number": Kind(
        ERROR,
        _("Not a coordinate"),
        _("This is not a coordinate. Write degrees with a point, like -0.93."),
        "drop_coordinates",
    ),
    "half_coordinate": Kind(
        ERROR,
        _("Half a coordinate"),
        _("Only one of latitude and longitude is given."),
        "drop_coordinates",
    ),
    "swapped": Kind(
        ERROR,
        _("Coordinates swapped"),
        _("Latitude and longitude stand in each other's place: swapped, they lie in %(where)s."),
        "fix_swapped",
    ),
    "sign_lost": Kind(
        ERROR,
        _("Coordinates with the wrong sign"),
        _("Not in %(where)s; with the other sign (south or west) it would be."),
        "drop_coordinates",
    ),
    "zero": Kind(
        ERROR,
        _("Coordinates 0, 0"),
        _("0, 0 lies in the sea off West Africa; probably the place was not known."),
        "drop_coordinates",
    ),
    "outside": Kind(
        ERROR,
        _("Outside the country"),
        _("%(latitude)s, %(longitude)s lies outside %(where)s, or in the sea."),
        "drop_coordinates",
    ),
    "merged_cells": Kind(
        ERROR,
        _("Merged cells"),
        _(
            "The cells %(range)s are merged, so only row %(first)s has the value. Unmerge them and "
            "fill the value down, or let us fill it."
        ),
        "fill_merged",
    ),
    "bad_date": Kind(
        ERROR, _("Not a date"), _("This is not a date we can be sure of. Write 2026-11-22.")
    ),
    "far_date": Kind(
        ERROR, _("Date far away"), _("This day is before 1950 or more than a year away.")
    ),
    "bad_order": Kind(ERROR, _("Ends before it starts"), _("It would end before it starts.")),
    "unknown_school": Kind(
        ERROR, _("Unknown school"), _("No school has this code. Import the schools first.")
    ),
    "closed_school": Kind(
        ERROR,
        _("Closed school"),
        _("This school was closed on %(date)s; nobody can be posted there."),
    ),
    "no_system": Kind(
        ERROR, _("No code system"), _("Whose code it is, is missing: EMIS 2024, payroll …")
    ),
    "code_elsewhere": Kind(
        ERROR,
        _("Another school’s code"),
        _("The school %(other)s has this code of the same system in that time."),
    ),
    "merged_into_unknown": Kind(
        ERROR, _("Merged into an unknown school"), _("No school has the code %(code)s.")
    ),
    "merged_into_itself": Kind(
        ERROR, _("Merged into itself"), _("A school cannot be merged into itself.")
    ),
    "no_number": Kind(ERROR, _("No teacher number"), _("The teacher number is missing.")),
    "bad_number": Kind(
        ERROR,
        _("Not a number of this programme"),
        _("Numbers of this programme look like %(mask)s: 9 is a digit, A a letter."),
    ),
    "bad_phone": Kind(
        ERROR,
        _("Not a phone number"),
        _("This is not a phone number in %(country)s. It is shown here by its last digits only."),
    ),
    "same_phone": Kind(
        ERROR,
        _("One phone, several teachers"),
        _("The same phone number stands in rows %(rows)s. Everyone needs their own, or none."),
    ),
    "phone_taken": Kind(
        ERROR,
        _("Phone of another account"),
        _("This phone number already belongs to an account with another teacher number."),
    ),
    "number_claimed": Kind(
        ERROR,
        _("Number of another account"),
        _(
            "Somebody with another name and phone wrote this number for themselves. Look at that "
            "account under People and offices: take the number away there, or make the two one."
        ),
    ),
    "bad_role": Kind(
        ERROR, _("Unknown role"), _("The role is one of: teacher, deputy, head. Or leave it empty.")
    ),
    # warnings: the row is taken
    "same_name": Kind(
        WARNING,
        _("Same name, same place"),
        _("The same name and level stand in the same area in rows %(rows)s. Are they one school?"),
    ),
    "shared_place": Kind(
        WARNING,
        _("Shared coordinates"),
        _("The same coordinates stand in rows %(rows)s. A campus may share; a guess may too."),
    ),
    "no_coordinates": Kind(
        WARNING,
        _("No coordinates"),
        _("No coordinates: the school cannot be on a map or in a plan."),
    ),
    "dropped_coordinates": Kind(
        WARNING,
        _("Coordinates left out"),
        _("As asked, the school is taken without its coordinates."),
    ),
    "swapped_back": Kind(
        WARNING, _("Coordinates swapped back"), _("As asked, latitude and longitude were swapped.")
    ),
    "far_from_area": Kind(
        WARNING,
        _("Far from its area"),
        _(
            "The nearest other school of %(area)s is %(km)s km away, one of %(other)s %(near)s km. "
            "Either the area or the coordinates may be wrong."
        ),
    ),
    "far_from_all": Kind(
        WARNING,
        _("Far from every school"),
        _("No other school lies within %(km)s km. Is this in the sea, or in a desert?"),
    ),
    "no_area": Kind(
        WARNING,
        _("No area at all"),
        _("No area is given: the school belongs to the programme alone."),
    ),
    "missing_levels": Kind(
        WARNING,
        _("Narrower areas missing"),
        _("Without %(levels)s, the school is attached to %(area)s."),
    ),
    "mangled": Kind(
        WARNING,
        _("Letters damaged"),
        _("Some letters look damaged (%(text)s). Was the file saved with the wrong encoding?"),
    ),
    "area_spelled": Kind(
        WARNING,
        _("One area, several spellings"),
        _(
            "%(level)s %(name)s is also spelled %(others)s; taken as one, spelled the commonest way."
        ),
    ),
    "area_new": Kind(
        WARNING, _("New areas"), _("%(level)s %(name)s is not known yet; it will be made.")
    ),
    "area_alike": Kind(
        WARNING,
        _("Areas with names alike"),
        _(
            "%(level)s %(name)s (%(n)s rows) and %(other)s (%(m)s rows) may be one. To make them one: "
            "%(name)s=%(other)s"
        ),
        "merge",
    ),
    "area_extends": Kind(
        WARNING,
        _("An area beside its part"),
        _(
            "%(level)s %(name)s (%(n)s rows) may be part of %(other)s (%(m)s rows). To make them one: "
            "%(name)s=%(other)s"
        ),
        "merge",
    ),
    "area_elsewhere": Kind(
        WARNING,
        _("Area under another parent"),
        _(
            "%(level)s %(name)s lies in %(parent)s for %(m)s rows, but in %(here)s for %(n)s. "
            "Kept as two; probably those rows are wrong."
        ),
    ),
    "area_split": Kind(
        WARNING,
        _("Area across a border"),
        _("%(level)s %(name)s lies in %(parents)s. Kept as one area in each."),
    ),
    "repeated_row": Kind(
        WARNING, _("Row repeated"), _("The same row stands in row %(first)s; taken once.")
    ),
    "float_codes": Kind(
        WARNING, _("Codes with decimals"), _("%(n)s codes were written like 1.0; read as 1.")
    ),
    "no_coordinate_columns": Kind(
        WARNING,
        _("No columns of coordinates"),
        _("No coordinates: the schools cannot be on a map."),
    ),
    "better_code": Kind(
        WARNING,
        _("Another column may be the code"),
        _("The column %(column)s has another value in every row, unlike %(code)s."),
    ),
    "no_level_column": Kind(
        WARNING,
        _("Areas of one step missing"),
        _("No column holds %(levels)s. Schools are attached to the narrowest area that is given."),
    ),
    "unused_column": Kind(
        WARNING, _("Columns not used"), _("Nothing is read from the columns %(columns)s.")
    ),
    "no_phone": Kind(
        WARNING, _("No phone number"), _("Without a phone number there is no way to sign in yet.")
    ),
    "unknown_word": Kind(
        WARNING, _("Unknown word left out"), _("“%(word)s” is not in our list; left out.")
    ),
    "circle": Kind(
        WARNING,
        _("Supervision in a circle"),
        _("Whoever stands here would supervise their own supervisor. It is taken as it is said."),
    ),
}


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == ERROR]


def bad_rows(problems: Iterable[Problem]) -> set[int]:
    return {problem.row for problem in problems if problem.severity == ERROR and problem.row}


def by_kind(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Kinds with their numbers, errors first, most first."""
    counts = Counter(problem.kind for problem in problems)
    return [
        {
            "kind": kind,
            "severity": KINDS[kind].severity,
            "title": str(KINDS[kind].title),
            "fix": KINDS[kind].fix,
            "count": count,
        }
        for kind, count in sorted(
            counts.items(), key=lambda pair: (KINDS[pair[0]].severity != ERROR, -pair[1])
        )
    ]
