"""Addresses of practice notes."""

from django.urls import path

from staffroom.library.views import note_acts, note_office, notes

HERE = "c/<uid:community>"
NOTE = f"{HERE}/notes/<uid:note>"
TRIAL = f"{HERE}/trials/<uid:trial>"

urlpatterns = [
    path(f"{HERE}/learned", notes.learned, name="learned"),
    path(f"{HERE}/learned/print", notes.learned_print, name="learned_print"),
    path(NOTE, notes.note, name="practice_note"),
    path(f"{NOTE}/versions/<int:number>", notes.note_version, name="note_version"),
    path(f"{NOTE}/change", note_acts.change, name="note_change"),
    path(f"{NOTE}/tried", note_acts.tried, name="note_tried"),
    path(f"{NOTE}/credit", note_acts.credit, name="note_credit"),
    path(f"{NOTE}/travel", note_acts.travel, name="note_travel"),
    path(f"{NOTE}/beside", note_acts.beside, name="note_beside"),
    path(f"{NOTE}/take-off", note_acts.take_off, name="note_take_off"),
    path(f"{TRIAL}/take", note_acts.take_proposal, name="note_take_proposal"),
    path(f"{TRIAL}/leave", note_acts.leave_proposal, name="note_leave_proposal"),
    path(f"{TRIAL}/take-back", note_acts.take_back, name="note_trial_take_back"),
    path("me/notes", notes.named, name="notes_naming_me"),
    path("notes", notes.shelf, name="notes_shelf"),
    path("notes/<uid:travels>", notes.travelling_note, name="travelling_note"),
    path("notes/<uid:travels>/bring", note_acts.bring, name="note_bring"),
    path("programme/notes", note_office.desk, name="note_packages"),
    path("programme/notes/export", note_office.export, name="note_export"),
    path("programme/notes/signers/<uid:signer>", note_office.signer, name="note_signer"),
]
