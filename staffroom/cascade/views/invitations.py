"""Whose turn it is, looked at before it is sent; one's own answer; somebody else instead."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffroom.cascade.access import at_session, planner
from staffroom.cascade.actions import inviting
from staffroom.cascade.forms.sessions import AnswerForm, ExchangeForm
from staffroom.cascade.models import Invitation, TrainingSession
from staffroom.cascade.queries import sessions as asking
from staffroom.cascade.views.sessions import _me, _mine
from staffroom.core import flash
from staffroom.core.errors import NotYours, Refused
from staffroom.places.views.common import ask


@planner
def invite(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session = _mine(request, training)
    error = ""
    if request.method == "POST":
        try:
            count = inviting.send(by=_me(request), session=session)
        except Refused as refusal:
            error = refusal.message
        else:
            flash.say(request, _("Invited: %(n)s.") % {"n": count})
            return redirect("training_session", session.pk)
    rows = asking.propose(session)
    for row in rows:
        row["turns"] = [(person, _why(session, why)) for person, why in row["turns"]]
    context = {
        "session": session,
        "rows": rows,
        "count": sum(len(row["turns"]) for row in rows),
        "error": error,
    }
    return render(request, "cascade/invite.html", context, status=422 if error else 200)


def _why(session: TrainingSession, why: str) -> str:
    return asking.why_words(Invitation(session=session, why=why))


@require_POST
@at_session
def answer(request: HttpRequest, training: uuid.UUID) -> HttpResponse:
    session: TrainingSession = request.training  # type: ignore[attr-defined]
    mine = Invitation.objects.filter(session=session, person=_me(request)).first()
    if mine is None:
        raise NotYours
    form = AnswerForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    comes = request.POST.get("comes") == "yes"
    try:
        inviting.answer(by=_me(request), invitation=mine, comes=comes, note=note)
    except Refused as refusal:
        flash.say(request, refusal.message)
    else:
        flash.say(request, _("Good, we expect you.") if comes else _("Thank you for saying so."))
    return redirect("training_session", training)


@planner
def exchange(request: HttpRequest, training: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    session = _mine(request, training)
    found = Invitation.objects.filter(session=session, pk=asked)
    invitation = found.select_related("person", "school", "session__programme").first()
    if invitation is None:
        raise NotYours
    form = ExchangeForm(request.POST or None, people=inviting.others(invitation))
    return ask(
        request,
        form,
        lambda person, reason: inviting.exchange(
            by=_me(request), invitation=invitation, person=form.people.get(person), reason=reason
        ),
        title=_("Somebody else instead"),
        fact=invitation.person.name,
        note=_("The list has those first who have waited longest."),
        do=_("Exchange"),
        back=reverse("training_session", args=[session.pk]),
        said=_("Exchanged."),
    )
