from django.urls import path

from staffroom.channels.sms import views

urlpatterns = [
    path(
        "africastalking/<str:secret>/<slug:what>", views.africastalking, name="sms_africastalking"
    ),
    path("twilio/<slug:what>", views.twilio, name="sms_twilio"),
]
