"""Readers of a site in another language than English meet no English word of ours.

What counts as one is read off the catalogue: any message that stands on a page as a whole text, or as what an
attribute says.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from babel.messages.pofile import read_po
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles import views, workflow
from articles.caching import catch_up
from articles.models import Article, Correction, Menu, MenuItem, Page, SiteSettings
from tests import factories, pages

ROOT = Path(__file__).resolve().parents[1]
PLACEHOLDER = re.compile(r"%\\\(\w+\\\)[sd]|\\\{\w+\\\}")
SPOKEN = (
    "alt",
    "aria-label",
    "aria-description",
    "placeholder",
    "title",
    "data-done",
    "data-refused",
    "data-lightbox",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["az", "ru"])
def language(request):
    SiteSettings.objects.create(pk=1, language=request.param, mission="Миссия", tagline="")
    catch_up()
    return request.param


@pytest.fixture
def english(language):
    """A pattern of every message that reads otherwise in the language."""
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    patterns = set()
    for message in catalogue:
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        patterns |= {pattern_of(source) for source in sources if source and source not in texts}
    return re.compile("|".join(sorted(patterns - {""})))


def pattern_of(source):
    """Messages with markup stand on a page in pieces: the longest tells."""
    piece = max(re.split(r"<[^>]*>", source), key=len).strip()
    pattern = PLACEHOLDER.sub(".+?", re.escape(piece))
    # Shorter ones are words in other languages too.
    return pattern if re.search("[A-Za-z]{2}|By ", pattern.replace(" on", "")) else ""


def said(html):
    """Every text of the page and whatever its attributes say."""
    for element in html.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        yield from (element.get(name) for name in SPOKEN if element.get(name))
        if element.get("name") in ("description",):
            yield element.get("content")
        yield from filter(None, (element.text, *(child.tail for child in element)))


def english_in(response, english):
    texts = {" ".join(text.split()) for text in said(pages.tree(response))}
    return sorted(text for text in texts if english.fullmatch(text))


@pytest.fixture
def paper(language):
    """A newsroom of several pages, with all that an article may have around it."""
    section = factories.category("Раздел")
    menu = Menu.objects.create(place="header")
    top = MenuItem.objects.create(menu=menu, category=section)
    MenuItem.objects.create(menu=menu, parent=top, url="/", label="Главная")
    writers = [factories.author("Айсель", slug="aysel"), factories.author("Рауф"), factories.author("Нигяр")]
    bare = {"standfirst": "", "body": "<p>Слова.</p>", "tags": ["тема"]}
    for number in range(22):
        factories.published(f"Заголовок {number}", authors=writers[:1], **bare)
    piece = factories.article(
        "Перевод", slug="perevod", authors=writers, **bare,
        origin="translation", outlet=factories.outlet("Ведомости"), original_language="az",
        original_title="Başlıq", original_url="https://example.com/x", original_on=timezone.now().date(),
        lead_image=factories.image(alt_text="Цвет", credit="Эльчин"),
    )  # fmt: skip
    for place, role in enumerate(("translator", "photographer", "editor"), 5):
        piece.credits.create(author=writers[0], role=role, position=place)
    workflow.publish(piece, by=None, at=timezone.now() - timedelta(hours=2))
    Article.objects.filter(pk=piece.pk).update(revised_at=timezone.now())
    Correction.objects.create(article=piece, text="Исправлено.")
    Correction.objects.create(article=piece, text="И ещё раз.")
    gone = factories.published("Снято", slug="snyato", authors=writers[:1])
    workflow.withdraw(gone, by=None, note="")
    Page.objects.create(
        title="Правила сайта",
        slug="rules",
        body="<p>Слова.</p>",
        version="2",
        effective_on=timezone.now().date(),
    )  # fmt: skip
    factories.category("Пусто", slug="pusto")


PUBLIC = {
    "/": 200, "/category/razdel/": 200, "/category/razdel/?page=2": 200, "/category/pusto/": 200,
    "/tag/tema/": 200, "/tag/tema/?page=2": 200, "/author/aysel/": 200, "/author/aysel/?page=2": 200,
    "/perevod/": 200, "/rules/": 200, "/snyato/": 410, "/nothing-here/": 404,
    "/search/": 200, "/search/?q=слова": 200, "/search/?q=слова&page=2": 200, "/search/?q=нетакого": 200,
    "/search/?q=%21": 200, "/offline/": 200,
}  # fmt: skip


def test_public_pages_speak_the_language_of_the_site(client, paper, language, english):
    found = {}
    for address, status in PUBLIC.items():
        response = client.get(address, headers={"accept-language": "en"})
        assert response.status_code == status, address
        assert pages.tree(response).get("lang") == language, address
        found[address] = english_in(response, english)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_what_is_fetched_into_a_page_speaks_it_too(client, paper, english):
    response = client.get("/search/suggestions/?q=заголовок")
    assert response.status_code == 200
    assert english_in(response, english) == []


def test_an_empty_site_speaks_it_too(client, english):
    assert english_in(client.get("/"), english) == []


def test_error_pages_speak_it_too(client, english, rf):
    request = rf.get("/")
    answers = [
        views.bad_request(request, Exception()),
        views.permission_denied(request, Exception()),
        views.server_error(request),
    ]
    assert [english_in(each, english) for each in answers] == [[], [], []]


@pytest.fixture
def member(client):
    user = factories.user("editor", email="leyla@example.com", display_name="Лейла")
    client.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    return user


OPEN = ["login/", "signup/", "password/reset/", "inactive/", "sign-in/", "menu/"]
PERSONAL = [
    "", "email/", "logout/", "password/change/", "sessions/", "menu/", "reauthenticate/",
    "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
]  # fmt: skip
WITH_KEYS = ["2fa/", "2fa/webauthn/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"]


def english_at(client, paths, english):
    found = {}
    for path in paths:
        response = client.get(f"/accounts/{path}", headers={"accept-language": "en"})
        assert response.status_code == 200, path
        found[path] = english_in(response, english)
    return {path: texts for path, texts in found.items() if texts}


def test_account_pages_speak_it_before_the_door(client, english):
    assert english_at(client, OPEN, english) == {}


def test_account_pages_speak_it_behind_the_door(client, english, member):
    assert english_at(client, PERSONAL, english) == {}
    RecoveryCodes.activate(member)
    Authenticator.objects.create(user=member, type="webauthn", data={"name": "Ключ", "credential": {}})
    assert english_at(client, WITH_KEYS, english) == {}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("login/", {"login": "nobody@example.com", "password": "wrong"}),
        ("login/", {}),
        ("signup/", {"display_name": "", "email": "no address", "password1": "short"}),
        ("signup/", {"display_name": "A", "email": "a@example.com", "password1": "1234567890"}),
        ("password/reset/", {"email": ""}),
    ],
)
def test_complaints_of_forms_are_in_it(client, english, path, data):
    response = client.post(f"/accounts/{path}", data)
    complaints = pages.tree(response).xpath("//*[contains(@class, 'errorlist')]//li")
    assert complaints
    assert [each.text for each in complaints if re.fullmatch(r"[\x00-\x7f“”]*", each.text)] == []
    assert english_in(response, english) == []


def test_what_is_mailed_is_in_it(client, english):
    client.post("/accounts/signup/", {
        "display_name": "Лейла", "email": "leyla@example.com", "password1": factories.PASSWORD,
    })  # fmt: skip
    assert english_lines(f"{mail.outbox[-1].subject}\n{mail.outbox[-1].body}", english) == []


TEXTS = sorted(
    str(path.relative_to(ROOT / "templates"))
    for path in (ROOT / "templates").glob("*/*/*.txt")
    if not path.name.startswith("base_")
)


@pytest.mark.parametrize("template", TEXTS)
def test_every_message_of_the_accounts_is_in_it(rf, language, english, template):
    addresses = dict.fromkeys(("email", "deleted_email", "from_email", "to_email"), "a@aze.media")
    context = addresses | {
        "current_site": {"name": "aze.media", "domain": "aze.media"}, "request": rf.get("/"), "code": "CODE",
        "timestamp": timezone.now(), "ip": "127.0.0.1", "user_agent": "Firefox/1",
        "signup_url": "http://aze.media/", "password_reset_url": "http://aze.media/",
    }  # fmt: skip
    with translation.override(language):
        text = render_to_string(template, context)
    assert english_lines(text, english) == []


def english_lines(text, english):
    return [line for line in map(str.strip, text.splitlines()) if english.fullmatch(line)]


def test_the_desk_speaks_english_whatever_the_site_does(client, language):
    user = factories.user("administrator")
    client.force_login(user)
    response = client.get("/admin/articles/sitesettings/1/change/", headers={"accept-language": language})
    assert pages.tree(response).get("lang") == "en-gb"
    assert "Save" in response.content.decode()


def test_a_preview_speaks_the_language_of_the_readers(client, language, english):
    client.force_login(factories.user("administrator"))
    piece = factories.article("Заголовок", standfirst="", body="<p>Слова.</p>")
    response = client.get(f"/admin/articles/article/{piece.pk}/preview/")
    assert response.status_code == 200
    assert pages.tree(response).get("lang") == language
    assert english_in(response, english) == []


def test_nothing_depends_on_what_the_browser_asks_for(client, language):
    for address in ("/", "/accounts/login/"):
        response = client.get(address, headers={"accept-language": "de"})
        assert "Accept-Language" not in response.headers.get("Vary", "")


def test_without_a_compiled_catalogue_the_site_speaks_english(client, language, settings):
    settings.LOCALE_PATHS = [settings.DATA_DIR / "nothing"]
    response = client.get("/")
    assert response.status_code == 200
    assert "Skip to the content" in response.content.decode()


def test_a_page_costs_no_more_queries_in_another_language(client, paper):
    assert SiteSettings.objects.exists()
    client.get("/")
    with_words = pages.query_count(client, "/perevod/")
    SiteSettings.objects.update(language="en")
    catch_up()
    client.get("/")
    assert pages.query_count(client, "/perevod/") == with_words
