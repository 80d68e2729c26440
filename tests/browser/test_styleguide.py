"""The style guide in every width, palette and language: nothing overflows.

PHOTOGRAPHS names a folder to keep a picture of each in, for whoever wants to look at them.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from articles import pictures
from articles.caching import catch_up
from articles.models import SiteSettings
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (390, 768, 1440)
LANGUAGES = ("en", "az", "ru")
# Whatever is cut off, or wider than the window, without being a place that scrolls.
OVERFLOWING = """
() => [...document.querySelectorAll("main *")].filter((each) => {
  const box = each.getBoundingClientRect();
  const scrolls = each.closest("pre, table, [role=region], .visually-hidden");
  return !scrolls && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.className || each.tagName)
"""


@pytest.fixture
def staff_page(page, live_server):
    for place, colour in enumerate(("teal", "maroon", "olive")):
        pictures.intake(
            factories.picture_file((1200, 800 + 100 * place), colour=colour),
            alt_text=f"A square of {colour}",
            credit="Elchin Rahmanov",
        )
    client = Client()
    client.force_login(factories.user("editor"))
    cookie = client.cookies["session"]
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server.url}])
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_holds_at_every_width(staff_page, language, theme):
    SiteSettings.objects.update_or_create(pk=1, defaults={"language": language})
    catch_up()
    staff_page.emulate_media(color_scheme=theme)
    folder = os.environ.get("PHOTOGRAPHS")
    for width in WIDTHS:
        staff_page.set_viewport_size({"width": width, "height": 900})
        assert staff_page.goto("/styleguide/").status == 200
        assert staff_page.locator("html").get_attribute("lang").startswith(language)
        assert staff_page.evaluate(OVERFLOWING) == []
        assert staff_page.evaluate("document.documentElement.scrollWidth") <= width
        if folder:
            picture = Path(folder) / f"styleguide-{language}-{theme}-{width}.png"
            staff_page.screenshot(path=picture, full_page=True)
