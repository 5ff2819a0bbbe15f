"""What all answers together look like: counts, from three responses on, and nobody's name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from staffroom.instruments.models import Answer, Item, Version
from staffroom.instruments.scoring import CHOOSING, mean, same_words
from staffroom.instruments.words import Words, words

#: Below this a count would tell who.
ENOUGH = 3


@dataclass(frozen=True)
class Bar:
    """One line of the picture: how many, and what part of those who answered, in whole percent."""

    words: str
    count: int
    percent: int
    right: bool = False
    picture: str = ""


@dataclass(frozen=True)
class ItemResult:
    number: int
    item: Item
    words: Words
    answered: int
    bars: tuple[Bar, ...]
    right_percent: int | None


@dataclass(frozen=True)
class Results:
    """`items` is empty while fewer than three have answered."""

    responses: int
    items: tuple[ItemResult, ...] = ()

    @property
    def enough(self) -> bool:
        return self.responses >= ENOUGH


def results(version: Version, language: str, items: list[Item] | None = None) -> Results:
    """Of one version, from finished responses alone. Three queries, however many answered."""
    done = version.responses.filter(finished_at__isnull=False)
    count = done.count()
    if count < ENOUGH:
        return Results(count)
    items = list(version.items.all()) if items is None else items
    given: dict[Any, list[tuple[Any, float | None]]] = defaultdict(list)
    rows = Answer.objects.filter(response__in=done).values_list("item", "value", "share")
    for item, value, share in rows:
        given[item].append((value, share))
    return Results(
        count,
        tuple(
            _of_item(number, item, words(item, language), given[item.pk])
            for number, item in enumerate(items, 1)
        ),
    )


def _of_item(
    number: int, item: Item, said: Words, given: list[tuple[Any, float | None]]
) -> ItemResult:
    values = [value for value, _share in given if value is not None]
    right = mean([share for _value, share in given])
    return ItemResult(
        number=number,
        item=item,
        words=said,
        answered=len(values),
        bars=_bars(item, said, values, given),
        right_percent=None if right is None else round(100 * right),
    )


def _bars(
    item: Item, said: Words, values: list[Any], given: list[tuple[Any, float | None]]
) -> tuple[Bar, ...]:
    if item.kind in CHOOSING:
        chosen = Counter(
            key for value in values for key in (value if isinstance(value, list) else [value])
        )
        return tuple(
            _bar(choice.text, chosen[choice.key], len(values), choice.right, choice.picture)
            for choice in said.choices
        )
    if item.kind == Item.Kind.SCALE:
        steps = Counter(values)
        ends = {1: said.low, item.steps: said.high}
        return tuple(
            _bar(f"{step} {ends.get(step, '')}".strip(), steps[step], len(values))
            for step in range(1, item.steps + 1)
        )
    if item.kind == Item.Kind.PHOTO:
        return (_bar(_("A photo was sent"), len(values), len(given)),)
    return _typed(item, given, str if item.kind == Item.Kind.NUMBER else same_words)


def _typed(
    item: Item, given: list[tuple[Any, float | None]], same: Callable[[Any], Hashable]
) -> tuple[Bar, ...]:
    """Right; what at least three others wrote alike; all else together, in nobody's words."""
    typed = [(value, share) for value, share in given if value is not None]
    right = sum(bool(share) for _value, share in typed)
    others: dict[Hashable, list[Any]] = defaultdict(list)
    for value, share in typed:
        if not share:
            others[same(value)].append(value)
    common = sorted((each for each in others.values() if len(each) >= ENOUGH), key=len)[::-1][:4]
    rest = len(typed) - right - sum(map(len, common))
    bars = [_bar(_("Right"), right, len(typed), right=True)] if _has_right(item) else []
    bars += [_bar(str(each[0]), len(each), len(typed)) for each in common]
    return (*bars, _bar(_("Other answers"), rest, len(typed)))


def _has_right(item: Item) -> bool:
    return item.right is not None or bool(item.accepted)


def _bar(text: str, count: int, of: int, right: bool = False, picture: str = "") -> Bar:
    return Bar(text, count, round(100 * count / of) if of else 0, right, picture)
