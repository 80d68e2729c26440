"""The full text index itself, which Django has no word for: kept by the database beside the entries."""

from django.db import migrations

# Deletions name the old text because FTS5 with external content keeps no copy of it.
SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, names, text,
        content='articles_searchentry', content_rowid='article_id',
        tokenize="porter unicode61 remove_diacritics 2", prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_searchentry BEGIN
        INSERT INTO articles_search (rowid, headline, standfirst, names, text)
        VALUES (new.article_id, new.headline, new.standfirst, new.names, new.text);
    END
    """,
    """
    CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_searchentry BEGIN
        INSERT INTO articles_search (articles_search, rowid, headline, standfirst, names, text)
        VALUES ('delete', old.article_id, old.headline, old.standfirst, old.names, old.text);
    END
    """,
    """
    CREATE TRIGGER articles_search_update AFTER UPDATE ON articles_searchentry BEGIN
        INSERT INTO articles_search (articles_search, rowid, headline, standfirst, names, text)
        VALUES ('delete', old.article_id, old.headline, old.standfirst, old.names, old.text);
        INSERT INTO articles_search (rowid, headline, standfirst, names, text)
        VALUES (new.article_id, new.headline, new.standfirst, new.names, new.text);
    END
    """,
]
# English stems, but every word: the stop words of one language are names and nouns of the next. The last
# three, which no text has, say in which stretch of the articles an entry stands, so that the index can be asked
# for a word within the newest (`search.NEWEST`).
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY articles_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION articles_search (COPY = english)",
    """
    ALTER TEXT SEARCH CONFIGURATION articles_search
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH articles_stem
    """,
    """
    ALTER TABLE articles_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('articles_search', headline), 'A') ||
        setweight(to_tsvector('articles_search', standfirst), 'B') ||
        setweight(to_tsvector('articles_search', names), 'B') ||
        setweight(to_tsvector('articles_search', text), 'D') ||
        array_to_tsvector(ARRAY[
            '#10:' || (article_id >> 10)::text, '#13:' || (article_id >> 13)::text, '#16:' || (article_id >> 16)::text
        ])
    ) STORED
    """,
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
]
UNDO_SQLITE = [
    *(f"DROP TRIGGER articles_search_{event}" for event in ("insert", "delete", "update")),
    "DROP TABLE articles_search",
]
UNDO_POSTGRESQL = [
    "ALTER TABLE articles_searchentry DROP COLUMN vector",
    "DROP TEXT SEARCH CONFIGURATION articles_search",
    "DROP TEXT SEARCH DICTIONARY articles_stem",
]


def build(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop(apps, schema_editor):
    _run(schema_editor, {"sqlite": UNDO_SQLITE, "postgresql": UNDO_POSTGRESQL})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
