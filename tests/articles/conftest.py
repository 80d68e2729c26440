import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def a_site_of_its_own(settings, tmp_path):
    """No menus remembered from the test before, and nothing left in the media folder for the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
