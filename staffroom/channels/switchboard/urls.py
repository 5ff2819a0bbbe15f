from django.urls import path

from staffroom.channels.switchboard.views import chats, mine, office

CHATS = "c/<uid:community>/chats"

urlpatterns = [
    path("me/channels", mine.channels, name="my_channels"),
    path("me/channels/<slug:channel>", mine.channel, name="my_channel"),
    path("me/channels/<slug:channel>/code", mine.code, name="my_channel_code"),
    path("me/channels/<slug:channel>/stop", mine.stop, name="my_channel_stop"),
    path("me/channels/<slug:channel>/start", mine.start, name="my_channel_start"),
    path("me/channels/<slug:channel>/unlink", mine.unlink, name="my_channel_unlink"),
    path("me/channels/<slug:channel>/test", mine.test, name="my_channel_test"),
    path(CHATS, chats.chats, name="chats"),
    path(f"{CHATS}/<slug:channel>", chats.chat, name="chat"),
    path(f"{CHATS}/<slug:channel>/relay", chats.relay, name="chat_relay"),
    path(f"{CHATS}/<slug:channel>/unlink", chats.unlink, name="chat_unlink"),
    path("channels", office.channels, name="channels_office"),
    path("channels/budget", office.budget, name="channels_budget"),
    path("channels/retry", office.retry, name="channels_retry"),
]
