from django.urls import path

from staffroom.web.worker import views

urlpatterns = [path("worker.js", views.worker, name="worker")]
