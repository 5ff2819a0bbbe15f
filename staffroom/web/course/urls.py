from django.urls import path

from staffroom.web.course import views

urlpatterns = [
    path("course", views.course, name="course"),
    path("course/again", views.begin_again, name="course_again"),
    path("course/<int:screen>", views.screen, name="course_screen"),
]
