"""Staffroom as granian serves it in these tests: static files as they lie, and no limit of writing.

A phone that was a day without signal keeps to the limit (tests/core/test_once.py); thousands of acts
in a minute would wait for hours.
"""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.MEDIA_ROOT = os.environ["OUTBOX_FILES"]
django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from staffroom.core import limits  # noqa: E402

limits.take = lambda name, who, *, limit, seconds: None
application = StaticFilesHandler(WSGIHandler())
