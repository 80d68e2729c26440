"""The full text index itself, which Django has no word for: kept by the database beside the entries."""

from itertools import chain

from django.db import migrations

EVENTS = ["insert", "delete", "update"]
# What is suggested by the words of its name, which its slug has folded.
NAMED = ["author", "category", "tag"]


def _kept_in_step(index, table, indexed, removed, columns=""):
    """The triggers by which an FTS5 table, which keeps no copy of another one's rows, hears of their changes."""
    does = {"insert": indexed, "delete": removed, "update": removed + indexed}
    of = {"update": f" OF {columns}" if columns else ""}
    for event in EVENTS:
        when = event.upper() + of.get(event, "")
        yield f"CREATE TRIGGER {index}_{event} AFTER {when} ON {table} BEGIN {does[event]} END"


def _words_on_sqlite(thing):
    table, index = f"articles_{thing}", f"articles_{thing}_words"
    indexed = f"INSERT INTO {index} (rowid, slug) VALUES (new.id, new.slug);"  # noqa: S608 (names of ours)
    removed = f"INSERT INTO {index} ({index}, rowid, slug) VALUES ('delete', old.id, old.slug);"  # noqa: S608
    yield f"""
        CREATE VIRTUAL TABLE {index} USING fts5(
            slug, content='{table}', content_rowid='id', prefix='2 3', detail=none, columnsize=0
        )
    """
    yield from _kept_in_step(index, table, indexed, removed, columns="slug")


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
    *_kept_in_step("articles_search", "articles_searchentry", INDEXED, REMOVED),
    *chain.from_iterable(map(_words_on_sqlite, NAMED)),
]

# A stretch of the articles is what is left of their keys without so many bits.
ENTRY_BITS, HEADLINE_BITS = (9, 10, 11, 12, 13, 14, 15, 16), (11, 15)
ENTRY_STRETCHES = ", ".join(f"'#{bits}:' || (article_id >> {bits})::text" for bits in ENTRY_BITS)
# The stems of an entry's words. An index has no room for their places, nor for where they come from.
ENTRY_WORDS = (
    "(to_tsvector('articles_search', headline || ' ' || standfirst || ' ' || names || ' ' || text)"
    f" || array_to_tsvector(ARRAY[{ENTRY_STRETCHES}]))"
)
# Each word of a headline as it is spelled, and again behind each stretch that it stands in.
STRETCHED = "string_to_array('#{0}:' || {1} || replace(headline, ' ', ' #{0}:' || {1}), ' ')"
HEADLINE_WORDS = "array_to_tsvector(string_to_array(headline, ' ') || {} || {})".format(
    *(STRETCHED.format(bits, f"(article_id >> {bits})::text || ':'") for bits in HEADLINE_BITS)
)
ANY_BEGINNING = "(SELECT string_agg(format({beginning}, word, bits, stretch, stretch - 1), ' & ') FROM unnest(words) word)"


def _newest_first(name, asked, all_bits, words, within, ever, condition="true"):
    """A function with the keys of the newest entries, `most` of them, whose `words` are what is `asked`.

    An index knows no order. So it is asked for what matches `within` the newest `stretch` by the first of the `bits`,
    then within one that is as long as finding enough of them should take, or the longest, then `ever`. By a sum, or the order of the rows' own
    index would have every entry looked at; never row by row, nor by several processes, for the planner does not know
    what taking a text apart costs; with room to remember each row that matches, for of a whole page of them it would
    take every text apart again. It is told of few rows, so that what is joined to them is looked up by its key.
    """
    matching = f"SELECT article_id FROM articles_searchentry WHERE {words} @@ wanted"  # noqa: S608 (names of ours)
    newest = "ORDER BY article_id + 0 DESC LIMIT most"
    return f"""
    CREATE FUNCTION {name}({asked}, most integer) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE ROWS 10
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET plan_cache_mode = force_generic_plan
    SET work_mem = '32MB'
    AS $$
    DECLARE
        last bigint := (SELECT max(article_id) FROM articles_searchentry);
        bits integer;
        before integer := 0;
        stretch bigint;
        wanted tsquery;
        keys bigint[];
        found integer := most;
    BEGIN
        FOREACH bits IN ARRAY ARRAY[{", ".join(map(str, all_bits))}] LOOP
            CONTINUE WHEN found * 2.0 ^ (bits - before) < most * 1.2 AND bits < {max(all_bits)};
            stretch := last >> bits;
            wanted := {within};
            keys := ARRAY({matching} AND {condition} {newest});
            found := cardinality(keys);
            before := bits;
            IF found = most OR stretch = 0 THEN
                RETURN QUERY SELECT unnest(keys);
                RETURN;
            END IF;
        END LOOP;
        wanted := {ever};
        RETURN QUERY {matching} {newest};
    END $$
    """  # noqa: S608


# English stems, but every word: the stop words of one language are names and nouns of the next. Beside the
# words, and like none of them, stand the stretches of the entry. A beginning is looked for in all the words that
# have it, which is why those of headlines stand in their index by stretches.
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY articles_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION articles_search (COPY = english)",
    """
    ALTER TEXT SEARCH CONFIGURATION articles_search
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH articles_stem
    """,
    # Not kept in the rows: that would be a quarter of the whole database, read by nobody. Nor are there statistics of
    # them, for which thousands of texts would be taken apart.
    f"CREATE INDEX articles_searchentry_words ON articles_searchentry USING gin ({ENTRY_WORDS})",
    "ALTER INDEX articles_searchentry_words ALTER COLUMN 1 SET STATISTICS 0",
    f"CREATE INDEX articles_searchentry_headline ON articles_searchentry USING gin ({HEADLINE_WORDS})",
    _newest_first(
        "articles_newest_matches",
        "asked tsquery",
        ENTRY_BITS,
        ENTRY_WORDS,
        within="format($f$'#%1$s:%2$s' | '#%1$s:%3$s'$f$, bits, stretch, stretch - 1)::tsquery",
        ever="asked",
        # Both by themselves: as one question, the index tries the words on every entry of the stretch.
        condition=f"{ENTRY_WORDS} @@ asked",
    ),
    _newest_first(
        "articles_newest_headed",
        "words text[]",
        HEADLINE_BITS,
        HEADLINE_WORDS,
        within=ANY_BEGINNING.format(beginning="$f$('#%2$s:%3$s:%1$s':* | '#%2$s:%4$s:%1$s':*)$f$"),
        ever=ANY_BEGINNING.format(beginning="$f$'%1$s':*$f$"),
    ),
    """
    CREATE FUNCTION articles_slug_words(slug text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    AS $$ SELECT array_to_tsvector(array_remove(string_to_array(slug, '-'), '')) $$
    """,
    *(
        f"CREATE INDEX articles_{each}_words ON articles_{each} USING gin (articles_slug_words(slug))"
        for each in NAMED
    ),
]
UNDO_SQLITE = [
    *(f"DROP TRIGGER articles_search_{event}" for event in EVENTS),
    *(f"DROP TRIGGER articles_{each}_words_{event}" for each in NAMED for event in EVENTS),
    "DROP TABLE articles_search",
    "DROP TABLE articles_search_headlines",
    *(f"DROP TABLE articles_{each}_words" for each in NAMED),
]
UNDO_POSTGRESQL = [
    *(f"DROP INDEX articles_{each}_words" for each in NAMED),
    "DROP FUNCTION articles_slug_words",
    "DROP FUNCTION articles_newest_headed",
    "DROP FUNCTION articles_newest_matches",
    "DROP INDEX articles_searchentry_headline",
    "DROP INDEX articles_searchentry_words",
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
