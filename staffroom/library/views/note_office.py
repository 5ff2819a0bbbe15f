"""The office's desk of note packages: what goes out, what came in, whose signature is trusted."""

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from staffroom.communities.access import designer
from staffroom.communities.views.common import Request
from staffroom.core import flash, signed
from staffroom.core.clock import today
from staffroom.core.errors import NotYours, Refused
from staffroom.core.paging import paged
from staffroom.library.actions import note_packages
from staffroom.library.forms.notes import Sending
from staffroom.library.models import Note, NotePackage, Signer
from staffroom.library.views.note_page import page


@designer
def desk(request: Request) -> HttpResponse:
    form = Sending(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > note_packages.MOST_FILE:
                raise Refused(
                    _("This file is larger than %(most)s MB.")
                    % {"most": note_packages.MOST_FILE // 1_000_000},
                    "file",
                )
            package = note_packages.receive(
                by=request.user, programme=request.programme, data=file.read()
            )
        except Refused as error:
            form.refuse(error)
        else:
            if package.state == NotePackage.State.TAKEN:
                flash.say(request, told(package))
                return redirect("note_packages")
            return redirect("note_signer", package.signer_id)
    packages = NotePackage.objects.filter(programme=request.programme)
    shared = Note.objects.filter(
        programme=request.programme, shared_at__isnull=False, removed_at=None
    )
    return page(
        request,
        "office",
        form=form,
        tab="garden",
        programme=request.programme,
        fingerprint=signed.own_fingerprint(),
        shared=shared.count(),
        signers=Signer.objects.filter(programme=request.programme).order_by("name", "pk")[:50],
        **paged(request, packages.select_related("signer").order_by("-at", "-pk")),
    )


def told(package: NotePackage) -> str:
    """What became of the notes of a package, in one sentence."""
    counts = package.result
    words = [
        (counts.get("new", 0), ngettext("%(n)s new note", "%(n)s new notes", counts.get("new", 0))),
        (counts.get("updated", 0), _("%(n)s updated")),
        (counts.get("same", 0), _("%(n)s known already")),
        (counts.get("beside", 0), _("%(n)s kept beside what was changed here")),
        (counts.get("left", 0), _("%(n)s left out")),
    ]
    said = [text % {"n": count} for count, text in words if count]
    return _("Taken in: %(what)s.") % {"what": "; ".join(said)}


@require_POST
@designer
def export(request: Request) -> HttpResponse:
    try:
        data, _count = note_packages.export(by=request.user, programme=request.programme)
    except Refused as refusal:
        flash.say(request, refusal.message)
        return redirect("note_packages")
    response = HttpResponse(data, content_type="application/zip")
    day = today(ZoneInfo(request.programme.timezone)).isoformat()
    response["Content-Disposition"] = f'attachment; filename="practice-notes-{day}.zip"'
    return response


@designer
def signer(request: Request, signer: uuid.UUID) -> HttpResponse:
    """Who signed, and the one decision about it."""
    found = (
        Signer.objects.filter(pk=signer, programme=request.programme)
        .select_related("programme", "decided_by")
        .first()
    )
    if found is None:
        raise NotYours
    if request.method == "POST":
        if request.POST.get("say") == "trust":
            taken = note_packages.trust(by=request.user, signer=found)
            said = [told(package) for package in taken]
            flash.say(request, " ".join(said) or _("Trusted from now on."))
        else:
            note_packages.distrust(by=request.user, signer=found)
            flash.say(request, _("Nothing of this signer is taken in."))
        return redirect("note_packages")
    waiting = NotePackage.objects.filter(signer=found, state=NotePackage.State.WAITING)
    return page(request, "signer", tab="garden", signer=found, waiting=list(waiting.order_by("at")))
