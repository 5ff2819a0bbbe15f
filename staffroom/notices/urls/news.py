from django.urls import path

from staffroom.notices.views import news, preferences

urlpatterns = [
    path("news", news.news, name="news"),
    path("news/read", news.news_read, name="news_read"),
    path("me/notices", preferences.notices, name="notices"),
    path("me/digests", news.digests, name="digests"),
    path("me/digests/<uid:digest>", news.digest, name="digest"),
    path("me/digests/<uid:digest>.txt", news.digest_text, name="digest_text"),
    path("me/digests/<uid:digest>/seen", news.digest_seen, name="digest_seen"),
    path("c/<uid:community>/notices", preferences.reach, name="reach"),
    path("notices/allowance", preferences.allowance, name="allowance"),
    path("stop/<str:token>", preferences.stop_digests, name="stop_digests"),
]
