"""Which column is what: by its name in English, French, Swahili or Urdu, and by what stands in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.words import listed
from staffroom.places.imports import geo
from staffroom.places.imports.names import fold

#: field: names in order of trust, folded.
SCHOOL_NAMES: dict[str, list[str]] = {
    "code": [
        "code", "school code", "emis code", "emis", "nemis code", "nemis", "uic", "semis code",
        "institution code", "school id", "schoolid", "code ecole", "code de l ecole",
        "code etablissement", "code de letablissement", "code de lecole", "msimbo", "msimbo wa shule",
        "namba ya shule", "کوڈ", "اسکول کوڈ", "سکول کوڈ", "id", "objectid", "object id",
    ],
    "name": [
        "school name", "name of school", "name of the school", "school", "institution name",
        "institution", "name", "nom de lecole", "nom de l ecole", "nom ecole", "ecole",
        "nom de letablissement", "nom etablissement", "etablissement", "nom", "jina la shule", "shule",
        "jina", "اسکول کا نام", "سکول کا نام", "اسکول", "سکول", "نام",
    ],
    "level": [
        "level", "school level", "level of education", "education level", "school type", "category",
        "niveau", "cycle", "ngazi", "ngazi ya shule", "kiwango", "سطح", "درجہ", "type",
    ],
    "sector": [
        "sector", "status", "ownership", "school status", "public private", "management", "sponsor",
        "secteur", "statut", "umiliki", "ملکیت", "type of school", "proprietaire", "type",
    ],
    "latitude": [
        "latitude", "lat", "gps latitude", "y coord", "ycoord", "y", "latitudo", "northing",
        "عرض بلد", "coordonnee y",
    ],
    "longitude": [
        "longitude", "lon", "lng", "long", "gps longitude", "x coord", "xcoord", "x", "longitudo",
        "easting", "طول بلد", "coordonnee x",
    ],
    "opened": ["opened", "opened on", "date opened", "date of opening", "date ouverture", "ilifunguliwa"],
    "closed_on": ["closed on", "closed", "date closed", "date fermeture", "ilifungwa"],
    "merged_into": ["merged into", "merged with", "fusionnee avec", "imeunganishwa na"],
}  # fmt: skip
TEACHER_NAMES: dict[str, list[str]] = {
    "number": [
        "number", "teacher number", "tsc number", "tsc no", "payroll number", "payroll no",
        "personnel number", "personal number", "staff number", "check number", "matricule",
        "numero matricule", "namba ya mwalimu", "nambari", "cheki namba", "ملازم نمبر", "نمبر", "id",
    ],
    "name": [
        "name", "teacher name", "full name", "name of teacher", "teachers name", "name of the teacher",
        "names", "full names", "teacher", "mwalimu", "nom et prenom", "nom complet", "nom",
        "jina la mwalimu", "jina kamili", "jina", "استاد کا نام", "نام",
    ],
    "phone": [
        "phone", "phone number", "mobile", "mobile number", "mobile phone", "telephone", "tel", "cell",
        "contact", "numero de telephone", "simu", "namba ya simu", "nambari ya simu", "فون",
        "فون نمبر", "موبائل",
    ],
    "school": [
        "school code", "school", "emis code", "emis", "nemis", "uic", "station code", "station",
        "code ecole", "code de lecole", "code etablissement", "ecole", "msimbo wa shule", "shule",
        "اسکول کوڈ", "سکول کوڈ", "اسکول", "سکول",
    ],
    "role": ["role", "position", "designation", "post", "fonction", "poste", "cheo", "wadhifa", "عہدہ"],
    "subjects": ["subjects", "subject", "teaching subjects", "matieres", "matiere", "masomo", "somo", "مضامین", "مضمون"],
    "grades": ["grades", "grade", "classes", "class", "classe", "madarasa", "darasa", "جماعت"],
    "gender": ["gender", "sex", "sexe", "genre", "jinsia", "صنف", "جنس"],
    "starts": ["starts", "start", "start date", "posted on", "date posted", "since", "from", "date de debut", "tangu", "تاریخ"],
    "ends": ["ends", "end", "end date", "until", "date de fin", "hadi"],
}  # fmt: skip
CODE_NAMES: dict[str, list[str]] = {
    "school": [
        "school", "school code", "our code", "code ecole", "msimbo wa shule", "اسکول کوڈ", "سکول کوڈ",
    ],
    "system": [
        "system", "code system", "code list", "source", "systeme", "mfumo", "نظام",
    ],
    "code": ["code in system", "other code", "code", "value", "autre code", "msimbo", "کوڈ"],
    "starts": TEACHER_NAMES["starts"],
    "ends": TEACHER_NAMES["ends"],
}  # fmt: skip
#: kind of list: field > names.
NAMES = {"schools": SCHOOL_NAMES, "teachers": TEACHER_NAMES, "codes": CODE_NAMES}
#: What one administrative step is called elsewhere: the programme's own name is matched first.
STEPS: list[set[str]] = [
    {"county", "kaunti", "comte"},
    {"sub county", "subcounty", "kaunti ndogo", "sous comte"},
    {"region", "mkoa", "jimbo"},
    {"province", "صوبہ"},
    {"district", "wilaya", "departement", "ضلع"},
    {"zone", "zoni", "school zone"},
    {"ward", "kata", "وارڈ"},
    {"tehsil", "taluka", "taluk", "تحصیل"},
    {"union council", "uc", "یونین کونسل"},
    {"markaz", "مرکز"},
    {"division", "tarafa", "ڈویژن"},
    {"state", "etat", "ریاست"},
    {"commune"},
]
STEPS = [{fold(name) for name in step} for step in STEPS]
REQUIRED = {
    "schools": ("code", "name"),
    "teachers": ("number", "name", "school"),
    "codes": ("school", "system", "code"),
}


@dataclass(frozen=True)
class Columns:
    """`at`: field > index of its column. `areas`: for each level of the programme, index or None."""

    at: dict[str, int]
    areas: tuple[int | None, ...] = ()
    why: dict[str, str] = field(default_factory=dict)
    make_codes: bool = False

    def used(self) -> set[int]:
        return set(self.at.values()) | {index for index in self.areas if index is not None}


def fields_of(kind: str) -> list[str]:
    return list(NAMES[kind])


def guess(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    kind: str = "schools",
    levels: Sequence[str] = (),
    country: str = "",
) -> Columns:
    """The most trusted reading of `header`; `rows` is a sample of some hundred rows."""
    folded = [fold(name) for name in header]
    areas = tuple(_area_column(level, folded) for level in levels)
    taken = {index for index in areas if index is not None}
    at: dict[str, int] = {}
    why: dict[str, str] = {}
    words = NAMES[kind]
    for _rank, name, index in _claims(words, folded):
        if name not in at and index not in taken:
            at[name] = index
            why[name] = "name"
            taken.add(index)
    if kind == "schools":
        _by_content(at, why, taken, header, rows, country)
    return Columns(at=at, areas=areas, why=why)


def _claims(words: dict[str, list[str]], folded: Sequence[str]) -> Iterable[tuple[int, str, int]]:
    """Every (rank, field, column) whose name fits, the most trusted first."""
    claims = [
        (names.index(name) if name in names else -1, what, index)
        for what, names in ((what, [fold(n) for n in names]) for what, names in words.items())
        for index, name in enumerate(folded)
        if name in names
    ]
    return sorted(claims, key=lambda claim: (claim[0], claim[2]))


def _area_column(level: str, folded: Sequence[str]) -> int | None:
    own = fold(level)
    for wanted in ({own}, next((step for step in STEPS if own in step), set())):
        for index, name in enumerate(folded):
            if name in wanted or name.removesuffix(" name") in wanted:
                return index
    return None


def _by_content(
    at: dict[str, int],
    why: dict[str, str],
    taken: set[int],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    country: str,
) -> None:
    """Coordinates by their range in the country, names by being words that differ."""
    box = geo.box_of(country)
    free = [index for index in range(len(header)) if index not in taken]
    if box and not {"latitude", "longitude"} & at.keys():
        for what, low, high in (
            ("longitude", box.west, box.east),
            ("latitude", box.south, box.north),
        ):
            for index in free:
                if index not in at.values() and _share_between(rows, index, low, high) > 0.9:
                    at[what], why[what] = index, "content"
                    break
    if "name" not in at:
        best = max(
            (index for index in free if index not in at.values()),
            key=lambda index: _distinct_words(rows, index),
            default=None,
        )
        if best is not None and _distinct_words(rows, best) > 0.5:
            at["name"], why["name"] = best, "content"
    if "code" not in at:
        for index in free:
            if (
                index not in at.values()
                and _distinct(rows, index) == 1
                and not _fractions(rows, index)
            ):
                at["code"], why["code"] = index, "content"
                break


def _values(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows if row[index]]


def _share_between(rows: Sequence[Sequence[str]], index: int, low: float, high: float) -> float:
    values = _values(rows, index)
    inside = 0
    for value in values:
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            continue
        inside += low <= number <= high and "." in value.replace(",", ".")
    return inside / len(values) if values else 0.0


def _distinct(rows: Sequence[Sequence[str]], index: int) -> float:
    values = _values(rows, index)
    return len(set(values)) / len(rows) if values and len(values) == len(rows) else 0.0


def _distinct_words(rows: Sequence[Sequence[str]], index: int) -> float:
    values = [value for value in _values(rows, index) if sum(map(str.isalpha, value)) > 3]
    return len(set(values)) / len(rows) if rows else 0.0


def _fractions(rows: Sequence[Sequence[str]], index: int) -> bool:
    return any("." in value and not value.endswith(".0") for value in _values(rows, index))


def choose(
    header: Sequence[str],
    guessed: Columns,
    chosen: dict[str, str],
    *,
    kind: str = "schools",
    levels: Sequence[str] = (),
    make_codes: bool = False,
) -> Columns:
    """The guess with what a person chose put over it: field or level name > column name or ""."""
    at, why = dict(guessed.at), dict(guessed.why)
    areas = list(guessed.areas)
    by_level = {fold(level): depth for depth, level in enumerate(levels)}
    for what, column in chosen.items():
        index = _find(header, column)
        if fold(what) in by_level:
            areas[by_level[fold(what)]] = index
        elif what in fields_of(kind):
            at.pop(what, None)
            if index is not None:
                at[what], why[what] = index, "chosen"
        else:
            raise Refused(
                _("There is nothing called “%(what)s”. There are: %(all)s.")
                % {"what": what, "all": listed([*fields_of(kind), *levels])},
                "columns",
            )
    return Columns(at=at, areas=tuple(areas), why=why, make_codes=make_codes)


def _find(header: Sequence[str], column: str) -> int | None:
    if not column:
        return None
    for test in (lambda name: name == column, lambda name: fold(name) == fold(column)):
        for index, name in enumerate(header):
            if test(name):
                return index
    raise Refused(
        _("There is no column “%(column)s”. There are: %(all)s.")
        % {"column": column, "all": listed(name for name in header if name)},
        "columns",
    )


def missing(columns: Columns, kind: str) -> list[str]:
    """The fields without which nothing can be imported and that have no column."""
    return [
        name
        for name in REQUIRED[kind]
        if name not in columns.at and not (name == "code" and columns.make_codes)
    ]
