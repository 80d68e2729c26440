"""What makes a page personal, decided in one place."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sites.requests import RequestSite
from django.utils.cache import add_never_cache_headers

HINT = "signed_in"


class PersonalPages:
    """Keeps personal pages out of every cache, and tells the others' JavaScript that somebody is signed in.

    A page that never asked for the session is the same for all its readers: it passes untouched, so that it
    carries no cookie and can be cached. Such a page learns from the hint cookie, which JavaScript may read
    and which proves nothing, whether it is worth fetching the account menu.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.session.accessed:
            add_never_cache_headers(response)
            self.hint(request, response)
        return response

    def process_template_response(self, request, response):
        # allauth calls the host `site`. In our templates that is the newspaper, on its pages too.
        if isinstance((response.context_data or {}).get("site"), RequestSite):
            del response.context_data["site"]
        return response

    def hint(self, request, response):
        signed_in = SESSION_KEY in request.session
        hinted = HINT in request.COOKIES
        where = {"path": settings.SESSION_COOKIE_PATH, "domain": settings.SESSION_COOKIE_DOMAIN}
        if signed_in and (request.session.modified or not hinted):
            # As long as the session's own cookie; max_age=None ends with the browser.
            lasts = (
                None if request.session.get_expire_at_browser_close() else request.session.get_expiry_age()
            )
            response.set_cookie(
                HINT, "1", max_age=lasts, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", **where
            )
        elif hinted and not signed_in:
            response.delete_cookie(HINT, samesite="Lax", **where)
