"""The web server's entry: gunicorn opw.wsgi:application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opw.settings")

from opw import celery  # noqa: F401  # after the settings are named: makes our Celery app the current one

application = get_wsgi_application()
