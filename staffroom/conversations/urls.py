from django.urls import path

from staffroom.conversations.views import (
    acts,
    attached,
    mutes,
    post,
    question,
    reports,
    stream,
    write,
)
from staffroom.conversations.views.drafts import draft
from staffroom.conversations.views.formulas import help as formula_help
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
    path("c/<uid:community>/q/<uid:post>/new", question.new_answers, name="new_answers"),
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
    path("c/<uid:community>/formulas", formula_help, name="formula_help"),
    path("c/<uid:community>/draft", draft, name="draft"),
    path("c/<uid:community>/search", search, name="search"),
    path("c/<uid:community>/photo/<uid:photo>", photo, name="photo"),
    path("c/<uid:community>/photo/<uid:photo>/small", photo_small, name="photo_small"),
    path("c/<uid:community>/photo/<uid:photo>/discard", photo_discard, name="photo_discard"),
    path("c/<uid:community>/voice/<uid:recording>", attached.voice, name="voice"),
    path("c/<uid:community>/voice/<uid:recording>/words", attached.words, name="voice_words"),
    path(
        "c/<uid:community>/voice/<uid:recording>/discard",
        attached.voice_discard,
        name="voice_discard",
    ),
    path("c/<uid:community>/paper/<uid:document>", attached.paper, name="paper"),
    path("c/<uid:community>/paper/<uid:document>/first", attached.first_page, name="first_page"),
    path(
        "c/<uid:community>/paper/<uid:document>/discard",
        attached.paper_discard,
        name="paper_discard",
    ),
    path("c/<uid:community>/p/<uid:post>/mute", mutes.mute_author, name="mute_author"),
    path("c/<uid:community>/mute", mutes.mute_here, name="mute_community"),
    path("me/mutes", mutes.mutes, name="mutes"),
    path("me/mutes/<uid:mute>/undo", mutes.unmute_view, name="unmute"),
    path("c/<uid:community>/p/<uid:post>/report", reports.report, name="report"),
    path("c/<uid:community>/p/<uid:post>/decide", reports.decide, name="decide"),
    path("c/<uid:community>/p/<uid:post>/word", reports.word, name="word"),
    path("c/<uid:community>/reports", reports.reports, name="reports"),
    path("c/<uid:community>/log", reports.log, name="moderation_log"),
    path(
        "c/<uid:community>/decisions/<uid:decision>/undo",
        reports.undo_decision,
        name="undo_decision",
    ),
]
