"""Tallies of what each list has in each month, kept by the database: rows of lists also go by cascade.

Rebuilding a table, as SQLite does for many changes, drops its triggers: such a migration makes them anew.
tests/articles/test_listing.py notices where one did not.
"""

from django.db import migrations

# The table of a list's lines, whose list a line is of, and the table of its tallies.
LISTS = [
    ("articles_filing", "category_id", "articles_categorytally"),
    ("articles_credit", "author_id", "articles_authortally"),
    ("articles_tagging", "tag_id", "articles_tagtally"),
]
SQLITE_MONTH = "substr({row}.listed_at, 1, 7) || '-01'"
ADD = """
    INSERT INTO {tally} ({owner}, month, count) SELECT NEW.{owner}, {new_month}, 1 WHERE NEW.listed_at IS NOT NULL
    ON CONFLICT ({owner}, month) DO UPDATE SET count = count + 1;
"""
TAKE = "UPDATE {tally} SET count = count - 1 WHERE {owner} = OLD.{owner} AND month = {old_month};"


def sqlite(lines, owner, tally):
    names = {
        "tally": tally,
        "owner": owner,
        "new_month": SQLITE_MONTH.format(row="NEW"),
        "old_month": SQLITE_MONTH.format(row="OLD"),
    }
    add, take = ADD.format(**names), TAKE.format(**names)
    changed = f"NEW.listed_at IS NOT OLD.listed_at OR NEW.{owner} <> OLD.{owner}"
    yield f"CREATE TRIGGER {lines}_tally_insert AFTER INSERT ON {lines} BEGIN {add} END"
    yield f"CREATE TRIGGER {lines}_tally_delete AFTER DELETE ON {lines} BEGIN {take} END"
    yield f"""
        CREATE TRIGGER {lines}_tally_update AFTER UPDATE OF listed_at, {owner} ON {lines} WHEN {changed}
        BEGIN {take} {add} END
    """


# A statement at a time, for it may write thousands of lines. One transaction at a time, for two that count the
# same lists in another order would wait for each other.
POSTGRESQL = """
    CREATE FUNCTION {lines}_tally() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NOT EXISTS (
                SELECT FROM old_lines JOIN new_lines USING (id)
                WHERE (old_lines.listed_at, old_lines.{owner}) IS DISTINCT FROM (new_lines.listed_at, new_lines.{owner})
            ) THEN
                RETURN NULL;
            END IF;
        END IF;
        PERFORM pg_advisory_xact_lock('{table}'::regclass::oid::bigint);
        IF TG_OP <> 'INSERT' THEN
            UPDATE {tally} SET count = {tally}.count - gone.count
            FROM (SELECT {owner}, {month} AS month, count(*) FROM old_lines WHERE listed_at IS NOT NULL GROUP BY 1, 2) AS gone
            WHERE {tally}.{owner} = gone.{owner} AND {tally}.month = gone.month;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO {tally} ({owner}, month, count)
            SELECT {owner}, {month}, count(*) FROM new_lines WHERE listed_at IS NOT NULL GROUP BY 1, 2
            ON CONFLICT ({owner}, month) DO UPDATE SET count = {tally}.count + EXCLUDED.count;
        END IF;
        RETURN NULL;
    END $$
"""
POSTGRESQL_MONTH = "date_trunc('month', listed_at AT TIME ZONE 'UTC')::date"
TRANSITIONS = {
    "insert": "NEW TABLE AS new_lines",
    "delete": "OLD TABLE AS old_lines",
    "update": "OLD TABLE AS old_lines NEW TABLE AS new_lines",
}


def postgresql(lines, owner, tally):
    yield POSTGRESQL.format(
        lines=lines, owner=owner, tally=tally, month=POSTGRESQL_MONTH, table="articles_categorytally"
    )
    for event, transition in TRANSITIONS.items():
        yield f"""
            CREATE TRIGGER {lines}_tally_{event} AFTER {event.upper()} ON {lines} REFERENCING {transition}
            FOR EACH STATEMENT EXECUTE FUNCTION {lines}_tally()
        """


def undo_sqlite(lines, owner, tally):
    for event in TRANSITIONS:
        yield f"DROP TRIGGER {lines}_tally_{event}"


def undo_postgresql(lines, owner, tally):
    for event in TRANSITIONS:
        yield f"DROP TRIGGER {lines}_tally_{event} ON {lines}"
    yield f"DROP FUNCTION {lines}_tally"


def count(apps, schema_editor):
    """What is listed already."""
    vendor = schema_editor.connection.vendor
    month = SQLITE_MONTH.format(row="lines") if vendor == "sqlite" else POSTGRESQL_MONTH
    for lines, owner, tally in LISTS:
        schema_editor.execute(
            f"INSERT INTO {tally} ({owner}, month, count) SELECT {owner}, {month}, count(*)"  # noqa: S608
            f" FROM {lines} AS lines WHERE listed_at IS NOT NULL GROUP BY 1, 2"
        )
    _run(schema_editor, {"sqlite": sqlite, "postgresql": postgresql})


def uncount(apps, schema_editor):
    _run(schema_editor, {"sqlite": undo_sqlite, "postgresql": undo_postgresql})


def _run(schema_editor, statements):
    for each in LISTS:
        for statement in statements[schema_editor.connection.vendor](*each):
            # Without a tuple of parameters, so that no percent sign is looked for.
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_changes")]
    operations = [migrations.RunPython(count, uncount)]
