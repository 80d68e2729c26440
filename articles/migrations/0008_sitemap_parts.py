"""What each part of the sitemap holds, and when that last changed: kept by the database, like the tallies.

A search engine fetches again what it is told has changed. Of a million articles' thousand parts that is one or
two, but nobody could tell which without reading the articles.

Rebuilding a table, as SQLite does for many changes, drops its triggers: such a migration makes them anew.
tests/articles/test_sitemaps.py notices where one did not.
"""

from django.db import migrations, models

PART = "(({row}.id - 1) / 1000 + 1)"
# As `ArticleQuerySet.canonical_here` has it, scheduled ones included.
LISTED = """
    ({row}.status = 'published' AND NOT ({row}.original_url <> '' AND EXISTS (
        SELECT 1 FROM articles_outlet WHERE id = {row}.outlet_id AND canonical = 'original'
    )))
"""
SHOWN = ("slug", "status", "published_at", "revised_at", "outlet_id", "original_url")
COUNT = """
    INSERT INTO articles_sitemappart (number, count, changed_at)
    SELECT {part}, count(*), {now} FROM {rows} AS listed WHERE {listed} GROUP BY 1
"""
ADD = "INSERT INTO articles_sitemappart (number, count, changed_at) {rows} ON CONFLICT (number) DO NOTHING;"
CHANGE = """
    UPDATE articles_sitemappart SET count = count + {more}, changed_at = {now} WHERE number = {part};
"""
# What an outlet's other mind about its originals does to the parts that its pieces are in.
PIECES = "outlet_id = NEW.id AND status = 'published' AND original_url <> ''"
MOVED = f"""
    UPDATE articles_sitemappart SET
        count = count + CASE WHEN NEW.canonical = 'original' THEN -1 ELSE 1 END * (
            SELECT count(*) FROM articles_article
            WHERE {PIECES} AND id > (number - 1) * 1000 AND id <= number * 1000
        ),
        changed_at = {{now}}
    WHERE number IN (SELECT {PART.format(row="articles_article")} FROM articles_article WHERE {PIECES});
"""  # noqa: S608 (names of ours)
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "clock_timestamp()"}


def counting(vendor, rows="articles_article"):
    """A statement that counts what is listed already."""
    listed = LISTED.format(row="listed")
    return COUNT.format(part=PART.format(row="listed"), listed=listed, now=NOW[vendor], rows=rows)


def of_article(vendor, event):
    """Statements for one row that came, went or changed."""
    listed = {row: f"CAST({LISTED.format(row=row)} AS integer)" for row in ("OLD", "NEW")}
    part = PART.format(row="OLD" if event == "delete" else "NEW")
    more = {"insert": "1", "delete": "-1", "update": f"({listed['NEW']} - {listed['OLD']})"}[event]
    if event != "delete":
        yield ADD.format(rows=f"VALUES ({part}, 0, {NOW[vendor]})")
    yield CHANGE.format(more=more, part=part, now=NOW[vendor])


def of_outlet(vendor):
    part = PART.format(row="articles_article")
    yield ADD.format(
        rows=f"SELECT DISTINCT {part}, 0, {NOW[vendor]} FROM articles_article WHERE {PIECES}"  # noqa: S608 (ours)
    )
    yield MOVED.format(now=NOW[vendor])


def when(event):
    """The condition on which anything is done about an article."""
    if event != "update":
        return LISTED.format(row="NEW" if event == "insert" else "OLD")
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in SHOWN)
    return f"({changed}) AND ({LISTED.format(row='OLD')} OR {LISTED.format(row='NEW')})"


CANONICAL_CHANGED = "OLD.canonical <> NEW.canonical AND 'original' IN (OLD.canonical, NEW.canonical)"
EVENTS = {"insert": "INSERT", "delete": "DELETE", "update": "UPDATE"}


def sqlite():
    for event, spelled in EVENTS.items():
        of = f" OF {', '.join(SHOWN)}" if event == "update" else ""
        yield f"""
            CREATE TRIGGER articles_article_part_{event} AFTER {spelled}{of} ON articles_article
            WHEN {when(event).replace("IS DISTINCT FROM", "IS NOT")}
            BEGIN {" ".join(of_article("sqlite", event))} END
        """
    yield f"""
        CREATE TRIGGER articles_outlet_part_update AFTER UPDATE OF canonical ON articles_outlet
        WHEN {CANONICAL_CHANGED} BEGIN {" ".join(of_outlet("sqlite"))} END
    """


# One transaction at a time counts, as with the tallies and by the same lock: two that write the same parts and
# lists in another order would wait for each other.
POSTGRESQL = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {when} THEN
            PERFORM pg_advisory_xact_lock('articles_categorytally'::regclass::oid::bigint);
            {statements}
        END IF;
        RETURN NULL;
    END $$
"""


# Of those that come in by the hundred, a statement at a time.
MORE = """
    {counting} ON CONFLICT (number)
    DO UPDATE SET count = articles_sitemappart.count + EXCLUDED.count, changed_at = EXCLUDED.changed_at;
"""


def postgresql():
    some = f"EXISTS (SELECT FROM new_rows AS listed WHERE {LISTED.format(row='listed')})"
    counting_more = MORE.format(counting=counting("postgresql", rows="new_rows"))
    together = "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT"
    yield from _on_postgresql(
        "articles_article_part_insert", "INSERT ON articles_article", some, counting_more, together
    )
    for event, spelled in (("delete", "DELETE"), ("update", f"UPDATE OF {', '.join(SHOWN)}")):
        statements = " ".join(of_article("postgresql", event))
        name = f"articles_article_part_{event}"
        yield from _on_postgresql(name, f"{spelled} ON articles_article", when(event), statements)
    canonical = "UPDATE OF canonical ON articles_outlet"
    statements = " ".join(of_outlet("postgresql"))
    yield from _on_postgresql("articles_outlet_part_update", canonical, CANONICAL_CHANGED, statements)


def _on_postgresql(name, event, condition, statements, each="FOR EACH ROW"):
    yield POSTGRESQL.format(name=name, when=condition, statements=statements)
    yield f"CREATE TRIGGER {name} AFTER {event} {each} EXECUTE FUNCTION {name}()"


TRIGGERS = [
    *((f"articles_article_part_{event}", "articles_article") for event in EVENTS),
    ("articles_outlet_part_update", "articles_outlet"),
]


def build(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    triggers = sqlite if vendor == "sqlite" else postgresql
    _run(schema_editor, [counting(vendor), *triggers()])


def drop(apps, schema_editor):
    for name, table in TRIGGERS:
        if schema_editor.connection.vendor == "sqlite":
            _run(schema_editor, [f"DROP TRIGGER {name}"])
        else:
            _run(schema_editor, [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}"])


def _run(schema_editor, statements):
    for statement in statements:
        # Without a tuple of parameters, so that no percent sign is looked for.
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_compression")]
    operations = [
        migrations.CreateModel(
            name="SitemapPart",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.RunPython(build, drop),
    ]
