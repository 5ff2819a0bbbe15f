"""The addresses of challenges."""

from django.urls import URLPattern, path

from staffroom.rhythm.views import challenge

_ALL = "c/<uid:community>/challenges/"
_PART = f"{_ALL}<uid:part>"

urlpatterns: list[URLPattern] = [
    path(_ALL, challenge.challenges, name="challenges"),
    path(f"{_ALL}new", challenge.new, name="challenge_new"),
    path(f"{_PART}/yes", challenge.accept, name="challenge_accept"),
    path(f"{_PART}/no", challenge.decline, name="challenge_decline"),
    path(f"{_PART}/object", challenge.object_to, name="challenge_object"),
    path(f"{_PART}/withdraw", challenge.withdraw, name="challenge_withdraw"),
]
