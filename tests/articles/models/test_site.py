from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import PartnerLink, Placement, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


def refused(name, *rows):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)
    return True


def test_there_is_one_row_of_settings():
    SiteSettings.objects.create(pk=1, name="Gündəm")

    assert refused("site_settings_are_one_row", SiteSettings(pk=2))
    assert SiteSettings.load().name == "Gündəm"


def test_a_site_that_was_never_set_up_has_defaults():
    site = SiteSettings.load()

    assert (site.name, site.time_zone, site.reading_speed) == ("Aze.Media", "Asia/Baku", 100)
    assert site.zone.key == "Asia/Baku"


def test_a_time_zone_is_one_that_exists():
    with pytest.raises(ValidationError, match="is not a time zone"):
        SiteSettings(pk=1, time_zone="Baku").full_clean()


def test_a_period_ends_after_it_begins():
    now, piece = timezone.now(), factories.published()
    period = {"starts_at": now, "ends_at": now}

    assert refused(
        "partner_link_ends_after_start", PartnerLink(name="X", url="https://example.com", **period)
    )
    assert refused("placement_ends_after_start", Placement(article=piece, **period))


def test_an_article_stands_in_a_slot_once():
    piece = factories.published()

    assert refused("placed_once|UNIQUE", Placement(article=piece), Placement(article=piece))


def test_current_is_what_has_begun_and_is_not_over():
    now = timezone.now()
    hour = timedelta(hours=1)
    for name, starts_at, ends_at in (
        ("Open", None, None), ("Running", now - hour, now + hour), ("From now", now, None),
        ("Over", None, now), ("Ahead", now + hour, None),
    ):  # fmt: skip
        PartnerLink.objects.create(name=name, url="https://example.com", starts_at=starts_at, ends_at=ends_at)

    assert {each.name for each in PartnerLink.objects.current(now)} == {"Open", "Running", "From now"}
