"""A newsroom worth looking at, for trying the software out: articles, people, pictures, menus."""

from articles.demo.newsroom import ACCOUNTS, fill, is_filled, is_occupied

__all__ = ["ACCOUNTS", "fill", "is_filled", "is_occupied"]
