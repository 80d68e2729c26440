from django.db import models


class Change(models.Model):
    """Something that pages may show is another: told by triggers of the database, in the same transaction.

    So no way of writing a row can forget to tell, and nothing that was committed goes untold, whatever
    becomes of the process. `caching.catch_up` drops the pages that show it and removes the row.
    """

    # As `articles.recording` has it: "article:12" is a row, "filings:3" a list.
    name = models.CharField(max_length=120)
    # Where in a list that is ordered by time.
    at = models.DateTimeField(null=True)
    # Not even an old copy may be shown any more.
    is_hard = models.BooleanField()
    # Forgotten here; the caches between us and the readers are still to be told.
    is_applied = models.BooleanField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
