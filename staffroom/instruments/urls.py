from django.urls import path

from staffroom.instruments.views import beliefs

urlpatterns = [path("me/beliefs", beliefs.statements, name="beliefs")]
