"""What the account pages, which know nothing of articles, share with the pages around them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from articles.caching import site_locale


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
