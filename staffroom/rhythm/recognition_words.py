"""The kinds of change, in words."""

from django.utils.translation import gettext_lazy as _

from staffroom.rhythm.models.recognition import Recognition

Change = Recognition.Change

CHANGES = {
    Change.EXPLAIN: _("I explain something differently"),
    Change.PUPILS_DO: _("Pupils do more themselves"),
    Change.MATERIAL: _("We work with a new teaching aid"),
    Change.CHECK: _("I see sooner who has understood"),
    Change.TALK: _("Pupils talk with each other about the subject"),
    Change.TOGETHER: _("We plan or teach together"),
    Change.OTHER: _("Something else"),
}
