from typing import Any

from django.db import models
from django.utils import timezone

from articles import rendering
from articles.models.permalink import Addressed, not_reserved
from articles.typesetting import typeset


class Page(Addressed):
    """A page that stands for itself: who we are, privacy policy, terms of use, cookies policy."""

    title = models.CharField(max_length=150)
    standfirst = models.TextField(max_length=600, blank=True)
    is_published = models.BooleanField("published", default=True)
    version = models.CharField(
        max_length=20, blank=True, help_text="For a policy: readers see which version they agree to."
    )
    effective_on = models.DateField("in force from", null=True, blank=True)
    seo_description = models.CharField("description for search engines", max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["title"]
        constraints = [not_reserved("page")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if "body" in self.__dict__ and (fields is None or "body" in fields):  # not deferred, not left out
            self.body_html = typeset(rendering.render(self.body))
            if fields is not None:
                kwargs["update_fields"] = {*fields, "body_html"}
        super().save(*args, **kwargs)

    @property
    def meta_description(self) -> str:
        return (
            self.seo_description
            or rendering.shortened(self.standfirst, 160)
            or rendering.summary(self.body_html, 160)
        )
