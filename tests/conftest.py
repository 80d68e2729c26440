"""What every test stands on: settings of its own, whatever the machine's are, and a browser."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

DATA_DIR = Path(tempfile.mkdtemp(prefix="azemedia-tests-"))
(DATA_DIR / "static").mkdir()

# Set before Django reads its settings. DATABASE_URL is handed in from outside, on purpose: the same
# suite runs on PostgreSQL.
for name in (
    "DEBUG", "REDIS_URL", "EMAIL_URL", "MEDIA_BUCKET_URL", "MEDIA_URL", "ADMINS", "TRUSTED_PROXY_COUNT",
    "LOG_FORMAT", "TIME_ZONE", "PAGE_CACHE", "PURGE_URL",
):  # fmt: skip
    os.environ.pop(name, None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "azemedia.settings",
    "DATA_DIR": str(DATA_DIR),
    "SECRET_KEY": "tests only " * 5,
    "ALLOWED_HOSTS": "testserver,localhost",
    "SITE_URL": "http://testserver",
    "LOG_LEVEL": "WARNING",
}

import django  # noqa: E402 (only now may it look around)
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402

# Files are served as they lie in static/: nothing was collected.
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Catalogues as they are written, whenever somebody last compiled them.
settings.LOCALE_PATHS = [DATA_DIR / "locale"]
settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
for catalogue in (Path(__file__).resolve().parents[1] / "locale").glob("*/LC_MESSAGES/django.po"):
    compiled = settings.LOCALE_PATHS[0] / catalogue.parent.relative_to(catalogue.parents[2]) / "django.mo"
    compiled.parent.mkdir(parents=True)
    with catalogue.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source))
# Here rather than by pytest-django, which comes too late for a conftest.py that imports models.
django.setup()
from articles.caching import forget_everything  # noqa: E402

# The workers of `pytest -n` inherit the environment: with this name in it they would read the settings
# before they come here, and share one folder.
del os.environ["DJANGO_SETTINGS_MODULE"]

# Debian's package refuses to run as root with its sandbox; the rest keeps it from calling home.
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# Scripts come after the page: what a test presses at once would not answer yet.
COUNT_SCRIPTS = """
    window.ran = new Set();
    document.addEventListener("load", ({ target }) => { if (target.src) ran.add(target.src); }, true);
"""
ALL_RAN = """async () => {
    const waits = () => document.querySelector("[data-later]")?.content.childElementCount ||
        [...document.querySelectorAll("script[type=module]")].some((script) => !ran.has(script.src));
    while (waits()) await new Promise((done) => setTimeout(done, 10));
}"""


def pytest_unconfigure(config):
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def fresh_cache():
    """Rate limits count in the cache: no test pays for what another one tried, nor finds its pages."""
    yield
    cache.clear()
    forget_everything()


@pytest.fixture(scope="session")
def corpora():
    """The folder of real-world input that is kept beside the repository, not in it."""
    folder = Path(os.environ.get("CORPORA", Path(__file__).resolve().parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no corpora in {folder}; CORPORA names another folder")
    return folder


@pytest.fixture(scope="session")
def program():
    """The path of a program under one of its names: `program("redis-server")`.

    Where it is missing, the test says so and is skipped; the machine that decides about a change must
    have everything.
    """

    def find(*names):
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
                f"{names[0]} is not installed here"
            )
        return found

    return find


@pytest.fixture(scope="session")
def browser(program):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    # Playwright's sync API runs an event loop in this thread, and Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(open_window):
    """A fresh, cookieless window on a running site: `page.goto("/")`."""
    return open_window(locale="en-GB", timezone_id="Asia/Baku")


@pytest.fixture
def window(open_window):
    """Another window, with nobody signed in."""
    return open_window(locale="en-GB", timezone_id="Asia/Baku")


@pytest.fixture
def open_window(browser, live_server):
    """Opens windows of any kind: `open_window(viewport=PHONE)`. Their `goto` waits until scripts have run."""
    contexts = []

    def opened(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        if options.get("java_script_enabled", True):
            page.add_init_script(COUNT_SCRIPTS)
            go = page.goto
            page.goto = lambda *where, **how: (go(*where, **how), page.evaluate(ALL_RAN))[0]
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def complaints(page):
    """What the browser's console had to complain about, the content policy's refusals above all."""
    heard = []
    page.on("console", lambda line: heard.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    # Where one page follows another at once, Chromium gives up fading between them, and says so.
    assert [words for words in heard if not words.startswith("Transition was aborted")] == []
