import pytest


@pytest.fixture(autouse=True)
def a_site_of_its_own(settings, tmp_path):
    """Nothing is left in the media folder for the next test."""
    settings.MEDIA_ROOT = tmp_path / "media"
