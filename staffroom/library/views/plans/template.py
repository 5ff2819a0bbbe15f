"""A programme's sections for lesson plans."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffroom.communities.access import designer
from staffroom.core import flash
from staffroom.core.errors import Refused
from staffroom.library.actions.plans.template import current_template, sections_of, set_template
from staffroom.library.forms.plans import Template
from staffroom.library.plan_words import hint_of, title_of
from staffroom.library.views.plans.common import Request, page


@designer
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Request, **rest: Any) -> HttpResponse:
    programme = request.programme  # type: ignore[attr-defined]
    shown = [
        section
        | {
            "title": title_of(section["key"], section["title"]),
            "hint": hint_of(section["key"], section["hint"]),
        }
        for section in sections_of(programme)
    ]
    form = Template(request.POST or None, sections=shown)
    if request.method == "POST" and form.is_valid():
        try:
            set_template(by=request.user, programme=programme, sections=form.sections())
            flash.say(request, _("Plans begun from now on have these sections."))
            return redirect("plan_template")
        except Refused as refusal:
            form.refuse(refusal)
    return page(
        request,
        "template",
        tab="garden",
        form=form,
        programme=programme,
        current=current_template(programme),
    )
