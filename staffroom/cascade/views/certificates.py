"""Certificates: given by trainers, kept by their owners, checked by anybody who has the code."""

import uuid
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from staffroom.cascade.access import can_plan, runs_session
from staffroom.cascade.actions import certificates as acts
from staffroom.cascade.forms.attendance import CodeForm, DaysForm, ShownForm, WithdrawForm
from staffroom.cascade.models import Certificate
from staffroom.cascade.queries import certificates as asking
from staffroom.cascade.views.attendance import Request as SessionRequest
from staffroom.cascade.views.attendance import square
from staffroom.core import access, flash, limits
from staffroom.core.errors import NotYours, Refused
from staffroom.library.pdf import can_make_pdf, make_pdf
from staffroom.people import address
from staffroom.people.models import Person

LOOK = Path(__file__).parents[1] / "static" / "hall.css"


class Request(HttpRequest):
    user: Person
    certificate: Certificate


def _sees(request: HttpRequest, certificate: uuid.UUID, **rest: object) -> None:
    _put(request, certificate)
    if not asking.may_see(request.user, request.certificate):  # type: ignore[attr-defined,arg-type]
        raise NotYours


def _owns(request: HttpRequest, certificate: uuid.UUID, **rest: object) -> None:
    _put(request, certificate)
    if request.certificate.person_id != request.user.pk:  # type: ignore[attr-defined]
        raise NotYours


def _withdraws(request: HttpRequest, certificate: uuid.UUID, **rest: object) -> None:
    _put(request, certificate)
    if not asking.may_withdraw(request.user, request.certificate):  # type: ignore[attr-defined,arg-type]
        raise NotYours


def _put(request: HttpRequest, certificate: uuid.UUID) -> None:
    found = (
        Certificate.objects.filter(pk=certificate)
        .select_related("programme", "session__programme", "person")
        .first()
    )
    if found is None:
        raise NotYours
    request.certificate = found  # type: ignore[attr-defined]


#: Whose certificate it is, and whoever runs the training: puts `request.certificate`.
sees_certificate = access.requires("sees_certificate", _sees)
#: Its owner alone.
certificate_owner = access.requires("certificate_owner", _owns)
#: The training's trainers and the office.
certificate_giver = access.requires("certificate_giver", _withdraws)


def _page(request: Any, name: str, status: int = 200, **context: Any) -> HttpResponse:
    form = context.get("form")
    if form is not None and form.is_bound and form.errors:
        status = 422
    return render(request, f"cascade/certificates/{name}.html", context, status=status)


@runs_session
def of_session(request: SessionRequest, training: uuid.UUID) -> HttpResponse:
    """Who has one, who would get one, and on how many days one must have come."""
    planned = can_plan(request.user, request.training.programme)
    error = ""
    form = DaysForm(
        request.POST if "days" in request.POST else None,
        initial={"days": request.training.certificate_days},
    )
    try:
        if "give" in request.POST:
            return _given(request, training)
        if form.is_bound and form.is_valid():
            acts.set_days(by=request.user, session=request.training, **form.cleaned_data)
            flash.say(request, _("Saved."))
            return redirect("attendance_certificates", training)
    except Refused as refusal:
        if refusal.field:
            form.refuse(refusal)
        error = "" if refusal.field else refusal.message
    return _page(
        request,
        "session",
        422 if error else 200,
        training=request.training,
        seen=asking.overview(request.training),
        form=form,
        may_set=planned,
        error=error,
    )


def _given(request: SessionRequest, training: uuid.UUID) -> HttpResponse:
    made = acts.give(by=request.user, session=request.training)
    said = ngettext("%(n)s certificate is given.", "%(n)s certificates are given.", len(made))
    flash.say(request, said % {"n": len(made)})
    return redirect("attendance_certificates", training)


@require_safe
@sees_certificate
def one(request: Request, certificate: uuid.UUID) -> HttpResponse:
    found = request.certificate
    own = found.person_id == request.user.pk
    return _page(
        request,
        "one",
        own=own,
        giver=asking.may_withdraw(request.user, found),
        form=ShownForm(initial={"shown": found.shown}) if own else None,
        other_name=request.user.name if own and request.user.name != found.name else "",
        pdf=can_make_pdf(),
        **_sheet(request),
    )


def _sheet(request: Request) -> dict[str, Any]:
    found = request.certificate
    checked = request.build_absolute_uri(reverse("certificate_check", args=[found.code]))
    plain = checked.removeprefix("https://").removeprefix("http://")
    return {"certificate": found, "square": square(checked), "address": plain}


@require_safe
@sees_certificate
def paper(request: Request, certificate: uuid.UUID) -> HttpResponse:
    """One sheet of A4, printed by the browser."""
    _check_stands(request)
    return _page(request, "paper", pdf=can_make_pdf(), **_sheet(request))


@require_safe
@sees_certificate
def pdf(request: Request, certificate: uuid.UUID) -> HttpResponse:
    """The same as a file."""
    _check_stands(request)
    if not can_make_pdf():
        return redirect("certificate_print", certificate)
    html = render_to_string("cascade/certificates/pdf.html", _sheet(request), request=request)
    answer = HttpResponse(make_pdf(html, LOOK), content_type="application/pdf")
    name = slugify(request.certificate.title, allow_unicode=False) or "certificate"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _check_stands(request: Request) -> None:
    """What was withdrawn is not printed any more."""
    if request.certificate.withdrawn_at is not None:
        raise NotYours


@require_POST
@certificate_owner
def change(request: Request, certificate: uuid.UUID) -> HttpResponse:
    """What strangers see of the name; or the name as it is in my profile now (`rename`)."""
    if "rename" in request.POST:
        acts.rename(by=request.user, certificate=request.certificate)
        flash.say(request, _("The certificate has your name as it is now."))
        return redirect("certificate", certificate)
    form = ShownForm(request.POST)
    if form.is_valid():
        acts.show(by=request.user, certificate=request.certificate, **form.cleaned_data)
        flash.say(request, _("Saved."))
    return redirect("certificate", certificate)


@certificate_giver
def withdraw(request: Request, certificate: uuid.UUID) -> HttpResponse:
    found = request.certificate
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and "back" in request.POST:
        acts.give_back(by=request.user, certificate=found)
        flash.say(request, _("The certificate is good again."))
        return redirect("certificate", certificate)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw(by=request.user, certificate=found, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash.say(request, _("The certificate is withdrawn."))
            return redirect("certificate", certificate)
    return _page(request, "withdraw", form=form, certificate=found)


@require_safe
@access.anyone
def find(request: HttpRequest) -> HttpResponseBase:
    """Anybody who holds a certificate types its code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return check(request, form.cleaned_data["code"])
    return _page(request, "find", form=form)


@require_safe
@access.anyone
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether this certificate is good: without account, and no more than its owner allows."""
    limits.take("certificate", address.of(request), limit=40, seconds=3600)
    found = asking.by_code(code)
    answer = _page(
        request,
        "check",
        404 if found is None else 200,
        found=found,
        owner=asking.name_shown(found) if found else "",
        code=code[:30],
    )
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer
