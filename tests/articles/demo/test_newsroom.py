import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import User
from articles.models import Article, Author, Category, Image, Menu, Placement
from tests import factories

pytestmark = pytest.mark.django_db


def everything():
    """Every row of our own tables."""
    models = [*apps.get_app_config("articles").get_models(), User]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_the_demo_is_a_whole_newsroom_and_a_second_run_changes_nothing(
    monkeypatch, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DEMO_PASSWORD", "only for this test")
    call_command("demo", stdout=io.StringIO())

    public = Article.objects.published()
    assert public.count() >= 45
    assert all(300 <= words <= 1600 for words in public.values_list("word_count", flat=True))
    assert set(public.values_list("origin", flat=True)) == set(Article.Origin.values)
    assert Article.objects.scheduled().count() == 1
    assert Article.objects.awaiting_review().count() == 1
    assert public.filter(corrections__isnull=False).count() == 1
    assert Category.objects.filter(parent__slug="news").count() == 3
    assert all(public.in_category(each).exists() for each in Category.objects.all())
    assert {menu.place: menu.items.count() for menu in Menu.objects.all()} == {
        "header": 16,
        "mobile": 15,
        "footer": 4,
    }
    assert Placement.objects.current().filter(article__in=public).count() == 4
    assert Author.objects.exclude(photo=None).count() == 11
    assert not Author.objects.filter(photo__alt_text="").exists()
    assert not Image.objects.filter(lead_articles__isnull=False, alt_text="").exists()
    assert not Image.objects.filter(illustrations__isnull=False, alt_text="").exists()
    assert not Image.objects.filter(illustrations__isnull=False, credit="").exists()
    ferry = public.get(slug="a-night-on-the-alat-ferry")
    assert ferry.illustrations.count() == ferry.body_html.count("gallery__item") == 6
    assert public.filter(body__contains="figure--wide").count() == 2
    written = {
        each: public.filter(body__contains=f'class="{each}"').count()
        for each in ("footnote", "key-points", "pullquote")
    }
    assert written == {"footnote": 4, "key-points": 2, "pullquote": 2}
    assert public.get(slug="a-corridor-is-a-timetable").contents
    for name in ("chief", "editor", "author", "contributor", "reader"):
        assert client.login(email=f"{name}@demo.example", password="only for this test"), name

    before = everything()
    out = io.StringIO()
    call_command("demo", stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert everything() == before


def test_the_demo_leaves_somebody_elses_database_alone():
    factories.article("Real work")
    with pytest.raises(CommandError, match="empty one only"):
        call_command("demo", stdout=io.StringIO())
    assert Article.objects.count() == 1
