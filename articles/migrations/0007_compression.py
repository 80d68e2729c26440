"""PostgreSQL packs long texts by lz4: its default takes several times as long, and saves little more.

Where the server was built without it, they stay as they are.
"""

from django.db import migrations

LONG = {"articles_article": ["body", "body_html"], "articles_searchentry": ["text"]}
CAN = "SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"


def pack(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(CAN)
        if not cursor.fetchone():
            return
    for table, columns in LONG.items():
        for column in columns:
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4")


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_statistics")]
    operations = [migrations.RunPython(pack, migrations.RunPython.noop)]
