from django.urls import URLPattern, path

from staffroom.cascade.views import invitations, sessions

urlpatterns: list[URLPattern] = [
    path("", sessions.listed, name="training"),
    path("mine", sessions.mine, name="my_training"),
    path("train", sessions.train, name="my_sessions"),
    path("new", sessions.new, name="training_new"),
    path("<uid:training>", sessions.one, name="training_session"),
    path("<uid:training>/edit", sessions.edit, name="training_edit"),
    path("<uid:training>/cancel", sessions.cancel, name="training_cancel"),
    path("<uid:training>/told", sessions.told, name="training_told"),
    path("<uid:training>/materials", sessions.materials, name="training_materials"),
    path("<uid:training>.ics", sessions.calendar, name="training_ics"),
    path("<uid:training>/invite", invitations.invite, name="training_invite"),
    path("<uid:training>/answer", invitations.answer, name="training_answer"),
    path("<uid:training>/invitations/<uid:asked>", invitations.exchange, name="training_exchange"),
]
