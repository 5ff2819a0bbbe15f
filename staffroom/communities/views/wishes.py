"""What I say for being placed: read by the forming alone."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from staffroom.communities.actions.wishes import write_wish
from staffroom.communities.models import PlacingWish
from staffroom.communities.placing.forms import WishForm
from staffroom.communities.views.common import Request, page
from staffroom.core import access, flash
from staffroom.core.errors import Refused


@access.signed_in
def wishes(request: Request) -> HttpResponse:
    said = PlacingWish.objects.filter(person=request.user).first()
    first = {"education": said.education, "women_only": said.women_only} if said else {}
    form = WishForm(request.POST if request.method == "POST" else None, initial=first)
    if request.user.gender != "f" and not first.get("women_only"):
        del form.fields["women_only"]
    if request.method == "POST" and form.is_valid():
        try:
            write_wish(
                person=request.user,
                women_only=form.cleaned_data.get("women_only", False),
                education=form.cleaned_data["education"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash.say(request, _("Saved."))
            return redirect("me")
    return page(request, "wishes", form=form, tab="me")
