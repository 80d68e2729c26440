"""Every row that a public page may show tells when it changes, whichever way it is written.

The same words for both databases: a statement for each table and event, which writes names into
articles_change. `articles/recording.py` notes pages under these names.

Rebuilding a table, as SQLite does for many changes, drops its triggers: such a migration makes them anew.
tests/articles/models/test_change.py notices where one did not.
"""

from itertools import product

from django.db import migrations

# A row that pages show, under its own name.
THINGS = ["article", "author", "category", "image", "outlet", "page", "tag"]
# What belongs to a thing, or stands in a list of its own: the table, the column, the first half of the name.
OWNED = [
    ("correction", "article_id", "article"),
    ("credit", "article_id", "article"),
    ("furthercategory", "article_id", "article"),
    ("relatedarticle", "article_id", "related"),
    ("tagging", "content_object_id", "article"),
]
# Lists ordered by `listed_at`.
LISTED = [
    ("credit", "author_id", "credits"),
    ("filing", "category_id", "filings"),
    ("tagging", "tag_id", "taggings"),
]
# Few rows, read all together.
WHOLE = [
    ("author", "authors"),
    ("category", "categories"),
    ("menu", "site"),
    ("menuitem", "site"),
    ("outlet", "outlets"),
    ("page", "pages"),
    ("partnerlink", "site"),
    ("placement", "placements"),
    ("sitesettings", "site"),
    ("tag", "tags"),
]
# When no copy may be shown any more, whatever happens.
TAKEN_BACK = {
    "article": "(OLD.status = 'published' AND NEW.status <> 'published')",
    "page": "(OLD.is_published AND NOT NEW.is_published)",
}
EVENTS = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}
TABLES = sorted({*THINGS, *(table for table, *_ in [*OWNED, *LISTED, *WHOLE])})


def told(table, event):
    """What is written down: name, moment, whether copies are to go at once, and under which condition."""
    rows = EVENTS[event]
    if table in THINGS and event != "insert":
        is_hard = "TRUE" if event == "delete" else TAKEN_BACK.get(table, "FALSE")
        yield f"'{table}:' || OLD.id", "NULL", is_hard, "TRUE"
    for owned, column, name in OWNED:
        if owned == table:
            for row in rows:
                yield f"'{name}:' || {row}.{column}", "NULL", "FALSE", _unless_said(row, rows, column)
    for listed, column, name in LISTED:
        if listed == table:
            for row in rows:
                condition = f"{row}.listed_at IS NOT NULL AND {_moved(rows, column, 'listed_at')}"
                yield f"'{name}:' || {row}.{column}", f"{row}.listed_at", "FALSE", condition
    for whole, name in WHOLE:
        if whole == table:
            yield f"'{name}'", "NULL", "FALSE", "TRUE"
    if table == "article":
        yield from _of_articles(event, rows)


def _of_articles(event, rows):
    """The list of them all, and the articles that would show this one beside them if they could."""
    moved = _moved(rows, "status", "published_at")
    public = " OR ".join(f"{row}.status = 'published'" for row in rows)
    for row in rows:
        condition = f"{row}.published_at IS NOT NULL AND ({public}) AND {moved}"
        yield "'articles'", f"{row}.published_at", "FALSE", condition
    if event == "update":
        beside = f"FROM articles_relatedarticle WHERE other_id = OLD.id AND {moved}"
        yield "'related:' || article_id", "NULL", "FALSE", beside
        yield "'breaking'", "NULL", "FALSE", _moved(rows, "breaking_until")
        yield "'sitemap'", "NULL", "FALSE", _moved(rows, "slug", "revised_at", "outlet_id", "original_url")


def _moved(rows, *columns):
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"({changed})" if len(rows) == 2 else "TRUE"


def _unless_said(row, rows, column):
    """The new row tells only where the old one did not tell of the same."""
    return f"OLD.{column} <> NEW.{column}" if rows[:-1] and row == "NEW" else "TRUE"


def statements(table, event):
    for name, at, is_hard, condition in told(table, event):
        where = condition if condition.startswith("FROM ") else f"WHERE {condition}"
        yield (
            "INSERT INTO articles_change (name, at, is_hard, is_applied) "
            f"SELECT {name}, {at}, {is_hard}, FALSE {where};"
        )


def sqlite(table, event):
    yield f"""
        CREATE TRIGGER articles_{table}_tells_{event} AFTER {event.upper()} ON articles_{table}
        BEGIN {" ".join(statements(table, event)).replace("IS DISTINCT FROM", "IS NOT")} END
    """


def postgresql(table, event):
    yield f"""
        CREATE FUNCTION articles_{table}_tells_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {" ".join(statements(table, event))} RETURN NULL; END $$
    """
    yield f"""
        CREATE TRIGGER articles_{table}_tells_{event} AFTER {event.upper()} ON articles_{table}
        FOR EACH ROW EXECUTE FUNCTION articles_{table}_tells_{event}()
    """


def undo_sqlite(table, event):
    yield f"DROP TRIGGER articles_{table}_tells_{event}"


def undo_postgresql(table, event):
    yield f"DROP TRIGGER articles_{table}_tells_{event} ON articles_{table}"
    yield f"DROP FUNCTION articles_{table}_tells_{event}"


def build(apps, schema_editor):
    _run(schema_editor, {"sqlite": sqlite, "postgresql": postgresql})


def drop(apps, schema_editor):
    _run(schema_editor, {"sqlite": undo_sqlite, "postgresql": undo_postgresql})


def _run(schema_editor, commands):
    for table, event in product(TABLES, EVENTS):
        if any(told(table, event)):
            for statement in commands[schema_editor.connection.vendor](table, event):
                # Without a tuple of parameters, so that no percent sign is looked for.
                schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_addresses")]
    operations = [migrations.RunPython(build, drop)]
