"""The public pages: request, queryset, template."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import BigAutoField, CharField, DateTimeField, QuerySet, SlugField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import front as front_page
from articles import metadata, related, rendering, search, suggestions
from articles.caching import public_page, site_furniture, site_locale
from articles.listing import Listing
from articles.models import Article, Author, Category, Page, Permalink, SiteSettings, Tag
from articles.pagination import paginate
from articles.prepared import prepared
from articles.querysets import ArticleQuerySet

NEWEST_ON_ERROR = 5
SUGGESTIONS_SECONDS = 60


@prepared(slug=SlugField(), at=DateTimeField())
def _article(slug: Any, at: Any) -> ArticleQuerySet:
    return related.with_lists(Article.objects.published(at).filter(slug=slug).for_page(), at)


@prepared(slug=SlugField())
def _page(slug: Any) -> QuerySet[Page]:
    return Page.objects.filter(slug=slug, is_published=True)


@prepared(path=CharField())
def _category(path: Any) -> QuerySet[Category]:
    return Category.objects.filter(stored_path=path).select_related("parent", "cover")


@prepared(parent=BigAutoField(), at=DateTimeField())
def _children(parent: Any, at: Any) -> QuerySet[Category]:
    return Category.objects.filter(parent=parent).active(at).in_order()


@prepared(slug=SlugField(), at=DateTimeField())
def _author(slug: Any, at: Any) -> QuerySet[Author]:
    return Author.objects.listed(at).filter(slug=slug).select_related("photo")


@prepared(slug=SlugField(), at=DateTimeField())
def _tag(slug: Any, at: Any) -> QuerySet[Tag]:
    return Tag.objects.listed(at).filter(slug=slug)


@public_page
def front(request: HttpRequest) -> HttpResponse:
    if "s" in request.GET:  # where WordPress searched
        return HttpResponsePermanentRedirect(f"/search/?{urlencode({'q': request.GET['s']})}")
    page = front_page.compose()
    return render(request, "articles/front.html", {"front": page, "meta": metadata.for_front(_site())})


@public_page
def category(request: HttpRequest, path: str) -> HttpResponse:
    category = _category.first(path=path)
    if category is None:
        return _moved(f"category/{path}")
    page = paginate(request, Listing(category))
    cards = list(page)
    led = cards[:1] if page.number == 1 else []
    context = {
        "category": category,
        "children": _children(parent=category.pk, at=timezone.now()),
        "breadcrumbs": metadata.category_crumbs(category, _site()),
        "page": page,
        "lead": led[0] if led else None,
        "river": cards[len(led) :],
        "newest": [] if cards else _newest(),
        "meta": metadata.for_category(category, _site(), page.number),
    }
    return render(request, "articles/category.html", context)


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = _tag.first(slug=slug, at=timezone.now())
    if tag is None:
        return _moved(f"tag/{slug}")
    page = paginate(request, Listing(tag))
    meta = metadata.for_tag(tag, _site(), page.number)
    return render(request, "articles/tag.html", {"tag": tag, "page": page, "meta": meta})


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = _author.first(slug=slug, at=timezone.now())
    if author is None:
        return _moved(f"author/{slug}")
    page = paginate(request, Listing(author))
    meta = metadata.for_author(author, _site(), page.number)
    return render(request, "articles/author.html", {"author": author, "page": page, "meta": meta})


@public_page
def article_or_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands at /<slug>/: an article, the note on a withdrawn one, a page, or where it moved to."""
    article = _article.first(slug=slug, at=timezone.now())
    if article:
        return render_article(request, article)
    static_page = _page.first(slug=slug)
    if static_page:
        context = {"static_page": static_page, "meta": metadata.for_page(static_page, _site())}
        return render(request, "articles/page.html", context)
    withdrawn = Article.objects.withdrawn().filter(slug=slug).first()
    return render_withdrawn(request, withdrawn) if withdrawn else _moved(slug)


def render_article(request: HttpRequest, article: Article, *, is_preview: bool = False) -> HttpResponse:
    """The article page; also what the newsroom's preview shows of a draft."""
    site = _site()
    context = {
        "article": article,
        # Printed last: the database looks for them meanwhile.
        "further": related.further(article, rendering.linked_slugs(article.body_html, settings.SITE_URL)),
        "breadcrumbs": metadata.article_crumbs(article, site),
        "is_preview": is_preview,
        "meta": metadata.for_article(article, site),
    }
    return render(request, "articles/article.html", context)


def render_withdrawn(request: HttpRequest, article: Article) -> HttpResponse:
    meta = metadata.for_nothing(_("This article was withdrawn"), _site())
    context = {"article": article, "newest": _newest(), "meta": meta}
    return render(request, "articles/withdrawn.html", context, status=410)


@public_page
def search_results(request: HttpRequest) -> HttpResponse:
    query = _asked(request)
    context: dict[str, Any] = {"query": query, "meta": metadata.for_search(query, _site()), "page": None}
    if search.asked_words(query):
        found = search.find(query)
        page = paginate(request, found)
        context |= {"page": page, "total": len(found), "has_more": found.has_more}
        if not found:
            context |= {"newest": _newest(), "words": list(dict.fromkeys(query.split()))[: search.MAX_WORDS]}
    elif query:
        context["error"] = _("Type at least one word, made of letters or numbers.")
    return render(request, "articles/search.html", context)


@public_page
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """A fragment for the search field, asked for while somebody types; caches may answer for a minute."""
    context = {"suggestions": suggestions.suggest(_asked(request))}
    response = render(request, "articles/search_suggestions.html", context)
    response["Cache-Control"] = f"public, max-age={SUGGESTIONS_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page
def numbered_page(request: HttpRequest, path: str, number: str) -> HttpResponse:
    """WordPress's <list>/page/N/, with whatever else was asked for."""
    query = request.GET.copy()
    if int(number) > 1:
        query["page"] = str(int(number))
    return HttpResponsePermanentRedirect(f"/{path}?{query.urlencode()}" if query else f"/{path}")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /search/?",
        "Disallow: /search/suggestions/",
        "",
        f"Sitemap: {metadata.absolute('/sitemap.xml')}",
        f"Sitemap: {metadata.absolute('/news-sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, gettext_lazy("This request could not be read"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, gettext_lazy("This page is not open to you"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404, gettext_lazy("There is no page at this address"), newest=_newest())


def server_error(request: HttpRequest) -> HttpResponse:
    # No context: whatever broke may break the page about it too. The language was noted before it broke.
    with translation.override(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)):
        return HttpResponse(get_template("500.html").render(), status=500)


def _error(request: HttpRequest, status: int, title: object, **context: Any) -> HttpResponse:
    with site_locale(request):
        context |= {"meta": metadata.for_nothing(str(title), _site())}
        return render(request, f"{status}.html", context, status=status)


def _asked(request: HttpRequest) -> str:
    """The words of `?q=`, as far as anybody types them."""
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[: search.MAX_QUERY_LENGTH]


def _site() -> SiteSettings:
    return site_furniture().settings


def _newest() -> ArticleQuerySet:
    return Article.objects.published().newest_first().for_cards()[:NEWEST_ON_ERROR]


def _moved(path: str) -> HttpResponse:
    """Where the address led before, in one hop; 404 where it never led anywhere public."""
    target: Any = Permalink.objects.target_of(path)
    if target is None or target.path == path or not _is_open(target):
        raise Http404(path)
    return HttpResponsePermanentRedirect(target.get_absolute_url())


def _is_open(target: Any) -> bool:
    if isinstance(target, Article):
        return target.is_public or target.is_withdrawn
    if isinstance(target, Author | Tag):
        return type(target).objects.listed().contains(target)
    return not isinstance(target, Page) or target.is_published
