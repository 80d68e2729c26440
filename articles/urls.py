from django.urls import path, re_path

from articles import feeds, offline, sitemaps, views
from articles.admin.styleguide import styleguide
from articles.caching import public_page
from articles.media import media

# Spelled out, so that no other address is ever sent on to.
LISTS = r"(?:(?:category|tag|author)/(?:[-\w]+/)+|search/)?"

urlpatterns = [
    path("", views.front, name="front"),
    path("feed/", public_page(feeds.SiteFeed()), name="feed"),
    path("feed/atom/", public_page(feeds.SiteAtom()), name="atom"),
    re_path(rf"^(?P<path>{LISTS})page/(?P<number>\d{{1,6}})/$", views.numbered_page),
    path("category/<path:path>/feed/", public_page(feeds.CategoryFeed()), name="category-feed"),
    path("category/<path:path>/feed/atom/", public_page(feeds.CategoryAtom()), name="category-atom"),
    path("category/<path:path>/", views.category, name="category"),
    path("tag/<slug:slug>/feed/", public_page(feeds.TagFeed()), name="tag-feed"),
    path("tag/<slug:slug>/feed/atom/", public_page(feeds.TagAtom()), name="tag-atom"),
    path("tag/<slug:slug>/", views.tag, name="tag"),
    path("author/<slug:slug>/feed/", public_page(feeds.AuthorFeed()), name="author-feed"),
    path("author/<slug:slug>/feed/atom/", public_page(feeds.AuthorAtom()), name="author-atom"),
    path("author/<slug:slug>/", views.author, name="author"),
    path("search/", views.search_results, name="search"),
    path("search/suggestions/", views.search_suggestions, name="search-suggestions"),
    path("sitemap.xml", public_page(sitemaps.index), name="sitemap"),
    path("sitemap-<section>.xml", public_page(sitemaps.part), name="sitemap-part"),
    path("news-sitemap.xml", public_page(sitemaps.news), name="news-sitemap"),
    path("media/<path:path>", media, name="media"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.offline, name="offline"),
    path("offline/withdrawn.json", offline.withdrawn, name="withdrawn"),
    path("styleguide/", styleguide, name="styleguide"),
    # Not <slug:>: addresses of old may hold other letters and full stops, and are redirected.
    path("<str:slug>/", views.article_or_page, name="article"),
]
