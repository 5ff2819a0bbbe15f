"""Whom to call and whom to ask, as administrators write it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from staffroom.governing.actions.contacts import write_contacts
from staffroom.governing.forms import ContactsForm
from staffroom.governing.models import Contacts
from staffroom.governing.views.common import Request, ask
from staffroom.places.access import administrator


@administrator
def edit(request: Request) -> HttpResponse:
    row = Contacts.objects.filter(programme=request.programme).first() or Contacts()
    fields = ("emergency", "data_office", "authority", "operator")
    return ask(
        request,
        ContactsForm(request.POST or None, initial={name: getattr(row, name) for name in fields}),
        lambda **words: write_contacts(by=request.user, programme=request.programme, **words),
        title=_("Whom to call, whom to ask"),
        fact=request.programme.name,
        note=_("Everybody can read this, signed in or not."),
        do=_("Save"),
        back=reverse("places"),
        said=_("Saved."),
    )
