from django.urls import path

from staffroom.web.simulator import views

urlpatterns = [
    path("demo/phones", views.phones, name="phones"),
    path("demo/phones/<slug:channel>", views.act, name="phone_act"),
]
