"""Does what was taught at the top arrive? One picture, the table that says the same, the file."""

import csv
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from staffroom.cascade.access import planner
from staffroom.cascade.drawing import picture
from staffroom.cascade.models import TrainingForm
from staffroom.cascade.models.plans import Tier
from staffroom.cascade.queries.learning import LEAST, Arrives, arrives
from staffroom.instruments.queries.current import newest
from staffroom.instruments.words import words
from staffroom.places.models import Programme


class OfficeRequest(HttpRequest):
    programme: Programme


def tier_words(tier: str) -> str:
    return {
        Tier.MASTERS: _("Master trainers"),
        Tier.CIRCLE_TRAINERS: _("Circle trainers"),
        Tier.MANAGERS: _("Managers"),
        Tier.TEACHERS: _("Teachers"),
    }[Tier(tier)]


def _tests(programme: Programme) -> list[TrainingForm]:
    rows = TrainingForm.objects.filter(
        programme=programme,
        use=TrainingForm.Use.TEST,
        instrument__versions__published_at__isnull=False,
    )
    return list(rows.select_related("instrument").order_by("-made_at"))


def _chosen(request: OfficeRequest, tests: list[TrainingForm]) -> TrainingForm | None:
    try:
        wanted = uuid.UUID(request.GET.get("test", ""))
    except ValueError:
        wanted = None
    return next((each for each in tests if each.pk == wanted), tests[0] if tests else None)


def _rows(told: Arrives) -> list[dict[str, Any]]:
    """All together first, then the items as they stand in the test."""
    language = get_language() or "en"
    names = {item.key: words(item, language).text for item in told.items}
    lines = [told.found.overall, *told.found.items]
    return [
        {
            "number": n,
            "text": names.get(line.item, ""),
            "cells": [
                {"tier": tier_words(t), "before": b, "after": a, "step": s}
                for t, b, a, s in zip(
                    told.found.tiers, line.before, line.after, line.steps, strict=True
                )
            ],
            "falls": [
                tier_words(t)
                for t, s in zip(told.found.tiers, line.steps, strict=True)
                if s is not None and s.falls
            ],
        }
        for n, line in enumerate(lines)
    ]


@require_safe
@planner
def training_dilution(request: OfficeRequest) -> HttpResponse:
    tests = _tests(request.programme)
    form = _chosen(request, tests)
    told = arrives(request.programme, form.instrument) if form else None
    rows = _rows(told) if told else []
    enough = bool(told) and any(told.found.overall.after)  # type: ignore[union-attr]
    context = {
        "programme": request.programme,
        "tests": [(each, newest(each.instrument)) for each in tests],
        "chosen": form,
        "told": told,
        "enough": enough,
        "rows": rows,
        "tiers": [tier_words(t) for t in Tier.values],
        "picture": picture(told.found) if told and enough else None,
        "fidelity": [
            (tier_words(t), mean)
            for t, mean in zip(Tier.values, told.fidelity if told else [], strict=False)
            if mean
        ],
        "spread": [
            (tier_words(t), each)
            for t, each in zip(Tier.values, told.found.spread if told else [], strict=False)
            if each
        ],
        "least": LEAST,
    }
    return render(request, "cascade/dilution.html", context)


@require_safe
@planner
def training_dilution_csv(request: OfficeRequest) -> HttpResponse:
    """The table of the picture, a row an item and tier."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dilution.csv"'
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        ["number", "item", "tier", "people", "sessions", "before", "after", "after_low",
         "after_high", "kept", "kept_low", "kept_high", "change", "p_holm", "falls"]
    )  # fmt: skip
    form = _chosen(request, _tests(request.programme))
    told = arrives(request.programme, form.instrument) if form else None
    for row in _rows(told) if told else []:
        for cell in row["cells"]:
            if cell["after"] is not None:
                out.writerow(_line(row, cell))
    return response


def _line(row: dict[str, Any], cell: dict[str, Any]) -> list[Any]:
    before, after, step = cell["before"], cell["after"], cell["step"]
    text = row["text"]
    # A spreadsheet must not take an item's words for a formula.
    safe = f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
    known = [row["number"] or "", safe, cell["tier"], after.people, after.sessions]
    shares = [before.value if before else None, after.value, after.low, after.high]
    steps = (
        [step.kept, step.kept_low, step.kept_high, step.change, step.p, int(step.falls)]
        if step
        else [None] * 6
    )
    return [*known, *(_round(each) for each in [*shares, *steps])]


def _round(value: float | None) -> float | str:
    return "" if value is None or value != value else round(value, 4)
