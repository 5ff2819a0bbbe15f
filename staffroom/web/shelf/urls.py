from django.urls import path

from staffroom.web.shelf import views

urlpatterns = [
    path("on-this-phone", views.on_this_phone, name="on_this_phone"),
    path("on-this-phone/state", views.state, name="shelf_state"),
]
