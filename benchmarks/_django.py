"""Django made ready over an empty data folder, for measurements that need no server."""

import os
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "staffroom.config.settings"
os.environ["STAFFROOM_DATA"] = tempfile.mkdtemp()
import django

django.setup()
