from django.urls import path

from staffroom.conversations.views import acts, post, question, stream, write
from staffroom.conversations.views.photos import photo, photo_discard, photo_small
from staffroom.conversations.views.search import search
from staffroom.conversations.views.where import where

urlpatterns = [
    path("c/<uid:community>/", stream.stream, name="stream"),
    path("c/<uid:community>/tea", stream.tea, name="tea"),
    path("c/<uid:community>/new", stream.new_posts, name="new_posts"),
    path("c/<uid:community>/ask", write.ask, name="ask"),
    path("c/<uid:community>/celebrate", write.celebrate, name="celebrate"),
    path("c/<uid:community>/prompt", write.prompt, name="prompt"),
    path("c/<uid:community>/q/<uid:post>", question.question, name="question"),
    path("c/<uid:community>/p/<uid:post>", where, name="post"),
    path("c/<uid:community>/p/<uid:post>/more", post.more, name="post_more"),
    path("c/<uid:community>/p/<uid:post>/edit", post.edit, name="edit"),
    path("c/<uid:community>/p/<uid:post>/remove", post.remove, name="remove"),
    path("c/<uid:community>/p/<uid:post>/restore", acts.restore, name="restore"),
    path("c/<uid:community>/p/<uid:post>/help", acts.help_, name="help"),
    path("c/<uid:community>/p/<uid:post>/help/undo", acts.unhelp, name="unhelp"),
    path("c/<uid:community>/p/<uid:post>/thank", acts.thank, name="thank"),
    path("c/<uid:community>/p/<uid:post>/thank/undo", acts.unthank, name="unthank"),
    path("c/<uid:community>/p/<uid:post>/solve", acts.solve, name="solve"),
    path("c/<uid:community>/p/<uid:post>/reopen", acts.reopen, name="reopen"),
    path("c/<uid:community>/p/<uid:post>/pin", acts.pin, name="pin"),
    path("c/<uid:community>/p/<uid:post>/unpin", acts.unpin, name="unpin"),
    path("c/<uid:community>/search", search, name="search"),
    path("c/<uid:community>/photo/<uid:photo>", photo, name="photo"),
    path("c/<uid:community>/photo/<uid:photo>/small", photo_small, name="photo_small"),
    path("c/<uid:community>/photo/<uid:photo>/discard", photo_discard, name="photo_discard"),
]
