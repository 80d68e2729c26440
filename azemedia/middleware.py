"""What holds for every response, whichever view made it."""

import re
import uuid
from collections.abc import Callable
from functools import cached_property

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from azemedia import logs

FIT_TO_LOG = re.compile(r"[\w-]{1,64}")


class RequestIdMiddleware:
    """Give the request an id, the proxy's if it sent one, for the log and for the reader who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if FIT_TO_LOG.fullmatch(given) else uuid.uuid4().hex
        token = logs.request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Pictures are compressed already: packing them again costs time and gains nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(("image/", "video/", "audio/", "application/zip")):
            return response
        return super().process_response(request, response)


class PolicyMiddleware(CSPMiddleware):
    """One strict policy for the site, but the newsroom's editor puts a <style> of its own into the page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Outside the newsroom nothing needs a nonce: there it is the same for every page, and made once."""
        if settings.DEBUG or request.path_info.startswith("/admin/") or request.csp_nonce:  # type: ignore[attr-defined]
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._without_nonce)
        return response

    @cached_property
    def _without_nonce(self) -> str:
        return build_policy()

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/") and not report_only:
            parts.replace = {"style-src": [SELF, UNSAFE_INLINE], **(parts.replace or {})}
        return parts
