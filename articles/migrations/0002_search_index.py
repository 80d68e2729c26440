"""The full text index itself, which Django has no word for: kept by the database beside the entries."""

from itertools import chain

from django.db import migrations


def _words_on_sqlite(thing):
    table = f"articles_{thing}_words"
    indexed = f"INSERT INTO {table} (rowid, slug) VALUES (new.id, new.slug);"  # noqa: S608 (names of ours)
    removed = f"INSERT INTO {table} ({table}, rowid, slug) VALUES ('delete', old.id, old.slug);"  # noqa: S608
    yield f"""
        CREATE VIRTUAL TABLE {table} USING fts5(
            slug, content='articles_{thing}', content_rowid='id', prefix='2 3', detail=none, columnsize=0
        )
    """
    yield f"CREATE TRIGGER {table}_insert AFTER INSERT ON articles_{thing} BEGIN {indexed} END"
    yield f"CREATE TRIGGER {table}_delete AFTER DELETE ON articles_{thing} BEGIN {removed} END"
    yield f"CREATE TRIGGER {table}_update AFTER UPDATE OF slug ON articles_{thing} BEGIN {removed} {indexed} END"


# Nobody asks where in a text a word stands, nor ranks by the lengths of texts: without those, the index is half as
# large. Deletions name the old text because FTS5 with external content keeps no copy of it.
INDEXED = """
    INSERT INTO articles_search (rowid, headline, standfirst, names, text)
    VALUES (new.article_id, new.headline, new.standfirst, new.names, new.text);
    INSERT INTO articles_search_headlines (rowid, headline) VALUES (new.article_id, new.headline);
"""
REMOVED = """
    INSERT INTO articles_search (articles_search, rowid, headline, standfirst, names, text)
    VALUES ('delete', old.article_id, old.headline, old.standfirst, old.names, old.text);
    INSERT INTO articles_search_headlines (articles_search_headlines, rowid, headline)
    VALUES ('delete', old.article_id, old.headline);
"""
# What is suggested by the words of its name, which its slug has folded.
NAMED = ["author", "category", "tag"]
SQLITE = [
    """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, names, text,
        content='articles_searchentry', content_rowid='article_id',
        tokenize="porter unicode61 remove_diacritics 2", prefix='2 3', detail=column, columnsize=0
    )
    """,
    # For whoever is still typing a word, which no stem need begin like. Beginnings that are not in it by themselves are
    # put together from all the words that have them: a tenth of a second, if one is in every other headline.
    """
    CREATE VIRTUAL TABLE articles_search_headlines USING fts5(
        headline,
        content='articles_searchentry', content_rowid='article_id',
        tokenize="unicode61 remove_diacritics 2", prefix='2 3 4 5 6 7 8 9 10 11 12', detail=none, columnsize=0
    )
    """,
    f"CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_searchentry BEGIN {INDEXED} END",
    f"CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_searchentry BEGIN {REMOVED} END",
    f"CREATE TRIGGER articles_search_update AFTER UPDATE ON articles_searchentry BEGIN {REMOVED} {INDEXED} END",
    *chain.from_iterable(map(_words_on_sqlite, NAMED)),
]
# Each word of a headline as it is spelled, and twice with the stretch of the articles that it stands in.
STRETCHED = "string_to_array('#{0}:' || {1} || replace(headline, ' ', ' #{0}:' || {1}), ' ')"
HEADLINE_WORDS = "array_to_tsvector(string_to_array(headline, ' ') || {} || {})".format(
    *(STRETCHED.format(bits, f"(article_id >> {bits})::text || ':'") for bits in (11, 15))
)
WORDS = "array_to_tsvector(array_remove(string_to_array(slug, '-'), ''))"
# English stems, but every word: the stop words of one language are names and nouns of the next. Beside the
# words, and like none of them, three that say in which stretch of the articles an entry stands.
#
# An index knows no order. So it is asked for what matches within the newest stretch, then within longer ones,
# then of all: who finds enough asks no further. By a sum, or the order of the rows' own index would have every
# entry looked at; never row by row, nor by several processes, for the planner does not know what unpacking a
# vector costs. A beginning is looked for in all the words that have it, which is why those of headlines stand
# in their index by stretches.
WALK = """
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET plan_cache_mode = force_generic_plan
"""
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
    f"CREATE INDEX articles_searchentry_headline ON articles_searchentry USING gin ({HEADLINE_WORDS})",
    f"""
    CREATE FUNCTION articles_newest_matches(asked tsquery, most integer) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE {WALK}
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
    """,  # noqa: S608 (names of ours)
    f"""
    CREATE FUNCTION articles_newest_headed(words text[], most integer) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE {WALK}
    AS $$
    DECLARE
        newest bigint := (SELECT max(article_id) FROM articles_searchentry);
        bits integer;
        stretch bigint;
        asked text[];
        keys bigint[];
    BEGIN
        FOREACH bits IN ARRAY ARRAY[11, 15] LOOP
            stretch := newest >> bits;
            asked := ARRAY(
                SELECT format('(''#%1$s:%2$s:%4$s'':* | ''#%1$s:%3$s:%4$s'':*)', bits, stretch, stretch - 1, word)
                FROM unnest(words) AS word
            );
            keys := ARRAY(
                SELECT article_id FROM articles_searchentry
                WHERE {HEADLINE_WORDS} @@ array_to_string(asked, ' & ')::tsquery
                ORDER BY article_id + 0 DESC LIMIT most
            );
            IF cardinality(keys) = most THEN
                RETURN QUERY SELECT unnest(keys);
                RETURN;
            END IF;
        END LOOP;
        RETURN QUERY
            SELECT article_id FROM articles_searchentry
            WHERE {HEADLINE_WORDS} @@ ('''' || array_to_string(words, ''':* & ''') || ''':*')::tsquery
            ORDER BY article_id + 0 DESC LIMIT most;
    END $$
    """,  # noqa: S608 (names of ours)
    *(f"CREATE INDEX articles_{each}_words ON articles_{each} USING gin ({WORDS})" for each in NAMED),
]
UNDO_SQLITE = [
    *(f"DROP TRIGGER articles_search_{event}" for event in ("insert", "delete", "update")),
    "DROP TABLE articles_search",
    "DROP TABLE articles_search_headlines",
    *(
        f"DROP TRIGGER articles_{each}_words_{event}"
        for each in NAMED
        for event in ("insert", "delete", "update")
    ),
    *(f"DROP TABLE articles_{each}_words" for each in NAMED),
]
UNDO_POSTGRESQL = [
    *(f"DROP INDEX articles_{each}_words" for each in NAMED),
    "DROP FUNCTION articles_newest_headed",
    "DROP FUNCTION articles_newest_matches",
    "DROP INDEX articles_searchentry_headline",
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
