from django.urls import path

from staffroom.web.data import views

urlpatterns = [path("me/data-used", views.data_used, name="data_used")]
