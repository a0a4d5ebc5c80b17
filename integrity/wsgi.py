"""The WSGI entry."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integrity.settings.prod")
django = get_wsgi_application()
# Named by text: its module may be imported only now that Django is set up.
application = import_string("disclosure.api.stored.StoredReading")(django)
