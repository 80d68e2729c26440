from django.db import models


class Tally(models.Model):
    """How many lines a list has in one month (by UTC), scheduled articles among them.

    Derived, and written by the database alone: triggers of migration 0005 keep it in step with the lines, so
    that neither the length of a list nor the way to its five-thousandth page has to be counted.
    """

    month = models.DateField(help_text="Its first day.")
    count = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.count}"


class CategoryTally(Tally):
    category = models.ForeignKey("Category", models.CASCADE, related_name="tallies", db_index=False)

    class Meta(Tally.Meta):
        constraints = [
            models.UniqueConstraint(fields=["category", "month"], name="category_tallied_once_a_month")
        ]


class AuthorTally(Tally):
    author = models.ForeignKey("Author", models.CASCADE, related_name="tallies", db_index=False)

    class Meta(Tally.Meta):
        constraints = [
            models.UniqueConstraint(fields=["author", "month"], name="author_tallied_once_a_month")
        ]


class TagTally(Tally):
    tag = models.ForeignKey("Tag", models.CASCADE, related_name="tallies", db_index=False)

    class Meta(Tally.Meta):
        constraints = [models.UniqueConstraint(fields=["tag", "month"], name="tag_tallied_once_a_month")]


class SitemapPart(models.Model):
    """How many articles a part of the sitemap lists, scheduled ones among them, and when that was changed.

    Derived and written by the database alone, as the tallies, by triggers of migration 0008.
    """

    # Articles with keys up to this are in the first part, and so on; the triggers count in these steps, too.
    KEYS = 1000

    number = models.PositiveBigIntegerField(primary_key=True)
    count = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.count}"
