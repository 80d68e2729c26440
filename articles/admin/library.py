"""What the library's scripts ask for: pictures to choose from, uploads one by one, words edited in place.

Every answer is JSON, refusals included: a script has no use for a page. Each refusal has a sentence in
`error` that is shown to the editor as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial, wraps
from pathlib import PurePath
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles import illustrations, pictures, renaming
from articles.admin import uses
from articles.admin.media import as_json, name_of, tile, typed, version, words
from articles.admin.state import moment
from articles.forms import ImageForm
from articles.models import Image

log = logging.getLogger(__name__)

A_PAGE = 24
DESCRIBED = ("alt_text", "caption", "credit", "tags")
BATCH = ("kind", "credit", "agency", "rights", "rights_expire_at", "tags")
# What stands printed in texts.
PRINTED = frozenset({"file", "plays", "alt_text", "caption", "credit", "agency", "focal_x", "focal_y"})

# Faults of `pictures` that are not the uploader's.
STATUS = {"no_room": 507, "out_of_reach": 503}

SIGNED_OUT = "You are signed out. Sign in again in another tab, then try again."
STALE = "You signed in anew since this page was opened. Try again."
NOT_YOURS = "Somebody else uploaded this picture; editors may change it."
MEANWHILE = "Somebody else changed this picture meanwhile."
SHOWN_ALREADY = "This picture is in use by now."


def refusal(sentence: str, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"error": sentence, **more}, status=status)


class CsrfInJson(CsrfViewMiddleware):
    """The same protection. Whoever signed in anew in another tab gets the token to go on with."""

    def _reject(self, request: HttpRequest, reason: str) -> JsonResponse:
        return refusal(STALE, 403, token=get_token(request))


csrf_in_json = decorator_from_middleware(CsrfInJson)


def endpoint(site: admin.AdminSite, view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """The admin's doorkeeping for a view, with every refusal as JSON."""

    @csrf_exempt  # from the one that answers with a page
    @csrf_in_json
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            response = view(request, *args, **kwargs)
        except PermissionDenied as fault:
            return refusal(str(fault) or "You may not do this.", 403)
        except Http404:
            return refusal("This picture is no longer there.", 404)
        except OperationalError:
            log.exception("%s was given up", request.path)
            return refusal("The database is too busy just now. Try again.", 503)
        return response if response.status_code != 405 else refusal("Not in this way.", 405)

    guarded = site.admin_view(answering)

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not site.has_permission(request):
            return refusal(SIGNED_OUT, 403)  # not to the sign-in page, which a script cannot show
        try:
            return guarded(request, *args, **kwargs)
        except (BadRequest, MultiPartParserError):
            return refusal("The upload broke off. Try again.", 400)

    return door


def print_anew(image: Image, changed: Any) -> None:
    """After a change at the desk: bring up to date whatever holds a copy of what is printed of it."""
    if PRINTED & set(changed):
        transaction.on_commit(partial(illustrations.renew, image))
        renaming.spread(image)  # after that: what is found is what was printed


class Library(admin.ModelAdmin):
    """Mixed into the admin of pictures."""

    def get_urls(self) -> list[Any]:
        endpoints = {
            "library/": require_safe(self.library),
            "upload/": require_POST(self.upload),
            "<int:pk>/describe/": require_POST(self.describe),
            "<int:pk>/discard/": require_POST(self.discard),
        }
        return [
            *(
                path(route, endpoint(self.admin_site, view), name=f"articles_image_{route.split('/')[-2]}")
                for route, view in endpoints.items()
            ),
            *super().get_urls(),
        ]

    def picture_form(self, request: HttpRequest, image: Image | None = None) -> ImageForm:
        form = ImageForm(request.POST, request.FILES, instance=image)
        form.may_coin_tags = request.user.has_perm("articles.add_tag")
        return form

    def library(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not look at the picture library.")
        newest = Image.objects.order_by("-created_at", "-pk")
        found, _ = self.get_search_results(request, newest, typed(request))
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        may_add = self.has_add_permission(request)
        return JsonResponse(
            {
                "pictures": [as_json(image) for image in page],
                "more": page.has_next(),
                "upload": reverse("admin:articles_image_upload") if may_add else None,
                "limit": pictures.MAX_BYTES,
            }
        )

    def upload(self, request: HttpRequest) -> JsonResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("You may look at the library, but not add to it.")
        file = request.FILES.get("file")
        if file and file.size > pictures.MAX_BYTES:
            return refusal(pictures.TOO_LARGE, 413)
        try:
            with pictures.kept_with_their_rows():
                return self._keep(request)
        except ValidationError as fault:
            return refusal(" ".join(fault.messages), STATUS.get(fault.code, 400))

    def _keep(self, request: HttpRequest) -> JsonResponse:
        sent = {"alt_text", "caption", *BATCH} & request.POST.keys()
        form = self.picture_form(request).only("file", *sent)
        image = form.instance
        image.uploaded_by = request.user
        if not form.is_valid():
            return invalid(form)
        if not (image.title or image.caption or image.alt_text):
            # To find it by, until somebody describes it.
            image.title = PurePath(form.cleaned_data["file"].name).stem[:200]
        # Only now, when the file is decoded and stored: others wait while a transaction is open.
        with transaction.atomic():
            form.save()
            pictures.request_renditions(image)
            self.log_addition(request, image, [{"added": {}}])
        return JsonResponse(self.told(request, image) | {"alike": alike(image)}, status=201)

    def describe(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Change the words of a picture, unless they are no longer those that the script had read."""
        with transaction.atomic():
            image = get_object_or_404(_locked(), pk=pk)
            if not self.has_change_permission(request, image):
                raise PermissionDenied(NOT_YOURS)
            if request.POST.get("version") != version(image):
                return refusal(MEANWHILE, 409, present=words(image))
            form = self.picture_form(request, image).only(*(set(DESCRIBED) & request.POST.keys()))
            if not form.is_valid():
                return invalid(form)
            if form.has_changed():
                image = form.save()
                self.log_change(request, image, self.construct_change_message(request, form, []))
                print_anew(image, form.changed_data)
        return JsonResponse(self.told(request, Image.objects.get(pk=pk)))

    def discard(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Take back an upload, as whoever made it may while nothing shows the picture."""
        with transaction.atomic():
            image = get_object_or_404(_locked(), pk=pk)
            is_own = image.uploaded_by_id == request.user.pk and self.has_add_permission(request)
            if not is_own and not self.has_delete_permission(request, image):
                raise PermissionDenied(NOT_YOURS)
            if Image.objects.filter(uses.in_use(), pk=pk).exists():
                return refusal(SHOWN_ALREADY, 409)
            self.log_deletions(request, Image.objects.filter(pk=pk))
            self.delete_model(request, image)
        return JsonResponse({"discarded": pk})

    def told(self, request: HttpRequest, image: Image) -> dict[str, Any]:
        """The picture for scripts, and the tile of the grid as the server prints it."""
        shown = tile(image, self.has_change_permission(request, image))
        return {
            **as_json(image),
            **words(image),
            "tile": render_to_string("admin/articles/image/_tile.html", {"tile": shown}),
        }


def _locked() -> QuerySet[Image]:
    rows = Image.objects.all()
    return rows.select_for_update() if connection.features.has_select_for_update else rows


def invalid(form: ImageForm) -> JsonResponse:
    sentences = [str(fault) for faults in form.errors.values() for fault in faults]
    codes = [fault.code for faults in form.errors.as_data().values() for fault in faults]
    status = next((STATUS[code] for code in codes if code in STATUS), 400)
    return refusal(" ".join(sentences), status, errors=form.errors)


def alike(image: Image) -> list[dict[str, str]]:
    """What the library had already that looks like it."""
    return [
        {
            "id": str(other.pk),
            "name": name_of(other),
            "url": reverse("admin:articles_image_change", args=[other.pk]),
            "uploaded": moment(other.created_at),
            "thumbnail": as_json(other)["thumbnail"],
        }
        for other in pictures.duplicates(image)[:3]
    ]
