"""What SQLite is to think of the articles until it has looked at them itself (ANALYZE).

Without statistics it takes any index for a good one, and goes through all that is published to find twenty
articles by their keys. PostgreSQL looks by itself.

Rebuilding the table drops this, too: such a migration writes it anew. tests/articles/test_listing.py notices where
one did not.
"""

from django.db import migrations

# Of so many articles nearly all have the same status, and few the same moment.
STATISTICS = {
    "article_newest": "1000000 900000 1 1",
    "article_on_the_desk": "1000000 900000 1 1",
}


def expect(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("ANALYZE sqlite_schema")  # makes the table
    for index, stat in STATISTICS.items():
        schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'articles_article' AND idx = %s", [index])
        schema_editor.execute("INSERT INTO sqlite_stat1 VALUES ('articles_article', %s, %s)", [index, stat])
    schema_editor.execute("ANALYZE sqlite_schema")  # reads it


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_tallying")]
    operations = [migrations.RunPython(expect, migrations.RunPython.noop)]
