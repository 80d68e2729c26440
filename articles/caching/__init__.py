"""The only cache code: whole public pages, kept until what they show changes.

A view says `@public_page` and nothing more. What a page shows is noted while it is made (`recording`); the
database tells what changes (`models.Change`); `catch_up` drops what shows it. `door` answers from the store
before Django is asked.
"""

from articles.caching.forgetting import catch_up, forget_everything, watch
from articles.caching.furniture import SiteFurniture, page_language, page_zone, site_furniture, site_locale
from articles.caching.public import public_page

__all__ = [
    "SiteFurniture",
    "catch_up",
    "forget_everything",
    "page_language",
    "page_zone",
    "public_page",
    "site_furniture",
    "site_locale",
    "watch",
]
