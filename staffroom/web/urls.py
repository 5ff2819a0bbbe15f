from django.urls import path

from staffroom.web import views

urlpatterns = [path("", views.today, name="today")]
