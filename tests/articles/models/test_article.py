from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from articles.models import Article, Correction, RelatedArticle
from tests import factories

pytestmark = pytest.mark.django_db


def refused(change, name):
    """The database itself says no, naming the rule, however the row is written."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()
    return True


def changing(article, **values):
    return lambda: Article.objects.filter(pk=article.pk).update(**values)


def making(**values):
    return lambda: Article.objects.bulk_create([Article(headline="X", slug="x", **values)])


# What the database keeps, past every form.


def test_what_is_published_has_a_time_and_a_primary_category():
    piece, rule = factories.published(), "published_has_time_and_category"

    assert refused(changing(piece, published_at=None), rule)
    assert refused(changing(piece, primary_category=None), rule)
    assert refused(changing(factories.article(), status="published"), rule)
    assert refused(making(status="withdrawn", published_at=timezone.now()), rule)


def test_nothing_is_published_before_the_end_of_its_embargo():
    piece, rule = factories.published(), "published_not_before_embargo"
    later = piece.published_at + timedelta(seconds=1)

    assert refused(changing(piece, embargoed_until=later), rule)
    assert refused(
        changing(piece, embargoed_until=piece.published_at, published_at=later - timedelta(hours=1)), rule
    )
    assert changing(piece, embargoed_until=piece.published_at)() == 1


def test_a_draft_may_lack_what_publication_needs():
    assert making(embargoed_until=timezone.now(), origin="translation")()


def test_what_comes_from_elsewhere_names_its_outlet_and_what_is_ours_none():
    piece = factories.published()

    assert refused(changing(piece, origin="translation"), "published_names_its_outlet")
    assert refused(changing(piece, outlet=factories.outlet()), "exclusive_has_no_outlet")
    assert changing(piece, origin="translation", outlet=factories.outlet())() == 1


def test_an_update_does_not_lie_before_the_publication():
    piece = factories.published()

    assert refused(changing(piece, revised_at=piece.published_at - timedelta(1)), "revised_after_publication")


def test_a_status_and_an_origin_are_those_that_are_known():
    piece = factories.article()

    assert refused(changing(piece, status="binned"), "article_status_is_known")
    assert refused(changing(piece, origin="stolen"), "article_origin_is_known")


def test_an_article_is_credited_tagged_filed_and_related_once():
    section, other = factories.category(), factories.published()
    piece = factories.published(tags=["tea"], further=[section])
    piece.related_rows.all().delete()
    credit, tagging = piece.credits.get(), piece.taggings.get()
    RelatedArticle.objects.create(article=piece, other=other)
    copies = [
        (lambda: piece.credits.create(author=credit.author, role=credit.role), "credit|UNIQUE"),
        (lambda: piece.taggings.create(tag=tagging.tag), "tag_once|UNIQUE"),
        (lambda: piece.furthercategory_set.create(category=section), "further_category|UNIQUE"),
        (lambda: piece.filings.create(category=section, listed_at=timezone.now()), "listed_once|UNIQUE"),
        (lambda: piece.related_rows.create(other=other), "related_once|UNIQUE"),
        (lambda: piece.related_rows.create(other=piece), "related_to_another"),
    ]

    assert all(refused(change, rule) for change, rule in copies)


def test_who_and_what_articles_need_cannot_be_deleted_under_them():
    piece = factories.published(lead_image=factories.image(), origin="reprint", outlet=factories.outlet())

    for needed in (piece.primary_category, piece.lead_image, piece.outlet, piece.credits.get().author):
        with pytest.raises(IntegrityError):
            needed.delete()


# What is read off its own fields.


def test_the_body_is_cleaned_and_counted_at_save():
    piece = Article.objects.create(
        headline="X", body="<p onclick='x()'>Three short words</p><script>x()</script>"
    )

    assert piece.body_html == "<p>Three short words</p>"
    assert piece.word_count == 3


def test_saving_the_body_alone_saves_what_is_made_of_it():
    piece = Article.objects.create(headline="X", body="<p>One</p>")
    piece.body = "<p>One two</p>"

    piece.save(update_fields=["body"])

    piece.refresh_from_db()
    assert (piece.body_html, piece.word_count) == ("<p>One two</p>", 2)


def test_saving_a_row_without_its_text_leaves_the_text_alone():
    factories.article(body="<p>Kept</p>", slug="piece")
    piece = Article.objects.defer("body", "body_html").get(slug="piece")
    piece.headline = "Other"

    piece.save()

    assert Article.objects.get().body_html == "<p>Kept</p>"


def test_its_categories_come_primary_first_then_in_the_editors_order_each_once():
    news, culture, sport = (factories.category(name) for name in ("News", "Culture", "Sport"))
    piece = factories.article(primary_category=news, further=[sport, news, culture])

    assert [each.name for each in Article.objects.for_cards().get(pk=piece.pk).all_categories] == [
        "News", "Sport", "Culture",
    ]  # fmt: skip


def test_the_byline_is_the_writers_or_else_whoever_there_is():
    leyla, tural = factories.author("Leyla"), factories.author("Tural")
    piece = factories.article(authors=[leyla])
    piece.credits.create(author=tural, role="translator", position=1)
    assert [each.author for each in piece.writers] == [leyla]

    piece.credits.filter(author=leyla).delete()
    assert [each.author for each in piece.writers] == [tural]


@pytest.mark.parametrize(
    ("fields", "label", "sentence"),
    [
        ({}, "", ""),
        (
            {
                "origin": "translation", "original_language": "az", "original_title": "Çay",
                "original_on": date(2025, 7, 3),
            },
            "Translated from Azerbaijani",
            "Translated from Azerbaijani. First published by Orbit Wire as “Çay” on 3 July 2025.",
        ),
        ({"origin": "translation"}, "From Orbit Wire", "A translation. First published by Orbit Wire."),
        ({"origin": "reprint"}, "From Orbit Wire", "A reprint. First published by Orbit Wire."),
        ({"origin": "agency"}, "From Orbit Wire", "Agency report. First published by Orbit Wire."),
    ],
)  # fmt: skip
def test_it_says_where_it_comes_from(fields, label, sentence):
    outlet = factories.outlet("Orbit Wire") if fields else None
    piece = factories.article(outlet=outlet, **fields)

    assert (piece.origin_label, piece.origin_sentence) == (label, sentence)


@pytest.mark.parametrize(
    ("language", "label", "sentence"),
    [
        (
            "ru",
            "Перевод с азербайджанского",
            "Перевод с азербайджанского. Первая публикация: Orbit Wire, «Su», 3 июля 2025.",
        ),
        (
            "az",
            "Azərbaycan dilindən tərcümə",
            "Azərbaycan dilindən tərcümə. İlk dərc: Orbit Wire, “Su”, 3 iyul 2025.",
        ),
    ],
)
def test_where_a_piece_comes_from_is_said_in_the_language_of_the_page(language, label, sentence):
    piece = factories.article(
        outlet=factories.outlet("Orbit Wire"),
        origin="translation",
        original_language="az",
        original_title="Su",
        original_on=date(2025, 7, 3),
    )

    with translation.override(language):
        assert (piece.origin_label, piece.origin_sentence) == (label, sentence)


def test_a_picture_is_described_by_the_article_or_else_by_itself():
    image = factories.image(alt_text="Its own", caption="Own caption")

    plain, told = (
        factories.article(lead_image=image),
        factories.article(lead_image=image, lead_alt="A", lead_caption="B"),
    )

    assert (plain.image_alt, plain.image_caption) == ("Its own", "Own caption")
    assert (told.image_alt, told.image_caption) == ("A", "B")
    assert factories.article().image_alt == factories.article().image_caption == ""


def test_a_form_explains_that_an_exclusive_piece_has_no_outlet():
    with pytest.raises(ValidationError, match="choose where it comes from"):
        Article(origin="exclusive", outlet=factories.outlet()).clean()


def test_corrections_come_in_the_order_of_their_dates():
    piece, now = factories.published(), timezone.now()
    for text, days in (("Second", 1), ("First", 2)):
        Correction.objects.create(article=piece, text=text, corrected_at=now - timedelta(days=days))

    assert [each.text for each in piece.corrections.all()] == ["First", "Second"]
