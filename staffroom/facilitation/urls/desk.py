from django.urls import path

from staffroom.facilitation.views import desk, words

DESK = "c/<uid:community>/desk"

urlpatterns = [
    path(DESK, desk.desk, name="moderators_desk"),
    path(f"{DESK}/act", desk.act, name="desk_act"),
    path(f"{DESK}/acts/<uid:act>/undo", desk.undo, name="desk_undo"),
    path(f"{DESK}/texts", desk.texts, name="desk_texts"),
    path("c/<uid:community>/my-line", desk.my_line, name="my_line"),
    path("words/<uid:told>", words.word, name="desk_word"),
]
