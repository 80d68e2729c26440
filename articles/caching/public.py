"""What makes a page public."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import recording
from articles.caching.furniture import site_locale

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# Browsers ask each time: an answer of 304 costs little, and nothing withdrawn is ever shown from a copy.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"


def public_page(view: View[P]) -> View[P]:
    """Mark a page that is the same for everybody, and only ever read.

    It is shown in the newsroom's language and time zone, and may be kept: by us until what it shows changes,
    by browsers and proxies if they ask again each time.
    """

    @csrf_exempt  # what cannot be written to has nothing to forge, and answers 405 rather than 403
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404("PostgreSQL would not even be asked for such an address.")
        with site_locale(request):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):  # its rows are read then: in our language, and under our eyes
                response.render()
        response.setdefault("Cache-Control", ASK_EACH_TIME)
        if current := recording.current():
            current.is_public = True
        return response

    wrapped.is_public_page = True  # type: ignore[attr-defined]
    return wrapped
