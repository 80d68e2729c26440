"""The desk: where the newsroom works. Importing this registers every screen."""

from articles.admin import article, front, machinery, media, taxonomy

__all__ = ["article", "front", "machinery", "media", "taxonomy"]
