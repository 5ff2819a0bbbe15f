"""Posts of known people, written without ceremony."""

import datetime as dt
import io

from PIL import Image

from staffroom.conversations.actions import search_text
from staffroom.conversations.models import Post
from staffroom.core.clock import now


def a_post(community, author, text="Fold a paper into quarters.", *, minutes_ago=0, **fields):
    fields = {"kind": Post.Kind.MESSAGE} | fields
    post = Post.objects.create(
        community=community,
        author=author,
        text=text,
        created_at=now() - dt.timedelta(minutes=minutes_ago),
        **fields,
    )
    search_text.remember(post)
    return post


def a_question(community, author, text="Why do we turn the second fraction over?", **fields):
    return a_post(community, author, text, kind=Post.Kind.QUESTION, **fields)


def a_picture(size=(900, 600), kind="JPEG", colour="teal", **options) -> io.BytesIO:
    """A picture file, as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **options)
    file.seek(0)
    file.name = f"IMG_2041.{kind.lower()}"
    return file
