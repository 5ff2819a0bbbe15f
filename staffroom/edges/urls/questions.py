from django.urls import path

from staffroom.edges.views import questions

urlpatterns = [
    path("c/<uid:community>/q/<uid:post>/onward", questions.onward, name="onward"),
    path("c/<uid:community>/a/<uid:post>/credit", questions.credit, name="answer_credit"),
]
