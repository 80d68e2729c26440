import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azemedia.settings")

django = get_wsgi_application()

# Only now are there settings, and models that pages could show.
from django.conf import settings  # noqa: E402

from articles.caching.door import FrontDoor  # noqa: E402

application = FrontDoor(django) if settings.PAGE_CACHE else django
