"""A short scale of beliefs about teaching: where a teacher stands between two views of it.

The eight statements are those of the two indices "direct transmission beliefs about teaching" and
"constructivist beliefs about teaching" of TALIS 2008, teacher questionnaire, question 29, items A, G, H,
K and D, F, I, L, agreed with in four steps (OECD 2009, Creating Effective Teaching and Learning
Environments: First Results from TALIS, chapter 4 and annex A1.1; OECD 2010, TALIS 2008 Technical Report).
What counts is the mean of the second four minus the mean of the first: agreeing with everything, which
differs between people and countries, falls out (the report's ipsative scores are half of it, box 4.3).

Used as a distance when communities are formed, and for nothing else: no page, list or result shows it
to anybody but the teacher.
"""

import uuid
from collections import defaultdict

from django.db.models import QuerySet

from staffroom.core.errors import NotYours
from staffroom.instruments.models import Answer, Instrument, Item, Response
from staffroom.people.models import Person

HOST = "beliefs"
#: The one instrument of all programmes.
ID = uuid.UUID("019aca00-0000-7000-8000-000000000029")
TITLE = "TALIS 2008, BTG29"
STEPS = 4
#: So many may be named in a query; of more, all are read.
FEW = 500
ENDS = {
    "en": ("Strongly disagree", "Strongly agree"),
    "sw": ("Sikubali kabisa", "Nakubali kabisa"),
    "ur": ("بالکل متفق نہیں", "پوری طرح متفق"),
}
TRANSMITTING = ("a", "g", "h", "k")
BUILDING = ("d", "f", "i", "l")
#: In the order of the questionnaire. The Swahili and Urdu are ours, not the OECD's.
STATEMENTS: dict[str, dict[str, str]] = {
    "a": {
        "en": "Effective/good teachers demonstrate the correct way to solve a problem.",
        "sw": "Walimu wazuri huonyesha njia sahihi ya kutatua tatizo.",
        "ur": "اچھے اساتذہ مسئلہ حل کرنے کا درست طریقہ کر کے دکھاتے ہیں۔",
    },
    "d": {
        "en": "My role as a teacher is to facilitate students' own inquiry.",
        "sw": "Kazi yangu kama mwalimu ni kuwawezesha wanafunzi kutafuta na kugundua wenyewe.",
        "ur": "استاد کی حیثیت سے میرا کام طلبہ کی اپنی کھوج کو آسان بنانا ہے۔",
    },
    "f": {
        "en": "Students learn best by finding solutions to problems on their own.",
        "sw": "Wanafunzi hujifunza vizuri zaidi wanapotatua matatizo wenyewe.",
        "ur": "طلبہ سب سے اچھا تب سیکھتے ہیں جب وہ مسائل کا حل خود ڈھونڈتے ہیں۔",
    },
    "g": {
        "en": "Instruction should be built around problems with clear, correct answers, and around "
        "ideas that most students can grasp quickly.",
        "sw": "Ufundishaji ujengwe juu ya maswali yenye majibu sahihi na ya wazi, na juu ya mawazo "
        "ambayo wanafunzi wengi wanaweza kuyaelewa haraka.",
        "ur": "تدریس ایسے سوالوں پر مبنی ہونی چاہیے جن کے جواب واضح اور درست ہوں، اور ایسے تصورات پر "
        "جنہیں زیادہ تر طلبہ جلدی سمجھ سکیں۔",
    },
    "h": {
        "en": "How much students learn depends on how much background knowledge they have; that is "
        "why teaching facts is so necessary.",
        "sw": "Kiasi ambacho wanafunzi hujifunza hutegemea maarifa waliyo nayo tayari; ndiyo maana "
        "kufundisha ukweli wa mambo ni muhimu sana.",
        "ur": "طلبہ کتنا سیکھتے ہیں، اس کا انحصار اس پر ہے کہ وہ پہلے سے کتنا جانتے ہیں؛ اسی لیے "
        "حقائق پڑھانا اتنا ضروری ہے۔",
    },
    "i": {
        "en": "Students should be allowed to think of solutions to practical problems themselves "
        "before the teacher shows them how they are solved.",
        "sw": "Wanafunzi waachwe wafikirie wenyewe suluhisho la matatizo ya vitendo kabla mwalimu "
        "hajawaonyesha jinsi yanavyotatuliwa.",
        "ur": "طلبہ کو عملی مسائل کے حل خود سوچنے دینا چاہیے، اس سے پہلے کہ استاد انہیں دکھائے کہ وہ کیسے "
        "حل ہوتے ہیں۔",
    },
    "k": {
        "en": "A quiet classroom is generally needed for effective learning.",
        "sw": "Kwa kawaida darasa tulivu linahitajika ili kujifunza kufanikiwe.",
        "ur": "مؤثر سیکھنے کے لیے عام طور پر کمرۂ جماعت میں خاموشی ضروری ہے۔",
    },
    "l": {
        "en": "Thinking and reasoning processes are more important than specific curriculum content.",
        "sw": "Mchakato wa kufikiri na kutafakari ni muhimu kuliko maudhui mahususi ya mtaala.",
        "ur": "سوچنے اور استدلال کا عمل نصاب کے کسی خاص مواد سے زیادہ اہم ہے۔",
    },
}


class BeliefsHost:
    """Everybody who has an account answers; nobody makes, changes or reads what others said."""

    def check_make(self, by: Person, host_id: uuid.UUID, kind: str) -> None:
        raise NotYours

    def check_read(self, by: Person, instrument: Instrument) -> None:
        raise NotYours

    def check_answer(self, by: Person, instrument: Instrument) -> None:
        if not by.is_active or by.is_staff:
            raise NotYours

    def check_change(self, by: Person, instrument: Instrument) -> None:
        raise NotYours


def items() -> list[Item]:
    """The statements as items, not kept: to be shown, and to be kept with the first answers."""
    low, high = ENDS["en"]
    return [
        Item(
            key=key, position=place, kind=Item.Kind.SCALE, text=texts["en"], steps=STEPS,
            low=low, high=high, translations={
                code: {"text": texts[code], "low": ENDS[code][0], "high": ENDS[code][1]}
                for code in ("sw", "ur")
            },
        )
        for place, (key, texts) in enumerate(STATEMENTS.items(), start=1)
    ]  # fmt: skip


def mine(person: Person) -> dict[str, int]:
    """What the person answered, by item key."""
    rows = Answer.objects.filter(response__in=responses().filter(person=person))
    rows = rows.filter(value__isnull=False)
    return {key: int(value or 0) for key, value in rows.values_list("item__key", "value")}


def responses() -> QuerySet[Response]:
    """Every response to the scale."""
    return Response.objects.filter(version__instrument=ID)


def where_they_stand(people: set[uuid.UUID]) -> dict[uuid.UUID, float]:
    """Of those who answered all of it: from -3 (to be told) to 3 (to find out)."""
    told: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    done = responses().filter(finished_at__isnull=False, person__isnull=False)
    if len(people) <= FEW:
        done = done.filter(person__in=people)
    rows = Answer.objects.filter(response__in=done)
    for person, key, value in rows.values_list("response__person", "item__key", "value"):
        if person in people:
            told[person][key] = int(value or 0)
    return {person: score(each) for person, each in told.items() if len(each) == len(STATEMENTS)}


def score(values: dict[str, int]) -> float:
    """The mean of the constructivist four minus the mean of the direct transmission four."""
    building = sum(values[key] for key in BUILDING) / len(BUILDING)
    return building - sum(values[key] for key in TRANSMITTING) / len(TRANSMITTING)


def erase_person(person: Person, keep_contributions: bool) -> None:
    """What was for the person alone goes in any case."""
    responses().filter(person=person).delete()
