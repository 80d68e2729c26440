from typing import Any

from django.db import models
from django.db.models import F
from taggit.models import ItemBase, TagBase

from articles.models.permalink import Addressed
from articles.querysets import TagQuerySet
from articles.slugs import slugify


class Tag(TagBase, Addressed):  # type: ignore[django-manager-missing]
    """What a piece is about. A model of our own, so that slugs know every letter and are remembered."""

    path_prefix = "tag/"

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField("address", max_length=100, unique=True, blank=True)
    description = models.TextField(blank=True, help_text="One or two sentences at the head of its page.")
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Not TagBase.save(): it would make the slug its own way.
        Addressed.save(self, *args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag, fallback="tag")
        return f"{slug}-{i}" if i else slug


class Tagging(ItemBase):
    """A tag on an article. `listed_at` is the article's publication time while it is published, else null."""

    content_object = models.ForeignKey("Article", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_an_article"),
        ]
        indexes = [
            models.Index("tag", F("listed_at").desc(), F("content_object").desc(), name="tagging_newest")
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.content_object_id}"


class ImageTagging(ItemBase):
    """A tag on a picture, for the newsroom to find it again. Readers never see these."""

    content_object = models.ForeignKey("Image", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="image_taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_an_image")]

    def __str__(self) -> str:
        return f"{self.tag} on picture {self.content_object_id}"
