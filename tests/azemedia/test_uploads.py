"""Uploads through a real server; on a disk that fills up, too."""

import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from PIL import Image as Picture

from tests import factories

ROOT = Path(__file__).resolve().parents[2]
MB = 1024 * 1024
CSRF = "a" * 32
FURNISH = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from tests import factories
image = factories.image()
factories.published("On the disk", lead_image=image)
client = Client()
client.force_login(factories.user("editor"))
print(image.preview_name, client.cookies["session"].value)
"""
KEPT = """
import json
from articles.models import Image
print(json.dumps([[image.original.name, image.preview_name] for image in Image.objects.all()]))
"""


class Site:
    """gunicorn on a folder of its own, and somebody who is signed in there."""

    def __init__(self, folder):
        self.folder = folder
        self.temporary = folder / "tmp"
        for each in (self.temporary, folder / "data"):
            each.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        *_, self.photo, self.session = self.manage("shell", "-v0", "-c", FURNISH).split()

    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.folder / "data"),
            "TMPDIR": str(self.temporary),
            "DEBUG": "true",
            "PORT": str(self.port),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": "1",
        }

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True, timeout=120,
        ).stdout  # fmt: skip

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def __enter__(self):
        self.server = self.start("-m", "gunicorn", "azemedia.wsgi")
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("gunicorn does not answer")

    def __exit__(self, *_):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def get(self, path):
        return self.ask("GET", path)[0]

    def upload(self, data):
        body, kind = multipart(data)
        headers = self.headers() | {"Content-Type": kind}
        status, answer = self.ask("POST", "/admin/articles/image/upload/", body, headers)
        return status, json.loads(answer)

    def headers(self):
        cookies = f"session={self.session}; csrf={CSRF}"
        return {"Cookie": cookies, "X-CSRFToken": CSRF, "Accept": "application/json"}

    def files(self):
        media = self.folder / "data" / "media"
        return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}

    def rows(self):
        return json.loads(self.manage("shell", "-v0", "-c", KEPT))


def multipart(data, name="photo.jpg"):
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return (
        head.encode() + data + f"\r\n--{boundary}--\r\n".encode(),
        f"multipart/form-data; boundary={boundary}",
    )


def photograph(size=(1600, 1200)):
    """Noise: it does not compress."""
    out = io.BytesIO()
    Picture.effect_noise(size, 90).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def small_disk(tmp_path, program):
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = [program("mount"), "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    yield folder
    subprocess.run([program("umount"), "--lazy", str(folder)], check=True)


def fill(folder):
    """To the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return filler


def is_told(answer):
    status, said = answer
    return status == 507 and "no room left" in json.dumps(said)


def is_as_before(site):
    return [site.get("/"), site.get("/on-the-disk/"), site.get(f"/media/{site.photo}")] == [200, 200, 200]


def test_on_a_full_disk_uploads_are_refused_in_words_and_the_site_is_read_as_before(small_disk):
    photo = photograph()
    with Site(small_disk) as site:
        answers = [site.upload(photo)]
        while answers[-1][0] == 201 and len(answers) < 30:
            answers.append(site.upload(photo))
        filler = fill(small_disk)
        worker = site.start("manage.py", "worker")
        full = [site.upload(data) for data in (photo, photograph((90, 60)), photo * 4)]
        read = is_as_before(site)
        time.sleep(2)
        outlives = worker.poll() is None
        worker.kill()
        worker.wait()
        filler.unlink()
        again = site.upload(photograph((90, 60)))[0]
        rows, files = site.rows(), site.files()

    assert len(answers) > 2
    assert is_told(answers[-1])
    assert all(map(is_told, full))
    assert read
    assert outlives
    assert again == 201
    assert len(rows) == len(answers) + 1  # that of the article, and that after the disk was cleared
    assert files == {name for row in rows for name in row}


def test_a_full_database_refuses_uploads_in_words_and_leaves_no_file(small_disk, tmp_path):
    """Pictures lie elsewhere, where there is room."""
    (small_disk / "data").mkdir()
    for name in ("data/media", "data/cache", "tmp"):
        (tmp_path / name).mkdir(parents=True)
        (small_disk / name).symlink_to(tmp_path / name)
    with Site(small_disk) as site:
        before, _ = site.upload(photograph((90, 60))), fill(small_disk)
        answers = [site.upload(photograph((90, 60))) for _ in range(3)]
        read = is_as_before(site)
        files = site.files()
        (small_disk / "filler").unlink()
        rows = site.rows()

    assert before[0] == 201
    assert is_told(answers[-1])
    assert read
    assert len(rows) == 2 + sum(status == 201 for status, _ in answers)
    assert files == {name for row in rows for name in row}


@pytest.mark.parametrize("size", [25 * MB + 1, 40 * MB])
def test_what_is_too_large_is_refused_in_words_and_kept_nowhere(site, size):
    before = site.files()

    status, said = site.upload(b"x" * size)

    assert status in (400, 413)
    assert "The file is larger than 25 MB." in json.dumps(said)
    assert site.files() == before
    assert list(site.temporary.iterdir()) == []


def test_a_request_that_no_picture_explains_is_refused_before_it_is_received(site):
    headers = site.headers() | {
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": str(2**31),
    }

    assert site.ask("POST", "/admin/articles/image/upload/", b"--x\r\n", headers)[0] == 400


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "taken"), [(None, []), ("", []), ("author", ["photo.jpg"])])
def test_files_are_taken_from_members_of_staff_only(role, taken):
    body, kind = multipart(b"some bytes")
    request = RequestFactory().post("/accounts/login/", body, content_type=kind)
    request.user = AnonymousUser() if role is None else factories.user(role)

    assert [file.name for file in request.FILES.values()] == taken


def test_several_large_uploads_at_once_stay_within_bounds(site):
    """Each just below the limit; a picture, as far as a picture goes."""
    large = photograph((900, 600)) + b"x" * (24 * MB)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(site.upload, [large] * 4))

    worker = int(Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()[0])
    most = int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text())[1]) / 1024
    assert {status for status, _ in answers} <= {201, 400}
    assert most < 400
