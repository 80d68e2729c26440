from datetime import UTC, datetime

import pytest

from articles.models import Image


@pytest.fixture(autouse=True)
def a_site_of_its_own(settings, tmp_path):
    """Nothing is left in the media folder for the next test."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def photograph():
    """Two thousand by one thousand pixels, its renditions made."""
    return Image(
        key="abcdef",
        original="images/ab/abcdef/original.jpg",
        width=2000,
        height=1000,
        colour="#3080ff",
        alt_text="A bay",
        rendered_at=datetime(2026, 7, 3, 12, 5, tzinfo=UTC),
    )
