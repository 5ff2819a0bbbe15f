from django.urls import path

from staffroom.channels.webpush import views

urlpatterns = [
    path("me/notifications", views.notifications, name="notifications"),
    path("me/notifications/on", views.turn_on, name="notifications_on"),
    path("me/notifications/try", views.try_it, name="notifications_try"),
    path("me/notifications/choose", views.choose_at_once, name="notifications_choose"),
    path("me/notifications/<uid:subscription>/off", views.turn_off, name="notifications_off"),
]
