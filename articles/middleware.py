"""What pages share that know nothing of it: account pages their language, saved forms their effect."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

from articles.caching import site_locale
from articles.caching.forgetting import catch_up

log = logging.getLogger(__name__)


class ChangesShowAtOnce:
    """Whoever saved something finds it on the site, without waiting for the worker to look."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS", "TRACE"):
            try:
                catch_up()
            except (DatabaseError, OSError):
                log.exception("What has changed shows when the worker gets to it")
        return response


class AccountsInSiteLanguage:
    """Account pages, and the e-mails they send, in the site's language and time zone.

    Public pages see to it themselves (`caching.public_page`), error pages too; the desk speaks English, and
    files have no language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/accounts/"):
            return self.get_response(request)
        with site_locale(request):
            return self.get_response(request)


class TagsWhatIsNotKept(ConditionalGetMiddleware):
    """Gives every answer its ETag, but public pages where they are kept: the store has its own for them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        view = request.resolver_match and request.resolver_match.func
        if settings.PAGE_CACHE and getattr(view, "is_public_page", False):
            return response
        return super().process_response(request, response)
