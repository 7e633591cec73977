"""The site as a WSGI application, for any server: ``gunicorn ropewalk.site.config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ropewalk.site.config.settings")

application = get_wsgi_application()
