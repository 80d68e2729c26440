"""A synthetic WordPress export, as WordPress 6 writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from articles.slugs import slugify
from benchmarks.texts import Writer

SECTIONS, TAGS, AUTHORS, TAGS_A_POST = 12, 300, 15, 4
FIRST_POST = datetime(2012, 3, 1, 6, tzinfo=UTC)

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Synthetic</title><link>https://old.example.org</link><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example.org</wp:base_blog_url>
"""
AUTHOR = (
    "<wp:author><wp:author_login>{0}</wp:author_login>"
    "<wp:author_display_name>{0} Importer</wp:author_display_name></wp:author>\n"
)
ITEM = """<item><title>{title}</title><link>https://old.example.org/{slug}/</link>
<dc:creator>{author}</dc:creator><content:encoded>{body}</content:encoded>
<excerpt:encoded>{standfirst}</excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>{terms}</item>
"""
TERM = '<category domain="{0}" nicename="{1}">{1}</category>'
FOOT = "</channel></rss>\n"


def write(file: Path, posts: int) -> None:
    random = Random(3)
    writer = Writer(random, vocabulary=20_000, paragraphs=500)
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        out.writelines(AUTHOR.format(f"importer-{number}") for number in range(AUTHORS))
        out.writelines(_item(number, writer, random) for number in range(1, posts + 1))
        out.write(FOOT)


def _item(number: int, writer: Writer, random: Random) -> str:
    title, _ = writer.headline()
    standfirst, _ = writer.standfirst()
    return ITEM.format(
        title=escape(title),
        slug=f"imported-{slugify(title, fallback='post')}-{number}",
        author=f"importer-{int(random.paretovariate(1)) % AUTHORS}",
        body=escape(_blocks(writer.text().source)),
        standfirst=escape(standfirst),
        number=number,
        date=f"{FIRST_POST + timedelta(hours=3 * number):%Y-%m-%d %H:%M:%S}",
        terms="".join([_section(random), *_tags(random)]),
    )


def _blocks(source: str) -> str:
    """With the comments of the block editor around each paragraph."""
    return source.replace("<p>", "<!-- wp:paragraph -->\n<p>").replace("</p>", "</p>\n<!-- /wp:paragraph -->")


def _section(random: Random) -> str:
    return TERM.format("category", f"section-{int(random.paretovariate(1)) % SECTIONS}")


def _tags(random: Random) -> list[str]:
    drawn = {int(random.paretovariate(0.5)) % TAGS for _ in range(TAGS_A_POST)}
    return [TERM.format("post_tag", f"imported-tag-{tag}") for tag in sorted(drawn)]
