from django.db import models


class SearchEntry(models.Model):
    """What the search index holds of an article: folded text, written by `search.index` alone.

    The index itself is the database's: FTS5 tables over these rows on SQLite, indexes of their words on
    PostgreSQL, kept in step by the database and made in migration 0002.
    """

    article = models.OneToOneField("Article", models.CASCADE, primary_key=True, related_name="search_entry")
    headline = models.TextField()
    standfirst = models.TextField()
    names = models.TextField(help_text="Authors, categories, tags and the outlet.")
    text = models.TextField()

    def __str__(self) -> str:
        return self.headline
