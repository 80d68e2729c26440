"""The full text index itself, which Django has no word for: kept by the database beside the entries."""

from django.db import migrations

# Deletions name the old text because FTS5 with external content keeps no copy of it. Nobody asks where in a text
# a word stands, nor ranks by the lengths of texts: without those, the index is half as large.
SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, names, text,
        content='articles_searchentry', content_rowid='article_id',
        tokenize="porter unicode61 remove_diacritics 2", prefix='2 3', detail=column, columnsize=0
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
# English stems, but every word: the stop words of one language are names and nouns of the next. Beside the
# words, and like none of them: those of the headline as they are spelled, for whoever is still typing one; and
# three that say in which stretch of the articles an entry stands, for the function below.
#
# The index knows no order. So it is asked for what matches within the newest stretch, then within longer ones,
# then of all: who finds enough asks no further. By a sum, or the order of the rows' own index would have every
# entry looked at; never row by row, nor by several processes, for the planner does not know what unpacking a
# vector costs.
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
        array_to_tsvector(string_to_array('^' || replace(headline, ' ', ' ^'), ' ')) ||
        array_to_tsvector(ARRAY[
            '#10:' || (article_id >> 10)::text, '#13:' || (article_id >> 13)::text, '#16:' || (article_id >> 16)::text
        ])
    ) STORED
    """,
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
    """
    CREATE FUNCTION articles_newest_matches(asked tsquery, most integer) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET plan_cache_mode = force_generic_plan
    AS $$
    DECLARE
        newest bigint := (SELECT max(article_id) FROM articles_searchentry);
        bits integer;
        stretches tsquery;
        keys bigint[];
    BEGIN
        FOREACH bits IN ARRAY ARRAY[10, 13, 16] LOOP
            stretches := format('''#%1$s:%2$s'' | ''#%1$s:%3$s''', bits, newest >> bits, (newest >> bits) - 1);
            keys := ARRAY(
                SELECT article_id FROM articles_searchentry WHERE vector @@ (asked && stretches)
                ORDER BY article_id + 0 DESC LIMIT most
            );
            IF cardinality(keys) = most THEN
                RETURN QUERY SELECT unnest(keys);
                RETURN;
            END IF;
        END LOOP;
        RETURN QUERY
            SELECT article_id FROM articles_searchentry WHERE vector @@ asked
            ORDER BY article_id + 0 DESC LIMIT most;
    END $$
    """,
]
UNDO_SQLITE = [
    *(f"DROP TRIGGER articles_search_{event}" for event in ("insert", "delete", "update")),
    "DROP TABLE articles_search",
]
UNDO_POSTGRESQL = [
    "DROP FUNCTION articles_newest_matches",
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
        # Without a tuple of parameters, so that no percent sign is looked for.
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
