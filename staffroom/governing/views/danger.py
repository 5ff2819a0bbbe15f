"""Telling of danger, with or without an account. Nothing of it is kept in session or browser."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from staffroom.core import access
from staffroom.core.errors import Refused
from staffroom.governing.actions import safeguarding as actions
from staffroom.governing.forms import AddForm, CodeForm, DangerForm
from staffroom.governing.queries import safeguarding as queries
from staffroom.governing.queries.contacts import programmes_for
from staffroom.governing.views.common import acted, page
from staffroom.people import address


@access.anyone
@never_cache
def tell(request: HttpRequest) -> HttpResponse:
    """The form; and, once it is sent, the code by which its writer comes back."""
    programmes = programmes_for(request)
    readers = queries.readers(programmes[0]) if len(programmes) == 1 else None
    form = DangerForm(
        request.POST or None,
        programmes=programmes,
        # Names of the readers are for those who are in, not for the whole world.
        readers=readers if request.user.is_authenticated else None,
        initial={"once": secrets.token_urlsafe(16)},
    )
    status, codes = 200, []
    if request.method == "POST":
        status = acted(
            form, lambda **words: codes.append(actions.tell(address=address.of(request), **words))
        )
        if not status:
            return page(request, "danger_sent", code=codes[0])
    return page(
        request,
        "danger",
        status=status,
        form=form,
        emergency=queries.emergency(programmes),
        readers=readers,
        nobody=all(not queries.readers(each).exists() for each in programmes),
        several=len(programmes) > 1,
    )


@access.anyone
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """The writer comes back with the code, reads the answer, adds something."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "danger_code", status=422 if form.errors else 200, form=form)
    code, adding = form.cleaned_data["code"], "text" in request.POST
    add_form = AddForm(request.POST if adding else None, initial={"code": code})
    said = False
    try:
        if adding and add_form.is_valid():
            actions.add(address=address.of(request), **add_form.cleaned_data)
            said, add_form = True, AddForm(initial={"code": code})
        opened = actions.look(code=code, address=address.of(request))
    except Refused as error:
        form.refuse(error)
        return page(request, "danger_code", status=422, form=form)
    with timezone.override(opened.disclosure.programme.timezone):
        return page(
            request,
            "danger_answer",
            status=422 if add_form.errors else 200,
            opened=opened,
            form=add_form,
            said=said,
        )
