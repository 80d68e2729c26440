"""The desk: where the newsroom works. Importing this registers every screen."""

from articles.admin import article, front, image, machinery, taxonomy

__all__ = ["article", "front", "image", "machinery", "taxonomy"]
