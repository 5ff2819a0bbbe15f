from django.urls import path

from staffroom.people import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("me", views.me, name="me"),
]
