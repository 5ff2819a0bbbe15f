import os

from django.core.wsgi import get_wsgi_application

from staffroom.core.wire import guarded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
application = guarded(get_wsgi_application())
