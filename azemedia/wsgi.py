import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azemedia.settings")

django = get_wsgi_application()

# Only now are there settings, and models that pages could show.
from django.conf import settings  # noqa: E402

from articles.caching.door import FrontDoor  # noqa: E402

application = FrontDoor(django) if settings.PAGE_CACHE else django

# What is here by now stays. A page makes thousands of things that go by themselves: to look for others after
# every few hundred, and through all of Django now and then, took a tenth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 20, 50)
