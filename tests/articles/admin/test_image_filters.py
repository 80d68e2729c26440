from articles.admin import image_filters
from articles.models import Image
from tests import factories


def offered(filter_class):
    filter_ = filter_class.__new__(filter_class)
    return [name for _, name in filter_.lookups(None, None)]


def test_the_most_frequent_agencies_are_offered_first():
    for agency in ("Report", "Trend", "Report", ""):
        factories.image(agency=agency)

    assert offered(image_filters.AgencyFilter) == ["Report", "Trend"]


def test_only_tags_of_pictures_are_offered_the_most_frequent_first():
    factories.article(tags=["elections"])
    factories.image().tags.add("sky", "sea")
    factories.image().tags.add("sea")

    assert offered(image_filters.TagFilter) == ["sea", "sky"]


def test_a_list_of_names_is_bounded(monkeypatch):
    monkeypatch.setattr(image_filters, "NAMES", 2)
    for number in range(4):
        factories.image(agency=f"Agency {number}")

    assert len(offered(image_filters.AgencyFilter)) == 2
    assert Image.objects.count() == 4
