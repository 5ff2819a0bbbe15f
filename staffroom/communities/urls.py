from django.urls import path

from staffroom.communities import views

urlpatterns = [path("communities", views.mine, name="communities")]
