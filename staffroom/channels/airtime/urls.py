from django.urls import path

from staffroom.channels.airtime.views import calls, hand, mine, office

urlpatterns = [
    path("airtime/", office.home, name="airtime"),
    path("airtime/budget", office.budget, name="airtime_budget"),
    path("airtime/new", office.new, name="airtime_new"),
    path("airtime/beside", office.beside, name="airtime_beside"),
    path("airtime/<uid:order>", office.one, name="airtime_order"),
    path("airtime/<uid:order>/yes", office.yes, name="airtime_yes"),
    path("airtime/<uid:order>/drop", office.drop, name="airtime_drop"),
    path("airtime/<uid:order>/csv", office.as_csv, name="airtime_csv"),
    path("me/bundles", mine.bundles, name="my_bundles"),
    path("me/bundles/<uid:share>", mine.came, name="my_bundle_came"),
    path("c/<uid:community>/bundles", hand.by_hand, name="bundles_by_hand"),
    path("hooks/airtime/<str:token>/status", calls.status, name="airtime_status"),
    path("hooks/airtime/<str:token>/validate", calls.validate, name="airtime_validate"),
]
