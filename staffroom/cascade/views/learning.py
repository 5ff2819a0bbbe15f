"""A test is sat, the day's feedback given, fidelity noted; what a session's people learned."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from staffroom.cascade import testing
from staffroom.cascade.access import at_session, can_attend, runs_session
from staffroom.cascade.actions import learning as acts
from staffroom.cascade.models import (
    Fidelity,
    Invitation,
    TestSitting,
    TrainingForm,
    TrainingSession,
)
from staffroom.cascade.queries import learning as queries
from staffroom.core import flash, limits, once
from staffroom.core.access import signed_in
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.instruments import reading
from staffroom.instruments.models import Response, Version
from staffroom.instruments.queries.current import newest, response_of
from staffroom.instruments.queries.results import results
from staffroom.instruments.scoring import Total, total
from staffroom.instruments.showing import Shown, asked, shown
from staffroom.people.models import Person


class TrainingRequest(HttpRequest):
    training: TrainingSession
    user: Person


def _read(request: HttpRequest, version: Version) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were sent, and by item what is wrong with them."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for item in version.items.all():
        try:
            values[item.key] = reading.read(item, request.POST.getlist(item.key))
        except Refused as refusal:
            errors[refusal.field or item.key] = refusal.message
    return values, errors


def _fill_in(
    request: TrainingRequest,
    version: Version,
    keep: Callable[[Mapping[str, Any]], object],
    done: Callable[[], HttpResponse],
    **context: Any,
) -> HttpResponse:
    """One form for all that is filled in: as typed where something is wrong."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        values, errors = _read(request, version)
        if not errors:
            try:
                limits.take("write", str(request.user.pk), limit=60, seconds=600)
                keep(values)
                return done()
            except Refused as refusal:
                errors[refusal.field] = refusal.message
    language = get_language() or "en"
    kept = context.pop("kept", {})
    items = list(version.items.all())
    posted = request.method == "POST"
    return render(
        request,
        "cascade/fill_in.html",
        {
            "training": request.training,
            "version": version,
            "asked": [
                asked(
                    n,
                    item,
                    language,
                    request.POST.getlist(item.key) if posted else kept.get(item.key, ()),
                    errors.get(item.key, ""),
                )
                for n, item in enumerate(items, 1)
            ],
            "of": len(items),
            "error": next((v for k, v in errors.items() if k not in {i.key for i in items}), ""),
            **context,
        },
        status=422 if errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_session
def training_test(request: TrainingRequest, **rest: Any) -> HttpResponse:
    """A participant's own test: before, after, then both with the explanations."""
    session = request.training
    if not can_attend(request.user, session):
        raise NotYours
    instrument = testing.test_of(session)
    version = newest(instrument) if instrument else None
    sitting = TestSitting.objects.filter(session=session, person=request.user).first()
    occasion = _occasion(request, session, sitting)
    if version is None or not occasion:
        return _own_results(request, version, sitting)
    version.instrument = instrument  # type: ignore[assignment]

    def keep(values: Mapping[str, Any]) -> None:
        acts.sit(
            by=request.user, person=request.user, session=session, occasion=occasion, values=values
        )

    def done() -> HttpResponse:
        flash.say(request, _("Kept. Nobody but you sees what you answered."))
        return redirect("training_test", session.pk)

    return _fill_in(
        request, version, keep, done,
        title=_("Before the training") if occasion == "before" else _("After the training"),
        occasion=occasion, late=occasion == "before" and _both_open(session),
        say=_("Only you see your own result. It is no examination: what all together knew before and after shows what the training did."),
    )  # fmt: skip


def _both_open(session: TrainingSession) -> bool:
    return testing.may_sit_after(session, today(session.programme.timezone))


def _occasion(request: HttpRequest, session: TrainingSession, sitting: TestSitting | None) -> str:
    """Which is to be answered now; empty for none."""
    before, after = (sitting.before_id, sitting.after_id) if sitting else (None, None)
    if request.method == "POST":
        return request.POST.get("occasion", "")
    if after or testing.is_shut(session):
        return ""
    asked_for = request.GET.get("occasion", "")
    if before or asked_for == "after":
        return "after" if _both_open(session) else ""
    return "before"


def _own_results(
    request: TrainingRequest, version: Version | None, sitting: TestSitting | None
) -> HttpResponse:
    """The own answers with what is right; explanations only after the second time."""
    before = sitting.before if sitting else None
    after = sitting.after if sitting else None
    open_ = bool(after) or testing.is_shut(request.training)
    told = after or before
    context = {
        "training": request.training,
        "version": version,
        "sitting": sitting,
        "before": _total(before),
        "after": _total(after),
        "shown": _shown(told) if told and open_ else [],
        "of": told.version.items.count() if told else 0,
        "over": testing.is_shut(request.training),
    }
    return render(request, "cascade/own_test.html", context)


def _total(response: Response | None) -> Total | None:
    if response is None:
        return None
    return total(response.answers.values_list("share", flat=True))


def _shown(response: Response) -> list[Shown]:
    answers = {each.item_id: each for each in response.answers.all()}
    return shown(list(response.version.items.all()), answers, get_language() or "en", {})


@require_http_methods(["GET", "HEAD", "POST"])
@at_session
def training_feedback(request: TrainingRequest, **rest: Any) -> HttpResponse:
    """How was it? Without a name."""
    once.nameless(request)
    session = request.training
    if not can_attend(request.user, session):
        raise NotYours
    form = testing.form_in_use(session.programme, TrainingForm.Use.FEEDBACK)
    version = acts.feedback_of(session) or (newest(form.instrument) if form else None)
    if version is None or testing.is_shut(session) or not _both_open(session):
        return _nothing(request, _("How was it?"), _("How it was is asked on the last day and for a week after."))  # fmt: skip
    mine = response_of(request.user, version) if version.instrument.secret else None
    kept = (
        {each.item.key: each.value for each in mine.answers.select_related("item")} if mine else {}
    )

    def done() -> HttpResponse:
        flash.say(request, _("Thank you. It is kept without your name."))
        return redirect("training_feedback", session.pk)

    return _fill_in(
        request, version,
        lambda values: acts.give_feedback(by=request.user, session=session, values=values),
        done, kept=kept, title=_("How was it?"),
        say=_("Nobody sees who said what. The trainers see what all said together, once five have answered. You may change it for a week."),
    )  # fmt: skip


def _nothing(request: TrainingRequest, title: str, why: str) -> HttpResponse:
    context = {"training": request.training, "title": title, "why": why}
    return render(request, "cascade/fill_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@runs_session
def training_fidelity(request: TrainingRequest, **rest: Any) -> HttpResponse:
    """What of the session was done as designed: by a trainer or somebody who watched."""
    session = request.training
    title = _("What was done as designed")
    mine = (
        Fidelity.objects.filter(session=session, person=request.user)
        .select_related("response__version")
        .first()
    )
    form = testing.form_in_use(session.programme, TrainingForm.Use.FIDELITY)
    version = newest(form.instrument) if form else None
    if mine is not None:
        context = {"training": session, "title": title, "shown": _shown(mine.response)}
        return render(request, "cascade/noted.html", context)
    if version is None or not _both_open(session):
        return _nothing(request, title, _("What was done is noted from the last day of the session on."))  # fmt: skip

    def done() -> HttpResponse:
        flash.say(request, _("Noted."))
        return redirect("training_fidelity", session.pk)

    return _fill_in(
        request, version,
        lambda values: acts.note_fidelity(by=request.user, session=session, values=values),
        done, title=title,
        say=_("What was left out often had a reason. It is told by tier, over many sessions, and says nothing about a trainer."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@runs_session
def training_paper(request: TrainingRequest, **rest: Any) -> HttpResponse:
    """A trainer keys in the paper of somebody without a phone."""
    session = request.training
    instrument = testing.test_of(session)
    version = newest(instrument) if instrument else None
    if version is None or testing.is_shut(session):
        return _nothing(request, _("Tests on paper"), _("The test of this session is over, or it has none."))  # fmt: skip
    rows = Invitation.objects.filter(session=session).exclude(state=Invitation.State.WITHDRAWN)
    invited = [each.person for each in rows.select_related("person").order_by("person__name")]
    chosen = next((p for p in invited if str(p.pk) == request.POST.get("person")), None)
    occasion = request.POST.get("occasion", "")

    def keep(values: Mapping[str, Any]) -> None:
        if chosen is None:
            raise Refused(_("Choose whose paper it is."), "person")
        acts.sit(by=request.user, person=chosen, session=session, occasion=occasion, values=values)

    def done() -> HttpResponse:
        words = _("Kept: the paper of %(name)s. It is noted that you keyed it in.")
        flash.say(request, words % {"name": chosen.name if chosen else ""})
        return redirect("training_paper", session.pk)

    return _fill_in(
        request, version, keep, done, title=_("Tests on paper"), paper=True, people=invited,
        chosen=chosen, occasion=occasion,
        say=_("For colleagues without a phone. Key in what stands on the paper, also where it is wrong; then give the paper back."),
    )  # fmt: skip


@require_safe
@runs_session
def training_learned(request: TrainingRequest, **rest: Any) -> HttpResponse:
    """The means of the session and its feedback, for its own trainers alone."""
    session = request.training
    if not testing.can_see_learned(request.user, session):
        raise NotYours
    instrument = testing.test_of(session)
    found = queries.of_session(session) if testing.is_shut(session) else None
    version = newest(instrument) if instrument else None
    texts = {item.key: item for item in version.items.all()} if version else {}
    language = get_language() or "en"
    rows = [
        {
            "text": asked(0, texts[line.item], language).words.text if line.item else "",
            "before": line.before[0],
            "after": line.after[0],
        }
        for line in ((found.overall, *found.items) if found else ())
        if not line.item or line.item in texts
    ]
    said = acts.feedback_of(session)
    feedback = results(said, language) if said else None
    context = {
        "training": session,
        "rows": rows,
        "shut": testing.is_shut(session),
        "least": queries.LEAST,
        "feedback": feedback if feedback and feedback.responses >= queries.LEAST_FEEDBACK else None,
        "least_feedback": queries.LEAST_FEEDBACK,
    }
    return render(request, "cascade/learned.html", context)


@require_safe
@signed_in
def my_training_effect(request: TrainingRequest) -> HttpResponse:
    """A trainer's own effect: of whoever is signed in, and of nobody else."""
    context = {
        "effects": queries.own_effects(request.user),
        "sessions": queries.LEAST_SESSIONS,
        "people": queries.LEAST,
        "trainers": queries.LEAST_TRAINERS,
        "back": reverse("me"),
    }
    return render(request, "cascade/my_effect.html", context)
