from django.urls import path

from staffroom.edges.views import brokers

urlpatterns = [
    path("c/<uid:community>/brokers", brokers.brokers, name="brokers"),
    path("c/<uid:community>/brokers/<uid:broker>", brokers.broker, name="broker"),
]
