from django.urls import include, path

#: The rooms that are asked most come first: an address is looked for from the top.
urlpatterns = [
    path("", include("staffroom.conversations.urls")),
    path("", include("staffroom.web.urls")),
    path("", include("staffroom.people.urls")),
    path("places/", include("staffroom.places.urls")),
    path("", include("staffroom.governing.urls")),
    path("", include("staffroom.communities.urls")),
    path("", include("staffroom.instruments.urls")),
    path("", include("staffroom.library.urls")),
    path("", include("staffroom.rhythm.urls")),
    path("", include("staffroom.edges.urls")),
    path("", include("staffroom.facilitation.urls")),
    path("training/", include("staffroom.cascade.urls")),
    path("", include("staffroom.notices.urls")),
    path("", include("staffroom.channels.switchboard.urls")),
    path("hooks/whatsapp/", include("staffroom.channels.whatsapp.urls")),
    path("hooks/telegram/", include("staffroom.channels.telegram.urls")),
    path("hooks/sms/", include("staffroom.channels.sms.urls")),
    path("", include("staffroom.channels.webpush.urls")),
    path("", include("staffroom.channels.email.urls")),
    path("", include("staffroom.channels.airtime.urls")),
]
handler403 = "staffroom.web.errors.forbidden"
handler404 = "staffroom.web.errors.not_found"
handler500 = "staffroom.web.errors.fault"
handler400 = "staffroom.web.errors.bad_request"
