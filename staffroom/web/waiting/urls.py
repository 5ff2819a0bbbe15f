from django.urls import path

from staffroom.web.waiting import views

urlpatterns = [
    path("waiting", views.waiting, name="waiting"),
    path("waiting/who", views.who, name="waiting_who"),
    path("waiting/words", views.words, name="waiting_words"),
]
