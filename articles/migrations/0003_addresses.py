"""An address is one thing's, whichever way the row is written: past `save`, no permalink would be asked.

Rebuilding a table, as SQLite does for many changes, drops its triggers: such a migration makes them anew.
tests/articles/models/test_permalink.py notices where one did not.
"""

from django.db import migrations

TAKEN = """
    EXISTS (SELECT 1 FROM articles_permalink WHERE path = NEW.slug AND {kind}_id IS {another} NEW.id)
    OR EXISTS (SELECT 1 FROM articles_{other} WHERE slug = NEW.slug)
"""
MESSAGE = "this address belongs to something else"
KINDS = [("article", "page"), ("page", "article")]


def sqlite(kind, other):
    taken = TAKEN.format(kind=kind, other=other, another="NOT")
    for event, when in (("insert", "INSERT"), ("update", "UPDATE OF slug")):
        yield f"""
            CREATE TRIGGER articles_{kind}_address_{event} AFTER {when} ON articles_{kind} WHEN {taken}
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
        """


def postgresql(kind, other):
    taken = TAKEN.format(kind=kind, other=other, another="DISTINCT FROM")
    yield f"""
        CREATE FUNCTION articles_{kind}_address() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {taken} THEN RAISE unique_violation USING MESSAGE = '{MESSAGE}'; END IF;
            RETURN NULL;
        END $$
    """
    yield f"""
        CREATE TRIGGER articles_{kind}_address AFTER INSERT OR UPDATE OF slug ON articles_{kind}
        FOR EACH ROW EXECUTE FUNCTION articles_{kind}_address()
    """


def undo_sqlite(kind, other):
    for event in ("insert", "update"):
        yield f"DROP TRIGGER articles_{kind}_address_{event}"


def undo_postgresql(kind, other):
    yield f"DROP TRIGGER articles_{kind}_address ON articles_{kind}"
    yield f"DROP FUNCTION articles_{kind}_address"


def build(apps, schema_editor):
    _run(schema_editor, {"sqlite": sqlite, "postgresql": postgresql})


def drop(apps, schema_editor):
    _run(schema_editor, {"sqlite": undo_sqlite, "postgresql": undo_postgresql})


def _run(schema_editor, statements):
    for kind, other in KINDS:
        for statement in statements[schema_editor.connection.vendor](kind, other):
            # Without a tuple of parameters, so that no percent sign is looked for.
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_search_index")]
    operations = [migrations.RunPython(build, drop)]
