"""The nouns. `from articles.models import X` is the one public spelling."""

from articles.models.article import Article, Correction, RelatedArticle
from articles.models.author import Author, Credit
from articles.models.category import Category, Filing, FurtherCategory
from articles.models.change import Change
from articles.models.image import Illustration, Image
from articles.models.languages import LANGUAGES
from articles.models.menu import Menu, MenuItem
from articles.models.outlet import Outlet
from articles.models.page import Page
from articles.models.permalink import Permalink
from articles.models.search import SearchEntry
from articles.models.site import PartnerLink, Placement, SiteSettings
from articles.models.tag import ImageTagging, Tag, Tagging
from articles.models.tally import AuthorTally, CategoryTally, SitemapPart, TagTally

__all__ = [
    "LANGUAGES",
    "Article",
    "Author",
    "AuthorTally",
    "Category",
    "CategoryTally",
    "Change",
    "Correction",
    "Credit",
    "Filing",
    "FurtherCategory",
    "Illustration",
    "Image",
    "ImageTagging",
    "Menu",
    "MenuItem",
    "Outlet",
    "Page",
    "PartnerLink",
    "Permalink",
    "Placement",
    "RelatedArticle",
    "SearchEntry",
    "SiteSettings",
    "SitemapPart",
    "Tag",
    "TagTally",
    "Tagging",
]
