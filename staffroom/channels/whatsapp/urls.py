from django.urls import path

from staffroom.channels.whatsapp import views

urlpatterns = [path("", views.hook, name="whatsapp_hook")]
