"""deploy/nginx.conf in a real nginx, before a real gunicorn."""

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("nginx")
FURNISH = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from articles.models import SiteSettings
from tests import factories
factories.published("Tea prices rise", slug="tea-prices-rise", primary_category=factories.category("News"))
for number in range(25):
    factories.published(f"Piece {number}")
"""
CHANGE = """
from articles.models import Article
Article.objects.filter(slug="tea-prices-rise").update(standfirst="It was coffee.")
from articles import caching
caching.catch_up()
"""
# A request's own, or of the server that sent it.
OWN = {"Date", "Server", "Connection", "X-Request-ID", "Accept-Ranges"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    def __init__(self, folder, nginx):
        self.folder, self.nginx = folder, nginx
        self.port, self.behind = free_port(), free_port()
        (folder / "var").mkdir()
        self.environment = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT),
            "SECRET_KEY": "tests only " * 5, "ALLOWED_HOSTS": "news.example.org", "PORT": str(self.behind),
            "TRUSTED_PROXY_COUNT": "1", "WEB_CONCURRENCY": "1", "DJANGO_SETTINGS_MODULE": "azemedia.settings",
        }  # fmt: skip

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    def start(self):
        folder = self.folder
        site = (ROOT / "deploy" / "nginx.conf").read_text()
        for ours, here in {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port};",
            "127.0.0.1:8000": f"127.0.0.1:{self.behind}",
            "/srv/azemedia/var": str(folder / "var"),
            "    ssl_": "    # ",
        }.items():
            assert ours in site
            site = site.replace(ours, here)
        scratch = "\n".join(
            f"{each}_temp_path {folder}/{each};"
            for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; {'user root;' if os.getuid() == 0 else ''}"
            f"events {{}} http {{ access_log off; {scratch}\n{site} }}"
        )
        quiet = {"stdout": subprocess.DEVNULL, "stderr": (folder / "gunicorn.log").open("w")}
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "azemedia.wsgi"], cwd=ROOT, env=self.environment, **quiet
            ),
            subprocess.Popen([self.nginx, "-c", f"{folder}/nginx.conf", "-g", "daemon off;"]),
        ]
        until = time.monotonic() + 30
        while self.get("/robots.txt", fails=None) != 200:
            assert time.monotonic() < until, (folder / "gunicorn.log").read_text()
            time.sleep(0.1)

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=40)

    def stop_python(self):
        self.processes[0].terminate()
        self.processes[0].wait(timeout=40)

    def ask(self, address, port=None, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        given = {"Host": "news.example.org"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection.request(method, address, headers=given)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, dict(response.getheaders()), body

    def get(self, address, fails=False):
        try:
            return self.ask(address)[0]
        except OSError:
            return fails


@pytest.fixture(scope="module")
def served(tmp_path_factory, program):
    served = Served(tmp_path_factory.mktemp("served"), program("nginx"))
    os.chmod(served.folder, 0o755)
    served.run("shell", "-v0", "-c", FURNISH)
    served.run("collectstatic", "--no-input", "-v0")
    served.start()
    yield served
    served.stop()


ADDRESSES = [
    "/",
    "/tea-prices-rise/",
    "/category/news/",
    "/category/news/?page=2",
    "/feed/",
    "/category/news/feed/atom/",
]


def told(headers):
    """What headers say; in which order a policy says it does not matter."""
    return {name: sorted(value.split("; ")) for name, value in headers.items() if name not in OWN}


@pytest.mark.parametrize("accepted", ["gzip, deflate, br, zstd", "gzip, deflate", "gzip", "br"])
def test_a_kept_page_is_the_same_from_nginx_as_from_python(served, accepted):
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    for address in ADDRESSES:
        ours = {"X_Forwarded_Proto": "https", "Accept_Encoding": accepted}
        for _ in range(2):
            python = served.ask(address, served.behind, **ours)
        nginx = served.ask(address, Accept_Encoding=accepted)

        assert nginx[0] == python[0] == 200
        assert nginx[2] == python[2]
        assert unpack[nginx[1]["Content-Encoding"]](nginx[2])
        assert told(nginx[1]) == told(python[1])
        assert "Accept-Ranges" not in nginx[1]

        known = {"If_None_Match": python[1]["ETag"], "Accept_Encoding": accepted}
        assert served.ask(address, **known)[0] == 304
        since = {"If_Modified_Since": python[1]["Last-Modified"], "Accept_Encoding": accepted}
        assert served.ask(address, **since)[0] == 304


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/tea-prices-rise/", {}),
        ("/tea-prices-rise/", {"Accept_Encoding": "gzip;q=0"}),
        ("/tea-prices-rise/", {"Accept_Encoding": "identity"}),
        ("/tea-prices-rise/?utm_source=x", {"Accept_Encoding": "gzip"}),
        ("/tea%2dprices-rise/", {"Accept_Encoding": "gzip"}),
        ("//tea-prices-rise/", {"Accept_Encoding": "gzip"}),
        ("/x/../tea-prices-rise/", {"Accept_Encoding": "gzip"}),
        ("/tea-prices-rise/?page=2", {"Accept_Encoding": "gzip"}),
        ("/category/news/?page=1", {"Accept_Encoding": "gzip"}),
        ("/accounts/login/", {"Accept_Encoding": "gzip"}),
        ("/admin/login/", {"Accept_Encoding": "gzip"}),
    ],
)
def test_what_is_no_plain_question_goes_to_python(served, address, headers):
    for known in ("/tea-prices-rise/", "/category/news/"):
        served.ask(known, Accept_Encoding="gzip")

    python = served.ask(address, served.behind, X_Forwarded_Proto="https", **headers)
    nginx = served.ask(address, **headers)

    assert nginx[0] == python[0]
    if python[0] == 200:
        assert told(nginx[1]).keys() == told(python[1]).keys()
        assert nginx[1].get("Content-Encoding") == python[1].get("Content-Encoding")


def test_a_change_is_gone_from_nginx_as_well(served):
    served.ask("/tea-prices-rise/", Accept_Encoding="gzip")
    served.run("shell", "-v0", "-c", CHANGE)

    text = gzip.decompress(served.ask("/tea-prices-rise/", Accept_Encoding="gzip")[2]).decode()

    assert "It was coffee." in text


def test_pages_static_files_and_pictures_need_no_python(served):
    served.ask("/tea-prices-rise/", Accept_Encoding="gzip")
    style = next((served.folder / "var/static/css").glob("site.*.css"))
    picture = served.folder / "var/media/images/ab/cd/full-320.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"\xff\xd8\xff")
    from_python = served.ask("/media/images/ab/cd/full-320.jpg", served.behind, X_Forwarded_Proto="https")[1]
    served.stop_python()

    page = served.ask("/tea-prices-rise/", Accept_Encoding="gzip")
    css = served.ask(f"/static/css/{style.name}", Accept_Encoding="gzip")
    jpeg = served.ask("/media/images/ab/cd/full-320.jpg")

    assert (page[0], css[0], jpeg[0]) == (200, 200, 200)
    assert css[1]["Content-Encoding"] == "gzip"
    assert "immutable" in css[1]["Cache-Control"]
    for name in (
        "Cache-Control",
        "Content-Security-Policy",
        "Content-Type",
        "Cross-Origin-Resource-Policy",
        "X-Content-Type-Options",
    ):
        assert jpeg[1][name] == from_python[name]
    assert served.ask("/static/../azemedia.sqlite3")[0] in (400, 502)
    assert served.ask("/media/../azemedia.sqlite3")[0] in (400, 502)
