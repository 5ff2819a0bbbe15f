from django.urls import path

from staffroom.channels.telegram import views

urlpatterns = [path("", views.hook, name="telegram_hook")]
