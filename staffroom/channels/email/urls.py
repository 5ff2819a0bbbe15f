from django.urls import path

from staffroom.channels.email import views

urlpatterns = [
    path("me/letters", views.my_letters, name="my_letters"),
    path("letters", views.letters, name="letters"),
    path("letters/<uid:person>/again", views.letter_again, name="letter_again"),
    path("e/<str:token>", views.letter_stop, name="letter_stop"),
]
